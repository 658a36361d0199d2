"""Meetings planned and changed: a series saved, one moved, one called off, one brought back."""

from collections.abc import Sequence
from copy import copy
from datetime import datetime

from django.db import transaction
from django.utils import timezone

from accounts.models import User
from accounts.rules import MoveRefused
from accounts.steps import acting, record
from cohorts.emails import rounds as emails
from cohorts.models import Meeting
from cohorts.queries.meetings import members_of, series_of
from cohorts.queries.substitutes import sitting_of
from cohorts.rules import MeetingState
from cohorts.rules.meetings import LeaderNews
from cohorts.rules.sittings import WHERE_NOT_WHEN, RhythmBroken, RulesTouched
from cohorts.steps import (
    hearing_of_double_bookings,
    lock_as_seen,
    lock_leaders_and_rooms,
    lock_meeting,
    move_meeting,
    refuse_what_touches_a_rule,
)
from cohorts.steps.leading import tell_leaders
from cohorts.steps.seats import shorten_invitations
from cohorts.steps.series import (
    PlannedMeeting,
    call_off,
    lock_round,
    refuse_broken_rhythm,
    write_series,
)
from cohorts.steps.tables import seat_those_who_wait
from outbox.steps import queue_all

__all__ = ["PlannedMeeting", "RhythmBroken"]


@transaction.atomic(durable=True)
def plan_series(
    *,
    round_id: int,
    series: Sequence[PlannedMeeting],
    by: User,
    now: datetime,
    gap_reason: str = "",
) -> list[Meeting]:
    """Save the series of a round, and tell its members. Meetings already planned stay beside it.

    A gap outside 14..28 days to one of those needs a written reason.

    :raises RhythmBroken: if a new meeting leaves the rhythm and no reason excuses it.
    :raises RulesTouched: if a meeting touches another rule, or lost its leader or room just now.
    """
    round_ = lock_round(round_id)
    return write_series(round_, series, actor=acting(by), now=now, gap_reason=gap_reason)


@transaction.atomic(durable=True)
def change_meeting(  # noqa: PLR0913 -- what a change is made of
    *,
    meeting_id: int,
    to: PlannedMeeting,
    gap_reason: str,
    by: User,
    now: datetime,
    seen: int | None = None,
) -> bool:
    """Move one meeting in time or place and tell those concerned; return whether they were told.

    Where all stays as it was nobody is told, and only another reason is kept. A gap outside 14..28
    days needs a written reason. Answers are asked for again only if the day or the town is
    another; the calendar identity stays and its sequence is raised. ``seen`` is the sequence of
    the meeting as the person who changes it saw it.

    :raises RhythmBroken: if the rhythm breaks and there is no reason.
    :raises RulesTouched: if it touches another rule that it did not touch where it was.
    :raises ChangedMeanwhile: if somebody else has changed it since.
    :raises MoveRefused: if the meeting is not planned any more.
    """
    meeting = lock_as_seen(meeting_id, seen=seen)
    if to == PlannedMeeting.of(meeting):
        _give_reason(meeting, gap_reason, by=by, now=now)
        return False
    before = copy(meeting)
    same_day = timezone.localdate(before.starts_at) == timezone.localdate(to.starts_at)
    _refuse_move(meeting, to, gap_reason=gap_reason, same_day=same_day, now=now)
    ask_again = not same_day or before.place_id != to.place
    meeting.starts_at = to.starts_at
    meeting.duration_minutes = to.duration_minutes
    meeting.place_id = to.place
    meeting.address, meeting.join_link, meeting.dial_in = to.address, to.join_link, to.dial_in
    meeting.room_id = to.room_id
    meeting.gap_reason = gap_reason
    _revised(meeting, now=now)
    with hearing_of_double_bookings([to.sitting]):
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
    meeting.refresh_from_db(fields=["place", "room"])
    seat_those_who_wait(meeting, now=now)
    queue_all(
        [
            emails.meeting_changed(
                enrolment,
                meeting,
                before=before,
                ask_again=ask_again,
            )
            for enrolment in members_of(meeting.round.cohort)
        ],
        now=now,
    )
    shorten_invitations(meeting.round.cohort, actor=acting(by), now=now)
    tell_leaders([meeting], LeaderNews.CHANGED, now=now)
    return True


