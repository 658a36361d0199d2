"""How long a search may take, who watches it, and what came of it."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from time import monotonic

from cohorts.planning.drafts import Draft
from cohorts.planning.solver import Progress

LEAST_SECONDS = 1.0


@dataclass(frozen=True)
class Effort:
    """A search that ends at ``until`` on the monotonic clock."""

    until: float
    watch: Callable[[Progress], None] | None = None
    any_plan: bool = False  # the first plan will do, however good

    @property
    def seconds(self) -> float:
        """The seconds that are left, never so few that nothing can be tried."""
        return max(self.until - monotonic(), LEAST_SECONDS)

    @property
    def over(self) -> bool:
        """Whether the time is up."""
        return monotonic() >= self.until

    def at_most(self, seconds: float) -> "Effort":
        """Return this effort cut down to so many seconds."""
        return replace(self, until=monotonic() + min(self.seconds, seconds))

    def part(self, share: float) -> "Effort":
        """Return a share of the time that is left."""
        return replace(self, until=monotonic() + self.seconds * share)


@dataclass
class Outcome:
    """The plan found, None if there is none in hand, and what is known about better ones.

    ``bound`` is a score that no plan can pass, or its first numbers.
    """

    draft: Draft | None
    bound: tuple[int, ...]
    proven: bool = False
    impossible: bool = False


def lower_bound(known: tuple[int, ...], found: tuple[int, ...]) -> tuple[int, ...]:
    """Return the stricter of two bounds; ``found`` may have only the first numbers."""
    return found if found and found <= known[: len(found)] else known
