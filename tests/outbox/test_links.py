"""A link in a letter: signed at delivery, for one purpose, one row, until one day."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pytest_django import Settings

from outbox.links import EPOCH, ForgedLink, Link, Opened, opened, page

LAST_DAY = date(2026, 4, 1)
LINK = Link(
    purpose="invitation", row=42, generation=3, last_day=LAST_DAY, path="/inbjudan/{token}/"
)


def token_of(link: Link) -> str:
    return link.signed_path().split("/")[2]


def test_a_link_opens_what_it_was_signed_for() -> None:
    assert opened(token_of(LINK), purpose="invitation") == Opened(42, 3, LAST_DAY)


def test_the_same_link_is_signed_the_same_each_time() -> None:
    assert LINK.signed_path() == LINK.signed_path()


def test_a_token_made_for_one_purpose_opens_no_other() -> None:
    with pytest.raises(ForgedLink):
        opened(token_of(LINK), purpose="interest-manage")


@given(st.integers(0, 60), st.characters(exclude_categories=["Cs"]))
def test_a_token_with_one_character_altered_opens_nothing(place: int, other: str) -> None:
    token = token_of(LINK)
    place = min(place, len(token) - 1)
    altered = token[:place] + other + token[place + 1 :]
    if altered == token:
        return
    with pytest.raises(ForgedLink):
        opened(altered, purpose="invitation")


@pytest.mark.parametrize(("part", "other"), [(0, "43"), (1, "4"), (2, "9999")])
def test_no_part_of_a_token_can_be_exchanged(part: int, other: str) -> None:
    parts = token_of(LINK).split(".")
    parts[part] = other
    with pytest.raises(ForgedLink):
        opened(".".join(parts), purpose="invitation")


@given(st.text())
def test_anything_else_is_a_forged_link_and_never_a_fault_of_ours(token: str) -> None:
    with pytest.raises(ForgedLink):
        opened(token, purpose="invitation")


def test_a_link_works_on_its_last_day_and_not_on_the_day_after() -> None:
    link = opened(token_of(LINK), purpose="invitation")
    assert not link.has_ended(LAST_DAY - timedelta(days=1))
    assert not link.has_ended(LAST_DAY)
    assert link.has_ended(LAST_DAY + timedelta(days=1))


def test_a_token_under_another_secret_key_opens_nothing(settings: Settings) -> None:
    token = token_of(LINK)
    settings.SECRET_KEY = "another" * 8
    with pytest.raises(ForgedLink):
        opened(token, purpose="invitation")


def test_a_token_under_a_key_that_was_changed_is_still_opened(settings: Settings) -> None:
    token, old = token_of(LINK), settings.SECRET_KEY
    settings.SECRET_KEY = "another" * 8
    settings.SECRET_KEY_FALLBACKS = [old]
    assert opened(token, purpose="invitation") == Opened(42, 3, LAST_DAY)
    assert token_of(LINK) != token


def test_what_is_stored_of_a_link_gives_it_back_and_holds_no_token() -> None:
    kept = LINK.stored()
    assert Link.from_stored(kept) == LINK
    assert kept == {
        "purpose": "invitation",
        "row": 42,
        "generation": 3,
        "last_day": "2026-04-01",
        "path": "/inbjudan/{token}/",
    }


def test_a_plain_link_to_a_page_carries_no_token() -> None:
    assert page("/grupp/7/").signed_path() == "/grupp/7/"


@given(
    st.integers(1, 10**12),
    st.integers(1, 1000),
    st.dates(EPOCH - timedelta(days=400), date(2200, 1, 1)),
)
def test_any_row_generation_and_day_come_back(row: int, generation: int, last_day: date) -> None:
    link = Link(purpose="p", row=row, generation=generation, last_day=last_day, path="/x/{token}")
    assert opened(token_of(link), purpose="p") == Opened(row, generation, last_day)
