"""What a vote of each size may show."""

from dataclasses import fields

import pytest

from tests.voting.elections import election
from voting.counting import (
    Disclosure,
    NotPublished,
    Published,
    count,
    disclosure,
    published,
    result_text,
    shows_rankings,
)

pytestmark = pytest.mark.pure


@pytest.mark.parametrize(
    ("n_ballots", "expected"),
    [
        (0, Disclosure.CHOSEN),
        (4, Disclosure.CHOSEN),
        (5, Disclosure.ORDER),
        (9, Disclosure.ORDER),
        (10, Disclosure.ALL),
    ],
)
def test_what_is_shown_depends_on_the_number_of_ballots(
    n_ballots: int, expected: Disclosure
) -> None:
    assert disclosure(n_ballots) == expected
    assert shows_rankings(n_ballots) == (expected is Disclosure.ALL)
    assert disclosure(n_ballots, open_count=True) == Disclosure.ALL


def shown(page: Published) -> set[str]:
    return {field.name for field in fields(page) if getattr(page, field.name) is not None}


def test_under_five_ballots_only_the_chosen_option_is_shown() -> None:
    page = published(count(election("ab", [(3, "a b"), (1, "")])))

    assert (shown(page), page.winner) == ({"disclosure", "winner"}, "a")


def test_from_five_ballots_winner_and_order_are_shown_without_a_number() -> None:
    page = published(count(election("ab", [(5, "a b"), (4, "b a")])))

    assert shown(page) == {"disclosure", "winner", "order", "lot_mattered"}
    assert (page.winner, page.order, page.lot_mattered) == ("a", (("a",), ("b",)), False)


@pytest.mark.parametrize(("n_ballots", "open_count"), [(10, False), (1, True)])
def test_from_ten_ballots_or_in_an_open_count_everything_is_shown(
    n_ballots: int, open_count: bool
) -> None:
    result = count(election("ab", [(n_ballots, "a b")]))
    page = published(result, open_count=open_count)

    assert shown(page) == {field.name for field in fields(Published)}
    assert {name: getattr(page, name) for name in shown(page) - {"disclosure"}} == {
        name: getattr(result, name) for name in shown(page) - {"disclosure"}
    }


def test_the_files_for_a_recount_are_refused_where_the_rankings_are_not_shown() -> None:
    counted = election("ab", [(9, "a b")])

    with pytest.raises(NotPublished, match="at least ten ballots, found 9"):
        result_text(counted, count(counted), seed="", vote_id="")
