from itertools import product

import pytest

from cohorts.rules import FeeKind, ParticipationState
from cohorts.rules.enrolments import MAY_BE_CONFIRMED
from cohorts.rules.fees import ConfirmRefusal, confirm_refusal

OFFERED = ParticipationState.OFFERED


@pytest.mark.parametrize(
    ("kind", "state", "is_the_one_seen", "has_payer", "refusal"),
    [
        (FeeKind.NOT_NEEDED, OFFERED, True, False, None),
        (FeeKind.FREE_AS_AID, OFFERED, True, False, None),
        (FeeKind.WAIVED, OFFERED, True, False, None),
        (FeeKind.FEE, OFFERED, True, True, None),
        (FeeKind.FEE, OFFERED, True, False, ConfirmRefusal.PAYER_MISSING),
        (FeeKind.FEE, OFFERED, False, True, ConfirmRefusal.COST_CHANGED),
        (FeeKind.FREE_AS_AID, OFFERED, False, True, ConfirmRefusal.COST_CHANGED),
        (FeeKind.IN_REVIEW, OFFERED, True, True, ConfirmRefusal.NOT_DECIDED),
        (FeeKind.CERTIFICATE_REQUESTED, OFFERED, True, True, ConfirmRefusal.NOT_DECIDED),
        (FeeKind.IN_REVIEW, OFFERED, False, False, ConfirmRefusal.COST_CHANGED),
    ],
)
def test_what_a_person_may_say_yes_to(
    kind: FeeKind,
    state: ParticipationState,
    is_the_one_seen: bool,
    has_payer: bool,
    refusal: ConfirmRefusal | None,
) -> None:
    assert (
        confirm_refusal(kind, state, is_the_one_seen=is_the_one_seen, has_payer=has_payer)
        is refusal
    )


@pytest.mark.parametrize(
    ("kind", "state"),
    list(product(FeeKind, [state for state in ParticipationState if state != OFFERED])),
)
def test_nobody_who_has_answered_is_bound_again_whatever_it_costs(
    kind: FeeKind, state: ParticipationState
) -> None:
    refusal = confirm_refusal(kind, state, is_the_one_seen=True, has_payer=True)
    assert refusal is ConfirmRefusal.ANSWERED_ALREADY


def test_every_kind_of_fee_either_may_be_confirmed_or_waits_for_somebody() -> None:
    waits = {FeeKind.CERTIFICATE_REQUESTED, FeeKind.IN_REVIEW}
    assert set(FeeKind) - MAY_BE_CONFIRMED == waits
