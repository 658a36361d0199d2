"""Several workers deliver at once: every letter leaves once."""

from collections import Counter
from collections.abc import Iterator
from functools import partial

import pytest
from django.db import transaction
from pytest_django import Settings

from outbox.actions import claim, deliver_waiting
from outbox.letters import Letter
from outbox.models import Message
from outbox.rules import BATCH
from outbox.steps import queue, queue_all
from tests.at_once import at_once, faults
from tests.factories import NOW
from tests.outbox.post_office import PostOffice, open_for_business

pytestmark = [pytest.mark.postgresql, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def office(settings: Settings) -> Iterator[PostOffice]:
    """A mail server that takes every letter."""
    with open_for_business(PostOffice(), settings) as open_office:
        yield open_office


def letter(n: int) -> Letter:
    return Letter(
        key=f"letter/{n}",
        about="interest/1",
        to=f"p{n}@example.org",
        language="sv",
        subject="RegAI: Hej",
        text="Hej!\n",
    )


def promise(many: int) -> None:
    with transaction.atomic():
        queue_all([letter(n) for n in range(many)], now=NOW)


def test_two_workers_never_claim_the_same_letter() -> None:
    promise(3 * BATCH)
    outcomes = at_once([partial(claim, now=NOW)] * 4)
    assert faults(outcomes) == []
    claimed = Counter(message.pk for batch in outcomes for message in batch)
    assert set(claimed.values()) == {1}
    assert len(claimed) == 3 * BATCH
    assert Message.objects.exclude(lease=None).count() == 3 * BATCH


def test_four_workers_deliver_every_letter_once(office: PostOffice) -> None:
    promise(2 * BATCH + 50)
    outcomes = at_once([partial(deliver_waiting, now=NOW)] * 4)
    assert sum(outcomes) == 2 * BATCH + 50
    assert set(Counter(office.receivers).values()) == {1}
    assert Message.objects.filter(state="sent", perhaps_twice=False).count() == 2 * BATCH + 50


def test_the_same_letter_promised_by_twenty_at_once_is_one() -> None:
    def promise_it() -> None:
        with transaction.atomic():
            queue(letter(1), now=NOW)

    assert at_once([promise_it] * 20) == [None] * 20
    assert Message.objects.count() == 1
