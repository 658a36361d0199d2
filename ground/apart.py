"""Many things done each by itself: one that fails keeps no other from being done."""

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager

import structlog

log = structlog.get_logger(__name__)


@contextmanager
def apart(event: str) -> Iterator[Callable[[int], AbstractContextManager[None]]]:
    """Hold back what fails until all have had their turn; then raise it, so that it is noticed.

    Gives what to do each in: the log has a line with ``event`` and the row's number, nothing of
    what the row holds.

    :raises ExceptionGroup: if any of them failed.
    """
    faults: list[Exception] = []

    @contextmanager
    def one(row: int) -> Iterator[None]:
        try:
            yield
        except Exception as fault:
            log.exception(event, row=row)
            faults.append(fault)

    yield one
    if faults:
        raise ExceptionGroup(event, faults)
