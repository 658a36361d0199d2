"""A cohort votes on its next course."""

from datetime import datetime, time, timedelta
from functools import partial
from random import Random

from cohorts.actions import votes
from cohorts.models import Course, CourseRound
from cohorts.queries.meetings import members_of
from cohorts.rules.votes import VotePlan
from regai.example.people import VOTER
from regai.example.scene import Scene
from regai.example.story import NextCourse, Story
from voting.actions import cast_vote
from voting.models import Ballot
from voting.rules import Ranking, new_receipt

OPENS, CLOSES = time(13), time(20)
# Of ten who vote: how many put the winner first. The others put it second: no lot is needed.
WINNER_FIRST = 7
# How many of those on the roll of an open vote have yet to vote, beside the one to log in as.
YET_TO_VOTE = 2


def vote(scene: Scene, story: Story, ahead: NextCourse) -> None:
    """Put a vote in the diary: the call, the votes, and the close where it lies behind."""
    diary = scene.diary
    closes_at = diary.moment(ahead.closes, CLOSES)
    called = ahead.opens if ahead.announced is None else ahead.announced
    diary.put(diary.moment(called, OPENS), partial(_call, scene, story, ahead))
    diary.put(closes_at, close)


def _call(scene: Scene, story: Story, ahead: NextCourse, now: datetime) -> None:
    cohort, closes_at = scene.cohort(story), scene.diary.moment(ahead.closes, CLOSES)
    courses = Course.objects.filter(slug__in=ahead.courses).values_list("pk", flat=True)
    plan = VotePlan(
        course_ids=list(courses),
        opens_at=scene.diary.moment(ahead.opens, OPENS),
        closes_at=closes_at,
        is_open_count=ahead.is_open_count,
    )
    ballot = votes.call_vote(cohort_id=cohort.pk, plan=plan, by=scene.leader(story), now=now)
    assert isinstance(ballot, Ballot), ballot  # noqa: S101 -- the story lets the vote open
    for one in ahead.hindered:
        votes.tell_hindrance(
            cohort_id=cohort.pk,
            course_id=Course.objects.values_list("pk", flat=True).get(slug=one.course),
            kind=one.kind,
            text=one.text,
        )
    if ballot.opens_at <= now:
        _let_vote(scene, story, ahead, ballot, now)


def _let_vote(scene: Scene, story: Story, ahead: NextCourse, ballot: Ballot, now: datetime) -> None:
    cohort = scene.cohort(story)
    chance = Random(f"vote {scene.region.number} {story.code}")  # noqa: S311 -- invented votes
    keys = {
        round_.course.slug: str(round_.pk)
        for round_ in CourseRound.objects.filter(ballot=ballot).select_related("course")
    }
    voters = [member.user for member in members_of(cohort) if member.user.email != VOTER.email]
    most = max(len(voters) * 9 // 10, 2) if ahead.winner else len(voters) - YET_TO_VOTE
    many = most if ahead.votes is None else ahead.votes
    hours = (min(ahead.closes, 0) - ahead.opens - 1) * 24
    first = keys[ahead.winner or ahead.courses[0]]
    for i, voter in enumerate(chance.sample(voters, many)):
        rest = chance.sample(sorted(set(keys.values()) - {first}), len(keys) - 1)
        likes_it = i % 10 < WINNER_FIRST
        ranking = [first, *rest] if likes_it else [rest[0], first, *rest[1:]]
        minutes = chance.randint(10, hours * 60 - 10)
        when = scene.diary.by_day(now + timedelta(minutes=minutes))
        scene.diary.put(when, partial(cast, ballot.pk, voter.pk, [[key] for key in ranking]))


def cast(ballot_id: int, voter_id: int, ranking: Ranking, now: datetime) -> None:
    """Let somebody vote; what they voted is forgotten with their receipt."""
    entry = Ballot.objects.get(pk=ballot_id).roll.select_related("voter").get(voter=voter_id)
    cast_vote(
        ballot_id=ballot_id, voter=entry.voter, ranking=ranking, receipt=new_receipt(), now=now
    )


def close(now: datetime) -> None:
    """Do what the clock does with votes whose time is over."""
    votes.close_votes(now=now)
