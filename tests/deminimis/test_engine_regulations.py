import json
from dataclasses import replace
from typing import Any

import pytest

from deminimis.engine import Mode, Rule, assess, built_in, read_file, result
from deminimis.engine.regulations import Version, version_for
from tests.deminimis.asking import LAW, asking, day, decided
from tests.deminimis.files import CASE, file

pytestmark = pytest.mark.pure

NEXT_ONE = {
    "name": "general, after 2030",
    "versions": [
        {
            "from": "2031-01-01",
            "to": "2037-12-31",
            "ceiling": "400000.00",
            "space_travel_ceiling": "50000.00",
            "window": "rolling5",
            "separate": ["2023/2832"],
            "review": ["2023/2831"],
            "excluded": ["coal"],
        }
    ],
}


def answer(**changes: Any) -> dict[str, Any]:
    read = read_file(file(**changes))
    return result(read.cases[0], assess(read.cases[0], read.law))


@pytest.mark.parametrize(
    ("regulation", "on", "label"),
    [
        ("1407/2013", "2013-12-31", "NO_REGULATION_IN_FORCE"),
        ("1407/2013", "2014-01-01", "1407/2013@2014-01-01"),
        ("1407/2013", "2023-12-31", "1407/2013@2014-01-01"),
        ("1407/2013", "2024-01-01", "NO_REGULATION_IN_FORCE"),
        ("2023/2831", "2023-12-31", "NO_REGULATION_IN_FORCE"),
        ("2023/2831", "2024-01-01", "2023/2831@2024-01-01"),
        ("2023/2831", "2030-12-31", "2023/2831@2024-01-01"),
        ("2023/2831", "2031-01-01", "SCHEME_GRACE_PERIOD"),
        ("2023/2831", "2031-06-30", "SCHEME_GRACE_PERIOD"),
        ("2023/2831", "2031-07-01", "NO_REGULATION_IN_FORCE"),
        ("1408/2013", "2024-12-15", "1408/2013@2019-03-14"),
        ("1408/2013", "2024-12-16", "1408/2013@2024-12-16"),
    ],
)
def test_a_day_falls_under_the_version_that_is_in_force(
    regulation: str, on: str, label: str
) -> None:
    found = version_for(LAW, regulation, day(on), looking_back=False)
    assert (found.label if isinstance(found, Version) else found) == label


@pytest.mark.parametrize(
    ("on", "since"),
    [("2010-01-01", "2019-03-14"), ("2024-12-15", "2019-03-14"), ("2040-01-01", "2024-12-16")],
)
def test_a_look_back_takes_the_nearest_version(on: str, since: str) -> None:
    found = version_for(LAW, "1408/2013", day(on), looking_back=True)
    assert isinstance(found, Version)
    assert found.since == day(since)


def test_a_regulation_of_2031_is_a_block_of_data() -> None:
    regulations = {"2031/1": NEXT_ONE}
    case = {
        **CASE,
        "regulation": "2031/1",
        "prior_aid": [
            {
                "id": "p",
                "beneficiary": "A",
                "granted_on": "2028-03-01",
                "amount": "399000.00",
                "regulation": "2031/1",
            }
        ],
        "new_aid": {"date": "2033-03-01", "amount": "2000.00"},
    }
    found = answer(case=case, meta={"regulations": regulations})
    assert (found["regulation_version"], found["deciding_rule"], found["frees_up_on"]) == (
        "2031/1@2031-01-01",
        "CEILING_EXCEEDED",
        "2033-03-02",
    )
    case["enterprises"] = [{"id": "A", "sectors": ["space_travel"]}]
    assert answer(case=case, meta={"regulations": regulations})["headroom_before_eur"] == "0.00"
    case["enterprises"] = [{"id": "A", "sectors": ["coal"]}]
    found = answer(case=case, meta={"regulations": regulations})
    assert found["deciding_rule"] == "SECTOR_EXCLUDED"


def test_what_a_file_says_replaces_what_is_built_in() -> None:
    policies = {"declaration_valid_days": 10, "window_edge": "exclusive: until the day before"}
    signed = {**CASE, "certificate": {"signed_on": "2026-04-23"}}
    assert answer(case=signed)["deciding_rule"] == "CEILING_OK"
    found = answer(case=signed, meta={"policies": policies})
    assert found["deciding_rule"] == "DECLARATION_EXPIRED"
    assert found["policy_version"] != answer(case=signed)["policy_version"]
    named = answer(case=signed, meta={"policies": {**policies, "version": "trial"}})
    assert named["policy_version"] == "trial"


def test_no_other_rate_is_known_where_a_file_gives_its_own() -> None:
    sek = {**CASE, "new_aid": {"date": "2026-05-04", "amount": "6500.00", "currency": "SEK"}}
    assert answer(case=sek)["deciding_rule"] == "CEILING_OK"
    assert answer(case=sek, meta={"fx_sek_per_eur": {}})["deciding_rule"] == "FX_RATE_MISSING"
    own = {"fx_sek_per_eur": {"2026-05-01": "10"}}
    assert answer(case=sek, meta=own)["headroom_after_eur"] == "299350.00"


def test_the_built_in_data_is_used_where_a_file_says_nothing() -> None:
    alone = read_file(json.dumps(CASE))
    assert (alone.law.regulations, alone.law.policies) == built_in()


def test_a_look_back_after_the_end_of_a_regulation_still_has_a_ceiling() -> None:
    facts = asking(on="2035-01-01")
    assert decided(facts).rule is Rule.NO_REGULATION_IN_FORCE
    assert decided(replace(facts, mode=Mode.REASSESS)).rule is Rule.CEILING_OK
