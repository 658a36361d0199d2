"""Organisation numbers that belong to nobody, with right check digits.

Legal persons: the series 599xxx, which is not allocated. Sole traders: personal identity numbers
with birth numbers 980-999, which the Swedish Tax Agency gives out for tests and to no person.

**Source:** Skatteverket SKV 709 and SKV 704 (how the numbers are built); Skatteverket,
testpersonnummer (birth numbers 980-999).
"""

from datetime import date

SERIES = "599"
TEST_BIRTH_NUMBERS = range(980, 1000)
_TEN = 10


def legal_number(n: int) -> str:
    """Return the n-th number of the unallocated series, from 0 to 999 999: ten digits."""
    return _with_check_digit(f"{SERIES}{n:06}")


def test_number(born: date, birth_number: int) -> str:
    """Return the personal identity number of nobody born on ``born``: ten digits."""
    return _with_check_digit(f"{born:%y%m%d}{birth_number:03}")


def _with_check_digit(nine: str) -> str:
    """Return nine digits with the check digit after them (every other digit doubled)."""
    doubled = [int(figure) * (2 - place % 2) for place, figure in enumerate(nine)]
    total = sum(number // _TEN + number % _TEN for number in doubled)
    return nine + str(-total % _TEN)
