"""Planning a series: dates proposed, rows edited, the rhythm kept at the row that breaks it."""

from datetime import date, time, timedelta
from itertools import pairwise
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from accounts.models import User
from cohorts.models import Cohort, Meeting, TimeOff
from cohorts.planning.closed import closed_days
from cohorts.queries.series import Wish, plan_for
from cohorts.rules import CohortState, MeetingState, RoundState
from tests.aftermath import everything, members_letters
from tests.cohorts.staff_world import forming, from_now, log_in, read, round_of, running, send
from tests.days import at, open_days
from tests.factories import (
    make_cohort,
    make_enrolment,
    make_interest,
    make_meeting,
    make_place,
)
from tests.journeys.forms import forms_in

pytestmark = pytest.mark.django_db
Row = dict[str, Any]


@pytest.fixture
def leader(client: Client) -> User:
    return log_in(client)


def page_of(cohort: Cohort) -> str:
    return f"/handledare/grupper/{cohort.pk}/traffar/"


def proposed(client: Client, cohort: Cohort, **asked: Any) -> list[dict[str, str]]:
    """Return the rows that the page fills in."""
    html = client.get(page_of(cohort), asked).content.decode()
    form = next(form for form in forms_in(html) if form.method == "post" and form.options)
    filled = dict(form.fields)
    many = int(filled["rad-TOTAL_FORMS"])
    return [
        {name: filled.get(f"rad-{row}-{name}", "") for name in ("on", "at", "minutes", "place")}
        for row in range(many)
    ]


def days_of(rows: list[dict[str, str]]) -> list[date]:
    return [date.fromisoformat(row["on"]) for row in rows]


def post_of(*days: date | str, do: str = "save", **more: Any) -> Row:
    """Return the post of a series of lunches on ``days``."""
    told: Row = {"rad-TOTAL_FORMS": len(days), "rad-INITIAL_FORMS": len(days), "do": do}
    for row, day in enumerate(days):
        told |= {
            f"rad-{row}-on": str(day),
            f"rad-{row}-at": "12:00",
            f"rad-{row}-minutes": 60,
            f"rad-{row}-place": "umea",
        }
    return {**told, **more}


def later(days: int) -> date:
    return timezone.localdate() + timedelta(days=days)


@pytest.mark.parametrize("code", ["1-lunch", "3-morning", "4-afternoon"])
def test_dates_are_proposed_on_the_cohorts_time_in_rhythm_and_around_holidays(
    client: Client, leader: User, code: str
) -> None:
    cohort = forming(leader, time=code, starts_on=date(2031, 3, 3))
    make_enrolment(cohort=cohort)
    rows = proposed(client, cohort, many=6, first_on="2031-03-03")
    days = days_of(rows)
    gaps = [(after - before).days for before, after in pairwise(days)]
    assert len(days) == 6
    assert {day.weekday() for day in days} == {int(code[0])}
    assert [gap for gap in gaps if not 14 <= gap <= 28] == []
    assert [day for day in days if day in closed_days(days[0], days[-1])] == []
    clocks = {"1-lunch": "12:00", "3-morning": "09:00", "4-afternoon": "15:00"}
    assert {(row["at"], row["place"]) for row in rows} == {(clocks[code], "umea")}


def test_the_first_proposal_needs_no_question(client: Client, leader: User) -> None:
    starts_on = later(40)
    cohort = forming(leader, starts_on=starts_on)
    make_enrolment(cohort=cohort, interest=make_interest(times=["1-lunch"]))
    make_enrolment(cohort=cohort, interest=make_interest(times=["2-lunch"]))
    rows = proposed(client, cohort)
    assert len(rows) == 5
    assert timedelta(0) <= days_of(rows)[0] - starts_on < timedelta(days=14)
    assert "1 av 2 kan då" in read(client, page_of(cohort))


