"""A file that cannot be read is refused whole: every fault named with its place, no traceback."""

import json
from collections.abc import Iterator
from copy import deepcopy
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from deminimis.engine import assess, evidence, read_file, replay, result
from ground.reading import Malformed
from tests.deminimis.files import CASE, FULL_CASE, META, file

pytestmark = pytest.mark.pure

Path = tuple[str | int, ...]
DECIMAL = 'expected a decimal number such as "1234.50"'
AMOUNT = 'expected an amount of at least 0 with at most two decimals, such as "1234.50"'
DATE = "expected a date such as 2026-11-22"
KNOWN = "expected the id of an enterprise of this case"
FIRST_AID = ("prior_aid", 0)


def put(whole: dict[str, Any], path: Path, value: object) -> dict[str, Any]:
    changed: Any = deepcopy(whole)
    inner = changed
    for step in path[:-1]:
        inner = inner[step]
    inner[path[-1]] = value
    return changed  # type: ignore[no-any-return]  # a copy of ``whole``


def drop(whole: dict[str, Any], path: Path) -> dict[str, Any]:
    changed: Any = deepcopy(whole)
    inner = changed
    for step in path[:-1]:
        inner = inner[step]
    del inner[path[-1]]
    return changed  # type: ignore[no-any-return]  # a copy of ``whole``


def faults(text: str) -> list[str]:
    with pytest.raises(Malformed) as refused:
        read_file(text)
    return refused.value.faults


def test_the_whole_case_that_the_faults_are_put_into_is_good() -> None:
    read = read_file(file(case=FULL_CASE, meta=META))
    assert (len(read.cases), dict(read.ignored.times)) == (1, {})


