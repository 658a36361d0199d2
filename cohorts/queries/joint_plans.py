"""Many cohorts planned at once: which need meetings, the facts of the case, and its answer."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.db.models import Count, Q
from django.utils import timezone

from cohorts.models import Cohort, CourseRound, PlanJob, Room
from cohorts.planning.facts import Case, Objective, Plan
from cohorts.planning.facts import Cohort as Group
from cohorts.planning.reasons import Reason
from cohorts.planning.rooms import deal_rooms
from cohorts.queries.desk import LIVING
from cohorts.queries.meetings import TO_BE_HELD_OR_HELD, series_of
from cohorts.queries.plan_facts import SLOTS, Ground, people_to_plan_for, weekly
from cohorts.rules import GAP_DAYS, RoundState

HORIZON = timedelta(weeks=40)
FIRST_WINDOW = timedelta(days=20)
USUAL_MEETINGS = 5
JOBS_SHOWN = 10
PLANNED_IN = (RoundState.RUNNING, RoundState.FEE_CHECK, RoundState.CHOSEN)


@dataclass(frozen=True, slots=True)
class ToPlan:
    """One course of a cohort, how many meetings it has, and how many more it usually needs."""

    round: CourseRound
    planned: int
    missing: int


@dataclass(frozen=True, slots=True)
class Series:
    """The meetings proposed for one round, as they were kept with the job."""

    round: CourseRound
    meetings: Sequence[Mapping[str, Any]]


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence of the planner, and the cohort that it is about, if it is about one."""

    cohort: str
    reason: Reason


def rounds_to_plan() -> list[ToPlan]:
    """Return the courses of living cohorts, those with the fewest meetings first; one statement."""
    rounds = (
        CourseRound.objects.filter(state__in=PLANNED_IN, cohort__state__in=LIVING)
        .select_related("cohort__place", "cohort__facilitator", "course")
        .annotate(planned=Count("meetings", filter=Q(meetings__state__in=TO_BE_HELD_OR_HELD)))
        .order_by("planned", "cohort__starts_on", "id")
    )
    return [
        ToPlan(
            one,
            one.planned,
            max(0, USUAL_MEETINGS - one.planned),
        )
        for one in rounds
    ]


def case_of(wish: Mapping[str, Any]) -> Case:
    """Return the facts of a joint plan: ``first_on`` and how many meetings each round wants."""
    first_on = date.fromisoformat(wish["first_on"])
    horizon = first_on, first_on + HORIZON
    many = {int(key): count for key, count in wish["rounds"].items()}
    rounds = list(
        CourseRound.objects.filter(pk__in=many, cohort__state__in=LIVING)
        .select_related("cohort")
        .order_by("pk")
    )
    ground = Ground(
        sorted({one.cohort.facilitator_id for one in rounds}),
        sorted({one.cohort.place_id for one in rounds}),
        *horizon,
    )
    groups = {str(one.pk): _group(one, many[one.pk], first_on) for one in rounds}
    return Case(
        id="joint",
        gap_days=GAP_DAYS,
        horizon=horizon,
        slots=SLOTS,
        km=ground.km,
        travel_minutes=ground.minutes,
        closed=ground.closed,
        facilitators=ground.facilitators,
        rooms=ground.rooms,
        cohorts=groups,
        objective=Objective.SEATS,
    )


def answer_of(case: Case, plan: Plan) -> dict[str, Any]:
    """Return a plan as it is kept with the job: meetings by round, what it scores, or why none."""
    rooms = deal_rooms(case, plan.meetings) if plan.meetings else {}
    return {
        "feasible": plan.feasible,
        "proven": plan.proven,
        "seats": plan.measures.seats if plan.measures else None,
        "in_all": sum(len(one.participants) * one.meetings for one in case.cohorts.values()),
        "bound": plan.bound[0] if plan.bound else None,
        "because": [_kept(one) for one in (*plan.because, *plan.notes)],
        "relaxations": [str(one) for one in plan.relaxations],
        "series": {
            key: [
                {
                    "starts_at": _start(meeting.on, meeting.slot).isoformat(),
                    "minutes": _minutes(meeting.slot),
                    "place": meeting.place,
                    "room": _room(rooms.get((key, number), "")),
                }
                for number, meeting in enumerate(series)
            ]
            for key, series in (plan.meetings or {}).items()
        },
    }


