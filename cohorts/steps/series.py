"""A series of meetings written, as part of somebody else's transaction."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Self

from django.utils import timezone

from accounts.steps import Actor, record
from cohorts.emails import rounds as emails
from cohorts.models import CourseRound, Meeting
from cohorts.queries.meetings import as_they_stand, members_of, series_of
from cohorts.rules import MeetingState
from cohorts.rules.meetings import LeaderNews, broken_gaps
from cohorts.rules.sittings import RhythmBroken, Sitting
from cohorts.steps.bookings import (
    hearing_of_double_bookings,
    lock_leaders_and_rooms,
    refuse_what_touches_a_rule,
)
from cohorts.steps.leading import tell_leaders
from cohorts.steps.locks import lock_cohort
from cohorts.steps.moves import move_meeting
from cohorts.steps.seats import shorten_invitations
from ground.steps import step
from outbox.steps import queue_all


@dataclass(frozen=True, slots=True, kw_only=True)
class PlannedMeeting:
    """One meeting of a series to be saved. ``starts_at`` is aware."""

    starts_at: datetime
    duration_minutes: int
    place: str
    address: str = ""
    join_link: str = ""
    dial_in: str = ""
    room_id: int | None = None

    @classmethod
    def of(cls, meeting: Meeting) -> Self:
        """Return a meeting that stands as it would be planned again."""
        return cls(
            starts_at=meeting.starts_at,
            duration_minutes=meeting.duration_minutes,
            place=meeting.place_id,
            address=meeting.address,
            join_link=meeting.join_link,
            dial_in=meeting.dial_in,
            room_id=meeting.room_id,
        )

    @property
    def sitting(self) -> Sitting:
        """What the checker is asked about it."""
        return Sitting(self.starts_at, self.duration_minutes, self.place, self.room_id)


@step
def lock_round(round_id: int) -> CourseRound:
    """Return a round, locked after its cohort: nobody else plans its meetings meanwhile."""
    lock_cohort(CourseRound.objects.values_list("cohort_id", flat=True).get(id=round_id))
    return (
        CourseRound.objects.select_for_update(of=("self",))
        .select_related("cohort__programme", "cohort__facilitator", "course")
        .get(id=round_id)
    )


@step
def write_series(
    round_: CourseRound,
    series: Sequence[PlannedMeeting],
    *,
    actor: Actor,
    now: datetime,
    gap_reason: str = "",
) -> list[Meeting]:
    """Write the series of a locked round beside the meetings that it has, and tell its members.

    ``gap_reason`` is kept with the meetings that lie out of rhythm with one that stands.

    :raises RhythmBroken: if a new meeting leaves the rhythm and no reason excuses it.
    :raises RulesTouched: if a meeting touches another rule, or lost its leader or room just now.
    """
    leader = round_.cohort.facilitator
    lock_leaders_and_rooms([leader.pk], [planned.room_id for planned in series])
    standing = list(series_of(round_))
    starts = [planned.starts_at for planned in series]
    excused = refuse_broken_rhythm(starts, standing, gap_reason=gap_reason)
    sittings = [planned.sitting for planned in series]
    refuse_what_touches_a_rule(round_, sittings, leader_id=leader.pk, standing=standing, now=now)
    with hearing_of_double_bookings(sittings):
        fresh = [
            Meeting.objects.create(
                round=round_,
                starts_at=planned.starts_at,
                duration_minutes=planned.duration_minutes,
                place_id=planned.place,
                address=planned.address,
                room_id=planned.room_id,
                join_link=planned.join_link,
                dial_in=planned.dial_in,
                facilitator=leader,
                gap_reason=gap_reason if number in excused else "",
                revised_at=now,
            )
            for number, planned in enumerate(series)
        ]
    for meeting in fresh:
        why = meeting.gap_reason
        record(meeting, was="", became=MeetingState.SCHEDULED, actor=actor, now=now, why=why)
    meetings = list(series_of(round_))
    queue_all(
        [
            emails.meetings_planned(enrolment, meetings, now=now)
            for enrolment in members_of(round_.cohort)
        ],
        now=now,
    )
    new = {meeting.pk for meeting in fresh}
    told = [one for one in meetings if one.pk in new and one.starts_at > now]
    tell_leaders(told, LeaderNews.PLANNED, now=now)
    shorten_invitations(round_.cohort, actor=actor, now=now)
    return fresh


@step
def call_off(meeting: Meeting, *, why: str, actor: Actor, now: datetime) -> None:
    """Call a locked meeting off, and tell its members and whoever leads it.

    :raises MoveRefused: if it is not planned any more.
    """
    meeting.sequence += 1
    meeting.revised_at = now
    fields = ("sequence", "revised_at")
    move_meeting(meeting, MeetingState.CANCELLED, actor=actor, now=now, why=why, fields=fields)
    queue_all(
        [
            emails.meeting_cancelled(enrolment, meeting, why=why)
            for enrolment in members_of(meeting.round.cohort)
        ],
        now=now,
    )
    tell_leaders([meeting], LeaderNews.CANCELLED, now=now)


@step
def refuse_broken_rhythm(
    new: Sequence[datetime], standing: Iterable[Meeting], *, gap_reason: str = ""
) -> set[int]:
    """Refuse new or moved meetings that leave the rhythm; return which the reason excuses, from 0.

    :raises RhythmBroken: if one is too close to or too far from the next, and no reason excuses it.
    """
    days = [timezone.localdate(start) for start in new]
    gaps = broken_gaps(days, as_they_stand(standing))
    for gap in gaps:
        if not (gap_reason and gap.reason_excuses):
            raise RhythmBroken(gap.number + 1, gap.refusal)
    return {gap.number for gap in gaps}
