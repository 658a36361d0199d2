"""Writes that take part in somebody else's transaction."""

from collections.abc import Callable
from functools import wraps
from typing import ParamSpec, TypeVar

from django.db import transaction

P = ParamSpec("P")
R = TypeVar("R")


class NotInTransaction(Exception):
    """A step was taken outside a transaction, so it could outlive what it belongs to."""


def step(write: Callable[P, R]) -> Callable[P, R]:
    """Make ``write`` refuse to run unless its caller has opened a transaction.

    :raises NotInTransaction: (the wrapped function) if no transaction is open.
    """

    @wraps(write)
    def checked(*args: P.args, **kwargs: P.kwargs) -> R:
        if not _in_transaction():
            raise NotInTransaction(f"{write.__module__}.{write.__qualname__}")
        return write(*args, **kwargs)

    checked.is_step = True  # type: ignore[attr-defined]  # a mark for the architecture tests
    return checked


def _in_transaction() -> bool:
    """Return whether a transaction is open, the one that a test runner opens not counted."""
    blocks = transaction.get_connection().atomic_blocks
    return any(not block._from_testcase for block in blocks)  # noqa: SLF001 -- no public way