@transaction.atomic(durable=True)
def cancel_meeting(
    *, meeting_id: int, why: str, by: User, now: datetime, seen: int | None = None
) -> None:
    """Call a meeting off and tell the members. ``seen`` is its sequence as it was looked at.

    :raises MoveRefused: if it is not planned any more.
    :raises ChangedMeanwhile: if somebody else has changed it since.
    """
    call_off(lock_as_seen(meeting_id, seen=seen), why=why, actor=acting(by), now=now)


@transaction.atomic(durable=True)
def restore_meeting(*, meeting_id: int, by: User, now: datetime) -> None:
    """Let a meeting that was called off be held after all, as it was, and tell the members.

    Answers given before stand: neither day nor town has changed.

    :raises RhythmBroken: if it no longer fits the meetings that stand.
    :raises RulesTouched: if it has passed, or something is in its way now.
    :raises MoveRefused: if it is not called off.
    """
    meeting = lock_meeting(meeting_id)
    if meeting.state != MeetingState.CANCELLED:
        raise MoveRefused(f"meeting/{meeting.pk}", meeting.state, MeetingState.SCHEDULED)
    lock_leaders_and_rooms([meeting.facilitator_id], [meeting.room_id])
    standing = list(series_of(meeting.round))
    if not meeting.gap_reason:
        refuse_broken_rhythm([meeting.starts_at], standing)
    sittings = [sitting_of(meeting)]
    refuse_what_touches_a_rule(
        meeting.round,
        sittings,
        leader_id=meeting.facilitator_id,
        standing=standing,
        now=now,
    )
    _revised(meeting, now=now)
    fields = ("sequence", "revised_at")
    with hearing_of_double_bookings(sittings):
        move_meeting(
            meeting,
            MeetingState.SCHEDULED,
            actor=acting(by),
            now=now,
            why="restored",
            fields=fields,
        )
    queue_all(
        [
            emails.meeting_restored(enrolment, meeting)
            for enrolment in members_of(meeting.round.cohort)
        ],
        now=now,
    )
    shorten_invitations(meeting.round.cohort, actor=acting(by), now=now)
    tell_leaders([meeting], LeaderNews.RESTORED, now=now)


def _refuse_move(
    meeting: Meeting, to: PlannedMeeting, *, gap_reason: str, same_day: bool, now: datetime
) -> None:
    """Refuse what a move would break; a time that stays as it was answers for no time's rules."""
    lock_leaders_and_rooms([meeting.facilitator_id], [to.room_id])
    others = [one for one in series_of(meeting.round) if one.pk != meeting.pk]
    if not gap_reason and not same_day:
        refuse_broken_rhythm([to.starts_at], others)
    try:
        refuse_what_touches_a_rule(
            meeting.round,
            [to.sitting],
            leader_id=meeting.facilitator_id,
            standing=others,
            without=[meeting.pk],
            now=now,
        )
    except RulesTouched as touched:
        before = meeting.starts_at, meeting.duration_minutes
        is_moved = before != (to.starts_at, to.duration_minutes)
        left = [one for one in touched.touches if is_moved or one.rule in WHERE_NOT_WHEN]
        if left:
            raise RulesTouched(left) from touched


def _give_reason(meeting: Meeting, gap_reason: str, *, by: User, now: datetime) -> None:
    """Keep another reason for the gap of a meeting that stays where it is."""
    if gap_reason == meeting.gap_reason:
        return
    meeting.gap_reason = gap_reason
    meeting.save(update_fields=["gap_reason"])
    state = meeting.state
    record(meeting, was=state, became=state, actor=acting(by), now=now, why=gap_reason)


def _revised(meeting: Meeting, *, now: datetime) -> None:
    meeting.sequence += 1
    meeting.revised_at = now
