"""The people of the example region that one can log in as, each in a role of their own.

All are invented; every address is under example.org, which belongs to nobody.

**Source:** RFC 2606, section 3 (example.org is reserved for examples).
"""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from accounts.rules import Role

DOMAIN = "example.org"


@dataclass(frozen=True, slots=True)
class Somebody:
    """One person to log in as. ``label`` is English for the command line, ``words`` for pages."""

    label: str
    words: str | Promise
    name: str
    local: str
    roles: tuple[Role, ...] = ()

    @property
    def email(self) -> str:
        """The address to log in with."""
        return f"{self.local}@{DOMAIN}"


COORDINATOR = Somebody(
    "coordinator", _("samordnare"), "Katarina Åkerlind", "samordnare", (Role.COORDINATOR,)
)
FACILITATORS = {
    "umea": Somebody(
        "facilitator in Umeå",
        _("handledare i Umeå"),
        "Elin Sjöbäck",
        "handledare.umea",
        (Role.FACILITATOR,),
    ),
    "skelleftea": Somebody(
        "facilitator in Skellefteå",
        _("handledare i Skellefteå"),
        "Mattias Lövgren",
        "handledare.skelleftea",
        (Role.FACILITATOR,),
    ),
    "mala": Somebody(
        "facilitator in Malå",
        _("handledare i Malå"),
        "Sara Sarri",
        "handledare.mala",
        (Role.FACILITATOR,),
    ),
}
AID_OFFICER = Somebody(
    "aid officer", _("stödhandläggare"), "Birgitta Fältström", "handlaggare", (Role.AID_OFFICER,)
)
SECOND_OFFICER = Somebody(
    "second aid officer",
    _("stödhandläggare, en kollega"),
    "Per-Anders Stenvall",
    "handlaggare.tva",
    (Role.AID_OFFICER,),
)
AUDITOR = Somebody("auditor", _("revisor"), "Torbjörn Risberg", "revisor", (Role.AUDITOR,))
DATA_PROTECTION = Somebody(
    "data protection officer",
    _("dataskyddsombud"),
    "Amina Yusuf",
    "dataskyddsombud",
    (Role.DATA_PROTECTION,),
)
OPERATOR = Somebody("operator", _("driftansvarig"), "Pär Ödling", "drift", (Role.OPERATOR,))
COACH = Somebody(
    "municipal coach", _("kommuncoach i Malå"), "Gun-Britt Mårtensson", "coach.mala", (Role.COACH,)
)
OTHER_COACH = Somebody(
    "municipal coach in Lycksele",
    _("kommuncoach i Lycksele"),
    "Nils-Erik Grahn",
    "coach.lycksele",
    (Role.COACH,),
)
VOTER = Somebody(
    "participant with an open vote", _("deltagare som kan rösta nu"), "Åsa Nordlander", "deltagare"
)
PAYER = Somebody(
    "participant with a fee to decide",
    _("deltagare med en avgift att ta ställning till"),
    "Johan Marklund",
    "avgift",
)
CONTACT = Somebody(
    "company contact", _("kontaktperson för ett företag"), "Eva-Lena Hjortling", "kontakt"
)

STAFF = (
    COORDINATOR,
    *FACILITATORS.values(),
    AID_OFFICER,
    SECOND_OFFICER,
    AUDITOR,
    DATA_PROTECTION,
    OPERATOR,
    COACH,
    OTHER_COACH,
)
EVERYBODY = (*STAFF, VOTER, PAYER, CONTACT)


def is_invented(email: str) -> bool:
    """Return whether an address lies under example.org."""
    return email.lower().endswith((f"@{DOMAIN}", f".{DOMAIN}"))


def logins() -> list[tuple[str, str]]:
    """Return each role with the address of somebody who holds it, as the start command lists."""
    return [(somebody.label, somebody.email) for somebody in EVERYBODY]
