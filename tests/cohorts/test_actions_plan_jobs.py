"""Joint plans: asked for, made by the worker with the real solver, saved whole or not at all."""

from datetime import date, datetime, time, timedelta
from itertools import pairwise

import pytest
from django.test import Client
from django.utils import timezone

from accounts.models import User
from accounts.rules import MoveRefused, Role
from cohorts.actions.plan_jobs import (
    SILENT_AFTER,
    SeriesRefused,
    ask_for_plan,
    make_waiting_plans,
    save_plan,
    stop_plan,
)
from cohorts.models import Cohort, Meeting, PlanJob, Room, WorkingHours
from tests.aftermath import everything
from tests.cohorts.staff_world import forming, log_in, read, running, send
from tests.factories import make_enrolment, make_meeting, make_place, make_user

pytestmark = pytest.mark.django_db(transaction=True)


def soon() -> date:
    return timezone.localdate() + timedelta(days=45)


def asked(by: User, *cohorts: Cohort, many: int = 3) -> PlanJob:
    rounds = {cohort.rounds.get().pk: many for cohort in cohorts}
    return ask_for_plan(first_on=soon(), rounds=rounds, by=by, now=timezone.now())


def made(job: PlanJob) -> PlanJob:
    assert make_waiting_plans(clock=timezone.now) == 1
    job.refresh_from_db()
    return job


def test_cohorts_of_one_leader_at_one_time_share_the_weeks_and_are_saved_together() -> None:
    leader = make_user(role=Role.FACILITATOR)
    cohorts = [forming(leader, time="1-lunch") for _ in range(2)]
    Room.objects.create(place=make_place(), name="Älven", seats=12)
    job = made(asked(leader, *cohorts))
    assert (job.state, job.answer["proven"]) == ("done", True)
    assert save_plan(job_id=job.pk, by=leader, now=timezone.now()) == 6
    days = [
        sorted(timezone.localdate(one.starts_at) for one in cohort.rounds.get().meetings.all())
        for cohort in cohorts
    ]
    assert set(days[0]) & set(days[1]) == set()
    assert {14 <= (b - a).days <= 28 for series in days for a, b in pairwise(series)} == {True}
    assert set(Meeting.objects.values_list("room__name", "address")) == {("Älven", "Älven")}
    with pytest.raises(MoveRefused):
        save_plan(job_id=job.pk, by=leader, now=timezone.now())


def test_a_plan_in_whose_way_something_has_come_is_saved_not_even_in_part() -> None:
    one, other = (make_user(role=Role.FACILITATOR) for _ in range(2))
    cohorts = [forming(one), forming(other)]
    job = made(asked(one, *cohorts))
    last = job.answer["series"][str(cohorts[1].rounds.get().pk)][0]["starts_at"]
    away = running(other).rounds.get()
    make_meeting(round=away, starts_at=datetime.fromisoformat(last))
    before = everything()
    with pytest.raises(SeriesRefused) as refused:
        save_plan(job_id=job.pk, by=one, now=timezone.now())
    assert (refused.value.cohort, everything() == before) == (cohorts[1].name, True)


def test_a_plan_that_cannot_be_says_why() -> None:
    leader = make_user(role=Role.FACILITATOR)
    Room.objects.create(place=make_place(), name="Skrubben", seats=0)
    cohort = forming(leader)
    make_enrolment(cohort=cohort)
    job = made(asked(leader, cohort))
    assert job.state == "failed"
    assert [one for one in job.answer["because"] if "lokal" in one["text"]] != []
    assert "enough_rooms" in job.answer["relaxations"]


def test_a_stopped_plan_is_not_made_and_a_silent_worker_is_given_up_on() -> None:
    leader = make_user(role=Role.FACILITATOR)
    job = asked(leader, forming(leader))
    assert stop_plan(job_id=job.pk, by=leader, now=timezone.now())
    assert make_waiting_plans(clock=timezone.now) == 0
    silent = asked(leader, forming(leader))
    then = timezone.now() - SILENT_AFTER - timedelta(minutes=1)
    PlanJob.objects.filter(pk=silent.pk).update(state="running", heard_at=then)
    assert make_waiting_plans(clock=timezone.now) == 0
    silent.refresh_from_db()
    assert silent.state == "failed"


def test_a_coordinator_asks_waits_looks_and_saves(client: Client) -> None:
    log_in(client, Role.COORDINATOR)
    cohort = forming(make_user(role=Role.FACILITATOR))
    field = f"r{cohort.rounds.get().pk}"
    page = "/samordna/planering/"
    said = send(client, page, {"first_on": "2020-01-01", field: "2"})
    assert "Dagen har redan varit." in said
    said = send(client, page, {"first_on": soon().isoformat(), field: "0"})
    assert "Ange antal träffar för minst en grupp." in said
    said = send(client, page, {"first_on": soon().isoformat(), field: "2"})
    assert "Väntar på sin tur" in said
    job = made(PlanJob.objects.get())
    said = read(client, f"{page}{job.pk}/")
    assert ("Ingen plan kan vara bättre." in said, cohort.name in said) == (True, True)
    assert "2 träffar är planerade." in send(client, f"{page}{job.pk}/spara/")
    assert "redan sparad eller avbruten" in send(client, f"{page}{job.pk}/spara/")
    assert Meeting.objects.count() == 2


def test_only_a_coordinator_plans_for_all(client: Client) -> None:
    log_in(client)
    read(client, "/samordna/planering/", status=403)


def test_a_leader_with_no_time_is_named_as_what_stands_in_the_way() -> None:
    leader = make_user(role=Role.FACILITATOR)
    WorkingHours.objects.create(user=leader, weekday=4, starts=time(6), ends=time(7))
    job = made(asked(leader, forming(leader, time="1-lunch")))
    assert [one for one in job.answer["because"] if "ingen handledare ledig" in one["text"]] != []


def test_why_there_is_no_plan_is_said_in_the_language_of_the_page_with_the_cohort_named(
    client: Client,
) -> None:
    coordinator = log_in(client, Role.COORDINATOR)
    leader = make_user(role=Role.FACILITATOR)
    WorkingHours.objects.create(user=leader, weekday=4, starts=time(6), ends=time(7))
    cohorts = [forming(leader, time="1-lunch", name=name) for name in ("Alfa", "Beta")]
    job = made(asked(coordinator, *cohorts))
    said = read(client, f"/samordna/planering/{job.pk}/")
    assert "Alfa: Träff 1 av" in said
    assert "vardagar är ingen handledare ledig." in said
    told = client.get(f"/en/samordna/planering/{job.pk}/").content.decode()
    assert "Beta:" in told
    assert "vardagar" not in told


def test_a_plan_that_was_kept_as_plain_texts_is_still_shown(client: Client) -> None:
    coordinator = log_in(client, Role.COORDINATOR)
    job = made(asked(coordinator, forming(make_user(role=Role.FACILITATOR))))
    PlanJob.objects.filter(pk=job.pk).update(answer={"because": ["Till 100 % säkert."]})
    assert "Till 100 % säkert." in read(client, f"/samordna/planering/{job.pk}/")
