"""What the pages of a vote say: to who is off its roll, of what decided, of files that miss."""

import re

import pytest
from django.test import Client
from django.utils import timezone

from cohorts.actions.votes import void_vote
from cohorts.queries.vote_results import outcome_of
from tests.aftermath import everything
from tests.cohorts.test_views_votes import address, member, places, words_of
from tests.cohorts.voting_world import DAY, called, closed, rankings_in, running
from tests.factories import make_enrolment, make_user
from voting.rules import new_receipt

pytestmark = pytest.mark.django_db(transaction=True)

RING = (*["A B C"] * 4, *["B C A"] * 3, *["C A B"] * 2)


def test_who_joined_after_the_opening_reads_why_there_is_no_vote_for_them(client: Client) -> None:
    cohort = running()
    ballot = called(cohort)
    rankings_in(ballot, "A", "A")
    client.force_login(make_enrolment(cohort=cohort).user)
    stranger = Client()
    stranger.force_login(make_user())
    form = {**places(ballot, A="1"), "receipt": new_receipt(), "do": "cast"}
    pages = (address(ballot), f"{address(ballot)}hinder/", f"{address(ballot)}resultat/")
    for is_over in (False, True):
        if is_over:
            closed(ballot)
        before = everything()
        for page in pages:
            for answer in (client.get(page), client.post(page, form)):
                said = words_of(answer)
                assert answer.status_code == 200
                assert "Du kom med i gruppen efter att omröstningen öppnade" in said
                assert "inte med i röstlängden" in said
                assert "Resultatet visas bara för dem som är med i den" in said
                assert "Kurs A" not in said
            assert "Det du skickade sparades inte." in said
            assert stranger.get(page).status_code == stranger.post(page, form).status_code == 404
        assert everything() == before
    assert client.get(f"{address(ballot)}resultat/kvitton.txt").status_code == 404


def test_a_vote_called_off_before_it_opened_tells_a_member_so(client: Client) -> None:
    cohort = running()
    ballot = called(cohort, opens_at=timezone.now() + DAY)
    by = cohort.facilitator
    void_vote(ballot_id=ballot.pk, why="Fel kurser.", by=by, now=timezone.now())
    client.force_login(cohort.enrolments.order_by("id")[0].user)
    for page in (address(ballot), f"{address(ballot)}resultat/"):
        said = words_of(client.get(page))
        assert "avbröts innan den öppnade" in said
        assert "Skälet: Fel kurser." in said


@pytest.mark.parametrize(
    ("rule", "votes", "said"),
    [
        ("ranked_pairs", RING, "så de tydligaste segrarna avgjorde."),
        ("schulze", RING, "så de starkaste kedjorna av segrar avgjorde."),
        ("ranked_pairs", ("A B", "B A"), "Det stod lika mellan Kurs ., Kurs .. Lotten avgjorde."),
        (
            "approval",
            ("A", "AB", "BC"),
            "lika mellan Kurs A, Kurs B. Flest röster med valet ensamt",
        ),
        ("approval", ("A", "B"), "Det stod lika mellan Kurs ., Kurs .. Lotten avgjorde."),
    ],
)
def test_the_result_says_what_decided_it(
    client: Client, rule: str, votes: tuple[str, ...], said: str
) -> None:
    ballot = called(running(len(votes)), rule=rule, is_open_count=True, with_none=False)
    rankings_in(ballot, *votes)
    client.force_login(member(ballot))
    assert ("En kurs utan plats räknas som sist" in words_of(client.get(address(ballot)))) == (
        rule != "approval"
    )
    closed(ballot)
    page = words_of(client.get(f"{address(ballot)}resultat/"))
    assert re.search(said, page)
    assert ("tydligaste segrarna avgjorde" in page) == ("tydligaste" in said)
    assert ("Så många kryssade för varje val" in page) == (rule == "approval")


def test_the_order_of_equals_stands_in_a_table_with_the_lot_only_where_it_has_a_say(
    client: Client,
) -> None:
    ring = called(running(len(RING)), is_open_count=True, with_none=False)
    rankings_in(ring, *RING)
    closed(ring)
    client.force_login(member(ring))
    page = words_of(client.get(f"{address(ring)}resultat/"))
    assert "Plats i lotten Kurs A 10 4 – Kurs B 10 3 – Kurs C 7 2 –" in page
    even = called(running(2), 0, 0, is_open_count=True, with_none=False)
    rankings_in(even, "A B", "B A")
    outcome = outcome_of(closed(even))
    assert outcome is not None
    assert outcome.shown is not None
    first, second = outcome.shown.neutral
    assert (first.title, first.lot, second.lot) == (outcome.winner, 1, 2)
    assert (first.points, first.alone_first) == (second.points, second.alone_first)
    assert (str(first.points), first.alone_first) == ("1", 1)


def test_a_file_that_misses_says_which_of_the_two_reasons_it_has(client: Client) -> None:
    for votes, missing, why in (
        (("A B C", "A"), ["soc"], "minst en valsedel lämnar två val eller fler utan plats"),
        (("A B C", "AB"), ["soc", "soi"], "minst en valsedel har val som delar plats"),
    ):
        ballot = called(running(2), is_open_count=True, with_none=False)
        rankings_in(ballot, *votes)
        closed(ballot)
        client.force_login(member(ballot))
        page = words_of(client.get(f"{address(ballot)}resultat/"))
        assert re.findall(r"roster\.(\w+) finns inte", page) == missing
        for kind in missing:
            assert f"roster.{kind} finns inte: {why}." in page
            answer = client.get(f"{address(ballot)}resultat/roster.{kind}")
            assert (answer.status_code, why in answer.content.decode()) == (422, True)
