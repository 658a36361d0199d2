from datetime import UTC, datetime, timedelta

import pytest

from outbox.rules import BACK_OFF, LEASE, next_try_at

NOW = datetime(2026, 3, 10, 12, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("tries", "wait"),
    [
        (1, timedelta(minutes=1)),
        (2, timedelta(minutes=5)),
        (3, timedelta(minutes=30)),
        (4, timedelta(hours=2)),
        (5, timedelta(hours=6)),
        (6, timedelta(hours=12)),
        (7, timedelta(hours=24)),
    ],
)
def test_a_letter_is_tried_again_after_ever_longer_waits(tries: int, wait: timedelta) -> None:
    assert next_try_at(tries=tries, now=NOW) == NOW + wait


@pytest.mark.parametrize("tries", [8, 9, 100])
def test_after_the_eighth_failure_a_letter_is_given_up(tries: int) -> None:
    assert next_try_at(tries=tries, now=NOW) is None


def test_waits_grow_and_last_almost_two_days_together() -> None:
    assert list(BACK_OFF) == sorted(set(BACK_OFF))
    assert sum(BACK_OFF, timedelta()) == timedelta(days=1, hours=20, minutes=36)


def test_a_lease_outlasts_one_letters_longest_try() -> None:
    assert timedelta(seconds=40) < LEASE
