"""What staff and the health check ask about letters."""

from datetime import datetime, timedelta
from typing import Any

import pytest

from outbox.models import Message
from outbox.queries import letters_about, letters_given_up, oldest_waiting
from tests.factories import NOW

pytestmark = pytest.mark.django_db

MINUTE = timedelta(minutes=1)


def message(key: str, **fields: Any) -> Message:
    ended = None if fields.get("state", "waiting") == "waiting" else NOW
    words = {"about": "interest/1", "to": "a@example.org", "language": "sv", "subject": "s"}
    times = {"queued_at": NOW, "next_try_at": NOW, "ended_at": ended}
    return Message.objects.create(key=key, **{"state": "waiting", **words, **times, **fields})


def test_the_letters_about_some_rows_come_newest_first() -> None:
    message("old", queued_at=NOW - MINUTE)
    message("new")
    message("other", about="interest/2")
    message("company", about="company/1", queued_at=NOW - 2 * MINUTE)
    found = letters_about("interest/1", "company/1")
    assert [one.key for one in found] == ["new", "old", "company"]


def test_the_letters_that_were_given_up_come_latest_first() -> None:
    message("first", state="given_up", ended_at=NOW - MINUTE)
    message("last", state="given_up")
    message("sent", state="sent")
    message("waiting")
    assert [one.key for one in letters_given_up()] == ["last", "first"]


def test_the_oldest_letter_that_should_have_left_is_told() -> None:
    assert oldest_waiting(NOW) is None
    message("sent", state="sent", next_try_at=NOW - 9 * MINUTE)
    message("later", next_try_at=NOW + MINUTE)
    message("in hand", next_try_at=NOW - 5 * MINUTE, leased_until=NOW + MINUTE)
    assert oldest_waiting(NOW) is None
    message("due", next_try_at=NOW - 2 * MINUTE)
    message("just due")
    assert oldest_waiting(NOW) == NOW - 2 * MINUTE


@pytest.mark.parametrize(
    ("fault", "since"),
    [
        ("ConnectionRefusedError", NOW - 90 * MINUTE),
        ("sender refused 530", NOW - 90 * MINUTE),
        ("refused 452", None),
    ],
)
def test_a_letter_between_tries_waits_since_it_was_promised_unless_its_receiver_is_why(
    fault: str, since: datetime | None
) -> None:
    promised = {"queued_at": NOW - 90 * MINUTE, "next_try_at": NOW + 30 * MINUTE}
    message("tried", **promised, tries=3, last_fault=fault)
    message("sent", state="sent", queued_at=NOW - 99 * MINUTE, tries=3)
    assert oldest_waiting(NOW) == since
