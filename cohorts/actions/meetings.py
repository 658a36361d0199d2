"""Meetings: plan a series, change one, cancel, remind."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.utils import timezone

from accounts.models import User
from accounts.rules import MoveRefused
from accounts.steps import acting, record
from cohorts.emails import rounds as emails
from cohorts.models import CourseRound, Meeting
from cohorts.queries.meetings import expected_at, meetings_to_remind, members_of, series_of
from cohorts.rules import MeetingState, gap_refusal
from cohorts.steps import move_meeting
from outbox.steps import queue_all


class RhythmBroken(Exception):
    """Two consecutive meetings are closer than 14 days or further apart than 28.

    ``place`` is the number in the series of the later one, from 1.
    """

    def __init__(self, place: int, refusal: str) -> None:
        super().__init__(f"meeting {place}: {refusal}")
        self.place = place
        self.refusal = refusal


@dataclass(frozen=True, slots=True, kw_only=True)
class PlannedMeeting:
    """One meeting of a series to be saved. ``starts_at`` is aware."""

    starts_at: datetime
    duration_minutes: int
    place: str
    address: str = ""
    join_link: str = ""
    dial_in: str = ""


@transaction.atomic(durable=True)
def plan_series(
    *, round_id: int, series: Sequence[PlannedMeeting], by: User, now: datetime
) -> list[Meeting]:
    """Save the series of a round, and tell its members. Meetings already planned stay before it.

    :raises RhythmBroken: if the whole series, old meetings included, leaves the rhythm.
    """
    round_ = (
        CourseRound.objects.select_for_update(of=("self",))
        .select_related("cohort__programme", "cohort__facilitator")
        .get(id=round_id)
    )
    standing = [meeting.starts_at for meeting in series_of(round_)]
    _refuse_broken_rhythm([*standing, *(planned.starts_at for planned in series)])
    fresh = [
        Meeting.objects.create(
            round=round_,
            starts_at=planned.starts_at,
            duration_minutes=planned.duration_minutes,
            place_id=planned.place,
            address=planned.address,
            join_link=planned.join_link,
            dial_in=planned.dial_in,
            facilitator=round_.cohort.facilitator,
            revised_at=now,
        )
        for planned in series
    ]
    for meeting in fresh:
        record(meeting, was="", became=MeetingState.SCHEDULED, actor=acting(by), now=now)
    meetings = list(series_of(round_))
    queue_all(
        [
            emails.meetings_planned(enrolment, meetings, now=now)
            for enrolment in members_of(round_.cohort)
        ],
        now=now,
    )
    return fresh


@transaction.atomic(durable=True)
def change_meeting(
    *, meeting_id: int, to: PlannedMeeting, gap_reason: str, by: User, now: datetime
) -> None:
    """Move one meeting in time or place and tell those concerned what changed.

    A gap outside 14..28 days needs a written reason. Answers are asked for again only if the day
    or the town is another; the calendar identity stays and its sequence is raised.

    :raises RhythmBroken: if the rhythm breaks and there is no reason.
    :raises MoveRefused: if the meeting is not planned any more.
    """
    meeting = _locked(meeting_id)
    if meeting.state != MeetingState.SCHEDULED:
        raise MoveRefused(f"meeting/{meeting.pk}", meeting.state, MeetingState.SCHEDULED)
    before_at, before_place = meeting.starts_at, meeting.place
    others = [m.starts_at for m in series_of(meeting.round) if m.pk != meeting.pk]
    same_day = timezone.localdate(before_at) == timezone.localdate(to.starts_at)
    if not gap_reason and not same_day:
        _refuse_broken_rhythm(sorted([*others, to.starts_at]))
    ask_again = not same_day or before_place.pk != to.place
    meeting.starts_at = to.starts_at
    meeting.duration_minutes = to.duration_minutes
    meeting.place_id = to.place
    meeting.address, meeting.join_link, meeting.dial_in = to.address, to.join_link, to.dial_in
    meeting.gap_reason = gap_reason
    _revised(meeting, now=now)
    meeting.save()
    record(
        meeting,
        was=meeting.state,
        became=meeting.state,
        actor=acting(by),
        now=now,
        why=gap_reason or "moved",
    )
    if ask_again:
        meeting.presences.update(answer=None, answered_at=None)
    meeting.refresh_from_db(fields=["place"])
    queue_all(
        [
            emails.meeting_changed(
                enrolment,
                meeting,
                before_at=before_at,
                before_place=before_place.name,
                ask_again=ask_again,
            )
            for enrolment in members_of(meeting.round.cohort)
        ],
        now=now,
    )


@transaction.atomic(durable=True)
def cancel_meeting(*, meeting_id: int, why: str, by: User, now: datetime) -> None:
    """Call a meeting off and tell the members.

    :raises MoveRefused: if it is not planned any more.
    """
    meeting = _locked(meeting_id)
    _revised(meeting, now=now)
    fields = ("sequence", "revised_at")
    move_meeting(meeting, MeetingState.CANCELLED, actor=acting(by), now=now, why=why, fields=fields)
    queue_all(
        [
            emails.meeting_cancelled(enrolment, meeting, why=why)
            for enrolment in members_of(meeting.round.cohort)
        ],
        now=now,
    )


@transaction.atomic(durable=True)
def remind_of_meetings(*, now: datetime) -> int:
    """Remind of meetings two days ahead, all but those who said no; return how many letters.

    Runs as often as it likes: one letter per meeting, revision and person.
    """
    letters = [
        emails.meeting_reminder(enrolment, meeting)
        for meeting in meetings_to_remind(now)
        for enrolment in expected_at(meeting)
    ]
    queue_all(letters, now=now)
    return len(letters)


def _locked(meeting_id: int) -> Meeting:
    return (
        Meeting.objects.select_for_update(of=("self",))
        .select_related("round__cohort__programme", "round__course", "place")
        .get(id=meeting_id)
    )


def _revised(meeting: Meeting, *, now: datetime) -> None:
    meeting.sequence += 1
    meeting.revised_at = now


def _refuse_broken_rhythm(starts: Collection[datetime]) -> None:
    broken = gap_refusal([timezone.localdate(start) for start in starts])
    if broken is not None:
        raise RhythmBroken(*broken)
