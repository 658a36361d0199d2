from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from django.utils import translation

from regai.templatetags.swedish import (
    clock,
    day,
    ends_at,
    euro,
    iso,
    kronor,
    moment,
    number,
    to_end,
    worded,
    yes_no,
)

# Noon in Stockholm: in winter 11:00, in summer 10:00 in UTC.
WINTER = datetime(2026, 11, 24, 11, 0, tzinfo=UTC)
SUMMER = datetime(2026, 6, 16, 10, 0, tzinfo=UTC)
LATE = datetime(2026, 6, 16, 22, 30, tzinfo=UTC)  # half past midnight the day after
NBSP = "\u00a0"
EIGHTH = "fredag 8 januari 2027"


@pytest.mark.parametrize(
    ("language", "shown"),
    [
        ("sv", "tisdag 24 november 2026 kl.\u00a012.00, v.\u00a048"),
        ("en", "Tuesday 24 November 2026 at\u00a012:00, week\u00a048"),
    ],
)
def test_a_moment_has_weekday_date_clock_and_week(language: str, shown: str) -> None:
    with translation.override(language):
        assert moment(WINTER) == shown


def test_times_are_those_of_stockholm_in_winter_and_in_summer() -> None:
    with translation.override("sv"):
        assert (clock(WINTER), clock(SUMMER)) == ("12.00", "12.00")
        assert (day(LATE), iso(LATE)) == ("onsdag 17 juni 2026", "2026-06-17")


@pytest.mark.parametrize(("language", "shown"), [("sv", "12.00"), ("en", "12:00")])
def test_a_clock_is_written_with_a_point_in_swedish(language: str, shown: str) -> None:
    with translation.override(language):
        assert clock(WINTER) == shown


def test_the_last_days_of_a_year_may_lie_in_the_first_week() -> None:
    with translation.override("sv"):
        assert moment(datetime(2024, 12, 30, 11, 0, tzinfo=UTC)).endswith(f"v.{NBSP}1")


@pytest.mark.parametrize(
    ("end", "shown"),
    [
        (datetime(2027, 1, 8, 23, 0, tzinfo=UTC), EIGHTH),
        (
            datetime(2027, 1, 12, 23, 0, tzinfo=UTC),
            f"{EIGHTH} – tisdag 12 januari 2027",
        ),
        (
            datetime(2027, 1, 8, 11, 0, tzinfo=UTC),
            f"{EIGHTH} kl.{NBSP}00.00, v.{NBSP}1 – {EIGHTH} kl.{NBSP}12.00, v.{NBSP}1",
        ),
    ],
)
def test_whole_days_are_told_without_their_midnights(end: datetime, shown: str) -> None:
    with translation.override("sv"):
        assert to_end(datetime(2027, 1, 7, 23, 0, tzinfo=UTC), end) == shown


def test_a_large_number_is_written_in_threes() -> None:
    with translation.override("sv"):
        assert (number(999), number(1203)) == ("999", f"1{NBSP}203")
    with translation.override("en"):
        assert number(1203) == "1,203"


@pytest.mark.parametrize(
    ("amount", "swedish", "english"),
    [
        (0, "0 kr", "SEK 0"),
        (Decimal("900.00"), "900 kr", "SEK 900"),
        (Decimal("1234.50"), "1 234,50 kr", "SEK 1,234.50"),
        (Decimal(1234567), "1 234 567 kr", "SEK 1,234,567"),
        (Decimal("0.05"), "0,05 kr", "SEK 0.05"),
    ],
)
def test_kronor_never_break_and_show_ore_only_where_there_are_some(
    amount: Decimal | int, swedish: str, english: str
) -> None:
    for language, shown in (("sv", swedish), ("en", english)):
        with translation.override(language):
            assert kronor(amount) == shown.replace(" ", NBSP)


def test_euro_are_written_the_same_way() -> None:
    with translation.override("sv"):
        assert euro(Decimal("300000.00")) == "300 000 euro".replace(" ", NBSP)


def test_what_is_not_known_is_nothing() -> None:
    assert [day(None), moment(None), clock(None), iso(None), kronor(None), euro(None)] == [""] * 6


@pytest.mark.parametrize(
    ("value", "swedish"), [(True, "ja"), (False, "nej"), (None, "inte besvarat")]
)
def test_not_answered_is_never_no(value: bool | None, swedish: str) -> None:
    with translation.override("sv"):
        assert yes_no(value) == swedish


def test_a_date_alone_is_shown_as_it_is() -> None:
    with translation.override("sv"):
        assert (day(date(2026, 11, 24)), iso(date(2026, 11, 24))) == (
            "tisdag 24 november 2026",
            "2026-11-24",
        )


def test_something_ends_when_its_minutes_have_passed() -> None:
    assert ends_at(WINTER, 90) == datetime(2026, 11, 24, 12, 30, tzinfo=UTC)


def test_a_code_without_words_is_shown_as_it_is() -> None:
    assert (worded("a", {"a": "ordet"}), worded("b", {"a": "ordet"})) == ("ordet", "b")
