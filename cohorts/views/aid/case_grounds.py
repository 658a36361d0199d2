"""What a case rests on, for its document: the group as it was, certificates, two people's word."""

from datetime import datetime, time, timedelta

from django.utils import timezone
from django.utils.translation import gettext as _

from cohorts.models import Participation
from cohorts.queries.aid import Decided
from cohorts.rules import ParticipationState
from cohorts.views.aid.shown import no_conflict, said_by
from companies.rules import Basis, Restructuring
from companies.words import BASES, BASES_IN_LAW, RESTRUCTURINGS
from deminimis import engine
from deminimis import words as aid_words
from deminimis.models import Certificate, Paper, Settlement
from deminimis.queries.behind import EventThen, certificates_behind, group_then
from deminimis.queries.groups import Branch
from deminimis.queries.settled import settlements_of
from deminimis.rules import CertificateState, SettlementState
from deminimis.views.copies import answered_sections
from ground.documents import Item, Section, Table, amount_text

BELOW = 2


def group_in(decisions: list[Decided]) -> list[Section]:
    """Return the group as the last decision saw it, with the law's reason for each link."""
    last = decisions[-1] if decisions else None
    if last is None or last.reading is None:
        return []
    group = group_then(last.decision.evidence, members=last.reading.members)
    if group is None:
        return []
    said = [
        _("Så hörde företagen ihop %(day)s, enligt beslutets underlag.") % {"day": last.reading.on}
    ]
    return [
        Section(
            _("Företag som räknas som ett"),
            paragraphs=[*said, *(_event(one) for one in group.events)],
            items=[_item(branch) for branch in group.branches],
        )
    ]


def certificates_of_case(
    participation: Participation, decisions: list[Decided]
) -> list[Certificate]:
    """Return the certificates of a case: what it rests on, and what might have served it.

    One that was refused shortly before the case began is part of it: it is why there is none.
    """
    if not decisions:
        return []
    _, policies = engine.built_in()
    return certificates_behind(
        (one.decision.evidence for one in decisions),
        since=decisions[0].decision.decided_at - timedelta(days=policies.declaration_valid_days),
        until=_until(participation, decisions),
    )


def certificates_in(found: list[Certificate]) -> list[Section]:
    """Return each certificate of a case whole, from its answers to the officer's word."""
    return [section for certificate in found for section in _certificate(certificate)]


def settled_in(participation: Participation) -> list[Section]:
    """Return what two people's word has settled, or was proposed to settle, in the case."""
    return [_word(one) for one in settlements_of(f"participation/{participation.pk}")]


def day_of(at: datetime) -> str:
    """Return the day of a moment, in Stockholm."""
    return timezone.localdate(at).isoformat()


def _until(participation: Participation, decisions: list[Decided]) -> datetime:
    """Return until when a certificate belongs to the case: until the person's answer."""
    if participation.state == ParticipationState.OFFERED:
        return timezone.now()
    if participation.confirmed_on is None:
        return decisions[-1].decision.decided_at
    return timezone.make_aware(datetime.combine(participation.confirmed_on, time.max))


def _item(branch: Branch) -> Item:
    company, control = branch.company, branch.control
    parts = [f"{company.name} {company.shown_number}".strip()]
    if control is not None:
        basis = Basis(control.basis)
        share = (
            f" ({control.percent.normalize():f} %)".replace(".", ",")
            if control.percent is not None
            else ""
        )
        told = _("företaget ovanför %(basis)s%(share)s, %(article)s") % {
            "basis": BASES[basis],
            "share": share,
            "article": BASES_IN_LAW[basis],
        }
        parts.append(told)
        if control.from_on:
            parts.append(_("från %(day)s") % {"day": control.from_on})
        if control.until_on:
            parts.append(_("till %(day)s") % {"day": control.until_on})
        if not branch.holds:
            parts.append(_("inte bestämmande inflytande den dagen"))
    parts.append(_("räknas med") if branch.is_member else _("räknas inte med"))
    return Item("; ".join(parts), [_item(one) for one in branch.below])


def _event(one: EventThen) -> str:
    kind = RESTRUCTURINGS[Restructuring(one.event.type.value)]
    source = ", ".join(company.name for company in one.sources)
    into = ", ".join(company.name for company in one.into)
    return f"{source} {kind} {into} {one.event.on}."


