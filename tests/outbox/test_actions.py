"""Delivery to a real mail server that takes, refuses, hangs up, keeps waiting or is not there."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from time import monotonic
from typing import Any

import pytest
from django.db import transaction
from pytest_django import Settings

from outbox import actions
from outbox.actions import claim, deliver_waiting, try_again
from outbox.letters import Letter
from outbox.models import Message
from outbox.rules import BATCH, LEASE, LetterState
from outbox.steps import queue, queue_all
from tests.factories import NOW
from tests.outbox.post_office import OK, PostOffice, free_port, open_for_business, send_to

pytestmark = pytest.mark.django_db(transaction=True)

MINUTE = timedelta(minutes=1)


@pytest.fixture
def office(settings: Settings) -> Iterator[PostOffice]:
    """A mail server that takes every letter until it is told otherwise."""
    with open_for_business(PostOffice(), settings) as open_office:
        yield open_office


def letter(to: str, **fields: object) -> Letter:
    words = {"key": f"to/{to}", "about": "interest/1", "language": "sv", "subject": "RegAI: Hej å"}
    return Letter(**{**words, "to": to, "text": "Hej å!\n", **fields})  # type: ignore[arg-type]  # mixed values


def promise(*addresses: str, at: datetime = NOW) -> None:
    for address in addresses:
        with transaction.atomic():
            queue(letter(address), now=at)


def states() -> dict[str, tuple[str, int, str, bool]]:
    """Return state, tries, last fault and "perhaps twice" of each letter, by receiver."""
    rows = Message.objects.order_by("id").values_list(
        "to", "state", "tries", "last_fault", "perhaps_twice"
    )
    return {to: tuple(rest) for to, *rest in rows}  # type: ignore[misc]  # four columns


SENT = (LetterState.SENT, 1, "", False)


def test_letters_leave_in_order_on_one_connection_and_are_marked(office: PostOffice) -> None:
    promise("a@example.org", "b@example.org", "c@example.org")
    assert deliver_waiting(now=NOW) == 3
    assert office.receivers == ["a@example.org", "b@example.org", "c@example.org"]
    assert office.sessions == 1
    assert set(states().values()) == {SENT}
    assert set(Message.objects.values_list("ended_at", "lease")) == {(NOW, None)}
    assert deliver_waiting(now=NOW) == 0
    assert len(office.letters) == 3


def test_a_letter_has_both_texts_its_language_and_says_that_nobody_wrote_it_by_hand(
    office: PostOffice,
) -> None:
    promise("a@example.org")
    deliver_waiting(now=NOW)
    (got,) = office.letters
    assert [part.get_content_type() for part in got.iter_parts()] == ["text/plain", "text/html"]
    assert str(got["Subject"]) == "RegAI: Hej å"
    assert (got["Content-Language"], got["Auto-Submitted"]) == ("sv", "auto-generated")
    assert got.get_body(("plain",)).get_content().replace("\r\n", "\n") == "Hej å!\n"  # type: ignore[union-attr]  # there is one


def test_a_letter_that_is_not_due_yet_stays(office: PostOffice) -> None:
    with transaction.atomic():
        queue(letter("a@example.org"), now=NOW, not_before=NOW + MINUTE)
    assert deliver_waiting(now=NOW + MINUTE - timedelta(seconds=1)) == 0
    assert deliver_waiting(now=NOW + MINUTE) == 1
    assert office.receivers == ["a@example.org"]


@pytest.mark.parametrize(
    ("refusal", "state"),
    [
        ({"at_rcpt": "550 no such user"}, (LetterState.GIVEN_UP, 1, "refused 550", False)),
        ({"at_rcpt": "451 try later"}, (LetterState.WAITING, 1, "refused 451", False)),
        ({"at_rcpt": "421 closing"}, (LetterState.WAITING, 1, "refused 421", False)),
        ({"at_data": "554 spam"}, (LetterState.GIVEN_UP, 1, "refused 554", False)),
        ({"at_data": "452 full"}, (LetterState.WAITING, 1, "refused 452", False)),
        ({"at_data": "421 closing"}, (LetterState.WAITING, 1, "refused 421", False)),
    ],
)
def test_one_refused_address_harms_no_other(
    office: PostOffice, refusal: dict[str, str], state: tuple[str, int, str, bool]
) -> None:
    promise("a@example.org", "bad@example.org", "c@example.org")
    for where, answer in refusal.items():
        setattr(office, where, {"bad@example.org": answer})
    assert deliver_waiting(now=NOW) == 2
    assert office.receivers == ["a@example.org", "c@example.org"]
    assert states() == {"a@example.org": SENT, "bad@example.org": state, "c@example.org": SENT}


@pytest.mark.parametrize(
    ("refusal", "code"),
    [
        ({"at_mail": "530 authentication required"}, 530),
        ({"at_mail": "550 sender is not verified"}, 550),
        ({"at_mail": "451 try later"}, 451),
        ({"at_rcpt": {"a@example.org": "530 authentication required"}}, 530),
    ],
)
def test_a_server_that_takes_nothing_from_us_burns_no_letter(
    office: PostOffice, refusal: dict[str, Any], code: int
) -> None:
    promise("a@example.org")
    for where, answer in refusal.items():
        setattr(office, where, answer)
    assert deliver_waiting(now=NOW) == 0
    waits = (LetterState.WAITING, 1, f"sender refused {code}", False)
    assert states() == {"a@example.org": waits}
    office.at_mail, office.at_rcpt = OK, {}
    assert deliver_waiting(now=NOW + MINUTE) == 1
    assert states() == {"a@example.org": (LetterState.SENT, 2, "", False)}


def test_a_server_that_goes_away_half_way_leaves_the_rest_unsent_and_not_perhaps_twice(
    settings: Settings,
) -> None:
    promise("a@example.org", "b@example.org", "c@example.org", "d@example.org")
    with open_for_business(PostOffice(closes_down_on={"b@example.org"}), settings):
        assert deliver_waiting(now=NOW) == 1
    faults = {to: (state, fault, twice) for to, (state, _, fault, twice) in states().items()}
    lost = "SMTPServerDisconnected"
    assert faults == {
        "a@example.org": (LetterState.SENT, "", False),
        "b@example.org": (LetterState.WAITING, lost, True),
        "c@example.org": (LetterState.WAITING, "ConnectionRefusedError", False),
        "d@example.org": (LetterState.WAITING, "ConnectionRefusedError", False),
    }


def test_a_letter_that_cannot_be_written_harms_no_other(office: PostOffice) -> None:
    promise("a@example.org", "bad@example.org", "c@example.org")
    Message.objects.filter(to="bad@example.org").update(links={"x": {"purpose": "p"}})
    assert deliver_waiting(now=NOW) == 2
    assert office.receivers == ["a@example.org", "c@example.org"]
    assert states()["bad@example.org"] == (LetterState.WAITING, 1, "KeyError", False)


def test_an_address_with_a_line_break_makes_no_header_and_harms_no_other(
    office: PostOffice,
) -> None:
    promise("x@example.org\nBcc: all@example.org", "c@example.org")
    assert deliver_waiting(now=NOW) == 1
    assert office.receivers == ["c@example.org"]


def test_a_server_that_hangs_up_marks_the_letter_and_the_rest_still_leave(
    office: PostOffice,
) -> None:
    office.hangs_up_on = {"b@example.org"}
    promise("a@example.org", "b@example.org", "c@example.org")
    assert deliver_waiting(now=NOW) == 2
    assert states() == {
        "a@example.org": SENT,
        "b@example.org": (LetterState.WAITING, 1, "SMTPServerDisconnected", True),
        "c@example.org": SENT,
    }
    assert deliver_waiting(now=NOW + MINUTE) == 1
    twice = [one["Message-ID"] for one in office.letters if one["To"] == "b@example.org"]
    assert len(twice) == 2
    assert len(set(twice)) == 1
    assert states()["b@example.org"] == (LetterState.SENT, 2, "", True)


def test_a_server_that_never_answers_holds_up_one_letter_only(office: PostOffice) -> None:
    office.keeps_waiting = {"b@example.org"}
    promise("a@example.org", "b@example.org", "c@example.org")
    assert deliver_waiting(now=NOW) == 2
    assert office.receivers == ["a@example.org", "c@example.org"]
    assert states()["b@example.org"] == (
        LetterState.WAITING,
        1,
        "SMTPServerDisconnected",
        True,
    )


def test_a_server_that_is_away_leaves_every_letter_waiting_and_none_marked_as_perhaps_sent(
    settings: Settings,
) -> None:
    promise("a@example.org", "b@example.org")
    send_to("127.0.0.1", free_port(), settings)
    assert deliver_waiting(now=NOW) == 0
    refused = (LetterState.WAITING, 1, "ConnectionRefusedError", False)
    assert states() == {"a@example.org": refused, "b@example.org": refused}
    assert deliver_waiting(now=NOW) == 0
    assert set(states().values()) == {refused}


def test_a_letter_is_tried_eight_times_over_two_days_and_then_given_up(
    settings: Settings,
) -> None:
    promise("a@example.org")
    send_to("127.0.0.1", free_port(), settings)
    now, waits = NOW, []
    while Message.objects.get().state == LetterState.WAITING:
        deliver_waiting(now=now)
        message = Message.objects.get()
        waits.append(message.next_try_at - now)
        now = message.next_try_at if message.state == LetterState.WAITING else now
    minutes = [wait.total_seconds() / 60 for wait in waits]
    assert minutes == [1, 5, 30, 120, 360, 720, 1440, 0]
    assert states()["a@example.org"] == (LetterState.GIVEN_UP, 8, "ConnectionRefusedError", False)
    assert Message.objects.get().ended_at == now


def test_a_letter_that_was_given_up_can_be_put_back_in_line_and_no_other(
    office: PostOffice,
) -> None:
    office.at_rcpt = {"bad@example.org": "550 no"}
    promise("bad@example.org", "b@example.org")
    deliver_waiting(now=NOW)
    for message in Message.objects.all():
        try_again(message_id=message.pk, now=NOW + MINUTE)
    assert states() == {
        "bad@example.org": (LetterState.WAITING, 0, "", False),
        "b@example.org": SENT,
    }
    office.at_rcpt = {}
    assert deliver_waiting(now=NOW + MINUTE) == 1
    assert states()["bad@example.org"] == SENT


def test_more_than_a_batch_leaves_in_one_go(office: PostOffice) -> None:
    with transaction.atomic():
        queue_all([letter(f"p{n}@example.org") for n in range(BATCH + 5)], now=NOW)
    assert deliver_waiting(now=NOW) == BATCH + 5
    assert len(set(office.receivers)) == BATCH + 5


def test_a_claimed_letter_is_nobody_elses_for_five_minutes() -> None:
    promise("a@example.org", "b@example.org")
    first = claim(now=NOW)
    assert [message.to for message in first] == ["a@example.org", "b@example.org"]
    assert claim(now=NOW) == []
    assert claim(now=NOW + LEASE) == []
    again = claim(now=NOW + LEASE + timedelta(seconds=1))
    assert [(message.to, message.perhaps_twice) for message in again] == [
        ("a@example.org", True),
        ("b@example.org", True),
    ]


def test_what_a_slow_server_leaves_no_time_for_is_given_back_untried(office: PostOffice) -> None:
    promise("a@example.org", "b@example.org")
    batch = claim(now=NOW)
    assert actions._send(batch, now=NOW, give_back_at=monotonic() - 1) == 0
    assert office.letters == []
    assert set(states().values()) == {(LetterState.WAITING, 0, "", False)}
    assert [(one.to, one.perhaps_twice) for one in claim(now=NOW)] == [
        ("a@example.org", False),
        ("b@example.org", False),
    ]


def test_a_worker_whose_lease_has_run_out_cannot_mark_what_another_has_taken(
    office: PostOffice,
) -> None:
    promise("a@example.org")
    claim(now=NOW)
    later = NOW + LEASE + timedelta(seconds=1)
    assert deliver_waiting(now=later) == 1
    assert states() == {"a@example.org": (LetterState.SENT, 1, "", True)}
    assert office.receivers == ["a@example.org"]