def series_in(job: PlanJob) -> list[Series]:
    """Return what a job proposes, cohort by cohort; three statements."""
    proposed = job.answer.get("series", {})
    rounds = CourseRound.objects.filter(pk__in=[int(key) for key in proposed]).select_related(
        "cohort__place", "cohort__facilitator", "course"
    )
    rooms = Room.objects.in_bulk(
        [one["room"] for those in proposed.values() for one in those if one["room"]]
    )
    return [
        Series(
            one,
            [
                {
                    **meeting,
                    "starts_at": datetime.fromisoformat(meeting["starts_at"]),
                    "room": rooms.get(meeting["room"]),
                }
                for meeting in proposed[str(one.pk)]
            ],
        )
        for one in rounds.order_by("cohort__name", "pk")
    ]


def sentences_in(job: PlanJob) -> list[Sentence]:
    """Return why there is no plan, or what hangs by a thread in it; one statement at most."""
    kept = [_as_kept_now(one) for one in job.answer.get("because", [])]
    cohorts = dict(
        CourseRound.objects.filter(pk__in={one["cohort"] for one in kept if one["cohort"]})
        .values_list("pk", "cohort__name")
        .order_by("pk")
    )
    return [
        Sentence(
            cohorts.get(int(one["cohort"] or 0), ""),
            Reason(
                one["text"],
                {
                    key: date.fromisoformat(value["day"]) if isinstance(value, dict) else value
                    for key, value in one["values"].items()
                },
            ),
        )
        for one in kept
    ]


def recent_jobs() -> list[PlanJob]:
    """Return the newest jobs, the latest first."""
    return list(PlanJob.objects.select_related("asked_by").order_by("-id")[:JOBS_SHOWN])


def _kept(reason: Reason) -> dict[str, Any]:
    """Return a sentence of the planner as it is kept, to be worded in the language of the page."""
    values = {
        key: {"day": value.isoformat()} if isinstance(value, date) else value
        for key, value in reason.values.items()
    }
    return {"text": reason.text, "values": values, "cohort": reason.cohort}


def _as_kept_now(one: dict[str, Any] | str) -> dict[str, Any]:
    """Return a kept sentence in parts; the first plans kept it as one Swedish text."""
    if isinstance(one, str):
        return {"text": one.replace("%", "%%"), "values": {}, "cohort": ""}
    return one


def _group(round_: CourseRound, many: int, first_on: date) -> Group:
    cohort: Cohort = round_.cohort
    standing = [timezone.localdate(one.starts_at) for one in series_of(round_)]
    start = max(first_on, cohort.starts_on)
    window = start, start + FIRST_WINDOW
    if standing:
        least, most = (standing[-1] + timedelta(days=gap) for gap in GAP_DAYS)
        window = min(max(least, first_on), most), most
    return Group(
        id=str(round_.pk),
        meetings=many,
        first=window,
        places=(cohort.place_id,),
        facilitators=(str(cohort.facilitator_id),),
        participants=people_to_plan_for(cohort),
        times=frozenset({weekly(cohort.time)}),
    )


def _start(on: date, slot: str) -> datetime:
    return timezone.make_aware(datetime.combine(on, SLOTS[slot].start))


def _minutes(slot: str) -> int:
    start, end = SLOTS[slot].start, SLOTS[slot].end
    return (end.hour - start.hour) * 60 + end.minute - start.minute


def _room(name: str) -> int | None:
    return int(name) if name.isdecimal() else None
