"""The contract of the engine, sentence by sentence, beside ``test_engine_sentences``."""

from typing import Any

import pytest

from tests.deminimis.files import META
from tests.deminimis.test_engine_sentences import Case, aid, answer, code, firm, owns, rule

pytestmark = pytest.mark.pure

SIGNED = {"status": "valid", "signed_on": "2026-05-04"}


@pytest.mark.parametrize(
    ("more", "word", "eur"),
    [
        ({"status": "annulled"}, "NOT_GRANTED", "0.00"),
        ({"status": "applied", "granted_on": None}, "NOT_GRANTED", "0.00"),
        ({"status": "renounced", "status_on": "2026-05-04"}, "COUNTED", "100.00"),
        (
            {"status": "renounced", "status_on": "2026-05-04", "confirmed": True},
            "RENOUNCED_BEFORE_GRANT",
            "0.00",
        ),
        (
            {"status": "renounced", "status_on": "2026-05-05", "confirmed": True},
            "COUNTED",
            "100.00",
        ),
        (
            {
                "status": "reduced",
                "status_on": "2026-05-04",
                "confirmed": True,
                "reduced_to": "40.00",
            },
            "COUNTED",
            "40.00",
        ),
        ({"regulation": "GBER"}, "NOT_DE_MINIMIS", "0.00"),
        ({"regulation": "none"}, "NOT_DE_MINIMIS", "0.00"),
        ({"granting_state": "FI"}, "OTHER_MEMBER_STATE", "0.00"),
        ({"granted_on": None, "year": 2023}, "COUNTED", "100.00"),
        ({"granted_on": None, "year": 2022}, "OUT_OF_WINDOW", "0.00"),
        ({"granted_on": None, "year": 2026}, "GRANTED_LATER", "0.00"),
        ({"currency": "SEK", "notified_eur": "7.77"}, "COUNTED", "7.77"),
    ],
)
def test_each_line(more: Case, word: str, eur: str) -> None:
    """`annulled` needs no date; `reduced` and `renounced` count from `status_on` if `confirmed`."""
    assert answer(aid("100.00", **more))["trace"] == [["p1", word, eur]]


@pytest.mark.parametrize(
    ("told", "word"),
    [
        ({"status": "missing"}, "DECLARATION_MISSING"),
        ({"status": "wrong_orgnr"}, "DECLARATION_WRONG_UNDERTAKING"),
        ({"status": "withdrawn", "withdrawn_on": "2026-05-04"}, "DECLARATION_WITHDRAWN"),
        ({"status": "withdrawn", "withdrawn_on": "2026-05-05"}, "CEILING_OK"),
        ({"signed_on": "2026-05-05"}, "DECLARATION_AFTER_GRANT"),
        ({"signed_on": "2026-02-03"}, "CEILING_OK"),
        ({"signed_on": "2026-02-02"}, "DECLARATION_EXPIRED"),
        ({"signatory_authorised": False}, "DECLARATION_SIGNATORY"),
        ({"covers_group": False}, "DECLARATION_INCOMPLETE_GROUP"),
        (
            {"status": "wrong_orgnr", "withdrawn_on": "2026-01-01", "signed_on": "2027-01-01"},
            "DECLARATION_WRONG_UNDERTAKING",
        ),
        (
            {"withdrawn_on": "2026-01-01", "signed_on": "2027-01-01", "covers_group": False},
            "DECLARATION_WITHDRAWN",
        ),
        ({"signed_on": "2020-01-01", "signatory_authorised": False}, "DECLARATION_EXPIRED"),
        ({"signatory_authorised": False, "covers_group": False}, "DECLARATION_SIGNATORY"),
    ],
)
def test_declaration(told: Case, word: str) -> None:
    """Missing, wrong number, withdrawn, after the grant, expired, signatory, group: in order."""
    assert rule(certificate={**SIGNED, **told}) == word


