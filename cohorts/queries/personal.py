"""Where personal data stands, what becomes of it when somebody is erased, and what must stay.

The registry: every column that can hold a name, an address or somebody's own words is in
``PERSONAL``; a test fails for a text column that is neither there nor declared harmless
(tests/architecture/test_personal_words.py). ``KEPT`` counts what stays without the name.

**Source:** Regulation (EU) 2016/679 (GDPR) Art. 17(3)(b): what the law obliges one to keep stays.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import reduce
from operator import or_
from typing import Any

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.socialaccount.models import SocialAccount
from django.contrib.sessions.models import Session
from django.db.models import CharField, Exists, F, OuterRef, Q, QuerySet, Value
from django.db.models.functions import Cast, Concat

from accounts.models import Change, User
from cohorts.models import (
    AgendaItem,
    Enrolment,
    Fee,
    Feed,
    FeeDecision,
    Interest,
    Invitation,
    LessonMark,
    Participation,
    Presence,
    Proof,
)
from cohorts.rules.payments import FeeState
from companies.models import Company
from deminimis.models import Certificate, LedgerEntry
from outbox.models import Message
from voting.models import RollEntry

# Stands where a name or somebody's words stood.
GONE = "–"
# Nobody owes anything by these; what is owed, or was, is kept for the accounts.
NOT_OWED = (FeeState.ASKED, FeeState.CANCELLED)
# Stands where a log-in address stood; nothing is ever sent there.
ADDRESS_GONE = Concat(
    Value("raderad-"), Cast("pk", CharField()), Value("@raderad.invalid"), output_field=CharField()
)


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody with a log-in and all interests, or the one interest of somebody without."""

    user: User | None
    interests: tuple[Interest, ...]

    @property
    def name(self) -> str:
        """What the person is called."""
        return self.user.name if self.user else self.interests[0].name

    @property
    def addresses(self) -> frozenset[str]:
        """Every address of the person, in lower case; more than one person may have one."""
        own = {self.user.email} if self.user else set()
        return frozenset(one.lower() for one in own | {i.email for i in self.interests} if one)

    @property
    def user_ids(self) -> list[int]:
        """The id of the log-in, if there is one."""
        return [self.user.pk] if self.user else []

    @property
    def ids(self) -> list[int]:
        """The ids of the interests."""
        return [interest.pk for interest in self.interests]


@dataclass(frozen=True, slots=True)
class Personal:
    """Columns with personal data: whose rows, and what stands there afterwards.

    Without ``becomes`` the rows are deleted; ``columns`` then names what they hold, and ``file``
    the one that names a file in the private storage, which goes with its row.
    """

    code: str
    model: type[Any]
    rows: Callable[[Person], QuerySet[Any]]
    becomes: Mapping[str, Any] = field(default_factory=dict)
    columns: tuple[str, ...] = ()
    file: str = ""


def person_of(*, user: User | None = None, interest: Interest | None = None) -> Person:
    """Return the person behind a log-in or an interest, with everything that is theirs."""
    user = user or (interest.user if interest else None)
    if user is None:
        return Person(None, (interest,) if interest else ())
    own = user.interests.select_related("company", "programme").order_by("id")
    return Person(user, tuple(own))


def subjects_of(person: Person) -> list[str]:
    """Return the names of the person's rows in the history and in letters ("enrolment/3")."""
    own: dict[str, QuerySet[Any]] = {
        "invitation": Invitation.objects.filter(interest__in=person.ids),
        "enrolment": _seats(person),
        "participation": _courses(person),
    }
    named = [f"interest/{pk}" for pk in person.ids]
    named += [f"user/{person.user.pk}"] if person.user else []
    return named + [
        f"{kind}/{pk}" for kind, rows in own.items() for pk in rows.values_list("pk", flat=True)
    ]


def letters_of(person: Person) -> QuerySet[Message]:
    """Return the letters to or about the person; others' letters to a shared address are not.

    Letters to a company, or to nobody known, are the person's if the address is nobody else's.
    """
    subjects = subjects_of(person)
    about = Q(about__in=subjects)
    for subject in subjects:
        about |= Q(key__startswith=f"{subject}/")
    shared = Interest.objects.exclude(pk__in=person.ids).filter(_one_of("email", person.addresses))
    taken = {email.lower() for email in shared.values_list("email", flat=True)}
    own = _one_of("to", person.addresses - taken)
    return Message.objects.filter(about | own & (Q(about="") | Q(about__startswith="company/")))


def _one_of(column: str, addresses: frozenset[str]) -> Q:
    """Return the condition that a column is one of ``addresses``, whatever the letter case."""
    nowhere = Q(pk__in=[])
    return reduce(or_, (Q(**{f"{column}__iexact": one}) for one in addresses), nowhere)


def _seats(person: Person) -> QuerySet[Enrolment]:
    return Enrolment.objects.filter(interest__in=person.ids)


def _courses(person: Person) -> QuerySet[Participation]:
    return Participation.objects.filter(enrolment__in=_seats(person))


def _fees(person: Person) -> QuerySet[Fee]:
    return Fee.objects.filter(participation__in=_courses(person))