def test_another_weekday_is_proposed_when_it_may_be_and_more_can_come(
    client: Client, leader: User
) -> None:
    cohort = forming(leader, time="1-lunch")
    make_enrolment(cohort=cohort, interest=make_interest(times=["3-lunch"]))
    asked = {"many": 3, "first_on": later(40).isoformat()}
    assert {day.weekday() for day in days_of(proposed(client, cohort, **asked))} == {1}
    asked["any_weekday"] = "on"
    assert {day.weekday() for day in days_of(proposed(client, cohort, **asked))} == {3}


def test_a_day_on_which_the_facilitator_leads_something_else_is_not_proposed(
    client: Client, leader: User
) -> None:
    cohort = forming(leader, time="1-lunch")
    wish = {"many": 1, "first_on": later(40).isoformat()}
    (first,) = days_of(proposed(client, cohort, **wish))
    other = round_of(make_cohort(facilitator=leader))
    make_meeting(round=other, starts_at=at(first, time(12, 30)))
    assert days_of(proposed(client, cohort, **wish)) == [first + timedelta(days=7)]


def test_new_meetings_follow_those_that_stand(client: Client, leader: User) -> None:
    cohort = running(leader, time="1-lunch")
    last = make_meeting(round=round_of(cohort), starts_at=from_now(days=10))
    first = days_of(proposed(client, cohort))[0]
    assert 14 <= (first - timezone.localdate(last.starts_at)).days <= 28
    assert "Redan planerade" in read(client, page_of(cohort))


def test_where_no_plan_keeps_the_rhythm_the_page_says_why_and_what_would_help(
    client: Client, leader: User
) -> None:
    cohort = forming(leader, time="1-lunch")
    other = round_of(make_cohort(facilitator=leader))
    first = later(40)
    for day in (first + timedelta(days=n) for n in range(40)):
        make_meeting(round=other, starts_at=at(day, time(12)))
    page = read(client, page_of(cohort), many=2, first_on=first.isoformat())
    assert "Det finns ingen plan som håller rytmen" in page
    assert "ta en annan veckodag, eller låta någon annan leda" in page


def test_a_series_is_saved_and_the_members_are_told(client: Client, leader: User) -> None:
    cohort = forming(leader)
    seat = make_enrolment(cohort=cohort)
    days = open_days(40, 54, 82)
    page = send(client, page_of(cohort), post_of(*days))
    assert "3 träffar är planerade" in page
    meetings = list(Meeting.objects.order_by("starts_at"))
    assert [timezone.localdate(one.starts_at) for one in meetings] == days
    local = timezone.localtime(meetings[0].starts_at)
    assert (local.hour, local.minute, meetings[0].facilitator) == (12, 0, leader)
    assert [key.split("/")[:2] for key in members_letters()] == [["meetings-planned", str(seat.pk)]]


@pytest.mark.parametrize(
    ("days", "words"),
    [
        ((40, 53), "Det måste gå minst 14 dagar mellan träffarna."),
        ((40, 69), "Det får gå högst 28 dagar mellan träffarna."),
        ((54, 40), "Träffarna måste komma i datumordning."),
    ],
)
def test_a_broken_rhythm_is_said_at_its_row_and_nothing_is_saved(
    client: Client, leader: User, days: tuple[int, int], words: str
) -> None:
    cohort = forming(leader)
    before = everything()
    one, other = open_days(*days)
    html = client.post(page_of(cohort), post_of(one, other)).content.decode()
    assert f"Ny träff 2, Dag – {words}" in " ".join(html.split()).replace("</a>", "")
    assert f'value="{one}"' in html
    assert 'href="#id_rad-1-on"' in html
    assert everything() == before


def test_the_gap_to_the_meetings_that_stand_counts_too(client: Client, leader: User) -> None:
    cohort = running(leader)
    standing, new = open_days(10, 20)
    make_meeting(round=round_of(cohort), starts_at=at(standing))
    page = send(client, page_of(cohort), post_of(new))
    assert "Ny träff 1, Dag – Det måste gå minst 14 dagar" in page
    assert Meeting.objects.count() == 1


