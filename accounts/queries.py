"""Reads about people and their roles."""

from django.db.models import QuerySet

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


def people_with(role: Role) -> QuerySet[User]:
    """Return those who hold ``role`` now and may log in, by name."""
    return User.objects.filter(
        is_active=True, roles_held__role=role, roles_held__ended_at=None
    ).order_by("name", "id")


def changes_of(*subjects: str) -> QuerySet[Change]:
    """Return what has happened to the rows that ``subjects`` name, oldest first."""
    return Change.objects.filter(subject__in=subjects).order_by("at", "id")
