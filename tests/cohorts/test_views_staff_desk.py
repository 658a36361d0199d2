"""One cohort's desk: opened, seen, confirmed, called off, ended."""

import re
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from accounts.models import User
from accounts.rules import Role
from cohorts.models import Cohort, LessonMark, Presence
from cohorts.rules import CohortState, EnrolmentState, InvitationState, MeetingState, RoundState
from tests.aftermath import everything, history, letters, members_letters, read_again, whys
from tests.cohorts.staff_world import (
    NEVER_MIND,
    forming,
    from_now,
    join,
    log_in,
    queries_of,
    read,
    round_of,
    running,
    send,
)
from tests.factories import (
    make_course,
    make_enrolment,
    make_invitation,
    make_meeting,
    make_place,
    make_programme,
    make_user,
)
from tests.journeys.forms import forms_in

pytestmark = pytest.mark.django_db
NEW = "/handledare/grupper/ny/"


def told(**fields: Any) -> dict[str, Any]:
    """Return what a facilitator fills in to open a cohort."""
    return {
        "place": "umea",
        "language": "sv",
        "weekday": 1,
        "time_of_day": "lunch",
        "starts_on": "2031-04-08",
        "seats": 10,
        "least": 4,
        **fields,
    }


@pytest.fixture
def leader(client: Client) -> User:
    make_programme()
    make_place("umea")
    return log_in(client, name="Hanna Handledare")


def desk(cohort: Cohort, page: str = "") -> str:
    return f"/handledare/grupper/{cohort.pk}/{page}"


def test_a_cohort_is_opened_with_its_first_course_and_a_name_of_its_own(
    client: Client, leader: User
) -> None:
    course = make_course(title="Elements of AI")
    page = send(client, NEW, told(course=course.pk))
    cohort = Cohort.objects.get()
    assert "Gruppen är öppnad" in page
    assert (cohort.name, cohort.time) == ("Umeå tisdag lunch, april 2031", "1-lunch")
    assert (cohort.facilitator, cohort.seats, cohort.least) == (leader, 10, 4)
    assert (cohort.state, round_of(cohort).course) == (CohortState.DRAFT, course)
    assert letters() == []
    send(client, NEW, told(course=course.pk))
    assert Cohort.objects.latest("id").name == "Umeå tisdag lunch, april 2031 (2)"


@pytest.mark.usefixtures("leader")
def test_elements_of_ai_in_the_language_asked_for_is_chosen_beforehand(client: Client) -> None:
    make_course(title="AI i praktiken")
    make_course(title="Elements of AI", language="sv")
    english = make_course(title="Elements of AI", language="en")
    make_place("mala")
    address = f"{NEW}?plats=mala&sprak=en&tid=3-morning"
    form = next(
        form
        for form in forms_in(client.get(address).content.decode())
        if "seats" in dict(form.fields)
    )
    filled = dict(form.fields)
    chosen = {name: filled[name] for name in ("place", "language", "weekday", "time_of_day")}
    assert chosen == {
        "place": "mala",
        "language": "en",
        "weekday": "3",
        "time_of_day": "morning",
    }
    assert filled["course"] == str(english.pk)


@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        ({"starts_on": "2020-01-01"}, "Startdagen har redan varit"),
        ({"least": 11}, "Minst antal kan inte vara fler än platserna"),
        ({"place": "kiruna"}, "Det är något som behöver rättas"),
        ({"seats": ""}, "Det är något som behöver rättas"),
    ],
)
@pytest.mark.usefixtures("leader")
def test_a_fault_is_said_and_what_was_typed_is_kept(
    client: Client, wrong: dict[str, Any], words: str
) -> None:
    course = make_course()
    response = client.post(NEW, told(course=course.pk, name="Vår grupp", **wrong))
    html = response.content.decode()
    assert words in html
    assert 'value="Vår grupp"' in html
    assert Cohort.objects.count() == 0


def test_only_a_coordinator_chooses_who_leads(client: Client, leader: User) -> None:
    course = make_course()
    send(client, NEW, told(course=course.pk, facilitator=make_user(role=Role.FACILITATOR).pk))
    assert Cohort.objects.get().facilitator == leader
    log_in(client, Role.COORDINATOR)
    send(client, NEW, told(course=course.pk, facilitator=leader.pk))
    assert Cohort.objects.latest("id").facilitator == leader


