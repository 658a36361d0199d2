"""What happens in the region, in order of time, up to the night before the day."""

import heapq
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date, datetime, time, timedelta
from itertools import count

from django.utils import timezone

from outbox import steps as outbox
from outbox.actions import deliver_waiting

Doing = Callable[[datetime], object]
# Letters leave within the hour; those of long ago all at once in the evening, to save time.
SWEPT_AFTER = timedelta(minutes=50)
SWEPT_IN_THE_EVENING = time(22)
LONG_AGO = timedelta(days=10)
WAKE_UP = 7


class Diary:
    """Things to do, each at its time. What lies on the day or later has not happened yet.

    Letters leave as a sweep would take them.
    """

    def __init__(self, day: date) -> None:
        self.day = day
        self._order = count()
        self._things: list[tuple[datetime, int, Doing]] = []
        self._is_sweep_due = False
        self._now = at(day, time.min)

    def moment(self, days: int, clock: time) -> datetime:
        """Return the time ``clock`` in Stockholm, ``days`` from the day (negative: before it)."""
        return at(self.day + timedelta(days=days), clock)

    def by_day(self, when: datetime) -> datetime:
        """Return ``when``, or a time of the same day at which people are awake."""
        local = timezone.localtime(when)
        return local.replace(hour=local.hour + WAKE_UP) if local.hour < WAKE_UP else when

    def put(self, when: datetime, do: Doing) -> None:
        """Write down that ``do`` shall happen at ``when``; at one moment in this order."""
        heapq.heappush(self._things, (when, next(self._order), do))

    def play(self) -> int:
        """Do everything before the day in order of time; return how many things were done."""
        done = 0
        until = at(self.day, time.min)
        with self._own_bell():
            while self._things and self._things[0][0] < until:
                self._now, _, do = heapq.heappop(self._things)
                do(self._now)
                done += 1
            self._sweep(until)
        return done

    @contextmanager
    def _own_bell(self) -> Iterator[None]:
        """Hear of new letters here, and wake no worker meanwhile."""
        bells = outbox.doorbell[:]
        outbox.doorbell[:] = [self._ring]
        try:
            yield
        finally:
            outbox.doorbell[:] = bells

    def _ring(self) -> None:
        if not self._is_sweep_due:
            self._is_sweep_due = True
            self.put(self._next_sweep(), self._sweep)

    def _next_sweep(self) -> datetime:
        if self._now > at(self.day, time.min) - LONG_AGO:
            return self._now + SWEPT_AFTER
        evening = at(timezone.localdate(self._now), SWEPT_IN_THE_EVENING)
        return max(evening, self._now + SWEPT_AFTER)

    def _sweep(self, now: datetime) -> None:
        self._is_sweep_due = False
        deliver_waiting(now=now)


def at(day: date, clock: time) -> datetime:
    """Return the aware time that a clock in Stockholm shows as ``clock`` on ``day``."""
    return timezone.make_aware(datetime.combine(day, clock))
