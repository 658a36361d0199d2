"""Reads about people and their roles."""

from collections.abc import Collection, Iterator
from typing import Any

from django.db.models import CharField, F, FilteredRelation, OuterRef, Q, QuerySet, Subquery, Value
from django.db.models.functions import Cast, Coalesce, Concat

from accounts.models import Change, User
from accounts.rules import Role


def roles_of(user: User) -> frozenset[Role]:
    """Return the roles that ``user`` holds now; read once per user object."""
    held: frozenset[Role] | None = getattr(user, "_roles", None)
    if held is None:
        codes = user.roles_held.filter(ended_at=None).values_list("role", flat=True)
        held = frozenset(Role(code) for code in codes)
        user._roles = held  # type: ignore[attr-defined]  # noqa: SLF001 -- kept with the row it describes
    return held


def works_here(user: User) -> bool:
    """Return whether ``user`` is trusted with anything beyond being a participant."""
    return bool(user.is_staff or roles_of(user))


def user_with_roles(user_id: int) -> User | None:
    """Return the person with the roles held now, in one statement; None if there is no such row."""
    held = FilteredRelation("roles_held", condition=Q(roles_held__ended_at=None))
    rows = list(User.objects.filter(pk=user_id).annotate(held=held, role=F("held__role")))
    if not rows:
        return None
    user = rows[0]
    codes = [row.role for row in rows]
    user._roles = frozenset(Role(code) for code in codes if code is not None)  # type: ignore[attr-defined]  # noqa: SLF001 -- as roles_of keeps them
    return user


def people_with(role: Role) -> QuerySet[User]:
    """Return those who hold ``role`` now and may log in, by name."""
    return User.objects.filter(
        is_active=True, roles_held__role=role, roles_held__ended_at=None
    ).order_by("name", "id")


def changes_of(*subjects: str) -> QuerySet[Change]:
    """Return what has happened to the rows that ``subjects`` name, oldest first."""
    return Change.objects.filter(subject__in=subjects).order_by("at", "id")


def states_without_history(rows: QuerySet[Any], states: Collection[str]) -> Iterator[str]:
    """Yield a line for each of ``rows`` whose newest recorded state is not the one it is in.

    Lines of history about other things than a state ("details changed") are not looked at.
    """
    kind = rows.model.__name__.lower()
    newest = Change.objects.filter(
        subject=Concat(Value(f"{kind}/"), Cast(OuterRef("pk"), CharField())),
        became__in=list(states),
    ).order_by("-id")
    told = rows.annotate(told=Coalesce(Subquery(newest.values("became")[:1]), Value("nothing")))
    differing = told.exclude(state=F("told")).order_by("pk")
    for pk, state, became in differing.values_list("pk", "state", "told"):
        yield f"{kind}/{pk}: {state}, its history says {became}"
