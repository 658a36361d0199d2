from dataclasses import replace
from typing import Any

import pytest

from deminimis.engine import Basis, Enterprise, Kind, Link
from tests.deminimis.asking import COMPANIES, LAW, asking, day, decided, merger, votes

pytestmark = pytest.mark.pure

PERSON = Enterprise(id="P", kind=Kind.NATURAL_PERSON, economic_activity=False)
TRADER = Enterprise(id="P", kind=Kind.NATURAL_PERSON)
TOWN = Enterprise(id="T", kind=Kind.PUBLIC_BODY)
WITHOUT_PERSONS = replace(LAW, policies=replace(LAW.policies, natural_person_links=False))


def members(*links: Link, **more: Any) -> str:
    more.setdefault("enterprises", (*COMPANIES, TOWN))
    return "".join(decided(asking(links=links, **more)).members)


@pytest.mark.parametrize(
    ("pct", "group"), [("50", "A"), ("50.01", "AB"), ("51", "AB"), ("30", "A")]
)
def test_more_than_half_of_the_votes_joins_and_exactly_half_does_not(pct: str, group: str) -> None:
    assert members(votes("B", "A", pct)) == group
    assert members(votes("A", "B", pct)) == group


@pytest.mark.parametrize(
    ("basis", "group"),
    [
        (Basis.BOARD_MAJORITY, "AB"),
        (Basis.CONTRACT, "AB"),
        (Basis.AGREEMENT_SOLE, "AB"),
        (Basis.AGREEMENT_JOINT, "A"),
    ],
)
def test_other_kinds_of_control_join_and_a_joint_agreement_does_not(
    basis: Basis, group: str
) -> None:
    assert members(Link(owner="B", owned="A", basis=basis)) == group


def test_control_reaches_through_chains_up_and_down_and_to_sisters() -> None:
    links = (votes("B", "A"), votes("B", "C"), votes("C", "N"), votes("X", "B"), votes("Y", "S"))
    assert members(*links) == "ABCNX"


def test_owners_in_a_circle_are_one_undertaking() -> None:
    assert members(votes("A", "B", "60"), votes("B", "C", "60"), votes("C", "A", "60")) == "ABC"


@pytest.mark.parametrize(
    ("on", "group"),
    [("2026-03-31", "A"), ("2026-04-01", "AB"), ("2026-06-30", "AB"), ("2026-07-01", "A")],
)
def test_a_link_holds_from_its_first_day_until_the_day_before_its_last(on: str, group: str) -> None:
    link = votes("A", "B", since=day("2026-04-01"), until=day("2026-07-01"))
    assert members(link, on=on) == group


def test_a_public_body_joins_nobody_but_its_holding_company_does() -> None:
    assert members(votes("T", "A"), votes("T", "B")) == "A"
    assert members(votes("T", "B"), votes("B", "A"), votes("B", "C")) == "ABC"
    assert members(votes("T", "A"), applicant="T") == "T"


@pytest.mark.parametrize(
    ("person", "law", "group"),
    [
        (PERSON, LAW, "ABP"),
        (TRADER, LAW, "ABP"),
        (TRADER, WITHOUT_PERSONS, "ABP"),
        (PERSON, WITHOUT_PERSONS, "A"),
    ],
)
def test_a_person_in_business_joins_by_law_and_any_other_by_policy(
    person: Enterprise, law: Any, group: str
) -> None:
    facts = asking(links=(votes("P", "A"), votes("P", "B")), enterprises=(*COMPANIES, person))
    assert "".join(decided(facts, law).members) == group


def test_spouses_with_half_each_of_two_companies_do_not_join_them() -> None:
    pair = (PERSON, replace(PERSON, id="Q"))
    links = tuple(votes(owner, owned, "50") for owner in "PQ" for owned in "AB")
    assert members(*links, enterprises=(*COMPANIES, *pair)) == "A"


def test_a_company_that_merged_is_no_more_and_its_daughters_are_its_successors() -> None:
    events = (merger("N", "B", "C"),)
    assert members(votes("B", "A"), votes("N", "X"), events=events) == "ANX"
    assert members(votes("A", "B"), events=events) == "A"
    assert members(votes("N", "X"), events=events, applicant="C") == "NX"
    again = (merger("Y", "N", on="2026-04-02"), *events)
    assert members(votes("B", "A"), votes("N", "X"), events=again) == "AXY"
    assert members(votes("B", "A"), events=again, applicant="C") == "AY"
