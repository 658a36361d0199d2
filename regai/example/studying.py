"""A cohort studies: the course starts, lessons are ticked off, meetings are held."""

from collections.abc import Sequence
from datetime import date, datetime, time, timedelta
from functools import partial
from random import Random

from cohorts.actions import agendas, answers, attendance, closing, progress, proofs, rounds
from cohorts.models import AgendaItem, Meeting, Participation, Proof
from cohorts.queries.meetings import members_of
from cohorts.rules import AnswerKind, MeetingState
from cohorts.rules.enrolments import STUDIES
from regai.example import texts
from regai.example.diary import at
from regai.example.gathering import clock_of
from regai.example.scene import Scene
from regai.example.story import Story

COURSE_LASTS_AFTER_LAST_MEETING = timedelta(days=10)
ANSWERED_BEFORE = timedelta(days=4)
ASKED_BEFORE = timedelta(days=3)
MARKED_AFTER = timedelta(minutes=75)
TICKED_AFTER = timedelta(days=2)
DONE_WITH_AFTER = timedelta(days=1)
# Of a hundred: how many answer beforehand, come, and tick off lessons at all.
ANSWERS, COMES, STUDIES_ON = 85, 84, 90
# The cohort where nobody has marked who was there yet: a task for its facilitator.
FORGOTTEN = "m3"
# A table seats so many fewer than the group, but not under so few.
FEWER_SEATS, FEWEST_SEATS = 2, 3
PROOF = "https://example.org/kursbevis/{code}"
SAID = (AnswerKind.ON_SITE, AnswerKind.DIGITAL, AnswerKind.NO)


def study(scene: Scene, story: Story, number: int, days: Sequence[date]) -> None:
    """Put one course of a cohort in the diary: its start, and what belongs to each meeting."""
    diary = scene.diary
    chance = Random(f"study {scene.region.number} {story.code} {number}")  # noqa: S311 -- no secret
    ends_on = days[-1] + COURSE_LASTS_AFTER_LAST_MEETING
    diary.put(at(days[0], time(7, 30)), partial(_start, scene, story, number, ends_on))
    for held, day in enumerate(days, start=1):
        starts_at = at(day, clock_of(story))
        diary.put(starts_at - ANSWERED_BEFORE, partial(_answer, scene, story, starts_at, chance))
        diary.put(starts_at - ASKED_BEFORE, partial(_ask, scene, story, number, chance))
        if story.code != FORGOTTEN:
            diary.put(starts_at + MARKED_AFTER, partial(_mark, scene, story, starts_at, chance))
        is_last = held == len(days)
        if is_last or held == 1:
            share = 1.0 if is_last else 1 / len(days)
            diary.put(starts_at + TICKED_AFTER, partial(_tick, scene, story, number, share))
        diary.put(starts_at + DONE_WITH_AFTER, partial(_close_meeting, scene, story, starts_at))


def end_course(scene: Scene, story: Story, number: int, now: datetime) -> None:
    """End one of the cohort's courses."""
    rounds.close_round(round_id=scene.round(story, number).pk, by=scene.leader(story), now=now)


def _start(scene: Scene, story: Story, number: int, ends_on: date, now: datetime) -> None:
    rounds.start_round(
        round_id=scene.round(story, number).pk,
        starts_on=now.date(),
        ends_on=ends_on,
        by=scene.leader(story),
        now=now,
    )


def _meeting(scene: Scene, story: Story, starts_at: datetime) -> Meeting | None:
    return Meeting.objects.filter(
        round__cohort=scene.cohort(story), starts_at=starts_at, state__in=["scheduled", "held"]
    ).first()


def _answer(scene: Scene, story: Story, starts_at: datetime, chance: Random, now: datetime) -> None:
    meeting = _meeting(scene, story, starts_at)
    if meeting is None:
        return
    is_digital = story.place == "digital"
    weights = (0, 88, 12) if is_digital else (70, 18, 12)
    members = list(members_of(scene.cohort(story)))
    if not is_digital:
        seats = max(FEWEST_SEATS, len(members) - FEWER_SEATS)
        answers.set_table(meeting_id=meeting.pk, seats=seats, now=now)
    for member in members:
        if chance.randrange(100) < ANSWERS:
            said = chance.choices(SAID, weights)[0]
            answers.answer_meeting(
                meeting_id=meeting.pk, enrolment_id=member.pk, answer=said, now=now
            )


