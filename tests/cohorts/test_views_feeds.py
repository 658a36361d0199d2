"""Calendars to subscribe to: whose they are, what they hold and never hold, when they end."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone
from django.utils.http import http_date

from accounts.models import User
from accounts.rules import Role
from accounts.steps import acting
from cohorts.actions.seats import leave_cohort
from cohorts.actions.series import cancel_meeting
from cohorts.actions.substitutes import hand_over_meeting
from cohorts.models import Cohort, Feed, Meeting
from cohorts.rules import CohortState, MeetingState
from outbox.models import Message
from tests.aftermath import OF_LEADERS
from tests.cohorts.calendar_client import events_in, parsed
from tests.cohorts.staff_world import queries_of
from tests.factories import make_cohort, make_enrolment, make_meeting, make_place, make_user

pytestmark = pytest.mark.django_db

PAGE = "/min-sida/kalender/"
DAY = timedelta(days=1)


def group(*, members: int = 1, **fields: Any) -> Cohort:
    cohort = make_cohort(state=CohortState.RUNNING, round_state="running", **fields)
    for _ in range(members):
        make_enrolment(cohort=cohort)
    return cohort


def coming(cohort: Cohort, *, days: int = 10, **fields: Any) -> Meeting:
    at = timezone.now() + timedelta(days=days)
    return make_meeting(round=cohort.rounds.get(), starts_at=at, **fields)


def address(client: Client, user: User, cohort: Cohort | None = None) -> str:
    """Return the path of the calendar that a button on the page has just made."""
    client.force_login(user)
    page = client.post(PAGE, {"do": "open", "cohort": cohort.pk if cohort else ""})
    (made,) = [row.address for row in page.context["rows"] if row.address]
    return str(made).removeprefix("http://localhost:8000")


def read(path: str, **headers: str) -> Any:
    return Client().get(path, headers=headers)


def events(path: str) -> list[Any]:
    return events_in(read(path).content)


def test_ones_own_calendar_holds_ones_own_meetings_with_the_ways_in(client: Client) -> None:
    cohort = group()
    meeting = coming(cohort, join_link="https://example.org/rum", dial_in="090-123 45 67")
    coming(group())
    path = address(client, cohort.enrolments.get().user)
    calendar = parsed(read(path).content)
    (event,) = calendar.walk("VEVENT")
    assert calendar["METHOD"] == "PUBLISH"
    assert event["DTSTART"].dt == meeting.starts_at.replace(microsecond=0)
    assert "https://example.org/rum" in event["DESCRIPTION"]
    assert "090-123 45 67" in event["DESCRIPTION"]
    assert str(event["ORGANIZER"]) == "mailto:regai@example.org"
    assert "ATTENDEE" not in event


def test_the_identity_is_the_same_in_letters_and_in_the_calendar(client: Client) -> None:
    cohort = group()
    meeting = coming(cohort)
    path = address(client, cohort.enrolments.get().user)
    cancel_meeting(meeting_id=meeting.pk, why="", by=cohort.facilitator, now=timezone.now())
    (text,) = (
        Message.objects.exclude(key__startswith=OF_LEADERS)
        .get(key__contains="/cancelled/")
        .calendars
    )
    (told,) = events_in(text)
    (shown,) = events(path)
    assert (shown["UID"], shown["SEQUENCE"], shown["DTSTAMP"].dt, shown["STATUS"]) == (
        told["UID"],
        told["SEQUENCE"],
        told["DTSTAMP"].dt,
        "CANCELLED",
    )


def test_a_groups_calendar_says_neither_who_nor_how_to_join(client: Client) -> None:
    cohort = group(members=2)
    coming(cohort, join_link="https://example.org/rum", dial_in="090-123 45 67")
    seat = cohort.enrolments.first()
    assert seat is not None
    text = read(address(client, seat.user, cohort)).content.decode()
    assert "BEGIN:VEVENT" in text
    for secret in ("example.org/rum", "090-123", "ATTENDEE", seat.interest.name, seat.user.email):
        assert secret not in text
    assert "Medfinansieras av Exempelfonden" in text.replace("\r\n ", "")


@pytest.mark.parametrize("shared", [True, False])
def test_a_calendar_tells_nobodys_address_fee_or_certificate(client: Client, shared: bool) -> None:
    cohort = group(members=3)
    coming(cohort)
    seat = cohort.enrolments.first()
    assert seat is not None
    text = read(address(client, seat.user, cohort if shared else None)).content.decode()
    unfolded = text.replace("\r\n ", "")
    assert [line for line in unfolded.splitlines() if "@" in line] == [
        'ORGANIZER;CN="RegAI exempel":mailto:regai@example.org'
    ]
    assert [word for word in ("avgift", "kr", "intyg") if f" {word} " in unfolded.lower()] == []


def test_a_leader_has_the_meetings_they_lead(client: Client) -> None:
    cohort = group()
    coming(cohort)
    assert len(events(address(client, cohort.facilitator))) == 1


def test_wrong_ended_and_renewed_addresses_are_not_found(client: Client) -> None:
    user = group().enrolments.get().user
    old = address(client, user)
    assert read(old).status_code == 200
    new = address(client, user)
    assert (read(old).status_code, read(new).status_code) == (404, 200)
    client.post(PAGE, {"do": "end", "cohort": ""})
    assert read(new).status_code == 404
    assert read("/kalender/nagonting-annat/traffar.ics").status_code == 404
    assert read("/kalender/%C3%A5/traffar.ics").status_code == 404
    assert Feed.objects.filter(ended_at=None).count() == 0


def test_the_token_has_192_bits_and_is_kept_as_a_hash_only(client: Client) -> None:
    path = address(client, group().enrolments.get().user)
    token = path.split("/")[2]
    kept = Feed.objects.get().token_digest
    assert (len(token), len(kept)) == (32, 64)
    assert token not in kept
    assert token not in client.get(PAGE).content.decode()


def test_somebody_elses_group_cannot_be_shared(client: Client) -> None:
    other = group()
    client.force_login(group().enrolments.get().user)
    for cohort in (other.pk, "x", 0):
        assert client.post(PAGE, {"do": "open", "cohort": cohort}).status_code == 404
    assert Feed.objects.count() == 0


def test_who_has_left_has_nothing_left_in_either_calendar(client: Client) -> None:
    cohort = group()
    coming(cohort)
    seat = cohort.enrolments.get()
    own, shared = address(client, seat.user), address(client, seat.user, cohort)
    assert (len(events(own)), len(events(shared))) == (1, 1)
    leave_cohort(enrolment_id=seat.pk, actor=acting(seat.user), why="", now=timezone.now())
    assert (events(own), read(shared).status_code) == ([], 404)


def test_a_meeting_called_off_stays_sixty_days(client: Client) -> None:
    cohort = group()
    now = timezone.now()
    off = {"state": MeetingState.CANCELLED}
    coming(cohort, days=1, revised_at=now - 60 * DAY + timedelta(minutes=1), **off)
    coming(cohort, days=2, revised_at=now - 60 * DAY, **off)
    coming(cohort, days=3, state=MeetingState.DRAFT)
    path = address(client, cohort.enrolments.get().user)
    assert [str(event["STATUS"]) for event in events(path)] == ["CANCELLED"]


def test_who_asks_again_gets_it_only_if_it_has_changed(client: Client) -> None:
    cohort = group()
    meeting = coming(cohort)
    path = address(client, cohort.enrolments.get().user)
    first = read(path)
    etag = first["ETag"]
    assert first["Cache-Control"] == "no-cache, private"
    assert read(path, **{"if-none-match": etag}).status_code == 304
    again = read(path, **{"if-none-match": etag})
    assert (again.content, again["ETag"]) == (b"", etag)
    Meeting.objects.filter(pk=meeting.pk).update(
        sequence=1, revised_at=timezone.now() + timedelta(minutes=5)
    )
    assert read(path, **{"if-none-match": etag}).status_code == 200


def test_who_asks_again_hears_of_a_meeting_that_has_left(client: Client) -> None:
    cohort, other = group(), make_user(role=Role.FACILITATOR)
    handed, kept = coming(cohort), coming(cohort, days=30)
    path = address(client, cohort.facilitator)
    first = read(path)
    assert len(events_in(first.content)) == 2
    now = timezone.now()
    Meeting.objects.filter(pk=kept.pk).update(revised_at=now + timedelta(minutes=5))
    before = read(path)
    who: dict[str, Any] = {"to_id": other.pk, "by": cohort.facilitator, "now": now}
    assert hand_over_meeting(meeting_id=handed.pk, **who) is None
    since = http_date((now + timedelta(hours=1)).timestamp())
    for asked in ({"if-modified-since": since}, {"if-none-match": before["ETag"]}):
        again = read(path, **asked)
        assert again.status_code == 200
        assert len(events_in(again.content)) == 1
    assert "Last-Modified" not in first


def test_a_calendar_is_only_read(client: Client) -> None:
    path = address(client, group().enrolments.get().user)
    same = {"sec-fetch-site": "same-origin"}
    assert Client().post(path, headers=same).status_code == 405
    assert Client().head(path).status_code == 200


def test_a_calendar_sets_no_cookie_and_takes_as_many_statements_with_many_meetings(
    client: Client,
) -> None:
    cohort = group()
    coming(cohort)
    path = address(client, cohort.enrolments.get().user)
    assert read(path).cookies == {}
    with_few = queries_of(Client(), path)
    for day in range(11, 61):
        coming(cohort, days=day)
    make_place("digital")
    assert queries_of(Client(), path) == with_few
