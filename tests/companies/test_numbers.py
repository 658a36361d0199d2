import pytest
from hypothesis import given
from hypothesis import strategies as st

from companies.numbers import (
    NumberFault,
    OrganisationNumber,
    WrongNumber,
    masked,
    read,
    shown,
    with_hidden_numbers,
)
from tests.factories import legal_number

LEGAL = "5990000019"
# The tax agency's own invented person: nobody bears the number.
PERSON = "1212121212"


@pytest.mark.parametrize(
    "typed",
    [
        "5990000019",
        "599000-0019",
        " 599000-0019 ",
        "599000 0019",
        "599000–0019",  # an en dash
        "599000\u20110019",  # a hyphen that does not break
        "165990000019",
        "16599000-0019",
        "SE599000001901",
        "se599000001901",
        "SE 599000-0019 01",
    ],
)
def test_a_legal_persons_number_is_read_however_it_is_written(typed: str) -> None:
    assert read(typed) == OrganisationNumber(LEGAL, is_personal=False)


@pytest.mark.parametrize(
    "typed",
    [
        "1212121212",
        "121212-1212",
        "121212+1212",  # a hundred years old
        "191212121212",
        "19121212-1212",
        "20121212-1212",
        "SE121212121201",
        "161212121212",
    ],
)
def test_a_sole_traders_number_is_told_apart(typed: str) -> None:
    assert read(typed) == OrganisationNumber(PERSON, is_personal=True)


@pytest.mark.parametrize(
    ("typed", "fault"),
    [
        ("5990000018", NumberFault.CHECK_DIGIT),
        ("599000-0021", NumberFault.CHECK_DIGIT),
        ("1212121213", NumberFault.CHECK_DIGIT),
        ("991332-1234", NumberFault.CHECK_DIGIT),  # no thirteenth month
        ("990230-1233", NumberFault.CHECK_DIGIT),  # no thirtieth of February
        ("", NumberFault.SHAPE),
        ("   ", NumberFault.SHAPE),
        ("599000", NumberFault.SHAPE),
        ("59900000191", NumberFault.SHAPE),
        ("195990000019", NumberFault.SHAPE),
        ("17599000-0019", NumberFault.SHAPE),
        ("SE5990000019", NumberFault.SHAPE),
        ("SE599000001902", NumberFault.SHAPE),
        ("FI599000001901", NumberFault.SHAPE),
        ("Malå Trä AB", NumberFault.SHAPE),
        ("599000-OO19", NumberFault.SHAPE),
        ("５９９０００００１２", NumberFault.SHAPE),  # full-width digits
        ("٥٩٩٠٠٠٠٠١٢", NumberFault.SHAPE),  # Arabic digits
        ("5990000019\x00", NumberFault.SHAPE),
        ("' OR 1=1 --", NumberFault.SHAPE),
    ],
)
def test_what_is_no_number_is_refused_with_the_reason(typed: str, fault: NumberFault) -> None:
    with pytest.raises(WrongNumber) as refused:
        read(typed)
    assert refused.value.fault is fault


@given(st.integers(1, 999_999))
def test_every_number_of_the_invented_series_is_read_back(n: int) -> None:
    assert read(shown(legal_number(n))) == OrganisationNumber(legal_number(n), is_personal=False)


@given(st.integers(1, 999_999), st.integers(0, 9), st.integers(1, 9))
def test_one_digit_mistyped_is_never_read(n: int, place: int, change: int) -> None:
    digits = legal_number(n)
    wrong = digits[:place] + str((int(digits[place]) + change) % 10) + digits[place + 1 :]
    with pytest.raises(WrongNumber):
        read(wrong)


@given(st.text(max_size=40))
def test_anything_else_is_a_refusal_and_never_a_fault_of_ours(typed: str) -> None:
    try:
        number = read(typed)
    except WrongNumber:
        return
    assert len(number.digits) == 10


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("Rask Skog 121212-1212\nSyster AB", "Rask Skog ••••••-••12\nSyster AB"),
        ("191212121212, 20121212-1212", "••••••-••12, ••••••-••12"),
        ("SE121212121201 och 121212 1212.", "••••••-••12 och ••••••-••12."),
        ("121212–1212 (161212121212)", "••••••-••12 (••••••-••12)"),
        ("Syster AB 599000-0019, 090-123 45 67", "Syster AB 599000-0019, 090-123 45 67"),
        ("121212-1213 och 0012121212125", "121212-1213 och 0012121212125"),
    ],
)
def test_a_sole_traders_number_is_hidden_in_a_text(text: str, kept: str) -> None:
    assert with_hidden_numbers(text) == kept


def test_a_personal_number_hides_in_every_form_it_is_printed() -> None:
    number = read("121212-1212")
    assert (str(number), repr(number)) == ("••••••-••12", "OrganisationNumber(••••••-••12)")
    assert masked(PERSON) == "••••••-••12"


def test_a_legal_number_is_printed_with_its_hyphen() -> None:
    assert str(read("5990000019")) == "599000-0019"
