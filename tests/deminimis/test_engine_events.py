import pytest

from deminimis.engine import Rule
from tests.deminimis.asking import aid, asking, day, decided, merger, purchase, split, trace, votes

pytestmark = pytest.mark.pure

P = aid("p", "100.00", "2025-03-03", "S")


def test_a_merger_brings_the_aid_of_all_parties_from_its_own_day_on() -> None:
    both = (aid("p", "200.00", "2025-03-03", "B"), aid("q", "90.00", "2025-03-04", "C"))
    on = merger("A", "B", "C", on="2026-05-04")
    later = merger("A", "B", "C", on="2026-05-05")
    assert trace(asking(*both, events=(on,))) == [
        ("p", "COUNTED", "200.00"),
        ("q", "COUNTED", "90.00"),
    ]
    assert [line[1] for line in trace(asking(*both, events=(later,)))] == [
        "NOT_SINGLE_UNDERTAKING"
    ] * 2


def test_aid_follows_a_chain_of_mergers_in_order_of_date_whatever_the_order_of_the_file() -> None:
    chain = (merger("A", "N", on="2026-04-01"), merger("N", "S", on="2026-02-01"))
    assert trace(asking(P, events=chain)) == [("p", "COUNTED", "100.00")]


def test_aid_entered_after_the_merger_in_the_name_of_the_old_company_is_its_successors() -> None:
    late = aid("p", "100.00", "2026-04-15", "S")
    assert trace(asking(late, events=(merger("A", "S"),))) == [("p", "COUNTED", "100.00")]


def test_a_split_gives_the_aid_to_the_one_that_kept_the_activity() -> None:
    event = split("S", equity={"A": "1", "Y": "99"}, attribution={"p": "A"})
    assert trace(asking(P, events=(event,))) == [("p", "COUNTED", "100.00")]
    assert trace(asking(P, events=(event,), applicant="Y")) == [
        ("p", "NOT_SINGLE_UNDERTAKING", "0.00")
    ]


@pytest.mark.parametrize(("applicant", "eur"), [("A", "33.34"), ("X", "33.34"), ("Y", "33.34")])
def test_a_share_by_equity_is_rounded_up_to_the_cent(applicant: str, eur: str) -> None:
    event = split("S", equity={"A": "1", "X": "1", "Y": "1"})
    assert trace(asking(P, events=(event,), applicant=applicant)) == [("p", "COUNTED", eur)]


def test_shares_that_meet_again_never_make_the_aid_larger_than_it_was() -> None:
    event = split("S", equity={"A": "1", "X": "1", "Y": "1"})
    links = (votes("A", "X"), votes("A", "Y"))
    assert trace(asking(P, events=(event,), links=links)) == [("p", "COUNTED", "100.00")]


def test_a_split_of_enormous_sums_is_exact_to_the_cent() -> None:
    big = aid("p", "999999999999999.99", "2025-03-03", "S")
    event = split("S", equity={"A": "999999999999999.9999999999", "Y": "0.0000000001"})
    assert trace(asking(big, events=(event,))) == [("p", "COUNTED", "999999999999999.99")]
    assert trace(asking(big, events=(event,), applicant="Y")) == [("p", "COUNTED", "0.01")]


def test_a_share_of_a_share_is_rounded_up_each_time() -> None:
    first = split("S", equity={"N": "1", "Y": "2"}, on="2025-06-01")
    second = split("N", equity={"A": "1", "X": "2"}, on="2025-07-01")
    assert trace(asking(P, events=(second, first))) == [("p", "COUNTED", "11.12")]


def test_aid_granted_after_a_split_stays_with_the_one_that_got_it() -> None:
    event = split("S", equity={"A": "1", "Y": "1"})
    own_day = aid("p", "100.00", "2026-04-01", "S")
    after = aid("p", "100.00", "2026-04-02", "S")
    assert trace(asking(own_day, events=(event,))) == [("p", "COUNTED", "50.00")]
    assert trace(asking(after, events=(event,))) == [("p", "NOT_SINGLE_UNDERTAKING", "0.00")]
    assert trace(asking(after, events=(event,), applicant="S")) == [("p", "COUNTED", "100.00")]


