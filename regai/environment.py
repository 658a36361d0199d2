"""The environment as the settings read it, and one sentence for each way it can be wrong."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import dj_database_url
from django.core.exceptions import ImproperlyConfigured

SEE = "see docs/operations.md"
YES_OR_NO = ("0", "1")
# A database that does not answer is found out before a person gives up waiting.
CONNECTS_WITHIN_SECONDS = 5
WAITS_FOR_A_WRITER_SECONDS = 20


class Environment:
    """Reads variables. What production must set and has not is collected, to be said at once."""

    def __init__(self, values: Mapping[str, str]) -> None:
        self.values = values
        self.asked: set[str] = set()
        self.missing: list[str] = []
        self.is_example = self.chosen("REGAI_MODE", ("example", "production")) == "example"

    def text(self, name: str, default: str = "") -> str:
        """Return a variable without spaces around it, or ``default`` if it is not set or empty."""
        self.asked.add(name)
        return self.values.get(name, "").strip() or default

    def chosen(self, name: str, allowed: tuple[str, ...]) -> str:
        """Return a variable that must be one of a few words; the first is the default.

        :raises ImproperlyConfigured: if it is another word.
        """
        value = self.text(name, allowed[0])
        if value not in allowed:
            raise ImproperlyConfigured(f"{name} is {value!r}: it must be {' or '.join(allowed)}.")
        return value

    def flag(self, name: str) -> bool:
        """Return whether a variable is 1.

        :raises ImproperlyConfigured: if it is neither 0 nor 1.
        """
        return self.chosen(name, YES_OR_NO) == "1"

    def number(self, name: str, default: int, *, least: int = 0) -> int:
        """Return a variable that must be a whole number, not under ``least``.

        :raises ImproperlyConfigured: if it is not.
        """
        value = self.text(name, str(default))
        if not (value.isascii() and value.isdigit()) or int(value) < least:
            raise ImproperlyConfigured(
                f"{name} is {value!r}: it must be a whole number from {least}."
            )
        return int(value)

    def needed(self, name: str, example: str) -> str:
        """Return a variable that production must set itself; the example mode has its own."""
        if value := self.text(name):
            return value
        if self.is_example:
            return example
        self.missing.append(name)
        return ""

    def refuse_if_missing(self) -> None:
        """End the reading of the settings.

        :raises ImproperlyConfigured: if production lacks anything; the sentence names all of it.
        """
        if self.missing:
            raise ImproperlyConfigured(
                f"{', '.join(self.missing)} must be set in production: {SEE}."
            )


def decision(env: Environment) -> dict[str, str]:
    """Return what a decision on aid must carry to hold in court; production has no defaults."""
    return {
        "authority": env.needed("REGAI_GRANTING_AUTHORITY", "Exempelregionen (påhittad)"),
        "delegation": env.needed("REGAI_DELEGATION", "Exempel: delegationsordningen (påhittad)"),
        "legal_basis": env.needed(
            "REGAI_LEGAL_BASIS", "Exempel: förordning (EU) 2023/2831 och projektbeslut (påhittat)"
        ),
        "case_series": env.needed("REGAI_CASE_SERIES", "EXEMPEL"),
        "appeal": env.needed(
            "REGAI_APPEAL", "Exempel: begär omprövning hos Exempelregionen (påhittat)"
        ),
    }


def database(env: Environment, folder: Path) -> dict[str, Any]:
    """Return Django's settings for the database: PostgreSQL, or in the example also SQLite.

    :raises ImproperlyConfigured: if DATABASE_URL cannot be read, or production names no PostgreSQL.
    """
    sqlite = f"sqlite:///{folder / 'regai.sqlite3'}"
    url = env.needed("DATABASE_URL", sqlite)
    try:
        # A URL that is missing is said together with all else that is missing.
        parsed = dj_database_url.parse(url or sqlite, conn_max_age=600, conn_health_checks=True)
    except (ValueError, KeyError) as wrong:
        raise ImproperlyConfigured(
            "DATABASE_URL cannot be read: it must look like postgres://user:password@host:5432/name"
            " or, in the example, sqlite:////path/to/file."
        ) from wrong
    found: dict[str, Any] = dict(parsed)
    options = found.setdefault("OPTIONS", {})
    if found["ENGINE"].endswith("sqlite3"):
        options["transaction_mode"] = "IMMEDIATE"
        options["timeout"] = WAITS_FOR_A_WRITER_SECONDS
        options["init_command"] = "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL;"
    elif found["ENGINE"].endswith("postgresql"):
        options.setdefault("connect_timeout", CONNECTS_WITHIN_SECONDS)
    if url and not env.is_example and not found["ENGINE"].endswith("postgresql"):
        raise ImproperlyConfigured("DATABASE_URL must name a PostgreSQL database in production.")
    if url and not found["NAME"]:
        raise ImproperlyConfigured("DATABASE_URL names no database: it must end in /name.")
    return found


def redis_url(env: Environment) -> str:
    """Return the URL of Redis; empty in an example that runs without.

    :raises ImproperlyConfigured: if it is no URL of Redis.
    """
    url = env.needed("REDIS_URL", "")
    if url and not url.startswith(("redis://", "rediss://", "unix://")):
        raise ImproperlyConfigured("REDIS_URL must look like redis://host:6379/0.")
    return url


@dataclass(frozen=True, slots=True)
class Employer:
    """The log-in of the organisation that people here work for, and what is trusted to it."""

    provider: dict[str, Any]
    label: str
    is_second_factor: bool


EMPLOYER = "arbetsgivare"


def employer_log_in(env: Environment) -> Employer | None:
    """Return the employer's OpenID Connect; None if the environment names none.

    :raises ImproperlyConfigured: if only some of what it takes is set, or production does without
        TLS.
    """
    server, client = env.text("REGAI_OIDC_SERVER"), env.text("REGAI_OIDC_CLIENT")
    secret = env.text("REGAI_OIDC_SECRET")
    label = env.text("REGAI_OIDC_LABEL", "arbetsgivaren")
    domains = env.text("REGAI_OIDC_DOMAINS").split()
    is_second_factor = env.flag("REGAI_OIDC_SECOND_FACTOR")
    if not (server or client or secret):
        return None
    if not (server and client and secret):
        raise ImproperlyConfigured(
            "REGAI_OIDC_SERVER, REGAI_OIDC_CLIENT and REGAI_OIDC_SECRET are set together or not"
            f" at all: {SEE}."
        )
    if not server.startswith("https://") and not env.is_example:
        raise ImproperlyConfigured("REGAI_OIDC_SERVER must begin with https://.")
    app = {
        "provider_id": EMPLOYER,
        "name": label,
        "client_id": client,
        "secret": secret,
        "settings": {"server_url": server, "verified_email": domains},
    }
    return Employer({"OAUTH_PKCE_ENABLED": True, "APPS": [app]}, label, is_second_factor)
