"""Starting and closing a course, and the vote on the next one."""

from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from accounts.models import User
from cohorts.models import Cohort, Course, CourseRound
from cohorts.rules import CohortState, ParticipationState, RoundState
from tests.aftermath import everything, letters, read_again
from tests.cohorts.staff_world import (
    forming,
    from_now,
    join,
    log_in,
    read,
    round_of,
    running,
    send,
)
from tests.factories import make_course, make_enrolment, make_meeting
from tests.journeys.forms import forms_in, links_on
from voting.models import Ballot

pytestmark = pytest.mark.django_db


@pytest.fixture
def leader(client: Client) -> User:
    return log_in(client)


def page_of(cohort: Cohort, page: str) -> str:
    return f"/handledare/grupper/{cohort.pk}/{page}/"


def day(days: int) -> str:
    return (timezone.localdate() + timedelta(days=days)).isoformat()


DATES = {"starts_on": "2031-04-08", "ends_on": "2031-06-17"}


def test_the_first_course_starts_and_everybody_takes_part(client: Client, leader: User) -> None:
    cohort = forming(leader, state=CohortState.CONFIRMED)
    seat = make_enrolment(cohort=cohort)
    page = read(client, page_of(cohort, "starta"))
    assert "så alla deltagare i gruppen (1) är med direkt" in page
    assert "Inga träffar är planerade för kursen än" in page
    assert "har startat" in send(client, page_of(cohort, "starta"), DATES)
    round_ = round_of(cohort)
    dates = {"starts_on": str(round_.starts_on), "ends_on": str(round_.ends_on)}
    assert (read_again(cohort).state, round_.state) == ("running", "running")
    assert dates == DATES
    assert seat.participations.get().state == ParticipationState.NOT_STARTED


@pytest.mark.parametrize(
    "told",
    [
        {**DATES, "ends_on": "2031-04-07"},
        {**DATES, "starts_on": ""},
        {**DATES, "ends_on": "snart"},
        {},
    ],
)
def test_wrong_dates_are_said_and_nothing_starts(
    client: Client, leader: User, told: dict[str, str]
) -> None:
    cohort = forming(leader, state=CohortState.CONFIRMED)
    before = everything()
    assert "Det är något som behöver rättas" in send(client, page_of(cohort, "starta"), told)
    assert everything() == before


def test_a_course_may_end_on_the_day_it_starts(client: Client, leader: User) -> None:
    cohort = forming(leader, state=CohortState.CONFIRMED)
    send(client, page_of(cohort, "starta"), {**DATES, "ends_on": DATES["starts_on"]})
    assert round_of(cohort).state == RoundState.RUNNING


@pytest.mark.parametrize("state", [CohortState.DRAFT, CohortState.FORMING, CohortState.COMPLETED])
def test_no_course_starts_before_the_cohort_is_confirmed(
    client: Client, leader: User, state: CohortState
) -> None:
    cohort = forming(leader, state=state)
    before = everything()
    page = send(client, page_of(cohort, "starta"), DATES)
    assert "Bekräfta gruppen innan den första kursen startar" in page
    assert everything() == before


def test_one_course_runs_at_a_time(client: Client, leader: User) -> None:
    cohort = running(leader)
    course = make_course()
    cohort.rounds.create(course=course, state=RoundState.FEE_CHECK, price_sek=0)
    before = everything()
    assert "En kurs pågår redan" in send(client, page_of(cohort, "starta"), DATES)
    assert everything() == before


def test_a_course_is_closed_and_what_is_to_come_is_named_first(
    client: Client, leader: User
) -> None:
    cohort = running(leader, members=2)
    make_meeting(round=round_of(cohort), starts_at=from_now(days=9))
    page = read(client, page_of(cohort, "avsluta-kurs"))
    assert "inte börjat: 2" in page
    assert "1 träff ligger kvar framåt" in page
    assert "är avslutad" in send(client, page_of(cohort, "avsluta-kurs"))
    assert round_of(cohort).state == RoundState.CLOSED
    assert "Ingen kurs pågår" in send(client, page_of(cohort, "avsluta-kurs"))


@pytest.fixture
def courses() -> list[Course]:
    return [
        make_course(title="AI och juridik"),
        make_course(title="Bygg en modell", price_sek=Decimal(1200)),
        make_course(title="Chatta klokt"),
    ]


def chosen(courses: list[Course], **told: Any) -> dict[str, Any]:
    settled = {"rule": "ranked_pairs", "quorum_percent": 50}
    return {
        "courses": [course.pk for course in courses],
        "closes_on": day(10),
        **settled,
        **told,
    }


