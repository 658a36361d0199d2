"""The region's history, played through the product's own actions, so that every row is genuine."""

from datetime import datetime, time
from functools import partial

from cohorts.actions import fees, forming, interests, meetings, seats, votes
from cohorts.actions.archive import archive_cohort
from cohorts.models import Invitation, Programme
from cohorts.rules import InvitationState
from regai.example.choosing import vote
from regai.example.dates import first_day, series_from
from regai.example.diary import Diary, at
from regai.example.gathering import answer_invitations, clock_of, gather, plan
from regai.example.leaving import ask_to_be_erased
from regai.example.letting_in import let_in
from regai.example.officers import work_of_officers
from regai.example.paying import pay
from regai.example.people import COORDINATOR
from regai.example.premises import settle_premises
from regai.example.proposing import propose
from regai.example.raising_hands import ask
from regai.example.region import Region
from regai.example.scene import Scene
from regai.example.settling import let_speak, settle
from regai.example.signing import sign_up
from regai.example.signups import FIRST_SIGN_UP
from regai.example.stories import STORIES
from regai.example.story import NextCourse, Stage, Story
from regai.example.studying import end_course, study

STARTED = frozenset({Stage.RUNNING, Stage.COMPLETED, Stage.ARCHIVED})
MORNING, AFTERNOON = time(9, 15), time(15)
# Older reminders of meetings are left out: a mailbox of a year would drown in them.
REMINDERS_OF_DAYS = 21
FIRST, SECOND = 0, 1
MONDAY = 0
ASKS_TO_BE_ERASED = -3


def play(region: Region, programme: Programme) -> int:
    """Play everything that has happened by the region's day; return how many things were done."""
    diary = Diary(region.day)
    begins = -FIRST_SIGN_UP - 2
    companies = settle(region, programme, now=diary.moment(begins, time(8)))
    diary.put(diary.moment(begins, time(8)), partial(let_speak, region, companies))
    scene = Scene(region, programme, diary, companies)
    asked: set[int] = set()
    for days in range(begins, 0):
        diary.put(diary.moment(days, MORNING), partial(_morning, scene, asked))
    for days in range(-REMINDERS_OF_DAYS, 0):
        diary.put(diary.moment(days, MORNING), _remind)
    sign_up(scene)
    for story in STORIES:
        _tell(scene, story)
    work_of_officers(scene)
    diary.put(diary.moment(ASKS_TO_BE_ERASED, AFTERNOON), ask_to_be_erased)
    done = diary.play()
    settle_premises(diary)
    propose(scene)
    return done


def _tell(scene: Scene, story: Story) -> None:
    """Put one cohort in the diary, from its opening to what it has come to."""
    diary, ahead = scene.diary, story.vote
    gather(scene, story)
    if story.stage not in STARTED:
        return
    days = series_from(first_day(story, diary.day, story.starts), story.meetings)
    study(scene, story, FIRST, days)
    if story.asks is not None:
        ask(scene, story, story.asks)
    if ahead is not None:
        vote(scene, story, ahead)
        let_in(scene, story, ahead)
        pay(scene, story, ahead)
        if ahead.winner:
            _tell_second(scene, story, ahead)
    last = SECOND if ahead is not None and ahead.winner else FIRST
    if story.ends is not None:
        diary.put(diary.moment(story.ends, AFTERNOON), partial(end_course, scene, story, last))
        diary.put(diary.moment(story.ends + 2, AFTERNOON), partial(_complete, scene, story))
    if story.archived is not None:
        diary.put(diary.moment(story.archived, AFTERNOON), partial(_archive, scene, story))


def _tell_second(scene: Scene, story: Story, ahead: NextCourse) -> None:
    diary = scene.diary
    first = first_day(story, diary.day, ahead.starts)
    days = series_from(first, ahead.meetings)
    starts = [at(day, clock_of(story)) for day in days]
    diary.put(diary.moment(ahead.closes + 1, time(9)), partial(plan, scene, story, SECOND, starts))
    diary.put(at(first, time(7)), partial(end_course, scene, story, FIRST))
    study(scene, story, SECOND, days)


def _morning(scene: Scene, asked: set[int], now: datetime) -> None:
    """Do what the clock does, and let people answer what they have been offered."""
    if Invitation.objects.filter(state=InvitationState.RELEASED).exists():
        seats.lapse_invitations(now=now)
        seats.remind_of_invitations(now=now)
        answer_invitations(scene, asked, now)
    if now.weekday() == MONDAY:
        fees.lapse_offers(now=now)
        interests.end_pauses(now=now)
        interests.ask_to_renew(now=now)


def _remind(now: datetime) -> None:
    fees.remind_of_offers(now=now)
    meetings.remind_of_meetings(now=now)
    votes.remind_voters(now=now)


def _complete(scene: Scene, story: Story, now: datetime) -> None:
    forming.complete_cohort(cohort_id=scene.cohort(story).pk, by=scene.leader(story), now=now)


def _archive(scene: Scene, story: Story, now: datetime) -> None:
    archive_cohort(cohort_id=scene.cohort(story).pk, by=scene.user(COORDINATOR.email), now=now)
