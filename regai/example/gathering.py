"""A facilitator opens a cohort, has people proposed, sends invitations, and people answer."""

from datetime import datetime, time, timedelta
from functools import partial
from random import Random

from cohorts.actions import forming, rounds, seats, series
from cohorts.models import Course as CatalogueCourse
from cohorts.models import Invitation
from cohorts.rules import InvitationState, MeetingState
from regai.example import texts
from regai.example.dates import first_day, series_from
from regai.example.diary import at
from regai.example.scene import Scene
from regai.example.signups import Person
from regai.example.story import Stage, Story

CLOCKS = {"morning": time(9), "lunch": time(12), "afternoon": time(15)}
MINUTES = 60
ADDRESSES = {
    "umea": "Exempelgatan 3, konferensrum Älven",
    "skelleftea": "Exempelvägen 12, lunchrummet",
    "mala": "Exempeltorget 1, biblioteket",
    "digital": "",
}
JOIN_LINK = "https://example.org/mote/{code}"
DIAL_IN = "090-123 45 67"
SENT = frozenset(Stage) - {Stage.EMPTY, Stage.DRAFT}
SETTLED = SENT - {Stage.FORMING, Stage.CANCELLED}
# Of those who are invited without being sure: how many say yes, no, or let it lapse.
ANSWERS = {"yes": 62, "no": 20, "silence": 18}
CALLED_OFF = "Lokalen är upptagen på torsdagar resten av året. En ny grupp bildas snart."


def gather(scene: Scene, story: Story) -> None:
    """Put the forming of one cohort in the diary, up to the stage that it has come to."""
    diary = scene.diary
    diary.put(diary.moment(story.opens, time(10)), partial(_open, scene, story))
    if story.stage is Stage.EMPTY:
        return
    for person in scene.sure_of(story):
        diary.put(diary.moment(story.opens, time(11)), partial(_add, scene, story, person))
    diary.put(diary.moment(story.opens + 1, time(9)), partial(_propose, scene, story))
    if story.stage not in SENT:
        return
    first = first_day(story, diary.day, story.starts)
    days = series_from(first, story.meetings)
    diary.put(
        diary.moment(story.opens + 1, time(10)),
        partial(plan, scene, story, 0, [at(day, clock_of(story)) for day in days]),
    )
    diary.put(diary.moment(story.opens + 2, time(9)), partial(_release, scene, story))
    if story.stage in SETTLED:
        settled = min(story.starts - 5, -2)
        diary.put(diary.moment(settled, time(14)), partial(_confirm, scene, story))
    elif story.ends is not None:
        diary.put(diary.moment(story.ends, time(15)), partial(_call_off, scene, story))


def clock_of(story: Story) -> time:
    """Return when in the day a cohort meets."""
    return CLOCKS[story.time[2:]]


def plan(scene: Scene, story: Story, number: int, starts: list[datetime], now: datetime) -> None:
    """Plan the meetings of one of the cohort's rounds."""
    is_digital = story.place == "digital"
    planned = [
        series.PlannedMeeting(
            starts_at=start,
            duration_minutes=MINUTES,
            place=story.place,
            address=ADDRESSES[story.place],
            join_link=JOIN_LINK.format(code=story.code) if is_digital else "",
            dial_in=DIAL_IN if is_digital else "",
        )
        for start in starts
    ]
    series.plan_series(
        round_id=scene.round(story, number).pk, series=planned, by=scene.leader(story), now=now
    )


def answer_invitations(scene: Scene, asked: set[int], now: datetime) -> None:
    """Let those who have been offered a seat, and are not in ``asked``, make up their minds."""
    offered = Invitation.objects.filter(state=InvitationState.RELEASED).exclude(pk__in=asked)
    sure = {person.email for person in scene.region.people if person.cohort}
    for invitation in offered.select_related("interest", "cohort").order_by("pk"):
        asked.add(invitation.pk)
        if invitation.interest.email not in sure:
            _put_answer(scene, invitation, now)