@pytest.mark.parametrize(
    ("path", "value", "expected"),
    [
        (("new_aid", "amount"), "-0.01", AMOUNT),
        (("new_aid", "amount"), "0.001", AMOUNT),
        (("new_aid", "amount"), "1e5", DECIMAL),
        (("new_aid", "amount"), "1000000000000000", DECIMAL),
        (("new_aid", "amount"), 10**20, DECIMAL),
        (("new_aid", "amount"), "1 000", DECIMAL),
        (("new_aid", "amount"), "much", DECIMAL),
        (("new_aid", "amount"), "", DECIMAL),
        (("new_aid", "amount"), True, DECIMAL),
        (("new_aid", "amount"), None, DECIMAL),
        (("new_aid", "amount"), ["1"], DECIMAL),
        ((*FIRST_AID, "amount"), "-1", AMOUNT),
        ((*FIRST_AID, "notified_eur"), "-1", AMOUNT),
        ((*FIRST_AID, "reduced_to"), "-1", AMOUNT),
        ((*FIRST_AID, "reduced_to"), "3300000.01", "expected an amount not above the aid"),
        ((*FIRST_AID, "reduced_to"), None, "expected what the aid was reduced to"),
        ((*FIRST_AID, "status_on"), None, "expected the date from which it holds"),
        ((*FIRST_AID, "status_on"), "soon", DATE),
        (("new_aid", "date"), "2026-02-29", DATE),
        (("new_aid", "date"), "2026-13-01", DATE),
        (("new_aid", "date"), "20260504", DATE),
        (("new_aid", "date"), "2026-05-04T10:00", DATE),
        (("new_aid", "date"), 20260504, DATE),
        (("new_aid", "date"), "0001-01-01", "expected a date in the years 1900 to 2199"),
        (("new_aid", "date"), "9999-12-31", "expected a date in the years 1900 to 2199"),
        ((*FIRST_AID, "granted_on"), "0023-03-03", "expected a date in the years 1900 to 2199"),
        ((*FIRST_AID, "year"), 2024, "expected the year of granted_on"),
        (("prior_aid", 1, "year"), 23, "expected a year from 1900 to 2199"),
        (("prior_aid", 1, "year"), "2024", "expected a whole number"),
        (("prior_aid", 1, "year"), 2024.5, "expected a whole number"),
        ((*FIRST_AID, "regulation"), "1998/2006", None),
        ((*FIRST_AID, "regulation"), "gber", None),
        ((*FIRST_AID, "currency"), "NOK", "expected one of EUR, SEK"),
        ((*FIRST_AID, "status"), "paid", None),
        ((*FIRST_AID, "granting_state"), "se", "expected two capitals such as SE"),
        ((*FIRST_AID, "granting_state"), "Sweden", "expected two capitals such as SE"),
        ((*FIRST_AID, "confirmed"), "yes", "expected true or false"),
        ((*FIRST_AID, "transparent"), 1, "expected true or false"),
        ((*FIRST_AID, "beneficiary"), "Z", KNOWN),
        ((*FIRST_AID, "id"), 7, "expected a text"),
        (("applicant",), "Z", KNOWN),
        (("applicant",), None, "expected a text"),
        (("regulation",), "2023/2832x", "expected one of 2023/2831"),
        (("regulation",), "360/2012", "expected one of 2023/2831"),
        (("member_state",), "S", "expected two capitals such as SE"),
        (("fiscal_year_end",), "13-01", "expected a month and a day such as 12-31"),
        (("fiscal_year_end",), "02-30", "expected a month and a day such as 12-31"),
        (("fiscal_year_end",), "1231", "expected a month and a day such as 12-31"),
        (("mode",), "look back", "expected one of grant, reassess"),
        (("declared_false",), "false", "expected true or false"),
        (("enterprises",), {}, "expected a list"),
        (("enterprises", 0, "kind"), "company", None),
        (("enterprises", 0, "sectors"), "other", "expected a list"),
        (("enterprises", 0, "sectors"), [], "expected at least one sector"),
        (("enterprises", 0, "id"), "\ud800", "expected a text"),
        (("enterprises", 0, "economic_activity"), None, "expected true or false"),
        (("links",), None, "expected a list"),
        (("links", 0, "owner"), "Z", KNOWN),
        (("links", 0, "owned"), "A", "expected another enterprise than the owner"),
        (("links", 0, "pct"), "100.01", "expected a percentage from 0 to 100"),
        (("links", 0, "pct"), -1, "expected a percentage from 0 to 100"),
        (("links", 0, "pct"), None, "expected the share of the votes in percent"),
        (("links", 0, "pct"), "half", DECIMAL),
        (("links", 0, "basis"), "trust", None),
        (("links", 0, "basis"), ["votes"], None),
        (("links", 0, "until"), "2019-12-31", "expected a date not before from"),
        (("events", 0, "type"), "takeover", None),
        (("events", 0, "from", 0), "Z", KNOWN),
        (("events", 0, "from"), [], "expected one enterprise"),
        (("events", 0, "to"), ["A", "B"], "expected one enterprise"),
        (("events", 1, "from"), ["A", "B"], "expected one enterprise"),
        (("events", 1, "equity", "A"), "lots", DECIMAL),
        (("events", 1, "equity"), [], "expected an object"),
        (("events", 1, "attribution", "p2"), "Z", KNOWN),
        (("new_aid", "same_costs", "other_aid_pct"), "101", "expected a percentage from 0 to 100"),
        (("new_aid", "export_linked"), "no", "expected true or false"),
        (("new_aid", "activity"), "", "expected a text"),
        (("new_aid", "scheme_fixed_sum"), "-1", AMOUNT),
        (("certificate",), None, "expected an object"),
        (("certificate", "status"), "lost", None),
        (("certificate", "signed_on"), None, "expected the day it was signed"),
        (("certificate", "signed_on"), "yesterday", DATE),
        (("certificate", "covers_group"), None, "expected true or false"),
        (("course",), [], "expected an object"),
        (("course", "open_and_free_to_all"), "yes", "expected true or false"),
        (("register_check",), 1, "expected a text"),
    ],
)
def test_a_wrong_value_is_one_fault_with_its_place(
    path: Path, value: object, expected: str | None
) -> None:
    found = faults(file(case=put(FULL_CASE, path, value), meta=META))
    at = "$.cases[0]" + "".join(f"[{s}]" if isinstance(s, int) else f".{s}" for s in path)
    assert len(found) == 1
    assert found[0].startswith(f"{at}: {expected or 'expected one of '}")


