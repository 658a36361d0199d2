"""Joint plans: asked for on a page, made by the worker, saved on a page; all or nothing."""

from collections.abc import Callable, Mapping
from datetime import date, datetime, timedelta

import structlog
from django.db import transaction

from accounts.models import User
from accounts.steps import CLOCK, acting, record
from cohorts.models import PlanJob, Room
from cohorts.planning import plan_meetings
from cohorts.planning.planner import BrokenPlan
from cohorts.planning.solver import Progress
from cohorts.queries.joint_plans import answer_of, case_of, series_in
from cohorts.rules.plans import PlanJobState
from cohorts.rules.sittings import RhythmBroken, RulesTouched
from cohorts.steps import lock_cohort, move_plan_job
from cohorts.steps.plan_jobs import wake_planner
from cohorts.steps.series import PlannedMeeting, lock_round, write_series

log = structlog.get_logger(__name__)

SECONDS = 60.0
SECONDS_A_COHORT = 1.0
MOST_SECONDS = 280.0
TELLS_EVERY = timedelta(seconds=2)
# A worker that has said nothing for so long is gone.
SILENT_AFTER = timedelta(minutes=8)


class Unwanted(Exception):
    """Somebody has stopped the plan while it was made."""


class SeriesRefused(Exception):
    """One cohort's series can no longer be saved; ``cohort`` is its name, ``why`` the refusal."""

    def __init__(self, cohort: str, why: RhythmBroken | RulesTouched) -> None:
        super().__init__(f"{cohort}: {why}")
        self.cohort = cohort
        self.why = why


@transaction.atomic(durable=True)
def ask_for_plan(*, first_on: date, rounds: Mapping[int, int], by: User, now: datetime) -> PlanJob:
    """Put a joint plan in line: so many meetings for each round, from a day on."""
    wish = {"first_on": first_on.isoformat(), "rounds": {str(k): n for k, n in rounds.items()}}
    job = PlanJob.objects.create(wish=wish, asked_by=by, asked_at=now)
    record(job, was="", became=PlanJobState.WAITING, actor=acting(by), now=now)
    wake_planner()
    return job


def make_waiting_plans(*, clock: Callable[[], datetime]) -> int:
    """Make the plans in line, one after another; return how many.

    Each step is a transaction of its own: nothing is locked while the solver works,
    which is a process with a hard stop. May run twice at once: a plan is made once.
    """
    made = 0
    _give_up_on_the_silent(now=clock())
    while (job := _begin(now=clock())) is not None:
        _make(job, clock)
        made += 1
    return made


@transaction.atomic(durable=True)
def stop_plan(*, job_id: int, by: User, now: datetime) -> bool:
    """Stop a plan that waits, is being made, or is not wanted; return whether it was stopped."""
    job = PlanJob.objects.select_for_update().get(id=job_id)
    if job.state not in {PlanJobState.WAITING, PlanJobState.RUNNING, PlanJobState.DONE}:
        return False
    move_plan_job(job, PlanJobState.STOPPED, actor=acting(by), now=now)
    return True


@transaction.atomic(durable=True)
def save_plan(*, job_id: int, by: User, now: datetime) -> int:
    """Save every series of a plan that is ready, and tell the members; return how many meetings.

    :raises SeriesRefused: if one of them can no longer be saved; then none is.
    :raises MoveRefused: if the plan is not ready, or saved already.
    """
    job = PlanJob.objects.select_for_update().get(id=job_id)
    move_plan_job(job, PlanJobState.SAVED, actor=acting(by), now=now)
    meetings, proposed = 0, series_in(job)
    for cohort_id in sorted(series.round.cohort_id for series in proposed):
        lock_cohort(cohort_id)  # all of them before the first leader
    for series in proposed:
        round_ = lock_round(series.round.pk)
        planned = [
            PlannedMeeting(
                starts_at=one["starts_at"],
                duration_minutes=one["minutes"],
                place=one["place"],
                address=_address(one["room"], series.round.cohort.place.address),
                room_id=one["room"] and one["room"].pk,
            )
            for one in series.meetings
        ]
        try:
            meetings += len(write_series(round_, planned, actor=acting(by), now=now))
        except (RhythmBroken, RulesTouched) as why:
            raise SeriesRefused(series.round.cohort.name, why) from why
    return meetings


def _make(job: PlanJob, clock: Callable[[], datetime]) -> None:
    heard = [clock()]

    def watch(progress: Progress) -> None:
        now = clock()
        if now - heard[0] >= TELLS_EVERY:
            heard[0] = now
            if not _tell(job_id=job.pk, progress=progress, now=now):
                raise Unwanted

    try:
        case = case_of(job.wish)
        seconds = min(SECONDS + SECONDS_A_COHORT * len(case.cohorts), MOST_SECONDS)
        answer = answer_of(case, plan_meetings(case, seconds=seconds, watch=watch))
    except Unwanted:
        return
    except BrokenPlan as broken:
        log.exception("plan_broken", job=job.pk)
        answer = {"feasible": False, "because": [], "broken": broken.rules}
    _finish(job_id=job.pk, answer=answer, now=clock())


@transaction.atomic(durable=True)
def _begin(*, now: datetime) -> PlanJob | None:
    job = (
        PlanJob.objects.select_for_update(skip_locked=True)
        .filter(state=PlanJobState.WAITING)
        .order_by("id")
        .first()
    )
    if job is not None:
        job.begun_at = job.heard_at = now
        fields = ("begun_at", "heard_at")
        move_plan_job(job, PlanJobState.RUNNING, actor=CLOCK, now=now, fields=fields)
    return job


@transaction.atomic(durable=True)
def _tell(*, job_id: int, progress: Progress, now: datetime) -> bool:
    """Write how far a search has come; return whether its plan is still wanted."""
    told = {
        "seconds": round(progress.seconds),
        "value": progress.value,
        "bound": progress.bound,
    }
    wanted = PlanJob.objects.filter(id=job_id, state=PlanJobState.RUNNING)
    return wanted.update(progress=told, heard_at=now) == 1


@transaction.atomic(durable=True)
def _finish(*, job_id: int, answer: dict[str, object], now: datetime) -> None:
    job = PlanJob.objects.select_for_update().get(id=job_id)
    if job.state == PlanJobState.RUNNING:
        job.answer = answer
        to = PlanJobState.DONE if answer["feasible"] else PlanJobState.FAILED
        move_plan_job(job, to, actor=CLOCK, now=now, fields=("answer",))


@transaction.atomic(durable=True)
def _give_up_on_the_silent(*, now: datetime) -> None:
    silent = PlanJob.objects.select_for_update(skip_locked=True).filter(
        state=PlanJobState.RUNNING, heard_at__lt=now - SILENT_AFTER
    )
    for job in silent:
        move_plan_job(job, PlanJobState.FAILED, actor=CLOCK, now=now, why="silent")


def _address(room: Room | None, usual: str) -> str:
    return room.full_address if room is not None else usual
