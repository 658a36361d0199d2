import pytest
from django.db import transaction

from ground.steps import NotInTransaction, step

pytestmark = pytest.mark.django_db(transaction=True)


@step
def doubled(number: int, *, plus: int = 0) -> int:
    """Return twice a number."""
    return 2 * number + plus


def test_a_step_gives_what_it_wraps_and_keeps_its_name_and_words() -> None:
    with transaction.atomic():
        assert doubled(3, plus=1) == 7
    assert (doubled.__name__, doubled.__doc__) == ("doubled", "Return twice a number.")


def test_a_step_outside_a_transaction_is_refused_by_name() -> None:
    with pytest.raises(NotInTransaction, match=r"^tests\.ground\.test_steps\.doubled$"):
        doubled(3)


def test_a_step_runs_in_an_inner_block_and_not_after_the_outer_has_ended() -> None:
    with transaction.atomic(), transaction.atomic():
        assert doubled(3) == 6
    with pytest.raises(NotInTransaction):
        doubled(3)
