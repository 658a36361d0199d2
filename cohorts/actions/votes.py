"""The cohort's vote on its next course: called, opened, reminded of, closed, followed up."""

from datetime import datetime

from django.db import transaction

from accounts.models import User
from accounts.steps import CLOCK, Actor, acting, record
from cohorts.emails import votes as emails
from cohorts.models import Cohort, Course, CourseRound, Hindrance
from cohorts.queries.meetings import members_of
from cohorts.queries.votes import cohort_of
from cohorts.rules import CohortState, RoundState
from cohorts.rules.cohorts import OVER
from cohorts.rules.votes import (
    COMING_OR_OPEN,
    FEWEST_VOTERS,
    OpenRefusal,
    VoidWhy,
    VotePlan,
    open_refusal,
)
from cohorts.steps import lock_cohort, move_round
from cohorts.steps.fees import ask_for_certificate_if_none, offer_round
from cohorts.steps.votes import call_off_vote, drop_rounds
from ground.apart import apart
from outbox.steps import queue_all
from voting import steps
from voting.models import Ballot
from voting.queries import due_to_close, due_to_open, due_to_remind, not_voted
from voting.rules import NONE_OF_THESE, BallotState, Rule

QUORUM_PERCENT = 50


@transaction.atomic(durable=True)
def call_vote(*, cohort_id: int, plan: VotePlan, by: User, now: datetime) -> Ballot | OpenRefusal:
    """Call a vote on the next course; return the ballot, or why not.

    Each course becomes a round of the cohort in the ballot. A vote that opens later is announced:
    until then members see the courses and may say in private what hinders them.
    """
    cohort = lock_cohort(cohort_id)
    courses = list(Course.objects.filter(pk__in=plan.course_ids, is_offered=True))
    members = list(members_of(cohort))
    refusal = open_refusal(
        is_running=cohort.state == CohortState.RUNNING,
        courses=len(courses),
        voters=len(members),
        has_open_vote=cohort.rounds.filter(ballot__state__in=COMING_OR_OPEN).exists(),
        closes_later=plan.closes_at > now,
        opens_first=plan.opens_at < plan.closes_at,
    )
    if refusal is not None:
        return refusal
    courses.sort(key=lambda course: (course.sort_key, course.pk))
    rounds = [_proposed(cohort, course, by=by, now=now) for course in courses]
    choices = [_choice(round_) for round_ in rounds]
    if plan.with_none:
        choices.append(steps.Choice(key=NONE_OF_THESE, title="Ingen av dessa"))
    ballot = steps.prepare_ballot(
        steps.Settled(
            question="next course",
            opens_at=max(plan.opens_at, now),
            closes_at=plan.closes_at,
            rule=Rule(plan.rule),
            quorum_percent=plan.quorum_percent,
            is_open_count=plan.is_open_count,
        ),
        choices=choices,
        actor=acting(by),
        now=now,
    )
    CourseRound.objects.filter(pk__in=[round_.pk for round_ in rounds]).update(ballot=ballot)
    if ballot.opens_at <= now:
        _open_now(cohort, ballot, actor=acting(by), now=now)
    else:
        queue_all([emails.vote_announced(member, ballot) for member in members], now=now)
    return ballot


def open_votes(*, now: datetime) -> int:
    """Open every vote whose time has come; return how many. A transaction each.

    :raises ExceptionGroup: when all have had their turn, if any could not be opened.
    """
    opened = 0
    with apart("vote_not_opened") as one:
        for ballot in due_to_open(now):
            with one(ballot.pk):
                opened += _open(ballot.pk, now=now)
    return opened


def close_votes(*, now: datetime) -> int:
    """Close, count and follow up every vote whose time has come; return how many.

    A transaction each. Runs as often as it likes, also after an outage: a vote closes once.

    :raises ExceptionGroup: when all have had their turn, if any could not be closed.
    """
    closed = 0
    with apart("vote_not_closed") as one:
        for ballot in due_to_close(now):
            with one(ballot.pk):
                closed += _close(ballot.pk, now=now)
    return closed


@transaction.atomic(durable=True)
def void_vote(*, ballot_id: int, why: str, by: User, now: datetime) -> bool:
    """End a vote that was called by mistake; False if it is over already. All are told why.

    Nothing of it is counted. Who should have been on the roll gets a vote by calling a new one.
    """
    cohort = lock_cohort(cohort_of(Ballot.objects.get(id=ballot_id)).pk)
    return call_off_vote(cohort, ballot_id, why=why, actor=acting(by), now=now)