def test_a_gap_to_what_stands_is_saved_with_a_written_reason(client: Client, leader: User) -> None:
    cohort = running(leader)
    assert 'id="id_gap_reason"' not in client.get(page_of(cohort)).content.decode()
    standing, new = open_days(10, 70)
    make_meeting(round=round_of(cohort), starts_at=at(standing))
    page = send(client, page_of(cohort), post_of(new))
    assert "Ny träff 1, Dag – Det får gå högst 28 dagar mellan träffarna." in page
    assert "till en annan träff – Skriv varför, om träffen ändå ska ligga så." in page
    checked = client.post(page_of(cohort), post_of(new, do="check"), headers={"HX-Request": "true"})
    assert 'href="#id_gap_reason"' in checked.content.decode()
    why = {"gap_reason": "Sommaruppehåll"}
    added = client.post(page_of(cohort), post_of(new, do="add", **why)).content.decode()
    assert "Sommaruppehåll</textarea>" in added
    assert Meeting.objects.count() == 1
    too_long = post_of(new, gap_reason="x" * 301)
    assert "Det är något som behöver rättas" in send(client, page_of(cohort), too_long)
    assert "1 träff är planerad" in send(client, page_of(cohort), post_of(new, **why))
    fresh = Meeting.objects.latest("starts_at")
    assert (timezone.localdate(fresh.starts_at), fresh.gap_reason) == (new, "Sommaruppehåll")


def test_after_a_long_pause_days_are_proposed_from_the_day_asked_for(
    client: Client, leader: User
) -> None:
    cohort = running(leader, time="1-lunch")
    make_meeting(round=round_of(cohort), starts_at=from_now(days=-60), state=MeetingState.HELD)
    days = days_of(proposed(client, cohort, many=3, first_on="2031-03-03"))
    assert (len(days), days[0]) == (3, date(2031, 3, 4))


def test_another_way_does_not_leave_the_rhythm_that_the_wish_keeps(
    client: Client, leader: User
) -> None:
    cohort = running(leader, time="1-lunch")
    make_meeting(round=round_of(cohort), starts_at=at(date(2031, 3, 4)))
    said = read(client, page_of(cohort), many=2, first_on="2031-03-19", fler="1")
    assert "En träff färre" in said
    assert "Börja två veckor senare" not in said


@pytest.mark.parametrize("day", [-1, 0])
def test_a_first_day_that_is_over_is_refused_at_its_field(
    client: Client, leader: User, day: int
) -> None:
    cohort = forming(leader)
    said = read(client, page_of(cohort), many=3, first_on=later(day).isoformat())
    assert "Första träffen tidigast – Dagen har redan varit. Välj en senare dag." in said


@pytest.mark.parametrize(
    ("day", "words"),
    [
        (later(-1), "Tiden har redan varit. Välj en senare dag."),
        ("i morgon", "Det är något som behöver rättas"),
        ("", "Det är något som behöver rättas"),
    ],
)
def test_a_day_that_cannot_be_is_said(
    client: Client, leader: User, day: date | str, words: str
) -> None:
    cohort = forming(leader)
    assert words in send(client, page_of(cohort), post_of(day))
    assert Meeting.objects.count() == 0


def test_a_row_that_is_ticked_away_is_left_out(client: Client, leader: User) -> None:
    cohort = forming(leader)
    days = open_days(40, 41, 54)
    send(client, page_of(cohort), post_of(*days, **{"rad-1-DELETE": "on"}))
    assert Meeting.objects.count() == 2
    everything_away = post_of(*open_days(80), **{"rad-0-DELETE": "on"})
    assert "Inga träffar är kvar att spara" in send(client, page_of(cohort), everything_away)


