import pytest

from deminimis.engine.facts import CALENDAR_YEAR, FiscalYearEnd
from deminimis.engine.window import Window, leaves_on, opens_on
from tests.deminimis.asking import aid, asking, day, trace

pytestmark = pytest.mark.pure

ROLLING = Window(3, fiscal=False)
FISCAL = Window(3, fiscal=True)
AUGUST = FiscalYearEnd(8, 31)
LEAP_DAY = FiscalYearEnd(2, 29)


@pytest.mark.parametrize(
    ("grant", "opens"),
    [
        ("2027-03-15", "2024-03-15"),
        ("2027-03-16", "2024-03-16"),
        ("2028-02-29", "2025-02-28"),
        ("2027-02-28", "2024-02-28"),
        ("2027-03-01", "2024-03-01"),
    ],
)
def test_the_rolling_window_opens_the_same_day_three_calendar_years_before(
    grant: str, opens: str
) -> None:
    assert opens_on(ROLLING, day(grant), CALENDAR_YEAR, edge_counts=True) == day(opens)


def test_the_window_opens_a_day_later_where_policy_leaves_the_edge_out() -> None:
    opens = opens_on(ROLLING, day("2027-03-15"), CALENDAR_YEAR, edge_counts=False)
    assert opens == day("2024-03-16")


@pytest.mark.parametrize(
    ("grant", "year_end", "opens"),
    [
        ("2023-12-31", CALENDAR_YEAR, "2021-01-01"),
        ("2022-03-01", AUGUST, "2019-09-01"),
        ("2022-08-31", AUGUST, "2019-09-01"),
        ("2022-09-01", AUGUST, "2020-09-01"),
        ("2023-02-28", LEAP_DAY, "2020-03-01"),
        ("2024-02-29", LEAP_DAY, "2021-03-01"),
    ],
)
def test_the_fiscal_window_opens_with_the_second_fiscal_year_before_the_current_one(
    grant: str, year_end: FiscalYearEnd, opens: str
) -> None:
    assert opens_on(FISCAL, day(grant), year_end, edge_counts=True) == day(opens)


@pytest.mark.parametrize(
    ("granted", "edge_counts", "leaves"),
    [
        ("2024-03-15", True, "2027-03-16"),
        ("2024-03-15", False, "2027-03-15"),
        ("2024-02-29", True, "2027-03-01"),
        ("2025-02-28", True, "2028-03-01"),
        ("2025-02-27", True, "2028-02-28"),
    ],
)
def test_aid_leaves_the_rolling_window_on_the_first_day_that_no_longer_looks_back_to_it(
    granted: str, edge_counts: bool, leaves: str
) -> None:
    left = leaves_on(ROLLING, day(granted), CALENDAR_YEAR, edge_counts=edge_counts)
    assert left == day(leaves)


def test_aid_leaves_the_fiscal_window_when_the_third_fiscal_year_after_its_own_begins() -> None:
    assert leaves_on(FISCAL, day("2021-08-31"), AUGUST, edge_counts=True) == day("2023-09-01")
    assert leaves_on(FISCAL, day("2021-09-01"), AUGUST, edge_counts=True) == day("2024-09-01")


def test_a_window_at_the_ends_of_the_calendar_is_cut_there() -> None:
    assert opens_on(ROLLING, day("0002-05-01"), CALENDAR_YEAR, edge_counts=True) == day(
        "0001-01-01"
    )
    assert leaves_on(ROLLING, day("9996-01-01"), CALENDAR_YEAR, edge_counts=True) is None


@pytest.mark.parametrize(
    ("granted", "code"),
    [
        ("2023-05-03", "OUT_OF_WINDOW"),
        ("2023-05-04", "COUNTED"),
        ("2026-05-04", "COUNTED"),
        ("2026-05-05", "GRANTED_LATER"),
    ],
)
def test_both_ends_of_the_window_count(granted: str, code: str) -> None:
    assert [line[1] for line in trace(asking(aid("p", "1.00", granted)))] == [code]
