from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from voting.rules import (
    RECEIPT_LENGTH,
    RECEIPT_LETTERS,
    BallotState,
    Ranking,
    VoteRefusal,
    canonical,
    grouped,
    has_quorum,
    new_receipt,
    ranking_refusal,
    receipt_letters,
    reminder_due,
    reminders_owed,
    time_refusal,
)

OPENS = datetime(2026, 5, 4, 8, 0, tzinfo=UTC)
CLOSES = datetime(2026, 5, 18, 8, 0, tzinfo=UTC)
SECOND = timedelta(seconds=1)
HALFWAY = datetime(2026, 5, 11, 8, 0, tzinfo=UTC)
DAY_BEFORE = datetime(2026, 5, 17, 8, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("state", "now", "refusal"),
    [
        (BallotState.DRAFT, OPENS, VoteRefusal.NOT_OPEN),
        (BallotState.OPEN, OPENS - SECOND, VoteRefusal.NOT_OPEN),
        (BallotState.OPEN, OPENS, None),
        (BallotState.OPEN, CLOSES - SECOND, None),
        (BallotState.OPEN, CLOSES, VoteRefusal.CLOSED),
        (BallotState.CLOSED, HALFWAY, VoteRefusal.CLOSED),
        (BallotState.COUNTED, HALFWAY, VoteRefusal.CLOSED),
        (BallotState.DECIDED, HALFWAY, VoteRefusal.CLOSED),
        (BallotState.VOID, HALFWAY, VoteRefusal.CLOSED),
    ],
)
def test_votes_are_taken_from_the_opening_until_the_second_before_the_close(
    state: BallotState, now: datetime, refusal: VoteRefusal | None
) -> None:
    assert time_refusal(state, opens_at=OPENS, closes_at=CLOSES, now=now) is refusal


@pytest.mark.parametrize(
    ("turnout", "eligible", "percent", "enough"),
    [
        (4, 10, 50, False),
        (5, 10, 50, True),
        (5, 11, 50, False),
        (6, 11, 50, True),
        (1, 3, 33, True),
        (1, 3, 34, False),
        (0, 10, 0, True),
        (0, 0, 50, True),
        (9, 10, 100, False),
        (10, 10, 100, True),
    ],
)
def test_half_of_the_eligible_is_enough_at_fifty_percent_and_one_less_is_not(
    turnout: int, eligible: int, percent: int, enough: bool
) -> None:
    assert has_quorum(turnout=turnout, eligible=eligible, percent=percent) is enough


@pytest.mark.parametrize(
    ("now", "number"),
    [
        (OPENS, 0),
        (HALFWAY - SECOND, 0),
        (HALFWAY, 1),
        (DAY_BEFORE - SECOND, 1),
        (DAY_BEFORE, 2),
        (CLOSES - SECOND, 2),
    ],
)
def test_one_reminder_is_due_halfway_and_one_in_the_last_day(now: datetime, number: int) -> None:
    assert reminder_due(opens_at=OPENS, closes_at=CLOSES, now=now) == number


@pytest.mark.parametrize("hours", [1, 20, 24, 25, 48])
def test_a_vote_of_two_days_or_less_is_reminded_of_once_halfway(hours: int) -> None:
    lasts = timedelta(hours=hours)
    due = [
        reminder_due(opens_at=OPENS, closes_at=OPENS + lasts, now=OPENS + passed)
        for passed in (timedelta(), lasts / 2 - SECOND, lasts / 2, lasts - SECOND)
    ]
    assert due == [0, 0, 1, 1]
    assert reminders_owed(opens_at=OPENS, closes_at=OPENS + lasts) == 1


def test_a_vote_of_more_than_two_days_is_reminded_of_twice() -> None:
    closes = OPENS + timedelta(hours=49)
    assert reminders_owed(opens_at=OPENS, closes_at=closes) == 2
    last_day = closes - timedelta(days=1)
    due = [
        reminder_due(opens_at=OPENS, closes_at=closes, now=now)
        for now in (last_day - timedelta(minutes=30), last_day - SECOND, last_day)
    ]
    assert due == [1, 1, 2]


def test_a_receipt_is_five_groups_of_four_without_look_alike_letters() -> None:
    receipt = new_receipt()
    assert [len(group) for group in receipt.split("-")] == [4, 4, 4, 4, 4]
    assert set(RECEIPT_LETTERS) & set("0O1IL2Z5S8B") == set()
    assert len(set(RECEIPT_LETTERS)) == len(RECEIPT_LETTERS)


def test_a_receipt_holds_at_least_eighty_random_bits() -> None:
    assert len(RECEIPT_LETTERS) ** RECEIPT_LENGTH >= 2**80


def test_no_two_receipts_are_alike() -> None:
    assert len({new_receipt() for _ in range(1000)}) == 1000


@given(st.text(RECEIPT_LETTERS, min_size=RECEIPT_LENGTH, max_size=RECEIPT_LENGTH), st.data())
def test_a_receipt_is_read_however_it_is_typed(letters: str, data: st.DataObject) -> None:
    spacing = data.draw(st.sampled_from(["-", " ", " - ", ""]))
    typed = spacing.join(grouped(letters).split("-"))
    for written in (typed, typed.lower(), f"  {typed}\n"):
        assert receipt_letters(written) == letters


@pytest.mark.parametrize(
    "typed",
    [
        "",
        "3467",
        "3467-9ACD-EFGH-JKMN-PQR",
        "3467-9ACD-EFGH-JKMN-PQRTU",
        "0467-9ACD-EFGH-JKMN-PQRT",
        "3467-9ACD-EFGH-JKMN-PQRÅ",
        "' OR 1=1 --",
    ],
)
def test_what_is_no_receipt_is_told_apart(typed: str) -> None:
    assert receipt_letters(typed) is None


@pytest.mark.parametrize(
    ("ranking", "refusal"),
    [
        ([], None),
        ([["a"]], None),
        ([["a", "b", "c"]], None),
        ([["c"], ["a", "b"]], None),
        ([["d"]], VoteRefusal.UNKNOWN_OPTION),
        ([["a"], ["b", "a"]], VoteRefusal.OPTION_TWICE),
        ([["a", "a"]], VoteRefusal.OPTION_TWICE),
        ([["a"], ["a"], ["d"]], VoteRefusal.UNKNOWN_OPTION),
    ],
)
def test_a_ranking_names_each_option_at_most_once_and_blank_is_a_vote(
    ranking: Ranking, refusal: VoteRefusal | None
) -> None:
    assert ranking_refusal(ranking, options={"a", "b", "c"}) is refusal


@pytest.mark.parametrize(
    ("told", "kept"),
    [
        ([], []),
        ([[]], []),
        ([["b", "a"], [], ["c"]], [["a", "b"], ["c"]]),
        ((("c",), ("a", "b")), [["c"], ["a", "b"]]),
    ],
)
def test_a_ranking_is_kept_sorted_in_each_place_and_without_empty_ones(
    told: Ranking, kept: Ranking
) -> None:
    assert canonical(told) == kept
