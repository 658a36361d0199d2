"""Something outside that may be away: only one request in a while waits to find out.

The log says once that it is away, and once that it is back.
"""

from time import monotonic

import structlog

log = structlog.get_logger("regai.breaker")
RESTS_SECONDS = 5.0


class Breaker:
    """Remembers, for this process, that ``what`` did not answer, and until when not to ask it."""

    def __init__(self, what: str) -> None:
        self.what = what
        self.is_away = False
        self.asked_again_at = 0.0

    def rests(self) -> bool:
        """Return whether it failed so lately that asking again would only cost time."""
        return self.is_away and monotonic() < self.asked_again_at

    def failed(self, fault: BaseException) -> None:
        """Take note that it did not answer."""
        if not self.is_away:
            log.warning("away", what=self.what, kind=type(fault).__name__)
        self.is_away = True
        self.asked_again_at = monotonic() + RESTS_SECONDS

    def answered(self) -> None:
        """Take note that it is there."""
        if self.is_away:
            log.warning("back", what=self.what)
        self.is_away = False
