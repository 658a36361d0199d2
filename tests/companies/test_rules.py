import pytest

from companies.rules import nace_in

pytestmark = pytest.mark.pure


@pytest.mark.parametrize(
    ("typed", "nace"),
    [
        ("62.010", "62.01"),
        ("62010", "62.01"),
        ("62.01", "62.01"),
        (" 62.0 ", "62.0"),
        ("62", "62"),
        ("01.491", "01.49"),
        ("00", ""),
        ("6", ""),
        ("62.0101", ""),
        ("data", ""),
        ("", ""),
    ],
)
def test_a_code_of_trade_is_kept_as_the_register_has_it(typed: str, nace: str) -> None:
    assert nace_in(typed) == nace
