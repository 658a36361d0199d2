"""Many people doing something in the same moment: a thread and a database connection for each."""

from collections.abc import Callable, Sequence
from threading import Barrier, Thread
from typing import Any

from django.db import connection

WAITS_SECONDS = 60


def at_once(calls: Sequence[Callable[[], Any]]) -> list[Any]:
    """Return what each call gave, or the exception it raised; all start in the same moment."""
    outcomes: list[Any] = [None] * len(calls)
    start = Barrier(len(calls))

    def run(place: int, call: Callable[[], Any]) -> None:
        try:
            connection.ensure_connection()
            start.wait(WAITS_SECONDS)
            outcomes[place] = call()
        except Exception as fault:  # noqa: BLE001 -- it is what the caller looks at
            outcomes[place] = fault
        finally:
            connection.close()

    threads = [Thread(target=run, args=one) for one in enumerate(calls)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(WAITS_SECONDS)
    assert [thread for thread in threads if thread.is_alive()] == []
    return outcomes


def faults(
    outcomes: Sequence[Any], *, but: type[Exception] | tuple[type[Exception], ...] = ()
) -> list[Any]:
    """Return the exceptions among ``outcomes`` that are not refusals in words."""
    return [one for one in outcomes if isinstance(one, Exception) and not isinstance(one, but)]
