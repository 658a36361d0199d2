import pytest

from cohorts.rules.access import (
    LONGEST_CODE,
    CodeFault,
    OrderRefusal,
    order_refusal,
    read_codes,
)


@pytest.mark.parametrize(
    ("lines", "codes", "faults"),
    [
        (["A-1", " B-2 ", "C-3"], ("A-1", "B-2", "C-3"), ()),
        (["A-1", "", "B-2"], ("A-1", "B-2"), ((2, CodeFault.BLANK),)),
        (["A-1", "B-2", "", " "], ("A-1", "B-2"), ()),
        (["A-1", "B-2", "A-1"], ("A-1", "B-2"), ((3, CodeFault.TWICE),)),
        (["A-1", "a-1"], ("A-1", "a-1"), ()),  # a provider may tell them apart
        (["A-1 B-2"], (), ((1, CodeFault.HAS_SPACE),)),
        (["x" * LONGEST_CODE], ("x" * LONGEST_CODE,), ()),
        (["x" * (LONGEST_CODE + 1)], (), ((1, CodeFault.TOO_LONG),)),
        ([], (), ()),
        (["", ""], (), ()),
    ],
)
def test_codes_are_read_one_a_line(
    lines: list[str], codes: tuple[str, ...], faults: tuple[tuple[int, CodeFault], ...]
) -> None:
    read = read_codes(lines)
    assert (read.codes, read.faults) == (codes, faults)


@pytest.mark.parametrize(
    ("places", "confirmed", "codes", "is_voucher", "refusal"),
    [
        (5, 5, 5, True, None),
        (4, 5, 0, True, OrderRefusal.FEWER_THAN_CONFIRMED),
        (5, 4, 6, True, OrderRefusal.FEWER_THAN_CODES),
        (5, 4, 1, False, OrderRefusal.KIND_SETTLED),
        (5, 4, 0, False, None),
    ],
)
def test_an_order_covers_those_who_are_in_and_the_codes_that_are_there(
    places: int, confirmed: int, codes: int, is_voucher: bool, refusal: OrderRefusal | None
) -> None:
    found = order_refusal(places=places, confirmed=confirmed, codes=codes, is_voucher=is_voucher)
    assert found is refusal