@pytest.mark.parametrize(
    ("path", "fault"),
    [
        (("regulation",), "$.cases[0].regulation: expected a value, found nothing"),
        (("applicant",), "$.cases[0].applicant: expected a value, found nothing"),
        (("new_aid",), "$.cases[0].new_aid: expected a value, found nothing"),
        (("new_aid", "date"), "$.cases[0].new_aid.date: expected a value, found nothing"),
        (("new_aid", "amount"), "$.cases[0].new_aid.amount: expected a value, found nothing"),
        ((*FIRST_AID, "id"), "$.cases[0].prior_aid[0].id: expected a value, found nothing"),
        (
            (*FIRST_AID, "granted_on"),
            "$.cases[0].prior_aid[0].granted_on: expected a date, or a year instead, found null",
        ),
        (("events", 0, "to"), "$.cases[0].events[0].to: expected a value, found nothing"),
        (
            ("new_aid", "same_costs", "max_intensity_pct"),
            "$.cases[0].new_aid.same_costs.max_intensity_pct: expected a value, found nothing",
        ),
    ],
)
def test_a_value_that_must_be_there_is_one_fault(path: Path, fault: str) -> None:
    assert faults(file(case=drop(FULL_CASE, path), meta=META)) == [fault]


@pytest.mark.parametrize(
    ("path", "value", "fault"),
    [
        (("regulations",), [], "$.meta.regulations: expected an object, found []"),
        (("policies",), "all", '$.meta.policies: expected an object, found "all"'),
        (("fx_sek_per_eur",), [], "$.meta.fx_sek_per_eur: expected an object, found []"),
        (
            ("fx_sek_per_eur",),
            {"2026-05-04": "0"},
            '$.meta.fx_sek_per_eur.2026-05-04: expected a rate above 0, found "0"',
        ),
        (
            ("fx_sek_per_eur",),
            {"May": "11"},
            '$.meta.fx_sek_per_eur.May: expected a date such as 2026-11-22, found "May"',
        ),
        (
            ("policies", "window_edge"),
            "both",
            '$.meta.policies.window_edge: expected inclusive or exclusive, found "both"',
        ),
        (
            ("policies", "declaration_valid_days"),
            -1,
            (
                "$.meta.policies.declaration_valid_days: expected a whole number of at least 0, "
                "found -1"
            ),
        ),
        (
            ("policies", "fx_max_age_days"),
            10**9,
            "$.meta.policies.fx_max_age_days: expected at most 36525 days, found 1000000000",
        ),
        (
            ("policies", "fx_source"),
            5,
            "$.meta.policies.fx_source: expected a text, found 5",
        ),
        (
            ("regulations", "2023/2831", "versions", 0, "window"),
            "three years",
            (
                "$.meta.regulations.2023/2831.versions[0].window: expected rolling or fiscal and a "
                'number of years, such as rolling3, found "three years"'
            ),
        ),
        (
            ("regulations", "2023/2831", "versions", 0, "to"),
            "2023-12-31",
            (
                "$.meta.regulations.2023/2831.versions[0].to: expected a date not before from, "
                'found "2023-12-31"'
            ),
        ),
        (
            ("regulations", "2023/2831", "versions", 0),
            7,
            "$.meta.regulations.2023/2831.versions[0]: expected an object, found 7",
        ),
    ],
)
def test_a_wrong_value_in_the_law_of_a_file_is_one_fault(
    path: Path, value: object, fault: str
) -> None:
    assert faults(file(case=FULL_CASE, meta=put(META, path, value))) == [fault]


def test_versions_of_a_regulation_may_not_overlap() -> None:
    version = META["regulations"]["2023/2831"]["versions"][0]
    again = {**version, "from": "2030-12-31", "to": "2031-01-01"}
    meta = put(META, ("regulations", "2023/2831", "versions"), [again, version])
    assert [fault.split(",")[0] for fault in faults(file(meta=meta))] == [
        "$.meta.regulations.2023/2831.versions: expected versions that do not overlap"
    ]