@pytest.mark.parametrize(
    ("on", "check", "word"),
    [
        ("2028-12-31", "complete", "DECLARATION_MISSING"),
        ("2029-01-01", "complete", "CEILING_OK"),
        ("2029-01-01", "partial", "DECLARATION_MISSING"),
        ("2029-01-01", None, "DECLARATION_MISSING"),
    ],
)
def test_register_check(on: str, check: str | None, word: str) -> None:
    """`complete` replaces the declaration after it is no longer required."""
    told = {"certificate": {"status": "missing"}, "register_check": check}
    assert rule(new_aid={"date": on}, **told) == word


@pytest.mark.parametrize(
    ("prior", "false", "decision"),
    [
        ("298000.00", True, "free_de_minimis"),
        ("298000.01", True, "recover"),
        ("298000.01", False, "fee"),
    ],
)
def test_reassess(prior: str, false: bool, decision: str) -> None:
    """`reassess` skips declaration and force; above the ceiling `recover` with declared_false."""
    told: Case = {"mode": "reassess", "declared_false": false, "certificate": {"status": "missing"}}
    found = answer(aid(prior, "2023-05-01"), new_aid={"date": "2023-06-01"}, **told)
    assert found["decision"] == decision


@pytest.mark.parametrize(
    ("told", "word"),
    [
        ({"equity": {"A": "0", "B": "0"}}, "SPLIT_EQUITY_UNDEFINED"),
        ({"equity": {"A": "-1", "B": "9"}}, "SPLIT_EQUITY_UNDEFINED"),
        ({"equity": {"A": "-1", "B": "9"}, "attribution": {"p1": "A"}}, "CEILING_OK"),
        ({"equity": {"A": "1", "B": "2"}}, "CEILING_OK"),
    ],
)
def test_split(told: Case, word: str) -> None:
    """To the undertaking that keeps the activity; else in proportion to book equity."""
    event = {"type": "split", "date": "2026-04-01", "from": "S", "to": ["A", "B"], **told}
    assert rule(aid("1.00", beneficiary="S"), events=[event]) == word


def test_split_share() -> None:
    """A split share is rounded up to the cent."""
    event = {"type": "split", "date": "2026-04-01", "from": "S", "equity": {"A": "1", "B": "2"}}
    assert answer(aid("100.00", beneficiary="S"), events=[event])["counted_eur"] == "33.34"


def test_merger() -> None:
    """Earlier aid of all parties counts for new aid; earlier lawful aid stays lawful."""
    prior = aid("200000.00"), aid("99000.00", id="p2", beneficiary="B")
    event = {"type": "merger", "date": "2026-05-05", "from": ["A", "B"], "to": "C"}
    assert rule(*prior, events=[event]) == "CEILING_OK"
    joined = answer(*prior, events=[{**event, "date": "2026-05-04"}], applicant="C")
    assert (joined["deciding_rule"], joined["members"]) == ("CEILING_EXCEEDED", ["C"])


def test_asset_purchase() -> None:
    """ASSET_PURCHASE, but only for aid that would be counted."""
    event = {"type": "asset_purchase", "date": "2026-04-01", "from": "S", "to": "A"}
    assert rule(aid("1.00", beneficiary="S"), events=[event]) == "ASSET_PURCHASE"
    assert rule(aid("1.00", "2020-01-01", beneficiary="S"), events=[event]) == "CEILING_OK"


@pytest.mark.parametrize(
    ("published", "word"),
    [
        ("2026-05-04", "CEILING_OK"),
        ("2026-04-27", "CEILING_OK"),
        ("2026-04-26", "FX_RATE_MISSING"),
        ("2026-05-05", "FX_RATE_MISSING"),
    ],
)
def test_rates(published: str, word: str) -> None:
    """At the rate of the day, else the last one published within 7 days, else review."""
    meta = {"fx_sek_per_eur": {published: "11.0000"}}
    assert rule(meta=meta, new_aid={"currency": "SEK"}) == word


