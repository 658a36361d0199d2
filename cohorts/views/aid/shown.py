"""What the officer's pages share: their gate, the words for codes, the length of a page."""

from typing import Any

from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts.gates import role_needed
from accounts.rules import Role
from cohorts import words
from companies.words import BASES, BASES_IN_LAW, RESTRUCTURINGS, SECTORS
from deminimis import words as aid_words
from deminimis.engine import Rule, TraceCode
from deminimis.models import Settlement
from deminimis.rules import SettledKey

A_PAGE = 50
officer = role_needed(Role.AID_OFFICER)


def tables() -> dict[str, Any]:
    """Return the words for codes that the aid pages show."""
    return {
        "bases": BASES,
        "bases_in_law": BASES_IN_LAW,
        "sectors": SECTORS,
        "regulations": {**aid_words.SETTLED_REGULATIONS, **aid_words.REGULATIONS},
        "certificate_states": aid_words.CERTIFICATE_STATES,
        "entry_kinds": aid_words.ENTRY_KINDS,
        "rules": aid_words.RULES,
        "trace": aid_words.TRACE,
        "changes_in_words": RESTRUCTURINGS,
        "settlement_states": aid_words.SETTLEMENT_STATES,
        "recovery_states": aid_words.RECOVERY_STATES,
        "fee_kinds": words.FEE_KINDS,
        "endings": words.ENDING_WHYS,
        "participation_states": words.PARTICIPATION_STATES,
    }


def said_by(settlement: Settlement) -> str:
    """Return what a proposal says in one sentence; a sum that belongs to it follows after."""
    if settlement.key not in list(SettledKey):
        return _("Så mycket av det oklara stödet räknas:")
    return str(aid_words.SETTLED_KEYS[SettledKey(settlement.key)])


def source_of(code: Rule | TraceCode) -> str:
    """Return where a rule, or a line of a trace, stands in the law."""
    article = aid_words.ARTICLES.get(code)
    if article is None:
        return str(aid_words.SOURCES[code])
    return _("artikel %(article)s i förordning (EU) 2023/2831") % {"article": article}


def no_conflict(*, said: bool) -> str:
    """Return what a decision says of whether whoever made it was partial."""
    if said:
        return _("Den som beslutade har intygat att den inte är jävig.")
    return _("Ingen uppgift om jäv är lämnad.")


def case_number(participation_id: int) -> str:
    """Return the number of a case as letters and files carry it."""
    return f"{settings.DECISION['case_series']}-{participation_id}"


def days_left_in_words(left: int) -> str:
    """Return "3 arbetsdagar kvar", or how late it is."""
    if left < 0:
        late = ngettext("%(days)d arbetsdag försenat", "%(days)d arbetsdagar försenat", -left)
        return late % {"days": -left}
    if not left:
        return _("sista dagen i dag")
    return ngettext("%(days)d arbetsdag kvar", "%(days)d arbetsdagar kvar", left) % {"days": left}
