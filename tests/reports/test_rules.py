"""Rhythm, shares and small numbers, at their edges."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reports.rules import Rhythm, is_small, percent, rhythm_of

pytestmark = pytest.mark.pure

FIRST = date(2026, 3, 2)


def days(*gaps: int) -> list[date]:
    series = [FIRST]
    for gap in gaps:
        series.append(series[-1] + timedelta(days=gap))
    return series


@pytest.mark.parametrize(
    ("series", "rhythm"),
    [
        ([], Rhythm(0, None, 0)),
        ([days()], Rhythm(0, None, 0)),
        ([days(13)], Rhythm(1, 13, 0)),
        ([days(14)], Rhythm(1, 14, 1)),
        ([days(28)], Rhythm(1, 28, 1)),
        ([days(29)], Rhythm(1, 29, 0)),
        ([days(14, 21)], Rhythm(2, 17.5, 2)),
        ([days(14, 28, 40)], Rhythm(3, 28, 2)),
        ([days(14), days(16)], Rhythm(2, 15, 2)),
    ],
)
def test_the_rhythm_counts_gaps_within_each_series(
    series: list[list[date]], rhythm: Rhythm
) -> None:
    assert rhythm_of(series, shortest=14, longest=28) == rhythm


@pytest.mark.parametrize(
    ("part", "whole", "share"),
    [(0, 0, None), (0, 3, 0), (1, 3, 33), (2, 3, 67), (1, 8, 13), (1, 200, 1), (3, 3, 100)],
)
def test_a_share_is_in_whole_percent_half_up(part: int, whole: int, share: int | None) -> None:
    assert percent(part, whole) == share


@pytest.mark.parametrize(
    ("number", "small"), [(0, False), (1, True), (4, True), (5, False), (100, False)]
)
def test_one_to_four_could_point_at_a_person(number: int, small: bool) -> None:
    assert is_small(number) is small


@given(st.lists(st.lists(st.integers(1, 60), max_size=5), max_size=5))
def test_the_gaps_are_one_fewer_than_the_meetings_of_each_series(gaps: list[list[int]]) -> None:
    rhythm = rhythm_of([days(*series) for series in gaps], shortest=14, longest=28)
    assert rhythm.gaps == sum(len(series) for series in gaps)
    assert rhythm.inside == sum(14 <= gap <= 28 for series in gaps for gap in series)
