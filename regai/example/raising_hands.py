"""A cohort is asked something else than its next course: a show of hands."""

from datetime import datetime, time, timedelta
from functools import partial
from random import Random

from cohorts.actions.questions import ask_cohort
from cohorts.models import Question
from cohorts.queries.meetings import members_of
from regai.example.choosing import YET_TO_VOTE, cast, close
from regai.example.people import VOTER
from regai.example.scene import Scene
from regai.example.story import ShowOfHands, Story

ASKED_AT, CLOSES_AT = time(13, 30), time(20)
ANSWERED_WITHIN_MINUTES = 8 * 60
# Of ten who answer: how many tick the first answer, and how many each of the others.
LIKES_THE_FIRST, LIKES_ANOTHER = 8, 4


def ask(scene: Scene, story: Story, asks: ShowOfHands) -> None:
    """Put a question in the diary: its call, the answers, and the close where it lies behind."""
    diary = scene.diary
    diary.put(diary.moment(asks.asked, ASKED_AT), partial(_ask, scene, story, asks))
    diary.put(diary.moment(asks.closes, CLOSES_AT), close)


def _ask(scene: Scene, story: Story, asks: ShowOfHands, now: datetime) -> None:
    cohort = scene.cohort(story)
    asked = ask_cohort(
        cohort_id=cohort.pk,
        question=asks.question,
        answers=asks.answers,
        closes_at=scene.diary.moment(asks.closes, CLOSES_AT),
        by=scene.leader(story),
        now=now,
    )
    assert isinstance(asked, Question), asked  # noqa: S101 -- the story lets it be asked
    chance = Random(f"hands {scene.region.number} {story.code}")  # noqa: S311 -- invented answers
    voters = [member.user for member in members_of(cohort) if member.user.email != VOTER.email]
    for i, voter in enumerate(chance.sample(voters, len(voters) - YET_TO_VOTE)):
        ticked = [str(n) for n in range(2, len(asks.answers) + 1) if _says_yes(chance)]
        if i % 10 < LIKES_THE_FIRST:
            ticked.insert(0, "1")
        minutes = chance.randint(5, ANSWERED_WITHIN_MINUTES)
        when = scene.diary.by_day(now + timedelta(minutes=minutes))
        ranking = [ticked] if ticked else []
        scene.diary.put(when, partial(cast, asked.ballot_id, voter.pk, ranking))


def _says_yes(chance: Random) -> bool:
    return chance.randrange(10) < LIKES_ANOTHER
