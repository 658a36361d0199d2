from datetime import date
from decimal import Decimal

import pytest

from deminimis.engine import interest_sek

pytestmark = pytest.mark.pure


@pytest.mark.parametrize(
    ("since", "until", "interest"),
    [
        (date(2024, 3, 1), date(2024, 3, 1), "0.00"),
        (date(2024, 3, 1), date(2024, 3, 2), "0.14"),
        (date(2024, 3, 1), date(2025, 2, 28), "49.86"),
        (date(2024, 3, 1), date(2025, 3, 1), "50.00"),
        (date(2024, 3, 1), date(2026, 3, 1), "102.50"),
        (date(2024, 2, 29), date(2025, 2, 28), "50.00"),
        (date(2024, 3, 2), date(2024, 3, 1), "0.00"),
    ],
)
def test_interest_is_compounded_once_a_year_and_by_days_in_between(
    since: date, until: date, interest: str
) -> None:
    assert interest_sek(Decimal(1000), Decimal(5), since=since, until=until) == Decimal(interest)
