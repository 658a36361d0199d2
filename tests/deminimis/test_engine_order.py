from dataclasses import replace
from decimal import Decimal

import pytest

from deminimis.engine import (
    Certificate,
    CertificateStatus,
    Enterprise,
    Facts,
    Mode,
    NewAid,
    Outcome,
    Rule,
    SameCosts,
)
from tests.deminimis.asking import LAW, aid, asking, day, decided, merger, split, votes

pytestmark = pytest.mark.pure

FARM = Enterprise(id="A", economic_activity=False, sectors=("primary_agriculture",))
HALF = Decimal(50)
ALL_WRONG = asking(
    aid("p", "300000.00", "2026-01-02"),
    enterprises=(FARM,),
    open_and_free_to_all=True,
    certificate=Certificate(
        status=CertificateStatus.MISSING,
        signed_on=day("2031-03-02"),
        signatory_authorised=False,
        covers_group=False,
    ),
    new_aid=NewAid(
        on=day("2031-08-01"),
        amount=Decimal(0),
        participant_role="none",
        export_linked=True,
        same_costs=SameCosts(other_aid_pct=HALF, de_minimis_pct=HALF, max_intensity_pct=HALF),
    ),
)


def with_aid(facts: Facts, **changes: object) -> Facts:
    return replace(facts, new_aid=replace(facts.new_aid, **changes))  # type: ignore[arg-type]  # by name


def with_certificate(facts: Facts, **changes: object) -> Facts:
    return replace(facts, certificate=replace(facts.certificate, **changes))  # type: ignore[arg-type]  # by name


def test_the_first_rule_that_fails_decides_and_each_waits_for_those_before_it() -> None:
    steps: list[tuple[Rule, Outcome]] = []

    def note(facts: Facts) -> Facts:
        decision = decided(facts)
        steps.append((decision.rule, decision.outcome))
        return facts

    facts = note(ALL_WRONG)
    facts = note(with_aid(facts, participant_role="employee"))
    facts = note(replace(facts, open_and_free_to_all=False))
    facts = note(replace(facts, enterprises=(replace(FARM, economic_activity=True),)))
    facts = note(with_aid(facts, amount=Decimal("2000.00")))
    facts = note(with_aid(facts, on=day("2031-06-30")))
    facts = note(with_aid(facts, on=day("2028-12-01")))
    facts = note(replace(facts, enterprises=(Enterprise(id="A"),)))
    facts = note(with_aid(facts, export_linked=False))
    facts = note(with_aid(facts, same_costs=None))
    facts = note(with_certificate(facts, status=CertificateStatus.WRONG_ORGNR))
    facts = note(with_certificate(facts, status=CertificateStatus.WITHDRAWN))
    facts = note(with_certificate(facts, status=CertificateStatus.VALID))
    facts = note(with_certificate(facts, signed_on=day("2028-03-01")))
    facts = note(with_certificate(facts, signed_on=day("2028-11-01")))
    facts = note(with_certificate(facts, signatory_authorised=True))
    facts = note(with_certificate(facts, covers_group=True))
    note(replace(facts, prior_aid=()))
    assert steps == [
        (Rule.OUT_OF_TARGET_GROUP, Outcome.FEE),
        (Rule.NO_ADVANTAGE_FREE_FOR_ALL, Outcome.FREE_NO_AID),
        (Rule.NOT_UNDERTAKING, Outcome.FREE_NO_AID),
        (Rule.NO_AID_FULL_PRICE_PAID, Outcome.FEE),
        (Rule.NO_REGULATION_IN_FORCE, Outcome.FEE),
        (Rule.SCHEME_GRACE_PERIOD, Outcome.REVIEW),
        (Rule.SECTOR_EXCLUDED, Outcome.FEE),
        (Rule.EXPORT_AID_EXCLUDED, Outcome.FEE),
        (Rule.SAME_COSTS_INTENSITY, Outcome.FEE),
        (Rule.DECLARATION_MISSING, Outcome.FEE),
        (Rule.DECLARATION_WRONG_UNDERTAKING, Outcome.FEE),
        (Rule.DECLARATION_WITHDRAWN, Outcome.FEE),
        (Rule.DECLARATION_AFTER_GRANT, Outcome.FEE),
        (Rule.DECLARATION_EXPIRED, Outcome.FEE),
        (Rule.DECLARATION_SIGNATORY, Outcome.FEE),
        (Rule.DECLARATION_INCOMPLETE_GROUP, Outcome.FEE),
        (Rule.CEILING_EXCEEDED, Outcome.FEE),
        (Rule.CEILING_OK, Outcome.FREE_DE_MINIMIS),
    ]


