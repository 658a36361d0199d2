"""Reads for the officer's desk: what waits, and what a certificate would mean if approved."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum
from typing import Any

from django.db.models import DateField, Prefetch, QuerySet, Value
from django.db.models.functions import Cast
from django.utils import timezone

from cohorts.models import DropOut, FeeDecision, Participation
from cohorts.queries.aid_rows import recoveries_under_way
from cohorts.queries.fees import participations_for_officers, waiting_for_companies
from cohorts.queries.leaving import drop_outs_to_judge
from cohorts.rules import FeeKind, ParticipationState
from cohorts.rules.fees import fee_kind
from companies.models import Company
from companies.numbers import WrongNumber, read
from companies.sealing import digest
from companies.sorting import swedish_sort_key
from deminimis import engine
from deminimis.models import Certificate, LedgerEntry, Recovery, Settlement
from deminimis.queries import certificates_to_check, register_queue
from deminimis.queries.facts import Known, known_of, law_now, room_facts
from deminimis.queries.readings import Reading, reading_of, readings_of
from deminimis.queries.settled import settlements_to_decide
from deminimis.rules import CHECK_WITHIN

MOST_COMPANIES = 20
CASE = "participation/"


class TaskKind(StrEnum):
    """What waits for an officer."""

    CERTIFICATE = "certificate"
    REVIEW = "review"
    DROP_OUT = "drop_out"
    SETTLEMENT = "settlement"
    RECOVERY = "recovery"
    REGISTER = "register"


Row = Certificate | Participation | DropOut | Settlement | Recovery | LedgerEntry


@dataclass(frozen=True, slots=True)
class Waiting:
    """One thing that waits, until when, by the id of its row; what is due first comes first."""

    due: date
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
    """Return all that waits for an officer, by the day it is due; three statements.

    A certificate is due a week after it came, or when the company's time to answer is over; a case
    when the person has to answer; the rest on its own last day.
    """
    # One statement for what has a moment of its own and, at most, a last day of its own.
    columns = (
        certificates_to_check()
        .order_by()
        .values_list(Value(TaskKind.CERTIFICATE.value), "submitted_at", "answer_by", "pk"),
        settlements_to_decide()
        .order_by()
        .values_list(
            Value(TaskKind.SETTLEMENT.value), "proposed_at", Cast(Value(None), DateField()), "pk"
        ),
        drop_outs_to_judge()
        .order_by()
        .values_list(
            Value(TaskKind.DROP_OUT.value), "left_at", Cast(Value(None), DateField()), "pk"
        ),
        recoveries_under_way()
        .order_by()
        .values_list(Value(TaskKind.RECOVERY.value), "opened_at", "pay_by", "pk"),
    )
    found = [
        Waiting(_due(at, last_day), at, TaskKind(kind), row)
        for kind, at, last_day, row in columns[0].union(*columns[1:], all=True)
        if at
    ]
    reviews = FeeDecision.objects.filter(
        is_current=True,
        kind=FeeKind.IN_REVIEW,
        participation__state=ParticipationState.OFFERED,
    ).values_list("decided_at", "participation__answer_by", "participation_id")
    found += [
        Waiting(timezone.localdate(answer_by or at + CHECK_WITHIN), at, TaskKind.REVIEW, row)
        for at, answer_by, row in reviews
    ]
    found += [
        Waiting(due_on, at, TaskKind.REGISTER, row)
        for due_on, at, row in register_queue().values_list("register_due_on", "entered_at", "pk")
    ]
    return sorted(found, key=lambda one: (one.due, one.since, one.kind, one.row))


def _due(at: datetime, last_day: date | None) -> date:
    due = timezone.localdate(at + CHECK_WITHIN)
    return due if last_day is None else max(due, last_day)


def rows_behind(some: Iterable[Waiting]) -> dict[tuple[TaskKind, int], Row]:
    """Return the rows of some of what waits, by kind and id; six statements."""
    ids: dict[TaskKind, list[int]] = {kind: [] for kind in TaskKind}
    for waiting in some:
        ids[waiting.kind].append(waiting.row)
    behind: dict[TaskKind, QuerySet[Any]] = {
        TaskKind.CERTIFICATE: certificates_to_check(),
        TaskKind.REVIEW: participations_for_officers(),
        TaskKind.DROP_OUT: drop_outs_to_judge(),
        TaskKind.SETTLEMENT: settlements_to_decide(),
        TaskKind.RECOVERY: recoveries_under_way(),
        TaskKind.REGISTER: register_queue(),
    }
    return {
        (kind, row.pk): row
        for kind, rows in behind.items()
        if ids[kind]
        for row in rows.filter(pk__in=ids[kind])
    }


@dataclass(frozen=True, slots=True)
class WithoutRemark:
    """A certificate that nothing speaks against, and what approving it would mean."""

    certificate: Certificate
    reading: IfApproved


def certificates_without_remark(*, on: date, most: int) -> list[WithoutRemark]:
    """Return certificates that may be approved in a batch, with what each would mean.

    Those with a line that nobody knows, a remark, an answer, no organisation number, a group that
    we have no company of, or a case that a person must look at are left for a look of their own.
    """
    found = certificates_to_check().filter(against="", answer="").prefetch_related("aid")
    plain = []
    for certificate in found.exclude(company__number_digest=None)[:most]:
        if getattr(certificate, "unsettled", 0):
            continue
        reading = if_approved(certificate, on=on)
        if lacks_its_group(certificate, reading):
            continue
        if all(place.kind is not FeeKind.IN_REVIEW for place in reading.places):
            plain.append(WithoutRemark(certificate, reading))
    return plain


def lacks_its_group(certificate: Certificate, reading: IfApproved) -> bool:
    """Return whether a certificate names companies that belong together, and we have none."""
    return bool(certificate.is_group) and len(reading.room.members) == 1


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


def ledger_of_case(participation: Participation) -> list[LedgerEntry]:
    """Return the ledger's lines about one case, with marks and recoveries, the first first."""
    lines = LedgerEntry.objects.filter(case=f"{CASE}{participation.pk}")
    return list(lines.select_related("mark", "recovery__opened_by").order_by("id"))


def cases_of(entries: Iterable[LedgerEntry]) -> dict[int, int]:
    """Return the participation behind each ledger line, by the line's id, where there is one."""
    return {
        entry.pk: int(entry.case.removeprefix(CASE))
        for entry in entries
        if entry.case.startswith(CASE) and entry.case.removeprefix(CASE).isdecimal()
    }


def participation_of(case: str) -> Participation | None:
    """Return the participation that a case is about, or None."""
    number = case.removeprefix(CASE)
    if not case.startswith(CASE) or not number.isdecimal():
        return None
    return participations_for_officers().filter(pk=int(number)).first()


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
