"""What an officer takes out of the site: the case as one PDF, a certificate, a signed paper."""

from django.conf import settings
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from accounts.requests import UserRequest
from cohorts import words
from cohorts.models import Participation
from cohorts.queries.aid import Decided, decisions_of
from cohorts.queries.aid_rows import papers_for_officers
from cohorts.queries.fees import participations_for_officers
from cohorts.rules import FeeKind
from cohorts.views.aid.shown import case_number, officer
from companies.models import Company
from deminimis import engine
from deminimis import words as aid_words
from deminimis.models import Settlement
from deminimis.queries.certificates import certificates_handed_in
from deminimis.queries.readings import AidLine, Reading
from deminimis.queries.settled import settlements_of
from deminimis.rules import SettlementState
from deminimis.views.copies import UNITS, certificate_document
from deminimis.views.papers import file_of
from ground.documents import Document, Section, Table, amount_text, pdf_of

PDF = "application/pdf"


@officer
@never_cache
def case_pdf(request: UserRequest, participation_id: int) -> HttpResponse:  # noqa: ARG001 -- a view's
    """Give the whole case as one tagged PDF."""
    participation = get_object_or_404(participations_for_officers(), id=participation_id)
    name = f"arende-{participation.pk}.pdf"
    return _pdf(case_document(participation), name)


@officer
@never_cache
def certificate_pdf(request: UserRequest, certificate_id: int) -> HttpResponse:  # noqa: ARG001 -- a view's
    """Give a certificate as a tagged PDF."""
    found = certificates_handed_in().prefetch_related("aid")
    certificate = get_object_or_404(found, id=certificate_id)
    document = certificate_document(certificate, on=timezone.localdate())
    return _pdf(document, f"de-minimis-intyg-{certificate.pk}.pdf")


@officer
@never_cache
def paper_file(request: UserRequest, paper_id: int) -> HttpResponseBase:  # noqa: ARG001 -- a view's
    """Give a signed paper to an officer, as a download."""
    return file_of(get_object_or_404(papers_for_officers(), id=paper_id))


def case_document(participation: Participation) -> Document:
    """Return what a court would ask for: who decided, on what ground, on what facts, and how."""
    company = participation.enrolment.interest.company
    decisions = decisions_of(participation)
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
            _ground(company, decisions),
            *(_decision(number, one) for number, one in enumerate(decisions, 1)),
            *_settled(participation),
        ],
        foot=f"{settings.DECISION['authority']} · {case_number(participation.pk)}",
    )


def _ground(company: Company, decisions: list[Decided]) -> Section:
    deciders = [one.decision.decided_by for one in decisions if one.decision.decided_by]
    by = ", ".join(dict.fromkeys(user.name for user in deciders))
    return Section(
        _("Beslutet"),
        pairs=[
            (_("Stödgivare"), settings.DECISION["authority"]),
            (_("Beslutsfattare"), by or _("regeln, utan att en handläggare har prövat")),
            (_("Delegation"), settings.DECISION["delegation"]),
            (_("Rättslig grund"), settings.DECISION["legal_basis"]),
            (_("Företag"), company.name),
            (_("Organisationsnummer"), company.shown_number or _("saknas")),
            (_("Jäv"), _("Den som har beslutat har intygat att den inte är jävig.")),
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
    said = [str(aid_words.RULES[engine.Rule(decision.rule)])] if decision.rule else []
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
    pairs.append((_("Regelversion"), f"{reading.rule_version} / {reading.policy_version}"))
    held = _("ja, samma svar till sista tecknet") if reading.is_true else _("nej")
    return [*pairs, (_("Går att räkna om"), held)]


def _lines(reading: Reading) -> list[Table]:
    if not reading.lines:
        return []
    columns = [_("Från"), _("Beslut"), _("Belopp"), _("Räknas?"), _("I euro")]
    return [Table(_("Tidigare stöd"), columns, [_line(line) for line in reading.lines])]


def _line(line: AidLine) -> list[str]:
    code = str(aid_words.TRACE[engine.TraceCode(line.code)]) if line.code else _("prövades inte")
    return [
        line.granter or _("kursplats här"),
        str(line.granted_on or ""),
        amount_text(line.amount, UNITS[line.currency]),
        code,
        amount_text(line.eur, "euro"),
    ]


def _settled(participation: Participation) -> list[Section]:
    found = list(settlements_of(f"participation/{participation.pk}"))
    return [_word(one) for one in found]


def _word(one: Settlement) -> Section:
    state = str(aid_words.SETTLEMENT_STATES[SettlementState(one.state)])
    pairs = [
        (_("Föreslaget av"), f"{one.proposed_by.name}, {timezone.localdate(one.proposed_at)}"),
        (_("Läge"), state),
    ]
    if one.decided_by and one.decided_at:
        decided = f"{one.decided_by.name}, {timezone.localdate(one.decided_at)}"
        pairs.append((_("Avgjort av"), decided))
    if one.counts_eur is not None:
        pairs.append((_("Räknas"), amount_text(one.counts_eur, "euro")))
    return Section(_("Avgjort genom en persons ord"), paragraphs=[one.reason], pairs=pairs)


def _pdf(document: Document, name: str) -> HttpResponse:
    response = HttpResponse(pdf_of(document, at=timezone.now()), content_type=PDF)
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response
