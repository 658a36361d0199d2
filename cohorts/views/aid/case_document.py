"""A whole case as one document that a decision can be defended with, ten years later."""

from django.conf import settings
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from cohorts import words
from cohorts.models import Participation
from cohorts.queries.aid import Decided, decisions_of
from cohorts.rules import FeeKind
from cohorts.views.aid.case_afterwards import afterwards
from cohorts.views.aid.case_grounds import (
    certificates_in,
    certificates_of_case,
    group_in,
    settled_in,
)
from cohorts.views.aid.shown import case_number, no_conflict, source_of
from companies.models import Company
from deminimis import engine
from deminimis import words as aid_words
from deminimis.models import Certificate
from deminimis.queries.readings import AidLine, Reading
from deminimis.views.copies import UNITS
from ground.documents import Document, Section, Table, amount_text


def case_document(participation: Participation) -> Document:
    """Return what a court would ask for: who decided, on what ground, on what facts, and how."""
    company = participation.enrolment.interest.company
    decisions = decisions_of(participation)
    certificates = certificates_of_case(participation, decisions)
    return Document(
        title=_("Ärende %(number)s") % {"number": case_number(participation.pk)},
        language=get_language() or "sv",
        lead=_("%(course)s för %(person)s, %(company)s")
        % {
            "course": participation.round.course.title,
            "person": participation.enrolment.interest.name,
            "company": company.name,
        },
        sections=[
            _ground(participation, company, _deciders(decisions, certificates)),
            *(_decision(number, one) for number, one in enumerate(decisions, 1)),
            *group_in(decisions),
            *certificates_in(certificates),
            *settled_in(participation),
            *afterwards(participation),
        ],
        foot=f"{settings.DECISION['authority']} · {case_number(participation.pk)}",
    )


def _deciders(decisions: list[Decided], certificates: list[Certificate]) -> str:
    """Return who has decided in a case: on the place, or on a certificate that it rests on."""
    users = [one.decision.decided_by for one in decisions]
    users += [one.decided_by for one in certificates]
    return ", ".join(dict.fromkeys(user.name for user in users if user))


def _ground(participation: Participation, company: Company, by: str) -> Section:
    return Section(
        _("Beslutet"),
        pairs=[
            (_("Ärendets nummer"), case_number(participation.pk)),
            (_("Stödgivare"), settings.DECISION["authority"]),
            (_("Beslutsfattare"), by or _("regeln, utan att en handläggare har prövat")),
            (_("Delegation"), settings.DECISION["delegation"]),
            (_("Rättslig grund"), settings.DECISION["legal_basis"]),
            (_("Företag"), company.name),
            (_("Organisationsnummer"), company.shown_number or _("saknas")),
            (_("Utskrivet"), f"{timezone.localtime():%Y-%m-%d %H:%M}"),
            (_("Så får du beslutet prövat"), settings.DECISION["appeal"]),
        ],
    )


def _decision(number: int, one: Decided) -> Section:
    decision, reading = one.decision, one.reading
    at = timezone.localtime(decision.decided_at)
    pairs = [
        (_("Dag"), f"{at:%Y-%m-%d %H:%M}"),
        (_("Gäller"), _("ja") if decision.is_current else _("nej, ersatt av ett nyare")),
        (_("Avgift exkl. moms"), amount_text(decision.fee_sek, "kr")),
        (_("Platsens värde exkl. moms"), amount_text(decision.value_sek, "kr")),
    ]
    if decision.decided_by:
        pairs.append((_("På begäran av"), decision.decided_by.name))
        pairs.append((_("Jäv"), no_conflict(said=decision.without_conflict)))
    said = []
    if decision.rule:
        rule = engine.Rule(decision.rule)
        said.append(str(aid_words.RULES[rule]))
        pairs.append((_("Källa"), source_of(rule)))
    if decision.why:
        said.append(decision.why)
    title = _("Beslut %(number)d: %(kind)s") % {
        "number": number,
        "kind": words.FEE_KINDS[FeeKind(decision.kind)],
    }
    if reading is None:
        return Section(title, paragraphs=said, pairs=pairs)
    return Section(title, paragraphs=said, pairs=[*pairs, *_sums(reading)], tables=_lines(reading))


def _sums(reading: Reading) -> list[tuple[str, str]]:
    sums = [
        (_("Tak"), reading.ceiling_eur),
        (_("Räknas redan"), reading.counted_eur),
        (_("Utrymme före"), reading.room_before_eur),
        (_("Den här platsen"), reading.new_aid_eur),
        (_("Utrymme efter"), reading.room_after_eur),
    ]
    pairs = [(key, amount_text(value, "euro")) for key, value in sums if value is not None]
    if reading.sek_per_eur is not None:
        rate = _("%(rate)s kronor för en euro, kursen från %(day)s") % {
            "rate": f"{reading.sek_per_eur}".replace(".", ","),
            "day": reading.rate_published_on,
        }
        pairs.append((_("Växelkurs"), rate))
    if reading.frees_up_on is not None:
        pairs.append((_("Platsen ryms tidigast"), f"{reading.frees_up_on}"))
    pairs.append((_("Regelversion"), f"{reading.rule_version} / {reading.policy_version}"))
    held = _("ja, samma svar till sista tecknet") if reading.is_true else _("nej")
    return [*pairs, (_("Går att räkna om"), held)]


def _lines(reading: Reading) -> list[Table]:
    if not reading.lines:
        return []
    columns = [_("Från"), _("Beslut"), _("Belopp"), _("Räknas?"), _("Källa"), _("I euro")]
    return [Table(_("Tidigare stöd"), columns, [_line(line) for line in reading.lines])]


def _line(line: AidLine) -> list[str]:
    code = engine.TraceCode(line.code) if line.code else None
    return [
        line.granter or _("kursplats här"),
        str(line.granted_on or ""),
        amount_text(line.amount, UNITS[line.currency]),
        str(aid_words.TRACE[code]) if code else _("prövades inte"),
        source_of(code) if code else "",
        amount_text(line.eur, "euro"),
    ]
