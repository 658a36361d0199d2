"""``check_invariants`` finds fees and codes without somebody's yes."""

import pytest

from cohorts.models import Access, DropOut, Fee, Participation
from regai.invariants import violations
from tests.cohorts.payments_world import accept, asked, farm, make_round, offered
from tests.factories import NOW

pytestmark = pytest.mark.django_db(transaction=True)


def found() -> list[str]:
    return [violation.what for violation in violations(["fees"])]


def test_a_fee_that_is_accepted_as_it_should_is_in_order() -> None:
    participation = offered(make_round(), farm())
    fee = asked(participation)
    assert found() == []
    accept(fee)
    assert found() == []


def test_a_place_that_costs_a_fee_which_nobody_has_accepted_is_found() -> None:
    participation = offered(make_round(), farm())
    asked(participation)
    Participation.objects.update(state="started", confirmed_on=NOW.date())
    assert found() == [f"participation/{participation.pk}: bound to a fee that nobody owes"]


@pytest.mark.parametrize("state", ["cancelled", "credited"])
def test_a_place_whose_fee_was_taken_away_is_found(state: str) -> None:
    participation = offered(make_round(), farm())
    accept(asked(participation))
    Fee.objects.update(state=state)
    assert found() == [f"participation/{participation.pk}: bound to a fee that nobody owes"]


def test_a_fee_of_somebody_who_has_left_without_a_task_is_found() -> None:
    participation = offered(make_round(), farm())
    fee = asked(participation)
    accept(fee)
    Participation.objects.update(state="dropped")
    line = f"fee/{fee.pk}: owed for somebody who has left, and nobody is asked to judge"
    assert found() == [line]
    DropOut.objects.create(participation=participation, left_at=NOW)
    assert found() == []


def test_a_fee_and_a_code_before_a_yes_are_found() -> None:
    participation = offered(make_round(), farm())
    fee = asked(participation)
    Fee.objects.update(state="accepted", accepted_on=NOW.date())
    access = Access.objects.create(participation=participation, state="issued", reserved_at=NOW)
    assert found() == [
        f"fee/{fee.pk}: owed for a place that nobody has said yes to",
        f"access/{access.pk}: given to somebody who has not said yes",
    ]
