"""A leader cannot lead for some days: all meetings concerned are seen to in one go, or none."""

from collections import defaultdict
from collections.abc import Sequence
from copy import copy
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.utils import timezone

from accounts.models import User
from accounts.steps import acting, record
from cohorts.emails import rounds as emails
from cohorts.models import CourseRound, Meeting, TimeOff
from cohorts.queries.meetings import as_they_stand, members_of, series_of
from cohorts.rules import gap_refusal
from cohorts.rules.meetings import LeaderNews
from cohorts.rules.sittings import (
    NobodyTakesOver,
    RulesTouched,
    Sitting,
    Touch,
    Touched,
)
from cohorts.steps import (
    hearing_of_double_bookings,
    lock_as_seen,
    lock_leaders_and_rooms,
    refuse_what_touches_a_rule,
)
from cohorts.steps.leading import pass_on, tell_leaders
from cohorts.steps.locks import lock_cohorts_of_meetings
from cohorts.steps.seats import shorten_invitations
from cohorts.steps.series import call_off
from outbox.steps import queue_all


@dataclass(frozen=True, slots=True, kw_only=True)
class Seen:
    """One meeting to be called off; ``seen`` is its sequence as the preview showed it."""

    meeting_id: int
    seen: int


@dataclass(frozen=True, slots=True, kw_only=True)
class MeetingMove(Seen):
    """One meeting to be moved."""

    starts_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class HandOver(Seen):
    """One meeting that somebody else is to lead."""

    to_id: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Settled:
    """What is to become of the meetings that cannot be led; ``why`` is told where one is off."""

    moves: Sequence[MeetingMove] = ()
    handed: Sequence[HandOver] = ()
    called_off: Sequence[Seen] = ()
    why: str = ""


@transaction.atomic(durable=True)
def settle_absence(
    *, leader_id: int, off: tuple[datetime, datetime], settled: Settled, by: User, now: datetime
) -> None:
    """Write down the absence; move, hand over and call off the meetings, and tell whom it concerns.

    All of it or nothing.

    :raises ChangedMeanwhile: if a meeting was changed since the preview.
    :raises RulesTouched: if a move touches a rule.
    :raises NobodyTakesOver: if somebody who was to lead a meeting cannot after all.
    :raises MoveRefused: if a meeting is not planned any more.
    """
    concerned = [*settled.moves, *settled.handed, *settled.called_off]
    cohorts = lock_cohorts_of_meetings([one.meeting_id for one in concerned])
    meetings = _locked(concerned)
    lock_leaders_and_rooms(
        {
            leader_id,
            *(one.facilitator_id for one in meetings.values()),
            *(one.to_id for one in settled.handed),
        },
        [meeting.room_id for meeting in meetings.values()],
    )
    _take_off(leader_id, off, by=by, now=now)
    users = User.objects.in_bulk([one.to_id for one in settled.handed])
    for handed in settled.handed:
        to = users[handed.to_id]
        refusal = pass_on(meetings[handed.meeting_id], to=to, by=by, now=now)
        if refusal is not None:
            raise NobodyTakesOver(to.name, refusal)
    for gone in settled.called_off:
        call_off(meetings[gone.meeting_id], why=settled.why, actor=acting(by), now=now)
    _move_all(meetings, settled.moves, by=by, now=now)
    for cohort in cohorts:
        shorten_invitations(cohort, actor=acting(by), now=now)


def _locked(those: Sequence[Seen]) -> dict[int, Meeting]:
    """Return the meetings, locked in the order of their ids, as they were when they were seen."""
    by_id = sorted(those, key=lambda seen: seen.meeting_id)
    return {one.meeting_id: lock_as_seen(one.meeting_id, seen=one.seen) for one in by_id}


def _move_all(
    meetings: dict[int, Meeting], moves: Sequence[MeetingMove], *, by: User, now: datetime
) -> None:
    left = {one.meeting_id for one in moves}
    with hearing_of_double_bookings([_sitting(meetings[one.meeting_id], one) for one in moves]):
        for round_, those in _by_round(meetings, moves):
            _refuse(round_, meetings, those, without=sorted(left), now=now)
            for move in those:
                _move(meetings[move.meeting_id], move, by=by, now=now)
                left.discard(move.meeting_id)
    tell_leaders([meetings[one.meeting_id] for one in moves], LeaderNews.CHANGED, now=now)


def _take_off(leader_id: int, off: tuple[datetime, datetime], *, by: User, now: datetime) -> None:
    starts_at, ends_at = off
    known = TimeOff.objects.filter(
        user=leader_id, ended_at=None, starts_at__lte=starts_at, ends_at__gte=ends_at
    )
    if not known.exists():
        row = TimeOff.objects.create(user_id=leader_id, starts_at=starts_at, ends_at=ends_at)
        record(row, was="", became="off", actor=acting(by), now=now)


def _refuse(
    round_: CourseRound,
    meetings: dict[int, Meeting],
    those: Sequence[MeetingMove],
    *,
    without: Sequence[int],
    now: datetime,
) -> None:
    """Refuse moves of one round that break its rhythm or touch another rule."""
    moved = {one.meeting_id for one in those}
    standing = [one for one in series_of(round_) if one.pk not in moved]
    days = [timezone.localdate(one.starts_at) for one in those]
    if gap_refusal(days, as_they_stand(standing)) is not None:
        raise RulesTouched([Touch(Touched.RHYTHM, 0, timezone.localdate(those[0].starts_at))])
    by_leader: dict[int, list[MeetingMove]] = defaultdict(list)
    for one in those:
        by_leader[meetings[one.meeting_id].facilitator_id].append(one)
    for leader, its in by_leader.items():
        refuse_what_touches_a_rule(
            round_,
            [_sitting(meetings[one.meeting_id], one) for one in its],
            leader_id=leader,
            standing=standing,
            without=without,
            now=now,
        )


def _move(meeting: Meeting, move: MeetingMove, *, by: User, now: datetime) -> None:
    before = copy(meeting)
    meeting.starts_at = move.starts_at
    meeting.sequence += 1
    meeting.revised_at = now
    meeting.save(update_fields=["starts_at", "sequence", "revised_at"])
    state = meeting.state
    record(meeting, was=state, became=state, actor=acting(by), now=now, why="moved")
    ask_again = timezone.localdate(before.starts_at) != timezone.localdate(move.starts_at)
    if ask_again:
        meeting.presences.update(answer=None, answered_at=None)
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


def _sitting(meeting: Meeting, move: MeetingMove) -> Sitting:
    return Sitting(move.starts_at, meeting.duration_minutes, meeting.place_id, meeting.room_id)


def _by_round(
    meetings: dict[int, Meeting], moves: Sequence[MeetingMove]
) -> list[tuple[CourseRound, list[MeetingMove]]]:
    rounds: dict[int, tuple[CourseRound, list[MeetingMove]]] = {}
    for one in sorted(moves, key=lambda move: move.starts_at):
        round_ = meetings[one.meeting_id].round
        rounds.setdefault(round_.pk, (round_, []))[1].append(one)
    return list(rounds.values())
