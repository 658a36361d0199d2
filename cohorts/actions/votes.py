"""The cohort's vote on its next course: opened, reminded of, closed on the clock, followed up."""

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction

from accounts.models import User
from accounts.steps import CLOCK, acting, record
from cohorts.emails import rounds as emails
from cohorts.models import Cohort, Course, CourseRound
from cohorts.queries.meetings import members_of
from cohorts.rules import CohortState, RoundState
from cohorts.rules.votes import OpenRefusal, open_refusal
from cohorts.steps import lock_cohort, move_round
from cohorts.steps.fees import ask_for_certificate_if_none, offer_round
from outbox.steps import queue_all
from voting.models import Ballot
from voting.queries import due_to_close, due_to_remind, not_voted
from voting.rules import BallotState, Rule
from voting.steps import Choice, close_and_count, open_ballot, remind_on_roll

QUORUM_PERCENT = 50


@transaction.atomic(durable=True)
def open_vote(  # noqa: PLR0913 -- all that is settled before the opening
    *,
    cohort_id: int,
    course_ids: Sequence[int],
    closes_at: datetime,
    is_open_count: bool,
    by: User,
    now: datetime,
) -> Ballot | OpenRefusal:
    """Put the next course to the vote among the cohort's members; return the ballot, or why not.

    Each course becomes a round of the cohort in the ballot. If one has a price, companies without
    a certificate are asked for theirs now, since ninety days pass quickly.
    """
    cohort = lock_cohort(cohort_id)
    courses = list(Course.objects.filter(pk__in=course_ids, is_offered=True).order_by("sort_key"))
    members = list(members_of(cohort))
    refusal = open_refusal(
        is_running=cohort.state == CohortState.RUNNING,
        courses=len(courses),
        voters=len(members),
        has_open_vote=cohort.rounds.filter(state=RoundState.IN_BALLOT).exists(),
        closes_later=closes_at > now,
    )
    if refusal is not None:
        return refusal
    rounds = [_round_in_ballot(cohort, course, by=by, now=now) for course in courses]
    ballot = open_ballot(
        question="next course",
        choices=[_choice(round_) for round_ in rounds],
        voters=[member.user for member in members],
        closes_at=closes_at,
        rule=Rule.RANKED_PAIRS,
        quorum_percent=QUORUM_PERCENT,
        is_open_count=is_open_count,
        actor=acting(by),
        now=now,
    )
    CourseRound.objects.filter(pk__in=[round_.pk for round_ in rounds]).update(ballot=ballot)
    priced = [round_ for round_ in rounds if round_.price_sek]
    queue_all(
        [emails.vote_opened(member, ballot, has_priced=bool(priced)) for member in members],
        now=now,
    )
    for member in members if priced else []:
        ask_for_certificate_if_none(member, priced[0], now=now)
    return ballot


def close_votes(*, now: datetime) -> int:
    """Close, count and follow up every vote whose time has come; return how many.

    A transaction each. Runs as often as it likes, also after an outage: a vote closes once.
    """
    return sum(_close(ballot.pk, now=now) for ballot in due_to_close(now))


@transaction.atomic(durable=True)
def remind_voters(*, now: datetime) -> int:
    """Remind those who have not voted, halfway and a day before the close; return how many."""
    reminded = 0
    for ballot, number in due_to_remind(now):
        absent = set(not_voted(ballot).values_list("voter_id", flat=True))
        cohort = Cohort.objects.get(rounds__in=ballot.rounds.all()[:1])
        letters = [
            emails.vote_reminder(member, ballot, number=number)
            for member in members_of(cohort)
            if member.user_id in absent
        ]
        remind_on_roll(ballot, number=number)
        queue_all(letters, now=now)
        reminded += len(letters)
    return reminded


@transaction.atomic(durable=True)
def _close(ballot_id: int, *, now: datetime) -> int:
    """Close one ballot; a valid winner becomes the cohort's next round, its fees are decided."""
    rounds = list(
        CourseRound.objects.filter(ballot=ballot_id).select_related("course", "cohort__programme")
    )
    cohort = lock_cohort(rounds[0].cohort_id)
    before = Ballot.objects.get(id=ballot_id).state
    winner_key = close_and_count(ballot_id, now=now)
    ballot = Ballot.objects.get(id=ballot_id)
    if before != BallotState.OPEN or ballot.state == BallotState.OPEN:
        return 0
    members = list(members_of(cohort))
    winner = next((round_ for round_ in rounds if str(round_.pk) == winner_key), None)
    title = winner.course.title if winner else ""
    queue_all([emails.vote_ended(member, ballot, winner=title) for member in members], now=now)
    for round_ in rounds:
        if round_ is not winner:
            move_round(round_, RoundState.DROPPED, actor=CLOCK, now=now)
    if winner is not None:
        move_round(winner, RoundState.CHOSEN, actor=CLOCK, now=now)
        move_round(winner, RoundState.FEE_CHECK, actor=CLOCK, now=now)
        for member in members:
            offer_round(winner, member, actor=CLOCK, now=now)
    return 1


def _round_in_ballot(cohort: Cohort, course: Course, *, by: User, now: datetime) -> CourseRound:
    round_ = CourseRound.objects.create(cohort=cohort, course=course, price_sek=course.price_sek)
    record(round_, was="", became=RoundState.PROPOSED, actor=acting(by), now=now)
    move_round(round_, RoundState.IN_BALLOT, actor=acting(by), now=now)
    return round_


def _choice(round_: CourseRound) -> Choice:
    course = round_.course
    return Choice(
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
