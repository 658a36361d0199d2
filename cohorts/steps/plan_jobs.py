"""The planner's bell: wakes a worker after a commit that asked for a joint plan."""

from collections.abc import Callable

from django.db import transaction

from ground.steps import step

# The site hangs up a bell (regai.apps); without one the clock finds the plan within a minute.
planner_bell: list[Callable[[], None]] = []


@step
def wake_planner() -> None:
    """Ring every bell there is once the transaction has committed."""
    transaction.on_commit(_ring)


def _ring() -> None:
    for bell in planner_bell:
        bell()
