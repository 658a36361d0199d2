"""When a meeting begins in UTC, from its local date and the clock in Stockholm."""

from datetime import UTC, date, datetime, time
from zoneinfo import ZoneInfo

STOCKHOLM = ZoneInfo("Europe/Stockholm")


def start_utc(on: date, start: time) -> datetime:
    """Return the moment in UTC at which a meeting on a local date begins at local wall time.

    Half past eleven on 27 October 2027 is 09:30 UTC, on 3 November 10:30.
    """
    return datetime.combine(on, start, tzinfo=STOCKHOLM).astimezone(UTC)