def test_a_row_is_added_three_weeks_later_and_what_was_typed_is_kept(
    client: Client, leader: User
) -> None:
    cohort = forming(leader)
    told = post_of(later(40), do="add", **{"rad-0-address": "Storgatan 1"})
    html = client.post(page_of(cohort), told).content.decode()
    form = next(form for form in forms_in(html) if form.method == "post" and form.options)
    filled = dict(form.fields)
    assert filled["rad-TOTAL_FORMS"] == "2"
    assert [filled[f"rad-{row}-on"] for row in (0, 1)] == [str(later(40)), str(later(61))]
    assert filled["rad-0-address"] == filled["rad-1-address"] == "Storgatan 1"
    assert Meeting.objects.count() == 0


@pytest.mark.parametrize("forged", [{"rad-TOTAL_FORMS": "x"}, {"rad-TOTAL_FORMS": "9999"}, {}])
@pytest.mark.parametrize("do", ["save", "add"])
def test_a_post_that_is_no_series_saves_nothing(
    client: Client, leader: User, forged: Row, do: str
) -> None:
    cohort = forming(leader)
    assert client.post(page_of(cohort), {**forged, "do": do}).status_code == 200
    assert Meeting.objects.count() == 0


def test_a_digital_meeting_may_get_its_link_later(client: Client, leader: User) -> None:
    cohort = forming(leader)
    make_place("digital")
    send(client, page_of(cohort), post_of(*open_days(40), **{"rad-0-place": "digital"}))
    meeting = Meeting.objects.get()
    assert (meeting.place_id, meeting.join_link, meeting.state) == (
        "digital",
        "",
        MeetingState.SCHEDULED,
    )


def test_the_next_course_is_the_one_that_is_planned(client: Client, leader: User) -> None:
    cohort = running(leader)
    cohort.rounds.update(state=RoundState.CLOSED)
    page = send(client, page_of(cohort))
    assert "Det finns ingen kurs att planera träffar för" in page
    chosen = cohort.rounds.create(
        course=round_of(make_cohort()).course, state=RoundState.CHOSEN, price_sek=0
    )
    send(client, page_of(cohort), post_of(*open_days(40)))
    assert Meeting.objects.get().round == chosen
    assert cohort.state == CohortState.RUNNING


def test_the_tenth_of_december_can_only_be_followed_by_the_seventh_of_january(
    leader: User,
) -> None:
    cohort = forming(leader, time="3-lunch")
    off = at(date(2026, 12, 17), time.min)
    TimeOff.objects.create(user=leader, starts_at=off, ends_at=off + timedelta(days=1))
    plan = plan_for(cohort, round_of(cohort), Wish(many=2, first_on=date(2026, 12, 10)))
    assert [str(one) for one in plan.notes] == [
        "Efter 10 december 2026 går det bara att ses 7 januari 2027."
    ]


def test_other_ways_are_shown_with_what_each_costs(client: Client, leader: User) -> None:
    cohort = forming(leader, time="1-lunch")
    make_enrolment(cohort=cohort, interest=make_interest(times=["1-lunch"]))
    said = read(client, page_of(cohort), fler="1")
    assert "Börja två veckor senare" in said
    assert "En träff färre" in said
    assert "platser vid träffarna kan bli använda." in said


def test_what_a_row_touches_is_said_before_anything_is_saved(client: Client, leader: User) -> None:
    cohort = forming(leader)
    told = post_of(date(2099, 12, 24), do="check")
    page = client.post(page_of(cohort), told, headers={"HX-Request": "true"})
    assert "är helg, helgdag eller lov på orten." in page.content.decode()
    assert "<html" not in page.content.decode()
    assert "är helg, helgdag eller lov på orten." in send(client, page_of(cohort), told)
    fine = post_of(date(2099, 12, 1), do="check")
    assert "ingen regel är bruten" in send(client, page_of(cohort), fine)
    assert Meeting.objects.count() == 0
