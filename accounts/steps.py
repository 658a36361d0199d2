"""Changes of state and new people, as part of somebody else's transaction."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any, Protocol, TypeVar

from accounts.models import Change, RoleHeld, User
from accounts.rules import MoveRefused, Role
from ground.steps import step

State = TypeVar("State", bound=StrEnum)


class Stateful(Protocol):
    """A row with a state."""

    pk: Any
    state: str

    def save(self, *, update_fields: list[str]) -> None:
        """Write the named columns."""


@dataclass(frozen=True, slots=True)
class Actor:
    """Who makes a change: a user, or nobody logged in (a link, the clock, the public form)."""

    by: str
    user: User | None = None


ANYONE = Actor("anyone")
LINK = Actor("link")
CLOCK = Actor("clock")


def acting(user: User) -> Actor:
    """Return ``user`` as the one who makes a change."""
    return Actor("user", user)


def subject(row: Any) -> str:
    """Return the name of a row in the record of changes and letters: "interest/42"."""
    return f"{row.__class__.__name__.lower()}/{row.pk}"  # also of a user that is read lazily


@step
def record(  # noqa: PLR0913 -- a line in a ledger has its columns
    row: Any, *, was: str, became: str, actor: Actor, now: datetime, why: str = ""
) -> None:
    """Write one line of history about ``row``."""
    Change.objects.create(
        subject=subject(row),
        was=was,
        became=became,
        by=actor.by,
        by_user=actor.user,
        why=why,
        at=now,
    )


@step
def move(  # noqa: PLR0913 -- a move names all that its history row keeps
    row: Stateful,
    to: State,
    *,
    ways: Mapping[State, frozenset[State]],
    actor: Actor,
    now: datetime,
    why: str = "",
    fields: tuple[str, ...] = (),
) -> None:
    """Take a locked row to another state, save it with ``fields``, and write the history line.

    :raises MoveRefused: if ``ways`` has no such move.
    """
    was = row.state
    if to not in ways[type(to)(was)]:
        raise MoveRefused(subject(row), was, to)
    row.state = to
    row.save(update_fields=["state", *fields])
    record(row, was=was, became=to, actor=actor, now=now, why=why)


@step
def user_with(*, email: str, name: str, language: str, now: datetime) -> User:
    """Return the user who logs in with ``email``, made now if there is none."""
    known = User.objects.filter(email=User.objects.canonical(email)).first()
    return known or User.objects.create_user(email, name=name, language=language, created_at=now)


@step
def give_role(user: User, role: Role, *, now: datetime) -> None:
    """Trust ``user`` with ``role`` from now on; nothing happens if it is held already."""
    RoleHeld.objects.get_or_create(user=user, role=role, ended_at=None, defaults={"given_at": now})
