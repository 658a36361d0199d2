from itertools import product

import pytest

from cohorts.rules import FeeKind, ParticipationState, RoundState
from cohorts.rules.enrolments import MAY_BE_CONFIRMED
from cohorts.rules.fees import (
    PAYABLE,
    ConfirmRefusal,
    FeeStage,
    ValueRefusal,
    confirm_refusal,
    fee_stage,
    pay_refusal,
    value_refusal,
)

OFFERED = ParticipationState.OFFERED
LAPSED = ParticipationState.LAPSED


@pytest.mark.parametrize(
    ("kind", "is_the_one_seen", "is_late", "refusal"),
    [
        (FeeKind.NOT_NEEDED, True, False, None),
        (FeeKind.FREE_AS_AID, True, False, None),
        (FeeKind.WAIVED, True, False, None),
        (FeeKind.FEE, True, False, ConfirmRefusal.HAS_A_FEE),
        (FeeKind.FEE, False, False, ConfirmRefusal.COST_CHANGED),
        (FeeKind.FREE_AS_AID, False, False, ConfirmRefusal.COST_CHANGED),
        (FeeKind.FREE_AS_AID, True, True, ConfirmRefusal.TOO_LATE),
        (FeeKind.IN_REVIEW, True, False, ConfirmRefusal.NOT_DECIDED),
        (FeeKind.CERTIFICATE_REQUESTED, True, False, ConfirmRefusal.NOT_DECIDED),
        (FeeKind.IN_REVIEW, False, False, ConfirmRefusal.COST_CHANGED),
    ],
)
def test_what_a_person_may_say_yes_to(
    kind: FeeKind, is_the_one_seen: bool, is_late: bool, refusal: ConfirmRefusal | None
) -> None:
    told = {"is_the_one_seen": is_the_one_seen, "is_late": is_late}
    assert confirm_refusal(kind, OFFERED, **told) is refusal


@pytest.mark.parametrize(
    ("kind", "is_the_one_seen", "is_late", "refusal"),
    [
        (FeeKind.FEE, True, False, None),
        (FeeKind.CERTIFICATE_REQUESTED, True, False, None),
        (FeeKind.IN_REVIEW, True, False, None),
        (FeeKind.FEE, False, False, ConfirmRefusal.COST_CHANGED),
        (FeeKind.FEE, True, True, ConfirmRefusal.TOO_LATE),
        (FeeKind.FREE_AS_AID, True, False, ConfirmRefusal.NOT_DECIDED),
        (FeeKind.WAIVED, True, False, ConfirmRefusal.NOT_DECIDED),
        (FeeKind.NOT_NEEDED, True, False, ConfirmRefusal.NOT_DECIDED),
    ],
)
def test_what_somebody_may_pay_for(
    kind: FeeKind, is_the_one_seen: bool, is_late: bool, refusal: ConfirmRefusal | None
) -> None:
    told = {"is_the_one_seen": is_the_one_seen, "is_late": is_late}
    assert pay_refusal(kind, OFFERED, **told) is refusal


@pytest.mark.parametrize(
    ("kind", "state"),
    list(product(FeeKind, [s for s in ParticipationState if s not in {OFFERED, LAPSED}])),
)
def test_nobody_who_has_answered_is_bound_again_whatever_it_costs(
    kind: FeeKind, state: ParticipationState
) -> None:
    for refuse in (confirm_refusal, pay_refusal):
        refusal = refuse(kind, state, is_the_one_seen=True, is_late=False)
        assert refusal is ConfirmRefusal.ANSWERED_ALREADY


@pytest.mark.parametrize("kind", FeeKind)
def test_whose_time_has_run_out_is_told_so_and_not_that_they_have_answered(kind: FeeKind) -> None:
    refusal = confirm_refusal(kind, LAPSED, is_the_one_seen=True, is_late=True)
    assert refusal is ConfirmRefusal.TOO_LATE


def test_every_kind_of_fee_either_may_be_confirmed_or_waits_for_somebody() -> None:
    waits = {FeeKind.CERTIFICATE_REQUESTED, FeeKind.IN_REVIEW}
    assert set(FeeKind) - MAY_BE_CONFIRMED == waits
    assert waits | {FeeKind.FEE} == PAYABLE


@pytest.mark.parametrize("kind", FeeKind)
def test_a_certificate_that_is_handed_in_changes_only_the_stage_that_asks_for_it(
    kind: FeeKind,
) -> None:
    asks = kind is FeeKind.CERTIFICATE_REQUESTED
    assert fee_stage(kind, is_handed_in=False).value == kind.value
    assert fee_stage(kind, is_handed_in=True).value == ("submitted" if asks else kind.value)


def test_every_stage_is_a_kind_or_submitted() -> None:
    assert {stage.value for stage in FeeStage} == {kind.value for kind in FeeKind} | {"submitted"}


@pytest.mark.parametrize(
    ("state", "bound", "refusal"),
    [
        (RoundState.CHOSEN, 0, None),
        (RoundState.FEE_CHECK, 0, None),
        (RoundState.RUNNING, 0, None),
        (RoundState.RUNNING, 1, ValueRefusal.SETTLED),
        (RoundState.CLOSED, 0, ValueRefusal.OVER),
        (RoundState.DROPPED, 0, ValueRefusal.OVER),
    ],
)
def test_the_value_of_a_place_may_change_until_somebody_is_bound(
    state: RoundState, bound: int, refusal: ValueRefusal | None
) -> None:
    assert value_refusal(state, bound=bound) is refusal
