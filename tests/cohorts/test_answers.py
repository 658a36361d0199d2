"""Answering a meeting by the link in a letter, the seats at the table, the line for them."""

import re
from datetime import timedelta
from functools import partial
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from accounts.steps import LINK
from cohorts.actions import answers
from cohorts.actions import series as planning
from cohorts.actions.seats import leave_cohort
from cohorts.emails.readers import answer_link
from cohorts.models import Cohort, Enrolment, Meeting, Presence
from cohorts.rules import AnswerKind, CohortState, MeetingState
from cohorts.rules.meetings import AnswerRefusal, answer_taken
from outbox.models import Message
from outbox.queries import text_with_links
from tests.aftermath import OF_LEADERS, everything, members_receivers, read_again, receivers
from tests.at_once import at_once
from tests.days import at, open_days
from tests.factories import NOW, make_cohort, make_enrolment, make_meeting, make_place

pytestmark = pytest.mark.django_db(transaction=True)

ON_SITE, DIGITAL, NO, WAITING = AnswerKind
SAME_SITE = {"sec-fetch-site": "same-origin"}


def group(*, members: int, **fields: Any) -> Cohort:
    cohort = make_cohort(state=CohortState.RUNNING, round_state="running", **fields)
    for _ in range(members):
        make_enrolment(cohort=cohort)
    return cohort


def meeting_of(cohort: Cohort, *, seats: int | None = None, **fields: Any) -> Meeting:
    starts_at = timezone.now() + timedelta(days=10)
    return make_meeting(
        round=cohort.rounds.get(), **{"starts_at": starts_at, "table_seats": seats, **fields}
    )


def say(meeting: Meeting, seat: Enrolment, answer: AnswerKind) -> AnswerRefusal | None:
    return answers.answer_meeting(
        meeting_id=meeting.pk, enrolment_id=seat.pk, answer=answer, now=timezone.now()
    )


def said(meeting: Meeting) -> list[str | None]:
    return list(meeting.presences.order_by("enrolment").values_list("answer", flat=True))


def link(meeting: Meeting, seat: Enrolment) -> str:
    return answer_link(meeting, seat).signed_path()


def test_the_link_in_a_letter_shows_on_get_and_saves_on_post_without_logging_in() -> None:
    cohort = group(members=1)
    meeting, seat = meeting_of(cohort), cohort.enrolments.get()
    before, visitor = everything(), Client()
    page = visitor.get(link(meeting, seat))
    assert (page.status_code, everything()) == (200, before)
    assert page.cookies == {}
    answered = visitor.post(
        link(meeting, seat), {"answer": "digital"}, headers=SAME_SITE, follow=True
    )
    assert "Ditt svar är sparat" in answered.content.decode()
    assert (said(meeting), receivers()) == (["digital"], [])


def test_the_letter_about_a_series_has_a_working_link_for_each_meeting() -> None:
    cohort = group(members=1)
    series = [
        planning.PlannedMeeting(starts_at=at(day), duration_minutes=60, place=cohort.place_id)
        for day in open_days(10, 31)
    ]
    planning.plan_series(
        round_id=cohort.rounds.get().pk, series=series, by=cohort.facilitator, now=timezone.now()
    )
    letter = Message.objects.exclude(key__startswith=OF_LEADERS).get()
    links = re.findall(r"http://[^/]+(/traff/\d+/svar/\S+)", text_with_links(letter))
    assert len(links) == 2
    for path in links:
        Client().post(path, {"answer": "on_site"}, headers=SAME_SITE)
    assert Presence.objects.filter(answer=ON_SITE).count() == 2


@pytest.mark.parametrize(
    ("change", "status", "words"),
    [
        ({}, 404, "Länken går inte att använda"),
        ({"generation": 2}, 410, "Det finns en nyare länk"),
        ({"state": "withdrawn"}, 410, "Du är inte med i gruppen längre"),
    ],
)
def test_a_link_that_is_not_good_says_why_and_saves_nothing(
    change: dict[str, Any], status: int, words: str
) -> None:
    cohort = group(members=1)
    meeting, seat = meeting_of(cohort), cohort.enrolments.get()
    path = link(meeting, seat)
    if "generation" in change:
        seat.interest.link_generation = 2
        seat.interest.save()
    elif "state" in change:
        Enrolment.objects.update(state="withdrawn")
    else:
        later = meeting.starts_at + timedelta(days=21)
        path = path.replace(
            f"/{meeting.pk}/svar/", f"/{meeting_of(cohort, starts_at=later).pk}/svar/"
        )
    before = everything()
    page = Client().post(path, {"answer": "no"}, headers=SAME_SITE)
    assert (page.status_code, everything()) == (status, before)
    assert words in page.content.decode()


def test_an_answer_after_the_start_is_refused_in_words() -> None:
    cohort = group(members=1)
    meeting = meeting_of(cohort, starts_at=timezone.now() - timedelta(minutes=1))
    path = link(meeting, cohort.enrolments.get())
    assert "det går inte att svara längre" in Client().get(path).content.decode()
    before = everything()
    page = Client().post(path, {"answer": "no"}, headers=SAME_SITE, follow=True)
    assert "Träffen har redan börjat. Svaret sparades inte." in page.content.decode()
    assert everything() == before


