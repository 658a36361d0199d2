"""The facilitator's first page: tasks, the most pressing first, then the own cohorts."""

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from accounts.rules import Role
from cohorts.models import AgendaItem, Meeting, Presence
from cohorts.queries.seats import candidates, suits
from cohorts.queries.waiting import candidates_counted
from cohorts.rules import CohortState, InvitationState, MeetingState, RoundState
from tests.cohorts.staff_world import (
    forming,
    from_now,
    join,
    log_in,
    queries_of,
    read,
    round_of,
    running,
)
from tests.factories import (
    make_cohort,
    make_enrolment,
    make_interest,
    make_invitation,
    make_meeting,
    make_place,
    make_user,
)
from tests.journeys.forms import links_on

pytestmark = pytest.mark.django_db
PAGE = "/handledare/"


def tasks(client: Client) -> list[tuple[str, str]]:
    """Return the tasks on the first page: words and address."""
    html = client.get(PAGE).content.decode()
    listed = html[html.index("<main") : html.index('id="groups"')]
    return [(words, url) for words, url in links_on(listed) if not url.startswith("?")]


@pytest.mark.parametrize("role", [Role.COACH, Role.AID_OFFICER, Role.AUDITOR])
def test_other_roles_are_told_that_the_page_is_not_theirs(client: Client, role: Role) -> None:
    log_in(client, role)
    assert client.get(PAGE).status_code == 403


def test_who_has_not_logged_in_is_sent_to_the_log_in_page(client: Client) -> None:
    response = client.get(PAGE)
    assert (response.status_code, response["Location"]) == (302, f"/logga-in/?next={PAGE}")


def test_somebody_without_a_cohort_is_offered_to_open_one(client: Client) -> None:
    log_in(client)
    page = read(client, PAGE)
    assert "Ingen grupp än" in page
    assert tasks(client) == []


def test_free_seats_and_people_who_fit_are_a_task(client: Client) -> None:
    cohort = forming(log_in(client), seats=3)
    for _ in range(4):
        make_interest()
    make_interest(language="en")
    make_interest(places=("mala",))
    make_interest(times=["4-morning"])
    expected = [
        ("Bjud in 3 personer som passar gruppen", f"/handledare/grupper/{cohort.pk}/forslag/")
    ]
    assert tasks(client) == expected


def test_who_has_said_no_to_the_cohort_is_not_a_task_again(client: Client) -> None:
    cohort = forming(log_in(client))
    make_invitation(cohort=cohort, state=InvitationState.DECLINED)
    assert tasks(client) == []


def test_drafts_are_a_task_and_take_their_seats(client: Client) -> None:
    cohort = forming(log_in(client), seats=2)
    for _ in range(2):
        make_invitation(cohort=cohort, state=InvitationState.DRAFT)
    make_interest()
    address = f"/handledare/grupper/{cohort.pk}/skicka/"
    assert tasks(client) == [("Granska och skicka 2 inbjudningar", address)]


@pytest.mark.parametrize(("days", "is_task"), [(2, True), (3, True), (4, False)])
def test_an_invitation_is_a_task_from_three_days_before_it_ends(
    client: Client, days: int, is_task: bool
) -> None:
    cohort = forming(log_in(client))
    make_invitation(cohort=cohort, expires_at=from_now(days=days, minutes=-1))
    address = f"/handledare/grupper/{cohort.pk}/#invitations"
    expected = [("1 inbjudan går snart ut utan svar", address)] if is_task else []
    assert tasks(client) == expected


def test_enough_members_are_a_task_first_to_plan_and_then_to_confirm(client: Client) -> None:
    cohort = forming(log_in(client), least=2)
    for _ in range(2):
        make_enrolment(cohort=cohort)
    assert [words for words, _ in tasks(client)] == [
        "Planera träffarna: tillräckligt många har tackat ja"
    ]
    make_meeting(round=round_of(cohort), starts_at=from_now(days=41))
    assert tasks(client) == [
        (
            "Bekräfta gruppen: tillräckligt många har tackat ja",
            f"/handledare/grupper/{cohort.pk}/#confirm",
        )
    ]


