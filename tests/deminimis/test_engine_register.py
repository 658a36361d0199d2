import pytest

from deminimis.engine import is_working_day, register_due_on
from tests.deminimis.asking import day

pytestmark = pytest.mark.pure


@pytest.mark.parametrize(
    ("granted", "due"),
    [
        ("2026-03-02", "2026-03-30"),
        ("2026-03-07", "2026-04-07"),
        ("2026-03-06", "2026-04-07"),
        ("2026-04-01", "2026-05-04"),
        ("2026-06-05", "2026-07-03"),
        ("2025-12-23", "2026-01-26"),
    ],
)
def test_a_grant_is_due_on_the_twentieth_working_day_after_it(granted: str, due: str) -> None:
    assert register_due_on(day(granted)) == day(due)


@pytest.mark.parametrize(
    ("on", "working"),
    [
        ("2026-06-19", True),
        ("2026-06-20", False),
        ("2026-12-24", True),
        ("2026-12-25", False),
        ("2026-12-31", True),
        ("2027-01-01", False),
        ("2026-04-03", False),
        ("2026-05-14", False),
        ("2026-05-15", True),
        ("2026-05-17", False),
    ],
)
def test_public_holidays_and_week_ends_are_off_and_eves_are_not(on: str, working: bool) -> None:
    assert is_working_day(day(on)) is working