def test_without_a_programme_no_cohort_is_opened(client: Client) -> None:
    make_place("umea")
    log_in(client)
    page = send(client, NEW, told(course=make_course().pk))
    assert "Just nu driver inget projekt kursgrupper" in page
    assert Cohort.objects.count() == 0


PAGES = [
    "",
    "bekrafta/",
    "installd/",
    "forslag/",
    "skicka/",
    "skickat/",
    "traffar/",
    "starta/",
    "avsluta-kurs/",
    "avsluta/",
    "omrostning/",
]


@pytest.mark.parametrize("page", PAGES)
def test_somebody_elses_cohort_does_not_exist(client: Client, page: str) -> None:
    log_in(client)
    address = desk(forming(make_user(role=Role.FACILITATOR)), page)
    assert client.post(address).status_code == 404


@pytest.mark.parametrize("page", PAGES)
def test_a_coach_is_told_that_the_page_is_not_theirs(client: Client, page: str) -> None:
    log_in(client, Role.COACH)
    assert client.post(desk(forming(make_user()), page)).status_code == 403


def test_the_desk_shows_progress_and_who_has_been_quiet(client: Client, leader: User) -> None:
    cohort = running(leader, members=0)
    busy, quiet = (join(cohort, name) for name in ("Bea Brådskande", "Tyra Tyst"))
    lessons = list(round_of(cohort).course.lessons.all())
    for seat, days in ((busy, 2), (quiet, 16)):
        LessonMark.objects.create(
            participation=seat.participations.get(),
            lesson=lessons[0],
            is_done=True,
            marked_at=from_now(days=-days),
        )
    page = read(client, desk(cohort))
    assert "Bea Brådskande Bolag" in page
    assert "1 har varit tyst i mer än fjorton dagar" in page
    assert page.count("1 av 3 lektioner") == 2
    assert ("Bea Brådskande tyst" in page, "Tyra Tyst tyst" in page) == (False, True)


def test_somebody_who_came_to_the_last_meeting_is_not_quiet(client: Client, leader: User) -> None:
    cohort = running(leader, members=0)
    seat = join(cohort)
    meeting = make_meeting(round=round_of(cohort), starts_at=from_now(days=-3))
    assert "1 har varit tyst" in read(client, desk(cohort))
    Presence.objects.create(meeting=meeting, enrolment=seat, was_there=True)
    page = read(client, desk(cohort))
    assert ("har varit tyst" in page, "1 av 1" in page) == (False, True)


def test_the_desk_says_where_the_rhythm_breaks_and_why(client: Client, leader: User) -> None:
    cohort = running(leader)
    start = from_now(days=5)
    for days, reason in ((0, ""), (14, ""), (44, "Sportlov i hela länet")):
        make_meeting(
            round=round_of(cohort), starts_at=start + timedelta(days=days), gap_reason=reason
        )
    page = read(client, desk(cohort))
    assert "30 utanför 14–28 Sportlov i hela länet" in page
    assert page.count("utanför 14–28") == 1


def test_the_desk_takes_as_many_statements_with_many_rows_as_with_one(
    client: Client, leader: User
) -> None:
    cohort = running(leader, members=1, seats=200)
    make_meeting(round=round_of(cohort), starts_at=from_now(days=3))
    make_invitation(cohort=cohort, state=InvitationState.EXPIRED)
    queries_of(client, desk(cohort))
    with_one = queries_of(client, desk(cohort))
    for number in range(100):
        join(cohort)
        make_invitation(cohort=cohort, state=InvitationState.EXPIRED)
        make_meeting(round=round_of(cohort), starts_at=from_now(days=4 + number))
    assert queries_of(client, desk(cohort)) == with_one