def _ask(scene: Scene, story: Story, number: int, chance: Random, now: datetime) -> None:
    round_ = scene.round(story, number)
    lessons = list(round_.course.lessons.all())
    english = story.language == "en"
    questions = texts.QUESTIONS_IN_ENGLISH if english else texts.QUESTIONS
    members = list(members_of(round_.cohort))
    for member in chance.sample(members, min(2, len(members))):
        agendas.ask_for_agenda(
            enrolment_id=member.pk,
            round_id=round_.pk,
            text=chance.choice(questions),
            lesson_id=chance.choice(lessons).pk,
            now=now,
        )


def _mark(scene: Scene, story: Story, starts_at: datetime, chance: Random, now: datetime) -> None:
    meeting = _meeting(scene, story, starts_at)
    if meeting is None:
        return
    members = list(members_of(scene.cohort(story)))
    attendance.mark_attendance(
        meeting_id=meeting.pk,
        was_there={member.pk: chance.randrange(100) < COMES for member in members},
        by=scene.leader(story),
        now=now,
    )
    said = texts.ANSWERS_IN_ENGLISH if story.language == "en" else texts.ANSWERS
    waiting = AgendaItem.objects.filter(round=meeting.round_id, answered_in=None).order_by("id")
    for item in waiting:
        agendas.answer_agenda_item(
            item_id=item.pk, meeting_id=meeting.pk, answer=chance.choice(said)
        )


def _close_meeting(scene: Scene, story: Story, starts_at: datetime, now: datetime) -> None:
    meeting = _meeting(scene, story, starts_at)
    if meeting is not None and meeting.state == MeetingState.HELD:
        closing.end_meeting(
            meeting_id=meeting.pk,
            was_there={},
            seen=None,
            answers={},
            note=texts.NOTE_IN_ENGLISH if story.language == "en" else texts.NOTE,
            by=scene.leader(story),
            now=now,
        )


def _tick(scene: Scene, story: Story, number: int, share: float, now: datetime) -> None:
    """Let each who studies tick off about ``share`` of the lessons."""
    said = f"tick {scene.region.number} {story.code} {number} {share}"
    chance = Random(said)  # noqa: S311 -- no secret
    round_ = scene.round(story, number)
    lessons = list(round_.course.lessons.values_list("pk", flat=True))
    studying = Participation.objects.filter(round=round_, state__in=STUDIES).order_by("pk")
    for participation in studying.select_related("enrolment__user"):
        if chance.randrange(100) >= STUDIES_ON:
            continue
        done = lessons[: max(1, round(len(lessons) * share))]
        rounds.mark_lessons(
            participation_id=participation.pk,
            done=done,
            unclear=chance.sample(done, min(1, len(done))) if chance.randrange(3) == 0 else [],
            relevant=chance.sample(done, 1) if chance.randrange(2) == 0 else [],
            by=participation.enrolment.user,
            now=now,
        )
    for place, participation in enumerate(studying[:2]):
        if place == 0:
            progress.ask_for_reminders(participation_id=participation.pk, wants=True)
        else:
            _show_proof(scene, story, participation, is_over=share == 1, now=now)


def _show_proof(
    scene: Scene, story: Story, participation: Participation, *, is_over: bool, now: datetime
) -> None:
    """Let somebody hand in a certificate of completion; at the end of a course it is verified."""
    refusal = proofs.hand_in(
        participation_id=participation.pk,
        link=PROOF.format(code=story.code),
        content=b"",
        kind=None,
        by=participation.enrolment.user,
        now=now,
    )
    if refusal is None and is_over:
        proof = Proof.objects.get(participation=participation)
        proofs.check_proof(
            proof_id=proof.pk, is_enough=True, note="", by=scene.leader(story), now=now
        )