@pytest.mark.parametrize(
    ("sectors", "apart", "activity", "rule"),
    [
        (("primary_agriculture",), False, "other", Rule.SECTOR_EXCLUDED),
        (("primary_agriculture",), True, "other", Rule.SECTOR_EXCLUDED),
        (("primary_agriculture", "primary_fishery_aquaculture"), True, "other", "SECTOR_EXCLUDED"),
        (("primary_agriculture", "other"), False, "other", Rule.SECTOR_SEPARATION_MISSING),
        (("primary_agriculture", "other"), True, "other", Rule.CEILING_OK),
        (("primary_agriculture", "other"), True, "primary_agriculture", Rule.SECTOR_EXCLUDED),
        (("primary_agriculture", "other"), False, "primary_agriculture", Rule.SECTOR_EXCLUDED),
        (("agri_processing",), False, "other", Rule.CEILING_OK),
        (("primary_fishery_aquaculture",), False, "other", Rule.SECTOR_EXCLUDED),
    ],
)
def test_an_excluded_sector_must_be_kept_apart_from_what_is_aided(
    sectors: tuple[str, ...], apart: bool, activity: str, rule: str
) -> None:
    firm = Enterprise(id="A", sectors=sectors, separation_of_accounts=apart)
    facts = with_aid(asking(enterprises=(firm,)), activity=activity)
    assert decided(facts).rule == rule


def test_a_farm_may_have_aid_under_the_regulation_for_farms() -> None:
    facts = asking(
        regulation="1408/2013", enterprises=(Enterprise(id="A", sectors=("primary_agriculture",)),)
    )
    assert decided(facts).rule is Rule.CEILING_OK


@pytest.mark.parametrize(
    ("other", "rule"), [("20", "CEILING_OK"), ("20.01", "SAME_COSTS_INTENSITY")]
)
def test_aid_for_the_same_costs_may_reach_the_highest_intensity_and_not_pass_it(
    other: str, rule: str
) -> None:
    costs = SameCosts(
        other_aid_pct=Decimal(other), de_minimis_pct=Decimal(30), max_intensity_pct=HALF
    )
    assert decided(with_aid(asking(), same_costs=costs)).rule == rule


def test_a_look_back_skips_the_declaration_and_the_period_of_force() -> None:
    bad = Certificate(status=CertificateStatus.MISSING)
    facts = asking(on="2023-06-01", eur="300000.00", certificate=bad, mode=Mode.REASSESS)
    assert (decided(facts).rule, decided(facts).regulation_version) == (
        Rule.CEILING_OK,
        "2023/2831@2024-01-01",
    )
    late = replace(facts, new_aid=replace(facts.new_aid, on=day("2032-06-01")))
    assert decided(late).rule is Rule.CEILING_OK
    assert decided(replace(late, mode=Mode.GRANT)).rule is Rule.NO_REGULATION_IN_FORCE


@pytest.mark.parametrize(
    ("mode", "declared_false", "eur", "outcome"),
    [
        (Mode.REASSESS, True, "0.01", Outcome.RECOVER),
        (Mode.REASSESS, False, "0.01", Outcome.FEE),
        (Mode.GRANT, True, "0.01", Outcome.FEE),
        (Mode.REASSESS, True, "0.00", Outcome.FREE_DE_MINIMIS),
    ],
)
def test_only_a_false_declaration_found_afterwards_leads_to_recovery(
    mode: Mode, declared_false: bool, eur: str, outcome: Outcome
) -> None:
    prior = aid("p", "298000.00", "2025-01-01"), aid("q", eur, "2025-01-01")
    facts = asking(*prior, mode=mode, declared_false=declared_false)
    assert decided(facts).outcome is outcome


def test_no_sum_and_no_trace_stand_where_no_ceiling_was_evaluated() -> None:
    decision = decided(ALL_WRONG)
    assert (decision.counted_eur, decision.headroom_before_eur, decision.headroom_after_eur) == (
        None,
        None,
        None,
    )
    assert (decision.trace, decision.members, decision.frees_up_on) == ((), ("A",), None)


@pytest.mark.parametrize(
    "facts",
    [
        asking(applicant="Z"),
        asking(links=(votes("A", "Z"),)),
        asking(aid("p", "1.00", "2025-01-01", "Z")),
        asking(events=(merger("A", "Z"),)),
        asking(events=(split("A", equity={"Z": "1"}),)),
        asking(events=(split("A", equity={"A": "1"}, attribution={"p": "A"}),)),
        asking(aid("p", "1.00", "2025-01-01"), aid("p", "1.00", "2025-01-01")),
        asking(enterprises=(FARM, FARM)),
    ],
)
def test_facts_that_name_somebody_unknown_or_twice_are_a_mistake_of_the_caller(
    facts: Facts,
) -> None:
    with pytest.raises(LookupError, match="expected"):
        decided(facts)


def test_a_regulation_that_the_law_does_not_have_is_not_in_force() -> None:
    facts = asking(regulation="1/2040")
    assert (decided(facts).rule, decided(facts, LAW).regulation_version) == (
        Rule.NO_REGULATION_IN_FORCE,
        None,
    )
