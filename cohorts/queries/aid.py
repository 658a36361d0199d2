"""Reads for the officer's desk: what waits, and what a certificate would mean if approved."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum

from django.db.models import Prefetch, QuerySet

from cohorts.models import FeeDecision, Participation
from cohorts.queries.fees import participations_for_officers, waiting_for_companies
from cohorts.rules import FeeKind, ParticipationState
from cohorts.rules.fees import fee_kind
from companies.models import Company, Control
from companies.numbers import WrongNumber, read
from companies.sealing import digest
from companies.sorting import swedish_sort_key
from deminimis import engine
from deminimis.models import Certificate, LedgerEntry
from deminimis.queries import certificates_to_check, register_queue
from deminimis.queries.facts import Known, known_of, law_now, room_facts
from deminimis.queries.readings import Reading, reading_of, readings_of

MOST_COMPANIES = 20
CASE = "participation/"


class TaskKind(StrEnum):
    """What waits for an officer."""

    CERTIFICATE = "certificate"
    REVIEW = "review"
    REGISTER = "register"


@dataclass(frozen=True, slots=True)
class Waiting:
    """One thing that waits, since when, by the id of its row; the oldest come first."""

    since: datetime
    kind: TaskKind
    row: int


@dataclass(frozen=True, slots=True)
class WouldBe:
    """One offer and what its fee decision would be if the certificate were approved today."""

    participation: Participation
    now: FeeDecision | None
    kind: FeeKind
    decision: engine.Decision


@dataclass(frozen=True, slots=True)
class IfApproved:
    """What a certificate says to the engine: the count of today, and each place that waits."""

    known: Known
    room: Reading
    places: list[WouldBe]


@dataclass(frozen=True, slots=True)
class Decided:
    """One fee decision and what its evidence says; None where there is none to read."""

    decision: FeeDecision
    reading: Reading | None


def waiting_for_officers() -> list[Waiting]:
    """Return all that waits for an officer, the oldest first; three statements."""
    certificates = certificates_to_check().values_list("submitted_at", "pk")
    reviews = FeeDecision.objects.filter(
        is_current=True,
        kind=FeeKind.IN_REVIEW,
        participation__state=ParticipationState.OFFERED,
    ).values_list("decided_at", "participation_id")
    entries = register_queue().values_list("entered_at", "pk")
    found = [Waiting(at, TaskKind.CERTIFICATE, row) for at, row in certificates if at]
    found += [Waiting(at, TaskKind.REVIEW, row) for at, row in reviews]
    found += [Waiting(at, TaskKind.REGISTER, row) for at, row in entries]
    return sorted(found, key=lambda waiting: (waiting.since, waiting.kind, waiting.row))


def rows_behind(
    some: Iterable[Waiting],
) -> dict[tuple[TaskKind, int], Certificate | Participation | LedgerEntry]:
    """Return the rows of some of what waits, by kind and id; three statements."""
    ids: dict[TaskKind, list[int]] = {kind: [] for kind in TaskKind}
    for waiting in some:
        ids[waiting.kind].append(waiting.row)
    rows: dict[tuple[TaskKind, int], Certificate | Participation | LedgerEntry] = {}
    for certificate in certificates_to_check().filter(pk__in=ids[TaskKind.CERTIFICATE]):
        rows[TaskKind.CERTIFICATE, certificate.pk] = certificate
    for participation in participations_for_officers().filter(pk__in=ids[TaskKind.REVIEW]):
        rows[TaskKind.REVIEW, participation.pk] = participation
    for entry in register_queue().filter(pk__in=ids[TaskKind.REGISTER]):
        rows[TaskKind.REGISTER, entry.pk] = entry
    return rows


def if_approved(certificate: Certificate, *, on: date) -> IfApproved:
    """Return what would hold on the day ``on`` if ``certificate`` were approved; writes nothing.

    The group, the earlier aid and the rates are read once, and each pair of company and price is
    asked about once, so that many who wait cost no more statements than one.
    """
    known, law = known_of(certificate.company, certificate=certificate), law_now()
    answers: dict[tuple[int, Decimal], engine.Decision] = {}
    places = []
    for participation in _waiting([company.pk for company in known.group]):
        company_id = participation.enrolment.interest.company_id
        price = participation.round.value_sek
        if (company_id, price) not in answers:
            facts = known.facts(company_id=company_id, amount_sek=price, case="if", on=on)
            answers[company_id, price] = engine.assess(facts, law)
        decision = answers[company_id, price]
        current = next(iter(participation.fee_decisions.all()), None)
        places.append(WouldBe(participation, current, fee_kind(decision), decision))
    room = _room(known, certificate.company_id, on=on, law=law)
    return IfApproved(known, room, places)


def room_today(company: Company, *, on: date) -> tuple[Known, Reading]:
    """Return what is known of a company's group, and the room left under the ceiling that day."""
    known = known_of(company)
    return known, _room(known, company.pk, on=on, law=law_now())


def decisions_of(participation: Participation) -> list[Decided]:
    """Return every fee decision of one participation, the first first, with what it rests on."""
    decisions = list(
        participation.fee_decisions.select_related("company", "decided_by").order_by("id")
    )
    readings = readings_of(decision.evidence for decision in decisions)
    return [Decided(*pair) for pair in zip(decisions, readings, strict=True)]


def cases_of(entries: Iterable[LedgerEntry]) -> dict[int, int]:
    """Return the participation behind each ledger line, by the line's id, where there is one."""
    return {
        entry.pk: int(entry.case.removeprefix(CASE))
        for entry in entries
        if entry.case.startswith(CASE) and entry.case.removeprefix(CASE).isdecimal()
    }


def companies_for_officers() -> QuerySet[Company]:
    """Return every company, for those who look after aid."""
    return Company.objects.all()


def controls_for_officers() -> QuerySet[Control]:
    """Return every link of control with its two companies."""
    return Control.objects.select_related("owner", "owned")


def companies_matching(text: str) -> QuerySet[Company]:
    """Return up to twenty companies with ``text`` in the name, or with that number."""
    try:
        number = read(text)
    except WrongNumber:
        named = Company.objects.filter(sort_key__contains=swedish_sort_key(text))
        return named.order_by("sort_key", "id")[:MOST_COMPANIES]
    return Company.objects.filter(number_digest=digest(number.digits))[:1]


def _waiting(company_ids: list[int]) -> QuerySet[Participation]:
    current = FeeDecision.objects.filter(is_current=True)
    return waiting_for_companies(company_ids).prefetch_related(
        Prefetch("fee_decisions", queryset=current)
    )


def _room(known: Known, company_id: int, *, on: date, law: engine.Law) -> Reading:
    return reading_of(room_facts(known, company_id=company_id, on=on), law)