@pytest.mark.parametrize("rows", ["enterprises", "prior_aid"])
def test_an_id_may_stand_only_once(rows: str) -> None:
    doubled = [*FULL_CASE[rows], FULL_CASE[rows][0]]
    found = faults(file(case={**FULL_CASE, rows: doubled}, meta=META))
    place = f"$.cases[0].{rows}[{len(doubled) - 1}].id"
    name = FULL_CASE[rows][0]["id"]
    assert found == [f'{place}: expected an id that no other has, found "{name}"']


def test_two_cases_may_not_share_an_id() -> None:
    text = json.dumps({"cases": [CASE, CASE]})
    assert faults(text) == ['$.cases[1].id: expected an id that no other has, found "c1"']


def test_a_split_must_say_something_of_its_heirs() -> None:
    event = {"type": "split", "date": "2026-01-03", "from": "A", "equity": {}}
    assert len(faults(file(case={**CASE, "events": [event]}))) == 1


def test_an_attribution_must_name_an_aid_of_the_case() -> None:
    found = faults(file(case=put(FULL_CASE, ("events", 1, "attribution"), {"p9": "A"}), meta=META))
    assert found == [
        (
            "$.cases[0].events[1].attribution.p9: expected the id of an earlier aid of this case, "
            'found "p9"'
        )
    ]


def test_every_fault_of_a_file_is_named_at_once() -> None:
    bad = {**CASE, "applicant": "Z", "new_aid": {"date": "x", "amount": "-1"}, "mode": 3}
    assert len(faults(json.dumps({"cases": [bad, 7, {**CASE, "id": "c3"}], "meta": []}))) == 6


@pytest.mark.parametrize(
    "text",
    [
        "",
        "null",
        "7",
        "[]",
        '"text"',
        "{",
        "{}",
        '{"cases": {}}',
        '{"cases": [null]}',
        '{"cases": [[]]}',
        '{"a": 1, "a": 2}',
        '{"cases": NaN}',
        '{"cases": 1e99999999999999999999}',
        "[" * 100_000,
        "9" * 5_000,
    ],
)
def test_what_is_no_case_at_all_is_refused_in_words(text: str) -> None:
    assert faults(text)
    assert all("\n" not in fault for fault in faults(text))


def places(value: Any, path: Path = ()) -> Iterator[Path]:
    if path:
        yield path
    steps: Any = ()
    if isinstance(value, dict):
        steps = value
    elif isinstance(value, list):
        steps = range(len(value))
    for step in steps:
        yield from places(value[step], (*path, step))


WHOLE = {"meta": META, "cases": [FULL_CASE]}
PLACES = list(places(WHOLE))
scraps = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(-(10**20), 10**20)
    | st.floats(allow_nan=False, allow_infinity=False)
    | st.text(st.characters(codec=None), max_size=5)
    | st.sampled_from(["A", "p1", "2026-05-04", "100.00", "votes", "split", "360/2012", "EUR"]),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=3), inner),
    max_leaves=5,
)


@settings(deadline=None, max_examples=400)
@given(st.lists(st.tuples(st.sampled_from(PLACES), scraps), min_size=1, max_size=3))
def test_whatever_stands_anywhere_is_answered_or_refused_and_never_a_crash(
    changes: list[tuple[Path, object]],
) -> None:
    whole: dict[str, Any] = WHOLE
    for path, value in changes:
        try:
            whole = put(whole, path, value)
        except (KeyError, IndexError, TypeError):
            continue  # an earlier change took the place away
    try:
        read = read_file(json.dumps(whole))
    except Malformed:
        return
    for facts in read.cases:
        decision = assess(facts, read.law)
        json.dumps(result(facts, decision), ensure_ascii=False).encode()
        stored = evidence(facts, read.law, decision)
        assert replay(stored) == stored