def _certificate(certificate: Certificate) -> list[Section]:
    title = _("Intyg %(number)d från %(company)s") % {
        "number": certificate.pk,
        "company": certificate.company.name,
    }
    papers = sorted(certificate.papers.all(), key=lambda paper: paper.pk)
    head = Section(
        title,
        pairs=_signed(certificate, papers),
        tables=[_papers(papers)] if papers else [],
    )
    answers = [
        Section(one.heading, one.paragraphs, one.pairs, tables=one.tables, level=BELOW)
        for one in answered_sections(certificate)
    ]
    return [head, *answers, *_heard(certificate), _decided(certificate)]


def _signed(certificate: Certificate, papers: list[Paper]) -> list[tuple[str, str]]:
    pairs = [
        (_("Ifyllt och undertecknat av"), certificate.signer_name or _("saknas")),
        (_("Underskrivet"), f"{certificate.signed_on}"),
    ]
    if certificate.submitted_at:
        pairs.append((_("Inlämnat"), day_of(certificate.submitted_at)))
    if certificate.signed_by:
        how = _("genom inloggning av %(name)s, %(email)s") % {
            "name": certificate.signed_by.name,
            "email": certificate.signed_by.email,
        }
        pairs.append((_("Hur"), how))
    elif papers:
        pairs.append((_("Hur"), _("på papper, se filerna")))
    if certificate.withdrawn_on:
        pairs.append((_("Återtaget"), f"{certificate.withdrawn_on}"))
    return pairs


def _papers(papers: list[Paper]) -> Table:
    columns = [_("Papper"), _("Lämnat"), _("Av"), _("Kontrollsumma (SHA-256)")]
    rows = [
        [
            f"{paper.pk}.{paper.kind}",
            day_of(paper.added_at),
            paper.added_by.name if paper.added_by else _("den som hade länken"),
            " ".join(paper.sha256[at : at + 16] for at in range(0, len(paper.sha256), 16)),
        ]
        for paper in papers
    ]
    return Table(_("Undertecknade papper"), columns, rows)


def _heard(certificate: Certificate) -> list[Section]:
    if not (certificate.against or certificate.answer):
        return []
    pairs = []
    if certificate.answer_by:
        pairs.append((_("Företaget kunde svara till och med"), f"{certificate.answer_by}"))
    if certificate.answered_at:
        pairs.append((_("Företaget svarade"), day_of(certificate.answered_at)))
    parts = [
        (_("Det här talade emot intyget:"), certificate.against),
        (_("Företagets svar:"), certificate.answer or _("Företaget svarade inte.")),
    ]
    said = [line for head, text in parts if text for line in (head, text)]
    return [Section(_("Kommunicering"), said, pairs, level=BELOW)]


def _decided(certificate: Certificate) -> Section:
    state = aid_words.CERTIFICATE_STATES[CertificateState(certificate.state)]
    pairs = [(_("Läge"), str(state))]
    if certificate.decided_by and certificate.decided_at:
        pairs += [
            (_("Beslutat av"), f"{certificate.decided_by.name}, {day_of(certificate.decided_at)}"),
            (_("Jäv"), no_conflict(said=certificate.without_conflict)),
        ]
    said = [certificate.decision_note] if certificate.decision_note else []
    return Section(_("Beslut om intyget"), said, pairs, level=BELOW)


def _word(one: Settlement) -> Section:
    state = str(aid_words.SETTLEMENT_STATES[SettlementState(one.state)])
    proposed = f"{one.proposed_by.name}, {day_of(one.proposed_at)}"
    pairs = [
        (_("Förslag"), said_by(one)),
        (_("Föreslaget av"), proposed),
        (_("Jäv, den som föreslog"), no_conflict(said=one.proposed_without_conflict)),
        (_("Läge"), state),
    ]
    if one.counts_eur is not None:
        pairs.insert(1, (_("Belopp"), amount_text(one.counts_eur, "euro")))
    if one.decided_by and one.decided_at:
        pairs += [
            (_("Avgjort av"), f"{one.decided_by.name}, {day_of(one.decided_at)}"),
            (_("Jäv, den som avgjorde"), no_conflict(said=one.decided_without_conflict)),
        ]
    return Section(_("Avgjort genom en persons ord"), [one.reason], pairs)
