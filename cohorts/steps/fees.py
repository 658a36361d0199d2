"""Taking part in a round, and what it costs: decided by the aid rule, frozen when decided."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal

from django.utils import timezone

from accounts.models import User
from accounts.steps import CLOCK, Actor, record
from cohorts.emails import rounds as emails
from cohorts.models import CourseRound, Enrolment, FeeDecision, Participation
from cohorts.queries.fees import current_decision, stage_of, waiting_for_companies
from cohorts.queries.seats import running_round
from cohorts.rules import FeeKind, ParticipationState
from cohorts.rules.fees import PAYABLE, WAITS_FOR_US, fee_kind
from cohorts.steps.access import reserve_access
from cohorts.steps.moves import move_participation
from cohorts.steps.payments import withdraw_question
from companies.rules import Kind
from deminimis.models import LedgerEntry
from deminimis.queries import latest_certificate
from deminimis.queries.certificates import serves_on
from deminimis.steps import assess, certificate_wanted, grant
from ground.steps import step
from outbox.letters import Reader
from outbox.steps import queue

ANSWER_WITHIN = timedelta(days=14)
# At least so long after a new answer to what it costs.
ANSWER_AGAIN_WITHIN = timedelta(days=5)
CERTIFICATE_LINK_LIVES = timedelta(days=60)
# From the opening of a vote until the last answer to what the chosen course costs.
VOTE_TO_ANSWER = timedelta(days=30)


@step
def take_part_in_running_round(enrolment: Enrolment, *, actor: Actor, now: datetime) -> None:
    """Let a new member into the round that runs, if it is free; a priced one is asked about."""
    current = running_round(enrolment.cohort)
    if current is not None:
        offer_round(current, enrolment, actor=actor, now=now)


@step
def offer_round(
    round_: CourseRound, enrolment: Enrolment, *, actor: Actor, now: datetime
) -> Participation:
    """Offer one member one round, with its fee decision. What is worth nothing needs no answer."""
    participation, is_new = Participation.objects.get_or_create(
        round=round_,
        enrolment=enrolment,
        defaults={"answer_by": now + ANSWER_WITHIN},
    )
    if not is_new:
        return participation
    record(participation, was="", became=ParticipationState.OFFERED, actor=actor, now=now)
    decide_fee(participation, now=now)
    if round_.value_sek == 0:
        bind(participation, actor=actor, now=now)
    return participation


@step
def locked_participation(participation_id: int) -> Participation:
    """Return a participation as it is under its lock, with all that its fee depends on."""
    return (
        Participation.objects.select_for_update(of=("self",))
        .select_related(
            "round__course",
            "round__cohort__programme",
            "enrolment__interest__company",
            "enrolment__cohort__programme",
        )
        .get(id=participation_id)
    )


@step
def bind(participation: Participation, *, actor: Actor, now: datetime) -> None:
    """Confirm a participation today, put the person at the start of the course and let them in."""
    participation.confirmed_on = timezone.localdate(now)
    move_participation(
        participation,
        ParticipationState.CONFIRMED,
        actor=actor,
        now=now,
        fields=("confirmed_on",),
    )
    move_participation(participation, ParticipationState.NOT_STARTED, actor=CLOCK, now=now)
    reserve_access(participation, now=now)


@dataclass(frozen=True, slots=True)
class AskedBy:
    """Who asked for a decision and why; whoever does has said not to be partial."""

    user: User
    why: str


@step
def decide_fee(
    participation: Participation,
    *,
    now: datetime,
    asked: AskedBy | None = None,
    pays_in_full: bool = False,
    is_told: bool = False,
) -> FeeDecision:
    """Write what one participation costs today and why; the decision before it stays, superseded.

    Nothing is written when the answer is the same as the current one. A missing certificate is
    asked for by letter; a person who has to choose hears of it by letter, unless another letter
    tells it (``is_told``). ``pays_in_full``: the person would rather pay than wait for a
    certificate.
    """
    round_, interest = participation.round, participation.enrolment.interest
    assessment = assess(
        company=interest.company,
        value_sek=round_.value_sek,
        case=f"participation/{participation.pk}",
        on=timezone.localdate(now),
        pays_in_full=pays_in_full,
    )
    kind, rule = fee_kind(assessment.decision), assessment.decision.rule.value
    current = participation.fee_decisions.filter(is_current=True).first()
    answer = (kind, rule, round_.value_sek)
    if current and (current.kind, current.rule, current.value_sek) == answer:
        return current
    participation.fee_decisions.filter(is_current=True).update(is_current=False)
    decision = FeeDecision.objects.create(
        participation=participation,
        kind=kind,
        fee_sek=round_.value_sek if kind is FeeKind.FEE else Decimal(0),
        value_sek=round_.value_sek,
        meetings_sek=round_.meetings_sek,
        company=interest.company,
        rule=rule,
        evidence=assessment.evidence,
        why=asked.why if asked else "",
        decided_by=asked.user if asked else None,
        without_conflict=asked is not None,
        decided_at=now,
    )
    record(decision, was=current.kind if current else "", became=kind, actor=CLOCK, now=now)
    if current and not pays_in_full:
        _give_time(participation, now=now)
    if kind not in PAYABLE or (current and current.value_sek != round_.value_sek):
        withdraw_question(participation, actor=CLOCK, now=now, why="the cost has changed")
    if kind is FeeKind.CERTIFICATE_REQUESTED:
        _ask(participation.enrolment, round_, now=now)
    if kind is not FeeKind.NOT_NEEDED and not (pays_in_full or is_told):
        queue(emails.fee_decided(participation, decision), now=now)
    return decision


@step
def decide_after_certificate(company_ids: Collection[int], *, now: datetime) -> int:
    """Decide anew for those who waited for a certificate of these companies; return how many.

    It has been decided on, or taken back. Whose answer is the same waits for us no longer, so that
    the time to answer runs again: it is made long enough, and a letter says so.
    """
    waiting = list(waiting_for_companies(company_ids))
    for participation in waiting:
        before = current_decision(participation)
        decision = decide_fee(participation, now=now)
        if decision == before and decision.kind == FeeKind.CERTIFICATE_REQUESTED:
            _let_time_run_again(participation, decision, now=now)
    return len(waiting)


@step
def ask_for_certificate_if_none(
    enrolment: Enrolment, round_: CourseRound, *, now: datetime
) -> None:
    """Ask the person's company for a certificate, unless one will stand or is under way.

    Called when a vote with priced courses opens: ninety days pass quickly. A public body is no
    undertaking, so nothing is asked of it.
    """
    company = enrolment.interest.company
    if company.kind == Kind.PUBLIC_BODY:
        return
    latest = latest_certificate(company)
    if latest is not None and serves_on(latest, timezone.localdate(now + VOTE_TO_ANSWER)):
        return
    _ask(enrolment, round_, now=now)


@step
def grant_place(participation: Participation, *, now: datetime) -> LedgerEntry:
    """Grant a place as de minimis aid and promise the company its notice. Under the ledger's lock.

    :raises NotGrantable: if the rule does not allow it.
    """
    round_, interest = participation.round, participation.enrolment.interest
    case = f"participation/{participation.pk}"
    assessment = assess(
        company=interest.company,
        value_sek=round_.value_sek,
        case=case,
        on=timezone.localdate(now),
    )
    entry = grant(
        company=interest.company,
        case=case,
        value_sek=round_.value_sek,
        assessment=assessment,
        now=now,
    )
    to = emails.company_reader(interest.company, fallback=interest)
    queue(emails.aid_granted(entry, participation=participation, to=to), now=now)
    return entry


def _give_time(participation: Participation, *, now: datetime) -> None:
    """Let nobody's time run out while they read a new answer."""
    least = now + ANSWER_AGAIN_WITHIN
    if participation.answer_by is not None and participation.answer_by < least:
        participation.answer_by = least
        participation.save(update_fields=["answer_by"])


def _let_time_run_again(
    participation: Participation, decision: FeeDecision, *, now: datetime
) -> None:
    """Give time and tell, unless another certificate of the group still waits for an officer."""
    if stage_of(participation, decision) in WAITS_FOR_US:
        return
    _give_time(participation, now=now)
    queue(emails.fee_stands(participation, decision, now=now), now=now)


def _ask(enrolment: Enrolment, round_: CourseRound, *, now: datetime) -> None:
    interest = enrolment.interest
    to: Reader = emails.company_reader(interest.company, fallback=interest)
    certificate, asked_now = certificate_wanted(
        company_id=interest.company_id,
        name=to.name,
        email=to.email,
        language=to.language,
        now=now,
    )
    if asked_now:
        last_day = timezone.localdate(now + CERTIFICATE_LINK_LIVES)
        letter = emails.certificate_asked(certificate, round_=round_, last_day=last_day)
        queue(letter, now=now)
