"""Whether the site can do its work now: the database, the broker, and letters that leave in time.

For alarms, not for a balancer: sign-ups, votes and answers go on while the broker is away.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

import redis
from django.conf import settings
from django.db import Error, connection
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from accounts.gates import anyone
from outbox.queries import oldest_waiting

# The sweep comes every minute; a batch that a dead worker left behind goes free after five.
LETTERS_ARE_LATE_AFTER = timedelta(minutes=10)
NOT_READY = 503


@dataclass(frozen=True, slots=True)
class Part:
    """One part of the site and the word for how it is: "ok", "away", "late"."""

    name: str
    word: str


@anyone
@require_safe
@never_cache
def ready(request: HttpRequest) -> HttpResponse:  # noqa: ARG001 -- a view takes a request
    """Answer 200 if every part is ready, else 503; a line for each part, no more than a word."""
    parts = [Part("database", _word(_database_answers, "away"))]
    parts.append(Part("broker", _word(_broker_answers, "away")))
    known = parts[0].word == "ok"
    parts.append(Part("letters", _word(_letters_leave, "late") if known else "unknown"))
    status = 200 if all(part.word == "ok" for part in parts) else NOT_READY
    lines = "".join(f"{part.name} {part.word}\n" for part in parts)
    return HttpResponse(lines, status=status, content_type="text/plain; charset=utf-8")


def _word(is_ready: Callable[[], bool], otherwise: str) -> str:
    return "ok" if is_ready() else otherwise


def _database_answers() -> bool:
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except Error:
        return False
    return True


def _broker_answers() -> bool:
    if not settings.REDIS_URL:
        return Path(str(settings.CELERY_BROKER_TRANSPORT_OPTIONS["data_folder_in"])).is_dir()
    broker = redis.from_url(settings.CELERY_BROKER_URL, **settings.REDIS_OPTIONS, retry=None)
    try:
        return bool(broker.ping())
    except (redis.RedisError, OSError):
        return False
    finally:
        broker.close()


def _letters_leave() -> bool:
    now = timezone.now()
    since = oldest_waiting(now)
    return since is None or now - since <= LETTERS_ARE_LATE_AFTER
