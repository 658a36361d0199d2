"""The cache: Redis when it is there, and this process's own memory when it is not.

Nothing kept here is needed. While Redis is away each process makes its pages anew and counts tries
and visits by itself, so that nobody can guess without end; nobody waits and nothing breaks.
"""

from typing import Any

from django.core.cache.backends.base import DEFAULT_TIMEOUT
from django.core.cache.backends.locmem import LocMemCache
from django.core.cache.backends.redis import RedisCache
from redis.exceptions import RedisError

from regai.breaker import Breaker

redis = Breaker("cache")
MOST_IN_MEMORY = 2000  # pages and counts; what is more pushes others out


class ForgivingCache(RedisCache):
    """Django's cache in Redis that falls back on memory of its own."""

    def __init__(self, server: Any, params: dict[str, Any]) -> None:
        super().__init__(server, params)
        self._own = LocMemCache("regai", {"OPTIONS": {"MAX_ENTRIES": MOST_IN_MEMORY}})

    def add(
        self, key: Any, value: Any, timeout: float | None = DEFAULT_TIMEOUT, version: Any = None
    ) -> bool:
        return bool(self._asked("add", key, value, timeout, version))

    def get(self, key: Any, default: Any = None, version: Any = None) -> Any:
        return self._asked("get", key, default, version)

    def set(
        self, key: Any, value: Any, timeout: float | None = DEFAULT_TIMEOUT, version: Any = None
    ) -> None:
        self._asked("set", key, value, timeout, version)

    def touch(self, key: Any, timeout: float | None = DEFAULT_TIMEOUT, version: Any = None) -> bool:
        return bool(self._asked("touch", key, timeout, version))

    def delete(self, key: Any, version: Any = None) -> bool:
        return bool(self._asked("delete", key, version))

    def has_key(self, key: Any, version: Any = None) -> bool:
        return bool(self._asked("has_key", key, version))

    def incr(self, key: Any, delta: int = 1, version: Any = None) -> int:
        """Return the new number.

        :raises ValueError: if there is none under this key.
        """
        return int(self._asked("incr", key, delta, version))

    def get_many(self, keys: Any, version: Any = None) -> dict[Any, Any]:
        return dict(self._asked("get_many", keys, version))

    def set_many(
        self, data: Any, timeout: float | None = DEFAULT_TIMEOUT, version: Any = None
    ) -> list[Any]:
        return list(self._asked("set_many", data, timeout, version))

    def delete_many(self, keys: Any, version: Any = None) -> None:
        self._asked("delete_many", keys, version)

    def clear(self) -> None:
        self._own.clear()
        self._asked("clear")

    def _asked(self, what: str, *words: Any) -> Any:
        """Return the answer of Redis, or of the memory if it is away or was a moment ago."""
        if not redis.rests():
            try:
                answer = getattr(super(), what)(*words)
            except (RedisError, OSError) as fault:
                redis.failed(fault)
            else:
                redis.answered()
                return answer
        return getattr(self._own, what)(*words)
