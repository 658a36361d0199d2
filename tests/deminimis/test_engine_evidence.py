import json
from dataclasses import replace
from decimal import Decimal

import pytest

from deminimis.engine import Currency, Facts, NewAid, assess, evidence, read_evidence, replay
from deminimis.engine.facts import FiscalYearEnd
from ground.reading import Malformed
from tests.deminimis.asking import LAW, aid, asking, day, split, votes

pytestmark = pytest.mark.pure

IN_KRONOR = asking(
    aid("p", "3300000.00", "2024-03-16", currency=Currency.SEK),
    aid("q", "70.00", "2025-12-31", "S", declared_by_year=True),
    aid("r", "70.00", "2021-01-01", currency=Currency.SEK),
    id="participation/42",
    links=(votes("A", "B", "50.50", since=day("2024-01-01")),),
    events=(split("S", equity={"A": "1000000", "Y": "3"}),),
    new_aid=NewAid(on=day("2026-05-04"), amount=Decimal("76000.00"), currency=Currency.SEK),
    fiscal_year_end=FiscalYearEnd(2, 28),
)


def stored(facts: Facts = IN_KRONOR) -> str:
    return evidence(facts, LAW, assess(facts, LAW))


def test_the_evidence_is_canonical_json() -> None:
    text = stored(replace(IN_KRONOR, id="Åre"))
    again = json.dumps(json.loads(text), sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    assert text == again
    assert '"id":"Åre"' in text


def test_it_holds_the_facts_and_the_law_that_decided() -> None:
    facts, law = read_evidence(stored())
    assert facts == IN_KRONOR
    assert law.policies == LAW.policies
    assert law.regulations == {"2023/2831": LAW.regulations["2023/2831"]}
    assert assess(facts, law) == assess(IN_KRONOR, LAW)


def test_it_keeps_the_rates_that_were_looked_up_and_no_others() -> None:
    assert json.loads(stored())["law"]["fx_sek_per_eur"] == {
        "2024-03-15": "11.2674",
        "2026-05-04": "10.8350",
    }
    assert json.loads(stored(asking()))["law"]["fx_sek_per_eur"] == {}


def test_it_keeps_what_a_grant_freezes() -> None:
    decision = json.loads(stored())["decision"]
    frozen = ("new_aid_eur", "sek_per_eur", "rate_published_on", "ceiling_eur", "notes")
    assert {key: decision[key] for key in frozen} == {
        "new_aid_eur": "7014.31",
        "sek_per_eur": "10.8350",
        "rate_published_on": "2026-05-04",
        "ceiling_eur": "300000.00",
        "notes": ["YEAR_LINE_COUNTED"],
    }


def test_it_replays_to_the_same_bytes_from_what_it_says_itself() -> None:
    text = stored()
    assert replay(text).encode() == text.encode()


def test_it_replays_under_its_own_law_and_not_under_the_built_in_one() -> None:
    version = replace(LAW.regulations["2023/2831"].versions[0], ceiling_eur=Decimal("1.00"))
    regulation = replace(LAW.regulations["2023/2831"], versions=(version,))
    policies = replace(LAW.policies, version="long ago", edge_counts=False, fx_max_age_days=1)
    law = replace(LAW, regulations={"2023/2831": regulation}, policies=policies)
    text = evidence(IN_KRONOR, law, assess(IN_KRONOR, law))
    assert replay(text) == text
    assert json.loads(text)["decision"]["ceiling_eur"] == "1.00"


def test_a_decision_under_no_regulation_replays_too() -> None:
    text = stored(asking(regulation="1/2040"))
    assert replay(text) == text


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ('"amount":"3300000.00"', '"amount":"3300001.00"'),
        ('"eligible":true', '"eligible":false'),
        ('"11.2674"', '"11.2675"'),
        ('"ceiling":"300000.00"', '"ceiling":"400000.00"'),
    ],
)
def test_evidence_that_somebody_has_changed_does_not_replay_to_itself(old: str, new: str) -> None:
    text = stored()
    changed = text.replace(old, new)
    assert changed != text
    assert replay(changed) != changed


@pytest.mark.parametrize(
    "text", ["", "[]", "{}", '{"format":2,"case":{},"law":{}}', '{"format":1,"case":[],"law":{}}']
)
def test_what_is_no_evidence_is_refused_in_words(text: str) -> None:
    with pytest.raises(Malformed):
        replay(text)


def test_evidence_that_could_not_be_replayed_is_refused_at_once() -> None:
    backwards = votes("A", "B", since=day("2026-01-02"), until=day("2026-01-01"))
    with pytest.raises(Malformed):
        stored(asking(links=(backwards,)))


def test_evidence_of_another_decision_is_refused() -> None:
    other = assess(asking(eur="1.00"), LAW)
    with pytest.raises(ValueError, match="found another"):
        evidence(asking(), LAW, other)