def test_a_holder_without_equity_takes_no_aid() -> None:
    event = split("S", equity={"A": "0", "Y": "5"})
    assert trace(asking(P, events=(event,))) == [("p", "NOT_SINGLE_UNDERTAKING", "0.00")]


@pytest.mark.parametrize(
    "equity",
    [{"A": "-1", "Y": "5"}, {"A": "5", "Y": "-1"}, {"A": "0", "Y": "0"}, {"A": "-5", "Y": "5"}],
)
def test_equity_that_gives_no_proportion_is_for_a_person(equity: dict[str, str]) -> None:
    decision = decided(asking(P, events=(split("S", equity=equity),)))
    assert (decision.rule, decision.trace, decision.counted_eur) == (
        Rule.SPLIT_EQUITY_UNDEFINED,
        (),
        None,
    )


def test_heirs_without_any_equity_given_are_for_a_person() -> None:
    assert decided(asking(P, events=(split("S", into=("A", "Y")),))).rule is (
        Rule.SPLIT_EQUITY_UNDEFINED
    )


@pytest.mark.parametrize(
    ("prior", "more"),
    [
        (aid("p", "100.00", "2020-03-03", "S"), {}),
        (aid("p", "100.00", "2025-03-03", "S", regulation="2023/2832"), {}),
        (aid("p", "100.00", "2025-03-03", "S", granting_state="FI"), {}),
        (P, {"applicant": "B"}),
    ],
)
def test_an_open_split_or_purchase_matters_only_for_aid_that_would_count(
    prior: object, more: dict[str, str]
) -> None:
    undefined = split("S", equity={"A": "-1", "Y": "5"})
    for event in (undefined, purchase("S", "A")):
        assert decided(asking(prior, events=(event,), **more)).rule is Rule.CEILING_OK  # type: ignore[arg-type]  # parametrized


def test_an_attributed_aid_needs_no_equity() -> None:
    event = split("S", equity={"A": "-1", "Y": "5"}, attribution={"p": "A"})
    assert trace(asking(P, events=(event,))) == [("p", "COUNTED", "100.00")]


@pytest.mark.parametrize(
    ("granted", "bought", "rule"),
    [
        ("2026-04-01", "2026-04-01", Rule.ASSET_PURCHASE),
        ("2026-04-02", "2026-04-01", Rule.CEILING_OK),
        ("2026-04-01", "2026-05-04", Rule.ASSET_PURCHASE),
        ("2026-04-01", "2026-05-05", Rule.CEILING_OK),
    ],
)
def test_bought_assets_are_for_a_person_if_the_seller_had_aid_before(
    granted: str, bought: str, rule: Rule
) -> None:
    facts = asking(aid("p", "1.00", granted, "S"), events=(purchase("S", "A", on=bought),))
    assert decided(facts).rule is rule


def test_a_purchase_inside_the_group_changes_nothing() -> None:
    facts = asking(P, events=(purchase("S", "A"),), links=(votes("A", "S"),))
    assert trace(facts) == [("p", "COUNTED", "100.00")]


def test_the_buyers_doubt_follows_it_through_a_merger_and_a_split() -> None:
    bought = purchase("S", "B", on="2025-06-01")
    merged = merger("N", "B", on="2025-07-01")
    parted = split("N", equity={"A": "1", "Y": "1"}, on="2025-08-01")
    assert decided(asking(P, events=(bought, merged, parted))).rule is Rule.ASSET_PURCHASE
    assert decided(asking(P, events=(bought, merged, parted), applicant="X")).rule is (
        Rule.CEILING_OK
    )


def test_events_that_are_still_to_come_do_nothing() -> None:
    coming = (split("A", equity={"X": "1"}, on="2026-05-05"), merger("X", "A", on="2026-06-01"))
    facts = asking(aid("p", "100.00", "2025-03-03"), events=coming)
    assert (decided(facts).members, trace(facts)) == (("A",), [("p", "COUNTED", "100.00")])
    assert day("2026-05-05") > facts.new_aid.on