def test_a_confirmed_cohort_is_a_task_in_the_week_before_its_start(client: Client) -> None:
    soon = timezone.localdate() + timedelta(days=6)
    cohort = forming(log_in(client), state=CohortState.CONFIRMED, starts_on=soon, seats=2)
    title = round_of(cohort).course.title
    address = f"/handledare/grupper/{cohort.pk}/starta/"
    assert tasks(client) == [(f"Starta kursen {title}", address)]


def test_a_running_course_without_a_meeting_to_come_is_an_urgent_task(client: Client) -> None:
    cohort = running(log_in(client))
    make_meeting(round=round_of(cohort), starts_at=from_now(days=-20), state=MeetingState.CLOSED)
    assert tasks(client) == [
        (
            "Planera nästa träff: ingen träff ligger framåt",
            f"/handledare/grupper/{cohort.pk}/traffar/",
        )
    ]
    assert "Bråttom" in read(client, PAGE)


@pytest.mark.parametrize(
    ("days", "state", "is_task"),
    [
        (-1, MeetingState.SCHEDULED, True),
        (-13, MeetingState.HELD, True),
        (-15, MeetingState.SCHEDULED, False),
        (-1, MeetingState.CLOSED, False),
        (-1, MeetingState.CANCELLED, False),
    ],
)
def test_attendance_is_a_task_until_closed_or_locked(
    client: Client, days: int, state: MeetingState, is_task: bool
) -> None:
    cohort = running(log_in(client))
    make_meeting(round=round_of(cohort), starts_at=from_now(days=10))
    held = make_meeting(round=round_of(cohort), starts_at=from_now(days=days), state=state)
    expected = [f"/handledare/traffar/{held.pk}/"] if is_task else []
    assert [url for _, url in tasks(client)] == expected


def test_a_digital_meeting_without_a_link_is_a_task_two_weeks_ahead(client: Client) -> None:
    cohort = running(log_in(client))
    screen = make_place("digital")
    near = make_meeting(round=round_of(cohort), starts_at=from_now(days=10), place=screen)
    make_meeting(round=round_of(cohort), starts_at=from_now(days=30), place=screen)
    assert [url for _, url in tasks(client)] == [f"/handledare/traffar/{near.pk}/"]
    near.join_link = "https://example.org/rum"
    near.save()
    assert tasks(client) == []


def test_open_questions_are_a_task_for_the_next_meeting(client: Client) -> None:
    cohort = running(log_in(client), members=1)
    coming = make_meeting(round=round_of(cohort), starts_at=from_now(days=5))
    make_meeting(round=round_of(cohort), starts_at=from_now(days=25))
    AgendaItem.objects.create(
        round=round_of(cohort),
        author=cohort.enrolments.get(),
        text="Vad är en modell?",
        asked_at=from_now(),
    )
    address = f"/handledare/traffar/{coming.pk}/"
    assert tasks(client) == [("Förbered 1 fråga till nästa träff", address)]


@pytest.mark.parametrize(("ends_in", "is_task"), [(27, True), (29, False)])
def test_a_vote_is_a_task_four_weeks_before_the_course_ends(
    client: Client, ends_in: int, is_task: bool
) -> None:
    cohort = running(log_in(client), ends_in=ends_in)
    make_meeting(round=round_of(cohort), starts_at=from_now(days=5))
    address = f"/handledare/grupper/{cohort.pk}/omrostning/"
    expected = [("Öppna omröstningen om nästa kurs", address)] if is_task else []
    assert tasks(client) == expected


def test_a_course_past_its_last_day_is_to_be_closed_and_the_chosen_one_started(
    client: Client,
) -> None:
    cohort = running(log_in(client), ends_in=-1)
    current = round_of(cohort)
    chosen = cohort.rounds.create(
        course=make_cohort().rounds.get().course, state=RoundState.FEE_CHECK, price_sek=0
    )
    assert [words for words, _ in tasks(client)] == [f"Avsluta kursen {current.course.title}"]
    cohort.rounds.filter(pk=current.pk).update(state=RoundState.CLOSED)
    assert [words for words, _ in tasks(client)] == [f"Starta kursen {chosen.course.title}"]


