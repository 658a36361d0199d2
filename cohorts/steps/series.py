"""A series of meetings written, as part of somebody else's transaction."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.utils import timezone

from accounts.steps import Actor, record
from cohorts.emails import rounds as emails
from cohorts.models import CourseRound, Meeting
from cohorts.queries.meetings import members_of, series_of
from cohorts.rules import MeetingState, gap_refusal
from cohorts.rules.meetings import LeaderNews
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
    round_: CourseRound, series: Sequence[PlannedMeeting], *, actor: Actor, now: datetime
) -> list[Meeting]:
    """Write the series of a locked round after the meetings that it has, and tell its members.

    :raises RhythmBroken: if the whole series, old meetings included, leaves the rhythm.
    :raises RulesTouched: if a meeting touches another rule, or lost its leader or room just now.
    """
    leader = round_.cohort.facilitator
    lock_leaders_and_rooms([leader.pk], [planned.room_id for planned in series])
    standing = list(series_of(round_))
    starts = [meeting.starts_at for meeting in standing]
    refuse_broken_rhythm([*starts, *(planned.starts_at for planned in series)])
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
                revised_at=now,
            )
            for planned in series
        ]
    for meeting in fresh:
        record(meeting, was="", became=MeetingState.SCHEDULED, actor=actor, now=now)
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
def refuse_broken_rhythm(starts: Collection[datetime]) -> None:
    """Refuse a series that leaves the rhythm.

    :raises RhythmBroken: if two consecutive meetings are too close or too far apart.
    """
    broken = gap_refusal([timezone.localdate(start) for start in starts])
    if broken is not None:
        raise RhythmBroken(*broken)