@transaction.atomic(durable=True)
def remind_voters(*, now: datetime) -> int:
    """Remind those who have not voted, halfway and a day before the close; return how many."""
    reminded = 0
    for ballot, number in due_to_remind(now):
        absent = set(not_voted(ballot).values_list("voter_id", flat=True))
        letters = [
            emails.vote_reminder(member, ballot, number=number)
            for member in members_of(cohort_of(ballot))
            if member.user_id in absent
        ]
        steps.remind_on_roll(ballot, number=number)
        queue_all(letters, now=now)
        reminded += len(letters)
    return reminded


@transaction.atomic(durable=True)
def tell_hindrance(*, cohort_id: int, course_id: int, kind: str, text: str) -> None:
    """Note that somebody in the cohort cannot use a course. Who, and when, is not kept."""
    Hindrance.objects.get_or_create(
        cohort_id=cohort_id, course_id=course_id, kind=kind, text=text.strip()
    )


@transaction.atomic(durable=True)
def _open(ballot_id: int, *, now: datetime) -> int:
    """Open one prepared ballot, or end it if the cohort is over or too few are left to vote."""
    cohort = lock_cohort(cohort_of(Ballot.objects.get(id=ballot_id)).pk)
    ballot = Ballot.objects.select_for_update().get(id=ballot_id)
    if ballot.state != BallotState.DRAFT or now < ballot.opens_at:
        return 0
    why = _over(cohort)
    if why is None and now >= ballot.closes_at:
        why = VoidWhy.TOO_LATE
    if why is None and members_of(cohort).count() < FEWEST_VOTERS:
        why = VoidWhy.TOO_FEW_VOTERS
    if why is not None:
        call_off_vote(cohort, ballot_id, why=why, actor=CLOCK, now=now)
        return 0
    _open_now(cohort, ballot, actor=CLOCK, now=now)
    return 1


def _open_now(cohort: Cohort, ballot: Ballot, *, actor: Actor, now: datetime) -> None:
    """Freeze the roll and call everybody; ask for certificates if a course has a price.

    Companies without one are asked now, since ninety days pass quickly.
    """
    members = list(members_of(cohort))
    rounds = list(ballot.rounds.select_related("course", "cohort__programme").order_by("id"))
    for round_ in rounds:
        move_round(round_, RoundState.IN_BALLOT, actor=actor, now=now)
    steps.open_ballot(ballot, voters=[member.user for member in members], actor=actor, now=now)
    priced = [round_ for round_ in rounds if round_.price_sek]
    letters = [emails.vote_opened(member, ballot, has_priced=bool(priced)) for member in members]
    queue_all(letters, now=now)
    for member in members if priced else []:
        ask_for_certificate_if_none(member, priced[0], now=now)


@transaction.atomic(durable=True)
def _close(ballot_id: int, *, now: datetime) -> int:
    """Close one ballot; a valid winner becomes the cohort's next round, its fees are decided.

    In a cohort that is over nothing is counted any more.
    """
    cohort = lock_cohort(cohort_of(Ballot.objects.get(id=ballot_id)).pk)
    if (why := _over(cohort)) is not None:
        call_off_vote(cohort, ballot_id, why=why, actor=CLOCK, now=now)
        return 0
    before = Ballot.objects.get(id=ballot_id).state
    winner_key = steps.close_and_count(ballot_id, now=now)
    ballot = Ballot.objects.get(id=ballot_id)
    if before != BallotState.OPEN or ballot.state == BallotState.OPEN:
        return 0
    members = list(members_of(cohort))
    queue_all([emails.vote_ended(member, ballot, key=winner_key) for member in members], now=now)
    winner = drop_rounds(ballot, but=winner_key, actor=CLOCK, now=now)
    if winner is not None:
        move_round(winner, RoundState.CHOSEN, actor=CLOCK, now=now)
        move_round(winner, RoundState.FEE_CHECK, actor=CLOCK, now=now)
        for member in members:
            offer_round(winner, member, actor=CLOCK, now=now)
    return 1


def _over(cohort: Cohort) -> VoidWhy | None:
    """Return why a vote of this cohort can only end, or None: the cohort is not over."""
    if cohort.state not in OVER:
        return None
    is_off = cohort.state == CohortState.CANCELLED
    return VoidWhy.COHORT_CANCELLED if is_off else VoidWhy.COHORT_COMPLETED


def _proposed(cohort: Cohort, course: Course, *, by: User, now: datetime) -> CourseRound:
    round_ = CourseRound.objects.create(cohort=cohort, course=course, price_sek=course.price_sek)
    record(round_, was="", became=RoundState.PROPOSED, actor=acting(by), now=now)
    return round_


def _choice(round_: CourseRound) -> steps.Choice:
    course = round_.course
    return steps.Choice(
        key=str(round_.pk),
        title=course.title,
        facts={
            "price_sek": str(round_.price_sek),
            "hours": course.hours,
            "language": course.language,
            "level": course.level,
            "provider": course.provider,
            "accessibility": course.accessibility,
        },
    )