def test_the_urgent_stands_first(client: Client) -> None:
    leader = log_in(client)
    make_invitation(cohort=forming(leader), state=InvitationState.DRAFT)
    running(leader)
    assert [words.split()[0] for words, _ in tasks(client)] == ["Planera", "Granska"]


def test_a_facilitator_sees_own_cohorts_and_a_coordinator_all(client: Client) -> None:
    forming(log_in(client), name="Min grupp")
    forming(make_user(role=Role.FACILITATOR), name="Någon annans grupp")
    page = read(client, PAGE)
    assert ("Min grupp" in page, "Någon annans grupp" in page) == (True, False)
    log_in(client, Role.COORDINATOR)
    page = read(client, PAGE)
    assert ("Min grupp" in page, "Någon annans grupp" in page) == (True, True)


def test_a_cohort_that_is_over_is_shown_when_asked_for(client: Client) -> None:
    forming(log_in(client), name="Gammal grupp", state=CohortState.CANCELLED)
    assert "Gammal grupp" not in read(client, PAGE)
    assert "Gammal grupp" in read(client, PAGE, grupper="alla")


def test_twenty_tasks_are_shown_and_the_rest_when_asked_for(client: Client) -> None:
    leader = log_in(client)
    for _ in range(22):
        make_invitation(cohort=forming(leader), state=InvitationState.DRAFT)
    assert len(tasks(client)) == 20
    page = read(client, PAGE)
    assert "Visa 2 uppgifter till" in page
    assert "22 uppgifter" in read(client, PAGE, uppgifter="alla")


def test_the_page_takes_as_many_statements_with_many_cohorts_as_with_one(client: Client) -> None:
    leader = log_in(client)

    def more() -> None:
        cohort = running(leader, members=1)
        hours = 24 + 2 * Meeting.objects.count()  # one at a time
        make_meeting(round=round_of(cohort), starts_at=from_now(hours=-hours))
        make_invitation(cohort=forming(leader), state=InvitationState.DRAFT)
        make_invitation(cohort=forming(leader), state=InvitationState.EXPIRED)

    more()
    queries_of(client, PAGE)
    with_one = queries_of(client, PAGE)
    for _ in range(100):
        more()
    assert queries_of(client, PAGE) == with_one


def test_candidates_are_counted_as_they_are_listed_one_by_one() -> None:
    cohorts = [
        make_cohort(time="1-lunch"),
        make_cohort(time="2-morning", language="en"),
        make_cohort(time="1-lunch", place="mala"),
    ]
    wishes = [[], ["1-lunch"], ["2-morning"], ["1-lunch", "2-morning"]]
    for number in range(24):
        person = make_interest(
            times=wishes[number % 4],
            language="en" if number % 3 else "sv",
            places=("umea", "mala") if number % 2 else ("mala",),
        )
        if number % 5 == 0:
            make_invitation(
                cohort=cohorts[number % 3], interest=person, state=InvitationState.DECLINED
            )
    listed = {
        cohort.pk: sum(suits(one, cohort.time) for one in candidates(cohort)) for cohort in cohorts
    }
    assert candidates_counted(cohorts) == listed


def test_a_substitute_has_the_attendance_of_the_meeting_as_a_task(client: Client) -> None:
    substitute = log_in(client)
    cohort = running(make_user(role=Role.FACILITATOR))
    meeting = make_meeting(
        round=round_of(cohort), starts_at=from_now(days=-1), facilitator=substitute
    )
    assert [url for _, url in tasks(client)] == [f"/handledare/traffar/{meeting.pk}/"]


def test_a_meeting_with_everybody_marked_stays_a_task_until_it_is_closed(client: Client) -> None:
    cohort = running(log_in(client), members=0)
    seat = join(cohort)
    make_meeting(round=round_of(cohort), starts_at=from_now(days=5))
    meeting = make_meeting(
        round=round_of(cohort), starts_at=from_now(days=-1), state=MeetingState.HELD
    )
    Presence.objects.create(meeting=meeting, enrolment=seat, was_there=True)
    assert [url for _, url in tasks(client)] == [f"/handledare/traffar/{meeting.pk}/"]
