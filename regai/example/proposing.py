"""What the coordinator has asked the planner for: a draft of cohorts, and a plan to look at."""

from datetime import time, timedelta

from cohorts.actions.formings import keep_forming
from cohorts.actions.plan_jobs import ask_for_plan, make_waiting_plans
from cohorts.queries.formings import formed_quickly
from cohorts.queries.joint_plans import rounds_to_plan
from regai.example.people import COORDINATOR
from regai.example.scene import Scene

FIRST_MEETING_IN = timedelta(days=21)
COHORTS, MEETINGS = 2, 2


def propose(scene: Scene) -> None:
    """Keep a draft of those who wait, and plan a few meetings; both in an instant, no solver."""
    now, by = scene.diary.moment(-1, time(15, 30)), scene.user(COORDINATOR.email)
    answer = formed_quickly(scene.programme.pk, on=now.date())
    keep_forming(programme=scene.programme, wish={}, answer=answer, by=by, now=now)
    few = [one.round.pk for one in rounds_to_plan() if one.missing][:COHORTS]
    if few:
        first_on = scene.diary.day + FIRST_MEETING_IN
        ask_for_plan(first_on=first_on, rounds=dict.fromkeys(few, MEETINGS), by=by, now=now)
        make_waiting_plans(clock=lambda: now)
