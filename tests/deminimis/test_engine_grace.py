"""The six months after a regulation's end: people say whether it applies, then the rule decides."""

from dataclasses import replace
from decimal import Decimal

import pytest

from deminimis.engine import Outcome, Rule, assess, evidence, read_evidence, replay
from tests.deminimis.asking import LAW, aid, asking, decided

pytestmark = pytest.mark.pure

LAST_OF_GRACE = asking(on="2031-06-30", register_complete=True)


@pytest.mark.parametrize("on", ["2031-01-01", "2031-06-30"])
def test_nobody_has_said_so_a_person_must(on: str) -> None:
    found = decided(asking(on=on))
    assert (found.outcome, found.rule) == (Outcome.REVIEW, Rule.SCHEME_GRACE_PERIOD)


def test_it_applies_and_the_ceiling_with_it() -> None:
    room = replace(LAST_OF_GRACE, grace_applies=True)
    assert decided(room).rule is Rule.CEILING_OK
    full = replace(room, prior_aid=(aid("p", "298000.01", "2030-01-02"),))
    assert decided(full).rule is Rule.CEILING_EXCEEDED
    assert decided(full).counted_eur == Decimal("298000.01")


def test_it_does_not_apply() -> None:
    found = decided(replace(LAST_OF_GRACE, grace_applies=False))
    assert (found.outcome, found.rule) == (Outcome.FEE, Rule.NO_REGULATION_IN_FORCE)


@pytest.mark.parametrize(
    ("on", "rule"),
    [("2030-12-31", Rule.CEILING_OK), ("2031-07-01", Rule.NO_REGULATION_IN_FORCE)],
)
def test_a_word_about_grace_changes_no_other_day(on: str, rule: Rule) -> None:
    facts = asking(on=on, register_complete=True)
    for word in (None, True, False):
        assert decided(replace(facts, grace_applies=word)).rule is rule


@pytest.mark.parametrize("word", [True, False])
def test_the_word_stands_in_the_evidence_and_replays(*, word: bool) -> None:
    facts = replace(LAST_OF_GRACE, id="c", grace_applies=word)
    text = evidence(facts, LAW, assess(facts, LAW))
    assert read_evidence(text)[0] == facts
    assert replay(text) == text


def test_evidence_without_a_word_reads_as_it_always_has() -> None:
    facts = asking(id="c")
    assert "grace_applies" not in evidence(facts, LAW, assess(facts, LAW))