def _owned(model: type[Any], *, by: str = "user") -> Callable[[Person], QuerySet[Any]]:
    """Return what finds the rows of a table that belong to a log-in."""
    return lambda person: model._default_manager.filter(**{f"{by}__in": person.user_ids})  # noqa: SLF001 -- Django's name


def _log_ins(person: Person) -> QuerySet[Session]:
    """Return the sessions in which the person is logged in."""
    own = [str(pk) for pk in person.user_ids]
    keys = [
        session.pk
        for session in Session.objects.iterator()
        if session.get_decoded().get("_auth_user_id") in own
    ]
    return Session.objects.filter(pk__in=keys)


def _sole_traders(person: Person) -> QuerySet[Company]:
    """Return the firms that are this one person and of which nothing must be kept."""
    others = Interest.objects.filter(company=OuterRef("pk")).exclude(pk__in=person.ids)
    return (
        Company.objects.filter(interests__in=person.ids)
        .exclude(sealed_number="")
        .exclude(Exists(others))
        .exclude(Exists(LedgerEntry.objects.filter(company=OuterRef("pk"))))
        .exclude(Exists(Certificate.objects.filter(company=OuterRef("pk"))))
        .distinct()
    )


PERSONAL: tuple[Personal, ...] = (
    Personal(
        "account",
        User,
        lambda person: User.objects.filter(pk__in=person.user_ids),
        {"email": ADDRESS_GONE, "name": GONE, "is_active": False},
    ),
    Personal("addresses", EmailAddress, _owned(EmailAddress), columns=("email",)),
    Personal("second_factors", Authenticator, _owned(Authenticator), columns=("data",)),
    Personal(
        "employer_log_ins",
        SocialAccount,
        _owned(SocialAccount),
        columns=("provider", "uid", "extra_data"),
    ),
    Personal("log_ins", Session, _log_ins, columns=("session_data",)),
    Personal(
        "interests",
        Interest,
        lambda person: Interest.objects.filter(pk__in=person.ids),
        {
            "name": GONE,
            "sort_key": GONE,
            "email": "",
            "company_as_told": GONE,
            "topics": "",
            "times": [],
            "link_generation": F("link_generation") + 1,
        },
    ),
    Personal(
        "needs",
        Enrolment,
        lambda person: _seats(person).exclude(needs="", phone=""),
        {"needs": "", "phone": ""},
    ),
    Personal(
        "questions",
        AgendaItem,
        lambda person: AgendaItem.objects.filter(author__in=_seats(person)),
        {"text": GONE, "answer": ""},
    ),
    Personal(
        "invoices",
        Fee,
        lambda person: _fees(person).filter(state__in=NOT_OWED),
        {"asked_name": "", "asked_email": "", "signer": "", "invoice_to": "", "reference": ""},
    ),
    Personal(
        "proofs",
        Proof,
        lambda person: Proof.objects.filter(participation__in=_courses(person)),
        columns=("link", "file", "kind", "note"),
        file="file",
    ),
    Personal("feeds", Feed, _owned(Feed, by="owner"), columns=("token_digest",)),
    Personal(
        "reasons",
        Change,
        lambda person: Change.objects.filter(subject__in=subjects_of(person)).exclude(why=""),
        {"why": ""},
    ),
    Personal(
        "letters",
        Message,
        letters_of,
        columns=("key", "about", "to", "subject", "text", "links", "calendars"),
    ),
    Personal(
        "certificates_asked",
        Certificate,
        lambda person: Certificate.objects.filter(_one_of("asked_email", person.addresses)),
        {"asked_name": "", "asked_email": ""},
    ),
    Personal(
        "certificates_helped",
        Certificate,
        lambda person: Certificate.objects.filter(_one_of("helper_email", person.addresses)),
        {"helper_name": "", "helper_email": ""},
    ),
    Personal(
        "sole_traders",
        Company,
        _sole_traders,
        {
            "name": GONE,
            "sort_key": GONE,
            "number": None,
            "sealed_number": "",
            "number_hint": "",
            "number_digest": None,
        },
    ),
)

# What stays, without the name: for whom, and until when, is said by ``cohorts.words.KEPT``.
KEPT: Mapping[str, Callable[[Person], QuerySet[Any]]] = {
    "seats": _seats,
    "courses": _courses,
    "lessons": lambda person: LessonMark.objects.filter(participation__in=_courses(person)),
    "meetings": lambda person: Presence.objects.filter(enrolment__in=_seats(person)),
    "fees": lambda person: FeeDecision.objects.filter(participation__in=_courses(person)),
    "invoices": lambda person: _fees(person).exclude(state__in=NOT_OWED),
    "aid": lambda person: LedgerEntry.objects.filter(
        case__in=[one for one in subjects_of(person) if one.startswith("participation/")]
    ),
    "rolls": lambda person: RollEntry.objects.filter(voter__in=person.user_ids),
}


def removed_counts(person: Person) -> dict[str, int]:
    """Return how many rows of each kind lose what they say of the person; none is left out."""
    return {one.code: n for one in PERSONAL if (n := one.rows(person).count())}


def kept_counts(person: Person) -> dict[str, int]:
    """Return how many rows of each kind stay without the name; none is left out."""
    return {code: n for code, rows in KEPT.items() if (n := rows(person).count())}