def test_courses_that_the_cohort_has_taken_are_not_offered(
    client: Client, leader: User, courses: list[Course]
) -> None:
    cohort = running(leader)
    taken = round_of(cohort).course
    html = client.get(page_of(cohort, "omrostning")).content.decode()
    offered = next(form.options["courses"] for form in forms_in(html) if "courses" in form.options)
    assert offered == [str(course.pk) for course in courses]
    assert str(taken.pk) not in offered


def test_all_that_is_settled_is_shown_before_the_vote_opens(
    client: Client, leader: User, courses: list[Course]
) -> None:
    cohort = running(leader, members=3)
    join(cohort, "Nora Ny")
    before = everything()
    page = read(client, page_of(cohort, "omrostning"), **chosen(courses))
    assert "minst 2 av 4 röstar (50 procent)" in page
    assert "Nora Ny" in page
    assert "Bygg en modell, 1 200 kr" in page.replace("\u00a0", " ")
    assert "Från tio röster visas alla siffror och alla rangordningar utan namn" in page
    assert "Öppnar genast" in page
    assert "de minimis-intyg" in page
    assert everything() == before


def test_an_open_count_and_free_courses_are_told_as_such(
    client: Client, leader: User, courses: list[Course]
) -> None:
    cohort = running(leader)
    free = [courses[0], courses[2]]
    page = read(client, page_of(cohort, "omrostning"), **chosen(free, is_open_count="on"))
    assert "varje rangordning bredvid sitt kvitto, utan namn" in page
    assert "Någon kurs har ett pris" not in page


def test_the_vote_opens_and_everybody_is_told(
    client: Client, leader: User, courses: list[Course]
) -> None:
    cohort = running(leader, members=2)
    page = send(client, page_of(cohort, "omrostning"), chosen(courses[::2]))
    assert "Omröstningen är öppen" in page
    ballot = Ballot.objects.get()
    local = timezone.localtime(ballot.closes_at)
    assert (local.date().isoformat(), local.hour) == (day(10), 12)
    assert (ballot.options.count(), ballot.roll.count(), ballot.is_open_count) == (2, 2, False)
    assert CourseRound.objects.filter(state=RoundState.IN_BALLOT).count() == 2
    assert len(letters()) == 2
    again = send(client, page_of(cohort, "omrostning"), chosen(courses))
    assert "En omröstning förbereds eller pågår redan" in again


@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        ({"courses": [1]}, "Det är något som behöver rättas"),
        ({"courses": []}, "Välj minst två kurser"),
        ({"courses": [0, 1]}, "Det är något som behöver rättas"),
        ({"closes_on": day(-1)}, "måste stänga senare än nu"),
        ({"closes_on": "senare"}, "Det är något som behöver rättas"),
    ],
)
def test_what_cannot_be_voted_on_is_said_and_nothing_opens(
    client: Client, leader: User, wrong: dict[str, Any], words: str
) -> None:
    address = page_of(running(leader), "omrostning")
    told = {**chosen([make_course(), make_course()]), **wrong}
    before = everything()
    for response in (client.get(address, told), client.post(address, told)):
        assert words in response.content.decode()
    assert everything() == before


def test_more_than_twelve_courses_are_too_many(client: Client, leader: User) -> None:
    cohort = running(leader)
    many = [make_course() for _ in range(13)]
    page = read(client, page_of(cohort, "omrostning"), **chosen(many))
    assert "Välj högst tolv kurser" in page
    assert "Öppna omröstningen" in read(client, page_of(cohort, "omrostning"), **chosen(many[1:]))


def test_one_goes_back_from_the_preview_with_the_choices_kept(
    client: Client, leader: User, courses: list[Course]
) -> None:
    cohort = running(leader)
    told = chosen(courses[:2], is_open_count="on")
    html = client.get(page_of(cohort, "omrostning"), told).content.decode()
    back = next(url for words, url in links_on(html) if words == "Ändra")
    html = client.get(
        page_of(cohort, "omrostning") + back.partition("omrostning/")[2]
    ).content.decode()
    form = next(form for form in forms_in(html) if "courses" in form.options)
    assert form.fields == [
        *(("courses", str(course.pk)) for course in courses[:2]),
        ("opens_on", ""),
        ("closes_on", day(10)),
        ("rule", "ranked_pairs"),
        ("quorum_percent", "50"),
        ("is_open_count", "on"),
    ]


@pytest.mark.parametrize(
    ("state", "members", "words"),
    [
        (CohortState.CONFIRMED, 2, "Gruppen måste ha börjat"),
        (CohortState.RUNNING, 1, "Det behövs minst två deltagare"),
    ],
)
def test_no_vote_opens_in_a_cohort_that_cannot_vote(
    client: Client, leader: User, state: CohortState, members: int, words: str
) -> None:
    cohort = running(leader, members=members)
    Cohort.objects.update(state=state)
    courses = [make_course(), make_course()]
    assert words in send(client, page_of(cohort, "omrostning"), chosen(courses))
    assert Ballot.objects.count() == 0
