"""The cache: Redis when it is there, a miss when it is not.

Nothing kept here is needed. Who asks while Redis is away gets what an empty cache gives, so that
pages are made anew and limits let everybody pass; nobody waits and nothing breaks.
"""

from collections.abc import Callable
from typing import Any, TypeVar

from django.core.cache.backends.base import DEFAULT_TIMEOUT
from django.core.cache.backends.redis import RedisCache
from redis.exceptions import RedisError

from regai.breaker import Breaker

Answer = TypeVar("Answer")
redis = Breaker("cache")


def asked(ask: Callable[[], Answer], otherwise: Answer) -> Answer:
    """Return the answer of Redis, or ``otherwise`` if it is away or was a moment ago."""
    if redis.rests():
        return otherwise
    try:
        answer = ask()
    except (RedisError, OSError) as fault:
        redis.failed(fault)
        return otherwise
    redis.answered()
    return answer


class ForgivingCache(RedisCache):
    """Django's cache in Redis that fails open."""

    def add(
        self, key: Any, value: Any, timeout: float | None = DEFAULT_TIMEOUT, version: Any = None
    ) -> bool:
        """Return whether it was added; True when Redis is away, so that a lock is had at once."""
        return asked(lambda: super(ForgivingCache, self).add(key, value, timeout, version), True)

    def get(self, key: Any, default: Any = None, version: Any = None) -> Any:
        return asked(lambda: super(ForgivingCache, self).get(key, default, version), default)

    def set(
        self, key: Any, value: Any, timeout: float | None = DEFAULT_TIMEOUT, version: Any = None
    ) -> None:
        asked(lambda: super(ForgivingCache, self).set(key, value, timeout, version), None)

    def touch(self, key: Any, timeout: float | None = DEFAULT_TIMEOUT, version: Any = None) -> bool:
        return asked(lambda: super(ForgivingCache, self).touch(key, timeout, version), False)

    def delete(self, key: Any, version: Any = None) -> bool:
        return asked(lambda: super(ForgivingCache, self).delete(key, version), False)

    def has_key(self, key: Any, version: Any = None) -> bool:
        return asked(lambda: super(ForgivingCache, self).has_key(key, version), False)

    def incr(self, key: Any, delta: int = 1, version: Any = None) -> int:
        """Return the new number; ``delta`` when Redis is away, as if the count began now."""
        return asked(lambda: super(ForgivingCache, self).incr(key, delta, version), delta)

    def get_many(self, keys: Any, version: Any = None) -> dict[Any, Any]:
        return asked(lambda: super(ForgivingCache, self).get_many(keys, version), {})

    def set_many(
        self, data: Any, timeout: float | None = DEFAULT_TIMEOUT, version: Any = None
    ) -> list[Any]:
        return asked(lambda: super(ForgivingCache, self).set_many(data, timeout, version), [])

    def delete_many(self, keys: Any, version: Any = None) -> None:
        asked(lambda: super(ForgivingCache, self).delete_many(keys, version), None)

    def clear(self) -> None:
        asked(lambda: super(ForgivingCache, self).clear(), None)
