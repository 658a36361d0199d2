"""Promising a letter: once per key, in the same transaction, the doorbell after the commit."""

from collections.abc import Iterator
from datetime import date, timedelta

import pytest
from django.db import transaction

from outbox import steps
from outbox.letters import Letter
from outbox.links import Link
from outbox.models import Message
from outbox.rules import LetterState
from outbox.steps import queue, queue_all
from tests.factories import NOW

pytestmark = pytest.mark.django_db(transaction=True)


def letter(key: str = "interest/1/confirm", **fields: object) -> Letter:
    words = {"about": "interest/1", "to": "anna@example.org", "language": "sv"}
    return Letter(**{"key": key, **words, "subject": "Hej", "text": "Hej!\n", **fields})  # type: ignore[arg-type]  # mixed values


@pytest.fixture
def rung() -> Iterator[list[int]]:
    """How many letters were committed each time the doorbell rang."""
    heard: list[int] = []
    bells = list(steps.doorbell)
    steps.doorbell[:] = [lambda: heard.append(Message.objects.count())]
    yield heard
    steps.doorbell[:] = bells


@pytest.fixture
def broken_bell() -> Iterator[None]:
    """A doorbell that nobody answers."""

    def bell() -> None:
        raise ConnectionError

    bells = list(steps.doorbell)
    steps.doorbell[:] = [bell]
    yield
    steps.doorbell[:] = bells


def test_a_letter_waits_from_the_moment_it_is_promised() -> None:
    with transaction.atomic():
        queue(letter(), now=NOW)
    message = Message.objects.get()
    assert (message.state, message.queued_at, message.next_try_at) == (
        LetterState.WAITING,
        NOW,
        NOW,
    )
    assert (message.tries, message.ended_at, message.lease) == (0, None, None)


def test_the_same_key_twice_is_one_letter_and_the_first_words_stand() -> None:
    with transaction.atomic():
        queue(letter(subject="first"), now=NOW)
    with transaction.atomic():
        queue(letter(subject="second"), now=NOW + timedelta(days=1))
        queue_all([letter(subject="third"), letter("another")], now=NOW)
    assert list(Message.objects.order_by("id").values_list("key", "subject")) == [
        ("interest/1/confirm", "first"),
        ("another", "Hej"),
    ]


def test_a_letter_promised_for_later_does_not_leave_before(rung: list[int]) -> None:
    with transaction.atomic():
        queue(letter(), now=NOW, not_before=NOW + timedelta(hours=3))
    assert Message.objects.get().next_try_at == NOW + timedelta(hours=3)
    assert rung == []


def test_a_link_is_stored_by_name_without_a_token() -> None:
    link = Link(purpose="p", row=1, generation=1, last_day=date(2026, 4, 1), path="/x/{token}/")
    with transaction.atomic():
        queue(letter(links={"confirm": link}), now=NOW)
    assert Message.objects.get().links == {
        "confirm": {
            "purpose": "p",
            "row": 1,
            "generation": 1,
            "last_day": "2026-04-01",
            "path": "/x/{token}/",
        }
    }


def test_the_doorbell_rings_after_the_commit_once_for_all_the_letters(rung: list[int]) -> None:
    with transaction.atomic():
        for n in range(40):
            queue(letter(f"letter/{n}"), now=NOW)
        assert rung == []
    assert rung == [40]


def test_no_letters_ring_no_doorbell(rung: list[int]) -> None:
    with transaction.atomic():
        queue_all([], now=NOW)
    assert rung == []


def test_a_transaction_that_is_undone_rings_no_doorbell_and_leaves_no_letter(
    rung: list[int],
) -> None:
    give_up(letter())
    assert (rung, Message.objects.count()) == ([], 0)


def test_a_letter_promised_after_an_inner_block_was_undone_still_rings(rung: list[int]) -> None:
    with transaction.atomic():
        give_up(letter("undone"))
        queue(letter("kept"), now=NOW)
    assert rung == [1]


@pytest.mark.usefixtures("broken_bell")
def test_a_doorbell_that_fails_loses_nothing(caplog: pytest.LogCaptureFixture) -> None:
    with transaction.atomic():
        queue(letter(), now=NOW)
    assert [message.key for message in Message.objects.due(NOW)] == ["interest/1/confirm"]
    assert [record.levelname for record in caplog.records] == ["ERROR"]


def give_up(promised: Letter) -> None:
    """Promise a letter in a block that is undone again."""
    with transaction.atomic():
        queue(promised, now=NOW)
        transaction.set_rollback(True)