def test_a_cohort_is_confirmed_when_enough_have_said_yes_and_a_meeting_is_planned(
    client: Client, leader: User
) -> None:
    cohort = forming(leader, least=2)
    address = desk(cohort, "bekrafta/")
    assert "För få har tackat ja" in send(client, address)
    for _ in range(2):
        make_enrolment(cohort=cohort)
    assert "Planera minst en träff" in send(client, address)
    assert read_again(cohort).state == CohortState.FORMING
    make_meeting(round=round_of(cohort), starts_at=from_now(days=41))
    assert "Gruppen är bekräftad" in send(client, address)
    assert read_again(cohort).state == CohortState.CONFIRMED
    assert "är i läget ”klar att starta”. Ingenting ändrades" in send(client, address)
    assert client.get(address).status_code == 405


def test_calling_off_says_whom_it_hits_and_then_tells_them(client: Client, leader: User) -> None:
    cohort = forming(leader)
    seat = make_enrolment(cohort=cohort)
    asked = make_invitation(cohort=cohort)
    draft = make_invitation(cohort=cohort, state=InvitationState.DRAFT)
    meeting = make_meeting(round=round_of(cohort), starts_at=from_now(days=41))
    page = read(client, desk(cohort, "installd/"))
    assert "1 person som har tackat ja får brev" in page
    assert "1 obesvarad inbjudan tas tillbaka" in page
    assert "1 planerad träff ställs in" in page
    before = everything()
    assert "Det är något som behöver rättas" in send(client, desk(cohort, "installd/"))
    assert everything() == before
    send(client, desk(cohort, "installd/"), {"why": NEVER_MIND})
    states = [read_again(row).state for row in (cohort, asked, draft, meeting, seat)]
    assert states == [
        CohortState.CANCELLED,
        InvitationState.REVOKED,
        InvitationState.REVOKED,
        MeetingState.CANCELLED,
        EnrolmentState.ACTIVE,
    ]
    assert [re.sub(r"/20\d{6}T\d+$", "", key) for key in members_letters()] == [
        f"invitation/{asked.pk}/invitation_revoked",
        f"enrolment/{seat.pk}/cohort-cancelled",
    ]
    assert whys(cohort) == [NEVER_MIND]


def test_a_running_cohort_is_not_called_off(client: Client, leader: User) -> None:
    cohort = running(leader)
    before = everything()
    page = send(client, desk(cohort, "installd/"), {"why": NEVER_MIND})
    assert "den pågår eller är redan över" in page
    assert everything() == before


def test_a_cohort_ends_when_its_last_course_is_closed(client: Client, leader: User) -> None:
    cohort = running(leader)
    assert "när dess sista kurs är avslutad" in send(client, desk(cohort, "avsluta/"))
    cohort.rounds.update(state=RoundState.CLOSED)
    assert "Avsluta gruppen" in read(client, desk(cohort))
    assert "kan inte öppnas igen" in read(client, desk(cohort, "avsluta/"))
    assert "Gruppen är genomförd" in send(client, desk(cohort, "avsluta/"))
    assert history(cohort) == [("running", "completed", "user")]


def test_a_seat_is_given_up_for_a_member_with_a_reason(client: Client, leader: User) -> None:
    cohort = running(leader, members=0)
    seat = join(cohort, "Lovisa Lämnar", needs="Hörslinga")
    address = desk(cohort, f"deltagare/{seat.pk}/")
    page = read(client, address)
    assert ("Lovisa Lämnar" in page, "Hörslinga" in page) == (True, True)
    assert "Det är något som behöver rättas" in send(client, address, {"why": ""})
    assert "Platsen är uppgiven" in send(client, address, {"why": "Bytt jobb"})
    assert (read_again(seat).state, whys(seat)) == (EnrolmentState.WITHDRAWN, ["Bytt jobb"])
    assert client.get(address).status_code == 404


def test_a_member_of_another_cohort_is_not_found(client: Client, leader: User) -> None:
    seat = join(running(make_user()))
    assert client.get(desk(running(leader), f"deltagare/{seat.pk}/")).status_code == 404


def test_a_day_that_starts_the_cohort_today_is_accepted(client: Client, leader: User) -> None:
    today = timezone.localdate().isoformat()
    send(client, NEW, told(course=make_course().pk, starts_on=today))
    assert Cohort.objects.get().facilitator == leader
