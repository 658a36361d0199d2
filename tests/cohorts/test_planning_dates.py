"""Closed days, and local time told in UTC."""

from datetime import date, time

import pytest

from cohorts.planning.closed import closed_days
from cohorts.planning.times import start_utc

pytestmark = pytest.mark.pure

LUNCH = time(11, 30)


def test_the_closed_days_of_a_year_are_public_holidays_and_three_eves() -> None:
    closed = closed_days(date(2027, 1, 1), date(2027, 12, 31))

    assert sorted(day.isoformat() for day in closed) == [
        "2027-01-01",
        "2027-01-06",
        "2027-03-26",
        "2027-03-28",
        "2027-03-29",
        "2027-05-01",
        "2027-05-06",
        "2027-05-16",
        "2027-06-06",
        "2027-06-25",
        "2027-06-26",
        "2027-11-06",
        "2027-12-24",
        "2027-12-25",
        "2027-12-26",
        "2027-12-31",
    ]


def test_only_days_within_the_span_are_given_both_ends_included() -> None:
    assert closed_days(date(2026, 12, 31), date(2027, 1, 1)) == {
        date(2026, 12, 31),
        date(2027, 1, 1),
    }
    assert closed_days(date(2027, 1, 7), date(2027, 1, 8)) == frozenset()


def test_a_break_is_closed_from_its_first_to_its_last_day() -> None:
    week = date(2027, 3, 8), date(2027, 3, 12)

    assert closed_days(date(2027, 3, 1), date(2027, 3, 20), [week]) == {
        date(2027, 3, day) for day in range(8, 13)
    }
    assert closed_days(date(2027, 3, 11), date(2027, 3, 20), [week]) == {
        date(2027, 3, 11),
        date(2027, 3, 12),
    }
    assert closed_days(date(2027, 4, 1), date(2027, 4, 9), [week]) == frozenset()


@pytest.mark.parametrize(
    ("on", "hour"),
    [
        (date(2027, 3, 26), 10),
        (date(2027, 3, 28), 9),
        (date(2027, 10, 30), 9),
        (date(2027, 10, 31), 10),
    ],
)
def test_lunch_is_an_hour_earlier_in_utc_while_summer_time_lasts(on: date, hour: int) -> None:
    assert f"{start_utc(on, LUNCH):%Y-%m-%dT%H:%MZ}" == f"{on}T{hour:02}:30Z"