def test_half_up() -> None:
    """Rounded half up to the cent."""
    meta = {"fx_sek_per_eur": {"2025-03-03": "8.0000", "2026-05-04": "8.0000"}}
    found = answer(aid("0.04", currency="SEK"), aid("0.12", id="p2", currency="SEK"), meta=meta)
    assert [line[2] for line in found["trace"]] == ["0.01", "0.02"]


def test_meta_replaces() -> None:
    """`meta.*` replace the built-in ones (no other rate is then known)."""
    assert rule(meta={"fx_sek_per_eur": {}}, new_aid={"currency": "SEK"}) == "FX_RATE_MISSING"
    lower: Any = {**META["regulations"]["2023/2831"]["versions"][0], "ceiling": "1999.99"}
    only = {"regulations": {"2023/2831": {"name": "x", "versions": [lower]}}}
    assert rule(meta=only) == "CEILING_EXCEEDED"
    strict = {"policies": {"window_edge": "exclusive", "declaration_valid_days": 0}}
    assert code(aid("1.00", "2023-05-04"), meta=strict) == "OUT_OF_WINDOW"
    yesterday = {**SIGNED, "signed_on": "2026-05-03"}
    assert rule(meta=strict, certificate=yesterday) == "DECLARATION_EXPIRED"


@pytest.mark.parametrize(
    ("told", "word"),
    [
        ({"new_aid": {"amount": "0"}}, "NO_AID_FULL_PRICE_PAID"),
        ({"new_aid": {"amount": "0", "date": "2040-01-01"}}, "NO_AID_FULL_PRICE_PAID"),
        ({"new_aid": {"participant_role": "none"}}, "OUT_OF_TARGET_GROUP"),
        ({"new_aid": {"amount": "0"}, "course": {"open_and_free_to_all": True}}, "NO_ADVANTAGE"),
        ({"new_aid": {"export_linked": True}}, "EXPORT_AID_EXCLUDED"),
        (
            {"new_aid": {"export_linked": True}, "enterprises": firm(sectors=["road_freight"])},
            "EXPORT_AID_EXCLUDED",
        ),
        (
            {
                "new_aid": {
                    "same_costs": {
                        "other_aid_pct": "20",
                        "de_minimis_pct": "30.01",
                        "max_intensity_pct": "50",
                    }
                }
            },
            "SAME_COSTS_INTENSITY",
        ),
    ],
)
def test_before_the_count(told: Case, word: str) -> None:
    """A new aid of 0 is valid input; amounts are null where no ceiling was evaluated; trace []."""
    found = answer(aid("1.00"), **told)
    assert found["deciding_rule"].startswith(word)
    assert (found["counted_eur"], found["headroom_before_eur"], found["trace"]) == (None, None, [])


@pytest.mark.parametrize(
    ("prior", "more", "on"),
    [
        ([aid("299000.00")], {}, "2028-03-04"),
        ([aid("1.00")], {}, None),
        ([aid("1.00")], {"new_aid": {"amount": "300000.01"}}, None),
        ([aid("299000.00", "2029-03-03")], {"new_aid": {"date": "2029-05-04"}}, None),
        ([aid("299000.00", beneficiary="B")], {"links": [owns("A", "B", until="2026-08-01")]}, 0),
    ],
)
def test_frees_up_on(prior: list[Case], more: Case, on: str | int | None) -> None:
    """The first date on which this aid would fit, null when eligible or never."""
    assert answer(*prior, **more)["frees_up_on"] == ("2026-08-01" if on == 0 else on)


def test_trace_order() -> None:
    """One line per earlier aid, in the order of the file."""
    prior = [aid("1.00", id=name, on="2025-01-01") for name in ("z", "a", "m")]
    assert [line[0] for line in answer(*prior)["trace"]] == ["z", "a", "m"]