def test_the_leader_sees_the_page_of_a_digital_meeting_without_a_seat_on_site() -> None:
    make_place("digital")
    cohort = group(members=1)
    meeting = meeting_of(
        cohort, place=make_place("digital"), join_link="https://example.org/rum", dial_in="090-1"
    )
    page = Client().get(link(meeting, cohort.enrolments.get())).content.decode()
    assert ("https://example.org/rum" in page, "090-1" in page) == (True, True)
    assert 'value="on_site"' not in page


@pytest.mark.pure
@pytest.mark.parametrize(
    ("asked", "had", "seats", "taken", "given"),
    [
        (ON_SITE, None, 8, 7, ON_SITE),
        (ON_SITE, None, 8, 8, WAITING),
        (ON_SITE, ON_SITE, 8, 9, ON_SITE),
        (ON_SITE, WAITING, 8, 8, WAITING),
        (ON_SITE, None, 0, 0, WAITING),
        (ON_SITE, None, None, 99, ON_SITE),
        (DIGITAL, ON_SITE, 8, 8, DIGITAL),
        (NO, WAITING, 8, 8, NO),
    ],
)
def test_a_full_table_makes_a_line(
    asked: AnswerKind, had: AnswerKind | None, seats: int | None, taken: int, given: AnswerKind
) -> None:
    assert answer_taken(asked, had=had, seats=seats, taken=taken) == given


def test_the_first_in_line_gets_the_seat_of_who_says_no_and_one_letter() -> None:
    cohort = group(members=4)
    meeting = meeting_of(cohort, seats=1)
    first, second, third, fourth = cohort.enrolments.order_by("pk")
    for seat in (first, third, second, third):  # asking twice keeps the place in line
        say(meeting, seat, ON_SITE)
    assert said(meeting) == [ON_SITE, WAITING, WAITING]
    say(meeting, first, NO)
    assert said(meeting) == [NO, WAITING, ON_SITE]
    assert members_receivers() == [third.interest.email]
    say(meeting, third, ON_SITE)
    say(meeting, fourth, DIGITAL)
    assert (said(meeting), len(members_receivers())) == ([NO, WAITING, ON_SITE, DIGITAL], 1)


def test_who_leaves_the_group_leaves_the_seat_to_the_line() -> None:
    cohort = group(members=2)
    meeting = meeting_of(cohort, seats=1)
    one, other = cohort.enrolments.order_by("pk")
    for seat in (one, other):
        say(meeting, seat, ON_SITE)
    leave_cohort(enrolment_id=one.pk, actor=LINK, why="", now=timezone.now())
    assert Presence.objects.get(enrolment=other).answer == ON_SITE
    assert sorted(members_receivers()) == sorted([one.interest.email, other.interest.email])


def test_a_larger_table_seats_the_line_and_a_smaller_one_drives_nobody_away() -> None:
    cohort = group(members=3)
    meeting = meeting_of(cohort, seats=1)
    for seat in cohort.enrolments.order_by("pk"):
        say(meeting, seat, ON_SITE)
    for seats, after in ((2, [ON_SITE, ON_SITE, WAITING]), (0, [ON_SITE, ON_SITE, WAITING])):
        assert (
            answers.set_table(meeting_id=meeting.pk, seats=seats, now=timezone.now()),
            said(meeting),
        ) == (None, after)
    answers.set_table(meeting_id=meeting.pk, seats=None, now=timezone.now())
    assert (said(meeting), len(members_receivers())) == ([ON_SITE] * 3, 2)
    told = Message.objects.exclude(key__startswith=OF_LEADERS)
    assert ["har blivit ledig, så nu har du en plats." in one.text for one in told] == [True] * 2


def test_who_waits_is_told_the_place_in_line() -> None:
    cohort = group(members=3)
    meeting = meeting_of(cohort, seats=1)
    *others, last = cohort.enrolments.order_by("pk")
    for seat in others:
        say(meeting, seat, ON_SITE)
    visitor = Client()
    page = visitor.post(
        link(meeting, last), {"answer": "on_site"}, headers=SAME_SITE, follow=True
    ).content.decode()
    assert "Du står på plats 2 i kön" in page


def test_somebody_outside_the_group_cannot_answer() -> None:
    meeting, stranger = meeting_of(group(members=1)), make_enrolment()
    before = everything()
    assert say(meeting, stranger, ON_SITE) == AnswerRefusal.NOT_A_MEMBER
    assert everything() == before


@pytest.mark.postgresql
def test_two_who_ask_for_the_last_seat_at_once_do_not_both_get_it() -> None:
    cohort = group(members=2)
    meeting = meeting_of(cohort, seats=1)
    one, other = cohort.enrolments.order_by("pk")
    at_once([partial(say, meeting, seat, ON_SITE) for seat in (one, other)])
    assert sorted(str(answer) for answer in said(meeting)) == [ON_SITE, WAITING]


def test_a_meeting_called_off_takes_no_seats() -> None:
    meeting = meeting_of(group(members=1), state=MeetingState.CANCELLED)
    assert answers.set_table(meeting_id=meeting.pk, seats=3, now=NOW) == AnswerRefusal.MEETING_OFF
    assert read_again(meeting).table_seats is None
