"""A vote that ends without a count, and the courses that go with it."""

from datetime import datetime

from accounts.steps import Actor
from cohorts.emails.votes import vote_voided
from cohorts.models import Cohort, CourseRound
from cohorts.queries.meetings import members_of
from cohorts.queries.votes import votes_in
from cohorts.rules import RoundState
from cohorts.rules.votes import COMING_OR_OPEN
from cohorts.steps.moves import move_round
from ground.steps import step
from outbox.steps import queue_all
from voting.models import Ballot
from voting.steps import void_ballot


@step
def call_off_votes(cohort: Cohort, *, why: str, actor: Actor, now: datetime) -> None:
    """Call off every vote of a locked cohort that is coming or open, questions too."""
    for ballot in votes_in(cohort).filter(state__in=COMING_OR_OPEN).order_by("id"):
        call_off_vote(cohort, ballot.pk, why=why, actor=actor, now=now)


@step
def call_off_vote(cohort: Cohort, ballot_id: int, *, why: str, actor: Actor, now: datetime) -> bool:
    """End one vote of a locked cohort, drop its courses and tell all why; False: it is over."""
    if not void_ballot(ballot_id, why=why, actor=actor, now=now):
        return False
    ballot = Ballot.objects.get(id=ballot_id)
    drop_rounds(ballot, but=None, actor=actor, now=now)
    queue_all([vote_voided(m, ballot, why=why) for m in members_of(cohort)], now=now)
    return True


@step
def drop_rounds(
    ballot: Ballot, *, but: str | None, actor: Actor, now: datetime
) -> CourseRound | None:
    """Drop the rounds of a ballot but the one with this key, and return that."""
    kept = None
    for round_ in ballot.rounds.select_related("course", "cohort__programme").order_by("id"):
        if str(round_.pk) == but:
            kept = round_
        else:
            move_round(round_, RoundState.DROPPED, actor=actor, now=now)
    return kept
