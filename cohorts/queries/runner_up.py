"""Which course comes next when the chosen one falls through, and whether it may be named."""

from cohorts.models import CourseRound
from cohorts.rules import RoundState
from cohorts.rules.votes import RunnerUpRefusal, runner_up
from voting.queries import counted

WAITING = (RoundState.CHOSEN, RoundState.FEE_CHECK)


def runner_up_refusal(round_: CourseRound) -> RunnerUpRefusal | None:
    """Return why no other course can take a round's place, or None."""
    if round_.state not in WAITING:
        return RunnerUpRefusal.NOT_WAITING
    if round_.ballot is None or round_.ballot.result is None:
        return RunnerUpRefusal.NO_VOTE
    return None


def next_in_order(round_: CourseRound) -> CourseRound | None:
    """Return the round of the course that comes next in the vote; None if there is none.

    Reckoned anew from the votes: a small vote keeps no order. Show it only if ``may_be_named``.
    """
    ballot = round_.ballot
    if ballot is None:
        return None
    result = counted(ballot)
    voted_on = {
        str(one.pk): one
        for one in ballot.rounds.select_related("course")
        if str(one.pk) in result.pairwise
    }
    own = next(key for key, one in voted_on.items() if one.course_id == round_.course_id)
    skip = {key for key, one in voted_on.items() if not one.course.is_offered}
    key = runner_up([key for (key,) in result.order], after=own, skip=skip)
    return voted_on[key] if key else None


def may_be_named(round_: CourseRound) -> bool:
    """Return whether the order of the vote is published, so that the next course may be shown."""
    return bool(round_.ballot and round_.ballot.result and round_.ballot.result.get("order"))
