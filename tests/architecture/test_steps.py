"""A step refuses to run outside a transaction, also where the test runner has opened one."""

from collections.abc import Callable, Iterator
from functools import partial
from inspect import isfunction
from typing import Any

import pytest
from django.db import transaction

from ground.steps import NotInTransaction
from tests.architecture.layers import modules

# Public functions of step files that write nothing: they name an actor, a row, a count.
WRITE_NOTHING = {
    "accounts.steps.acting",
    "accounts.steps.subject",
}


def functions() -> Iterator[tuple[str, Callable[..., Any]]]:
    """Yield the functions that step files define or shape with ``partial``."""
    for module in modules("steps"):
        if module.__name__ == "ground.steps":
            continue
        for name, thing in vars(module).items():
            target = thing.func if isinstance(thing, partial) else thing
            own = isinstance(thing, partial) or (
                isfunction(thing) and thing.__module__ == module.__name__
            )
            if own and isfunction(target) and not name.startswith("_"):
                yield f"{module.__name__}.{name}", thing


def is_step(thing: Callable[..., Any]) -> bool:
    return hasattr(thing.func if isinstance(thing, partial) else thing, "is_step")


STEPS = {name: thing for name, thing in functions() if is_step(thing)}


def test_every_public_function_of_a_step_file_is_a_step_or_writes_nothing() -> None:
    assert {name for name, thing in functions() if not is_step(thing)} == WRITE_NOTHING


@pytest.mark.parametrize("name", sorted(STEPS))
def test_a_step_refuses_outside_a_transaction(name: str) -> None:
    with pytest.raises(NotInTransaction):
        STEPS[name]()


@pytest.mark.django_db
@pytest.mark.parametrize("name", sorted(STEPS))
def test_a_step_does_not_mistake_the_test_runners_transaction_for_ours(name: str) -> None:
    with pytest.raises(NotInTransaction):
        STEPS[name]()


@pytest.mark.django_db
def test_a_step_runs_inside_a_transaction_and_names_itself_outside() -> None:
    lock = STEPS["deminimis.steps.ledger.lock_ledger"]
    with transaction.atomic():
        assert lock() is None
    with pytest.raises(NotInTransaction, match=r"^deminimis\.steps\.ledger\.lock_ledger$"):
        lock()
