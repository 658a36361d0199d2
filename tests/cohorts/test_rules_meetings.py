from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cohorts.rules import GAP_DAYS, MeetingState, gap_refusal
from cohorts.rules.meetings import (
    AnswerRefusal,
    BrokenGap,
    GapRefusal,
    Stands,
    answer_refusal,
    attendance_refusal,
    broken_gaps,
)

STOCKHOLM = ZoneInfo("Europe/Stockholm")
FIRST = date(2026, 3, 2)
STARTS = datetime(2026, 4, 7, 10, 0, tzinfo=UTC)
SECOND = timedelta(seconds=1)
TOO_CLOSE = BrokenGap(0, GapRefusal.TOO_CLOSE, reason_excuses=True)
TOO_FAR = BrokenGap(0, GapRefusal.TOO_FAR, reason_excuses=True)


def days_later(*days: int) -> list[date]:
    return [FIRST, *(FIRST + timedelta(days=n) for n in days)]


@pytest.mark.parametrize(
    ("gap", "refusal"),
    [
        (-1, (2, GapRefusal.OUT_OF_ORDER)),
        (0, (2, GapRefusal.OUT_OF_ORDER)),
        (1, (2, GapRefusal.TOO_CLOSE)),
        (13, (2, GapRefusal.TOO_CLOSE)),
        (14, None),
        (15, None),
        (27, None),
        (28, None),
        (29, (2, GapRefusal.TOO_FAR)),
    ],
)
def test_fourteen_and_twenty_eight_days_are_inside_the_rhythm(
    gap: int, refusal: tuple[int, GapRefusal] | None
) -> None:
    assert gap_refusal(days_later(gap)) == refusal


def test_the_first_break_of_a_series_is_named_by_the_place_of_the_later_meeting() -> None:
    assert gap_refusal(days_later(14, 28, 41, 80)) == (4, GapRefusal.TOO_CLOSE)


@pytest.mark.parametrize("days", [[], [FIRST]])
def test_a_series_of_none_or_one_has_no_gap(days: list[date]) -> None:
    assert gap_refusal(days) is None


@pytest.mark.parametrize(
    ("first", "second", "hours"),
    [
        # Summer time begins on 2026-03-29 and ends on 2026-10-25.
        (
            datetime(2026, 3, 20, 12, tzinfo=STOCKHOLM),
            datetime(2026, 4, 3, 12, tzinfo=STOCKHOLM),
            335,
        ),
        (
            datetime(2026, 10, 15, 12, tzinfo=STOCKHOLM),
            datetime(2026, 10, 29, 12, tzinfo=STOCKHOLM),
            337,
        ),
    ],
)
def test_fourteen_days_across_a_clock_change_are_fourteen_days_whatever_the_hours(
    first: datetime, second: datetime, hours: int
) -> None:
    elapsed = second.astimezone(UTC) - first.astimezone(UTC)
    assert elapsed == timedelta(hours=hours)
    assert gap_refusal([first.date(), second.date()]) is None


@pytest.mark.parametrize(
    ("standing", "new", "broken"),
    [
        # What stands is settled: also 42 days that somebody left.
        ((0, 42), (56,), []),
        ((0, 42), (55,), [TOO_CLOSE]),
        ((0,), (28, 42), []),
        ((0,), (29, 43), [TOO_FAR]),
        # Among the new ones no reason is enough.
        ((0,), (14, 43), [BrokenGap(1, GapRefusal.TOO_FAR)]),
        ((0,), (28, 14), [BrokenGap(1, GapRefusal.OUT_OF_ORDER)]),
        # In between: the gap on either side counts.
        ((0, 42), (21,), []),
        ((0, 42), (13,), [TOO_CLOSE, TOO_FAR]),
        ((0, 42), (42,), [BrokenGap(0, GapRefusal.TOO_CLOSE)]),
    ],
)
def test_only_the_gaps_at_new_meetings_are_judged(
    standing: tuple[int, ...], new: tuple[int, ...], broken: list[BrokenGap]
) -> None:
    stands = [Stands(FIRST + timedelta(days=day)) for day in standing]
    assert broken_gaps([FIRST + timedelta(days=day) for day in new], stands) == broken


def test_the_gap_before_a_meeting_that_stands_with_a_reason_is_settled() -> None:
    last = FIRST + timedelta(days=40)
    new = [FIRST - timedelta(days=1)]
    assert gap_refusal(new, [Stands(last)]) == (1, GapRefusal.TOO_FAR)
    assert gap_refusal(new, [Stands(last, has_reason=True)]) is None


@given(st.lists(st.integers(*GAP_DAYS), max_size=12))
def test_any_series_with_gaps_inside_the_rhythm_is_taken(gaps: list[int]) -> None:
    days = [FIRST]
    for gap in gaps:
        days.append(days[-1] + timedelta(days=gap))
    assert gap_refusal(days) is None


@given(
    st.lists(st.integers(*GAP_DAYS), max_size=6),
    st.integers(-40, 60).filter(lambda gap: not GAP_DAYS[0] <= gap <= GAP_DAYS[1]),
)
def test_one_gap_outside_the_rhythm_is_found_wherever_it_stands(
    gaps: list[int], outside: int
) -> None:
    days = [FIRST]
    for gap in [*gaps, outside]:
        days.append(days[-1] + timedelta(days=gap))
    found = gap_refusal(days)
    assert found is not None
    assert found[0] == len(days)


@pytest.mark.parametrize(
    ("state", "now", "refusal"),
    [
        (MeetingState.SCHEDULED, STARTS - SECOND, None),
        (MeetingState.SCHEDULED, STARTS, AnswerRefusal.MEETING_OVER),
        (MeetingState.SCHEDULED, STARTS + SECOND, AnswerRefusal.MEETING_OVER),
        (MeetingState.DRAFT, STARTS - SECOND, AnswerRefusal.MEETING_OVER),
        (MeetingState.HELD, STARTS - SECOND, AnswerRefusal.MEETING_OVER),
        (MeetingState.CLOSED, STARTS - SECOND, AnswerRefusal.MEETING_OVER),
        (MeetingState.CANCELLED, STARTS - SECOND, AnswerRefusal.MEETING_OFF),
        (MeetingState.CANCELLED, STARTS, AnswerRefusal.MEETING_OFF),
    ],
)
def test_an_answer_is_taken_until_the_second_before_the_start(
    state: MeetingState, now: datetime, refusal: AnswerRefusal | None
) -> None:
    assert answer_refusal(state, starts_at=STARTS, now=now) is refusal


@pytest.mark.parametrize(
    ("state", "now", "refusal"),
    [
        (MeetingState.SCHEDULED, STARTS - SECOND, AnswerRefusal.NOT_STARTED),
        (MeetingState.SCHEDULED, STARTS, None),
        (MeetingState.HELD, STARTS + timedelta(days=14), None),
        (MeetingState.HELD, STARTS + timedelta(days=14) + SECOND, AnswerRefusal.LOCKED),
        (MeetingState.CLOSED, STARTS + timedelta(days=1), None),
        (MeetingState.DRAFT, STARTS, AnswerRefusal.MEETING_OFF),
        (MeetingState.CANCELLED, STARTS, AnswerRefusal.MEETING_OFF),
    ],
)
def test_attendance_is_marked_from_the_start_until_fourteen_days_after(
    state: MeetingState, now: datetime, refusal: AnswerRefusal | None
) -> None:
    assert attendance_refusal(state, starts_at=STARTS, now=now) is refusal
