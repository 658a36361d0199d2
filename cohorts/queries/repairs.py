"""What becomes of a leader's meetings when the leader cannot lead for some days.

Each cohort concerned is repaired by the planner: fewest changed meetings first, then the smallest
shift, then most seats; what lies before the absence is locked and nothing new stands too soon.
Cohorts of the leader are looked at together, so that no two get the same day.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta

from django.utils import timezone

from cohorts.models import Cohort, Meeting
from cohorts.planning import plan_meetings
from cohorts.planning.facts import Case, Facilitator, Objective, Plan, Slot, Standing
from cohorts.planning.facts import Cohort as Group
from cohorts.queries.meetings import series_of
from cohorts.queries.plan_facts import Ground, every_weekday, people_to_plan_for, weekly
from cohorts.rules import GAP_DAYS, MeetingState

NOTICE = timedelta(days=3)  # nothing new sooner: people must hear of it
BEYOND = timedelta(weeks=10)
WINDOW = timedelta(days=28)
SECONDS = 8.0


@dataclass(frozen=True, slots=True)
class Move:
    """One meeting and the day and time that it would have instead."""

    meeting: Meeting
    starts_at: datetime

    @property
    def days(self) -> int:
        """How many days later it is; fewer than nought: earlier."""
        before = timezone.localdate(self.meeting.starts_at)
        return (timezone.localdate(self.starts_at) - before).days


@dataclass(frozen=True, slots=True)
class Repair:
    """One cohort: the meetings that cannot be led, and the moves that mend the series, if any."""

    cohort: Cohort
    away: Sequence[Meeting]
    moves: Sequence[Move]
    plan: Plan

    @property
    def signature(self) -> str:
        """The moves as one word that names meetings, revisions and new times."""
        return " ".join(
            f"{one.meeting.pk}/{one.meeting.sequence}/{one.starts_at:%Y%m%dT%H%M%z}"
            for one in self.moves
        )

    @property
    def is_possible(self) -> bool:
        """Whether the rules leave a way to keep every meeting."""
        return self.plan.feasible


def led_between(leader_id: int, first_on: date, last_on: date, *, now: datetime) -> list[Meeting]:
    """Return the planned meetings of a leader on some days, both included, from now on."""
    start = timezone.make_aware(datetime.combine(first_on, time.min))
    end = timezone.make_aware(datetime.combine(last_on + timedelta(days=1), time.min))
    return list(
        Meeting.objects.filter(
            facilitator=leader_id,
            state=MeetingState.SCHEDULED,
            starts_at__gte=max(start, now),
            starts_at__lt=end,
        )
        .select_related("round__cohort__place", "place", "facilitator")
        .order_by("starts_at", "id")
    )


def repairs_for(leader_id: int, first_on: date, last_on: date, *, now: datetime) -> list[Repair]:
    """Return what becomes of each cohort with a meeting on those days, soonest first."""
    away = led_between(leader_id, first_on, last_on, now=now)
    if not away:
        return []
    world = _World(leader_id, away, first_on, last_on, now)
    alone = {key: plan_meetings(world.case([key])) for key in world.keys}
    possible = [key for key, plan in alone.items() if plan.feasible]
    together = plan_meetings(world.case(possible), seconds=SECONDS) if possible[1:] else None
    return [
        world.repair(key, together if key in possible else None, alone[key]) for key in world.keys
    ]


class _World:
    """The series of the cohorts concerned, as the planner sees them."""

    def __init__(
        self, leader_id: int, away: Sequence[Meeting], first_on: date, last_on: date, now: datetime
    ) -> None:
        self.leader, self.away = str(leader_id), away
        self.days = [first_on + timedelta(n) for n in range((last_on - first_on).days + 1)]
        self.locked_until = first_on - timedelta(days=1)
        self.not_before = timezone.localdate(now) + NOTICE
        self.rounds = {str(one.round.cohort_id): one.round for one in away}
        self.series = {key: self._from_the_last_before(key, first_on) for key in self.rounds}
        self.groups = {key: self._group(key) for key in self.rounds}
        every = [one for those in self.series.values() for one in those]
        starts = [timezone.localdate(one.starts_at) for one in every]
        self.horizon = min(starts), max(starts) + BEYOND
        self.slots = {slot.id: slot for slot in map(_slot, every)}
        self.ground = Ground(
            [leader_id],
            sorted({place for group in self.groups.values() for place in group.places}),
            *self.horizon,
            slots=self.slots,
            without=[one.pk for one in every],
        )

    @property
    def keys(self) -> list[str]:
        """The cohorts, the one with the soonest meeting first."""
        return list(self.rounds)

    def case(self, keys: Sequence[str]) -> Case:
        """Return the case of repairing some of the cohorts, the others where they stand."""
        left = [one for key, those in self.series.items() if key not in keys for one in those]
        leader = self.ground.facilitators[self.leader]
        busy = leader.busy | {
            (timezone.localdate(one.starts_at), slot.id)
            for one in left
            for slot in self.slots.values()
            if slot.start < _slot(one).end and _slot(one).start < slot.end
        }
        return Case(
            id="repair",
            gap_days=GAP_DAYS,
            horizon=self.horizon,
            slots=self.slots,
            km=self.ground.km,
            travel_minutes=self.ground.minutes,
            closed=self.ground.closed,
            facilitators={self.leader: self._away(replace(leader, busy=busy))},
            rooms=self.ground.rooms,
            cohorts={key: self.groups[key] for key in keys},
            objective=Objective.REPAIR,
            existing={key: self._standing(key) for key in keys},
            locked_until=self.locked_until,
            not_before=self.not_before,
        )

    def repair(self, key: str, together: Plan | None, alone: Plan) -> Repair:
        """Return one cohort's part of the plan of all, or of its own where that is all there is."""
        plan = together if together is not None and together.feasible else alone
        found = (plan.meetings or {}).get(key, ())
        moves = []
        for old, new in zip(self.series[key], found, strict=False):
            starts_at = timezone.make_aware(datetime.combine(new.on, self.slots[new.slot].start))
            if starts_at != old.starts_at:
                moves.append(Move(old, starts_at))
        mine = [one for one in self.away if str(one.round.cohort_id) == key]
        return Repair(self.rounds[key].cohort, mine, moves, plan)

    def _from_the_last_before(self, key: str, first_on: date) -> list[Meeting]:
        """Return the series from the last meeting before the absence: older gaps are settled."""
        series = list(series_of(self.rounds[key]))
        before = [one for one in series if timezone.localdate(one.starts_at) < first_on]
        return [*before[-1:], *series[len(before) :]]

    def _away(self, leader: Facilitator) -> Facilitator:
        return replace(leader, off=frozenset(self.days))

    def _standing(self, key: str) -> tuple[Standing, ...]:
        return tuple(
            Standing(timezone.localdate(one.starts_at), _slot(one).id, one.place_id)
            for one in self.series[key]
        )

    def _group(self, key: str) -> Group:
        cohort, series = self.rounds[key].cohort, self.series[key]
        first = timezone.localdate(series[0].starts_at)
        at = weekly(cohort.time)
        times = {(timezone.localdate(one.starts_at).weekday(), _slot(one).id) for one in series}
        usual = {(at[0], _slot(one).id) for one in series}
        return Group(
            id=key,
            meetings=len(series),
            first=(first, first + WINDOW),
            places=tuple(sorted({one.place_id for one in series})),
            facilitators=(self.leader,),
            participants=people_to_plan_for(cohort),
            times=frozenset(times | usual) or every_weekday(at[1]),
        )


def _slot(meeting: Meeting) -> Slot:
    """Return the time of day of a meeting as a slot of its own name."""
    starts, ends = timezone.localtime(meeting.starts_at), timezone.localtime(meeting.ends_at)
    return Slot(f"{starts:%H%M}-{ends:%H%M}", starts.time(), ends.time())