def _open(scene: Scene, story: Story, now: datetime) -> None:
    course = CatalogueCourse.objects.get(slug=story.course)
    by = scene.leader(story)
    forming.open_cohort(
        programme=scene.programme,
        plan=forming.CohortPlan(
            name=story.name,
            place=story.place,
            language=story.language,
            time=story.time,
            seats=story.seats,
            least=story.least,
            starts_on=first_day(story, scene.diary.day, story.starts),
            course_id=course.pk,
        ),
        facilitator=by,
        by=by,
        now=now,
    )


def _add(scene: Scene, story: Story, person: Person, now: datetime) -> None:
    forming.add_by_hand(
        cohort_id=scene.cohort(story).pk,
        interest_id=scene.interest_id(person),
        by=scene.leader(story),
        now=now,
    )


def _propose(scene: Scene, story: Story, now: datetime) -> None:
    forming.propose_people(cohort_id=scene.cohort(story).pk, by=scene.leader(story), now=now)


def _release(scene: Scene, story: Story, now: datetime) -> None:
    cohort = scene.cohort(story)
    drafts = list(
        cohort.invitations.filter(state=InvitationState.DRAFT)
        .order_by("id")
        .values_list("id", flat=True)
    )
    seats.release_invitations(
        cohort_id=cohort.pk, invitation_ids=drafts, by=scene.leader(story), now=now
    )
    sure = {person.email for person in scene.sure_of(story)}
    for invitation in cohort.invitations.filter(pk__in=drafts).select_related("interest", "cohort"):
        if invitation.interest.email in sure:
            chance = _chance(scene, invitation)
            soon = scene.diary.by_day(now + timedelta(minutes=chance.randint(20, 4 * 24 * 60)))
            needs, phone = chance.choice(texts.NEEDS), chance.choice(texts.PHONES)
            scene.diary.put(soon, partial(_accept, invitation.pk, needs, phone))


def _put_answer(scene: Scene, invitation: Invitation, now: datetime) -> None:
    chance = _chance(scene, invitation)
    answer = chance.choices(list(ANSWERS), list(ANSWERS.values()))[0]
    soon = scene.diary.by_day(now + timedelta(minutes=chance.randint(60, 6 * 24 * 60)))
    if answer == "yes":
        needs, phone = chance.choice(texts.NEEDS), chance.choice(texts.PHONES)
        scene.diary.put(soon, partial(_accept, invitation.pk, needs, phone))
    elif answer == "no":
        scene.diary.put(soon, partial(_decline, invitation.pk))


def _chance(scene: Scene, invitation: Invitation) -> Random:
    who = invitation.interest
    said = f"invitation {scene.region.number} {invitation.cohort.name} {who.email} {who.name}"
    return Random(said)  # noqa: S311 -- an invented region, no secret


def _accept(invitation_id: int, needs: str, phone: str, now: datetime) -> None:
    interest = Invitation.objects.select_related("interest").get(pk=invitation_id).interest
    try:
        seats.accept_invitation(
            invitation_id=invitation_id,
            login_email=interest.email,
            needs=needs,
            phone=phone,
            now=now,
        )
    except seats.InvitationOver:
        pass  # withdrawn or called off meanwhile, as happens
    except seats.LoginAddressTaken:  # somebody who has signed up twice is in already
        seats.decline_invitation(invitation_id=invitation_id, now=now)


def _decline(invitation_id: int, now: datetime) -> None:
    try:
        seats.decline_invitation(invitation_id=invitation_id, now=now)
    except seats.InvitationOver:
        pass  # same


def _confirm(scene: Scene, story: Story, now: datetime) -> None:
    rounds.confirm_cohort(cohort_id=scene.cohort(story).pk, by=scene.leader(story), now=now)


def _call_off(scene: Scene, story: Story, now: datetime) -> None:
    cohort, by = scene.cohort(story), scene.leader(story)
    forming.cancel_cohort(cohort_id=cohort.pk, by=by, why=CALLED_OFF, now=now)
    planned = scene.round(story, 0).meetings.filter(state=MeetingState.SCHEDULED).order_by("id")
    for meeting in planned:
        series.cancel_meeting(meeting_id=meeting.pk, why=CALLED_OFF, by=by, now=now)
