from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from companies.sorting import LONGEST, swedish_sort_key

# As a Swedish register of names has them.
IN_ORDER = [
    "Ahlin",
    "Andersson",
    "Aronsson",
    "Ek",
    "Ekberg",
    "Muller",
    "Myra",
    "Müser",
    "Zetterlund",
    "Zätterlund",
    "Zötterlund",
    "Åberg",
    "Ångman",
    "Ählin",
    "Östman",
    "Özdemir",
]


def test_names_stand_in_swedish_order() -> None:
    shuffled = IN_ORDER[1::2] + IN_ORDER[::2]
    assert sorted(shuffled, key=swedish_sort_key) == IN_ORDER


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Idé", "ide"),
        ("ÅSA", "åsa"),
        ("Müller", "Myller"),
        ("Sørensen", "Sörensen"),
        ("Ærlig", "Ärlig"),
        ("  Anna   Ek ", "anna ek"),
        ("A\u030asa", "Åsa"),  # the ring as a sign of its own
        ("Strauß", "Strauss"),
        ("François", "Francois"),
    ],
)
def test_accents_case_and_spaces_make_no_difference(one: str, other: str) -> None:
    assert swedish_sort_key(one) == swedish_sort_key(other)


@pytest.mark.parametrize(
    ("one", "other"), [("Åsa", "Asa"), ("Ödman", "Odman"), ("Ängla", "Angla"), ("Åsa", "Äsa")]
)
def test_a_with_a_ring_or_dots_is_another_letter(one: str, other: str) -> None:
    assert swedish_sort_key(one) != swedish_sort_key(other)


def test_the_last_letters_are_letters_so_that_a_database_sorts_them_last_in_any_language() -> None:
    assert swedish_sort_key("zåäö").isalpha()
    assert list(pairwise(swedish_sort_key("zåäö"))) == [("z", "α"), ("α", "β"), ("β", "γ")]


@given(st.text())
def test_a_key_fits_its_column_and_has_no_spaces_to_lose(text: str) -> None:
    key = swedish_sort_key(text)
    assert len(key) <= LONGEST
    assert " ".join(key.split()) == key.strip()


@given(st.text("abcåäöÅÄÖ é", max_size=30), st.text("abcåäö", min_size=1, max_size=5))
def test_a_word_that_stands_in_a_name_is_found_by_its_key(name: str, word: str) -> None:
    assert swedish_sort_key(word) in swedish_sort_key(f"{name}{word}")
