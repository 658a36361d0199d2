"""What people do with their own account, and how the first of the staff come in."""

from collections.abc import Collection
from datetime import datetime

from django.db import transaction

from accounts.models import User
from accounts.queries import roles_of
from accounts.rules import Role
from accounts.steps import CLOCK, acting, give_role, record, user_with

BY_COMMAND = "given on the command line"


@transaction.atomic(durable=True)
def change_own_details(*, user_id: int, name: str, language: str, now: datetime) -> None:
    """Let somebody correct their name and the language of letters."""
    user = User.objects.select_for_update().get(id=user_id)
    user.name, user.language = name, language
    user.save(update_fields=["name", "language"])
    record(user, was="", became="details changed", actor=acting(user), now=now)


@transaction.atomic(durable=True)
def make_staff(
    *, email: str, name: str, language: str, roles: Collection[Role], now: datetime
) -> frozenset[Role]:
    """Trust the person who logs in with ``email`` with ``roles``; return those that are new.

    For whoever has the keys of the machine; the person is made if there is none. Name and
    language of somebody who is known stay as they are. An operator may open the Django admin,
    which shows and changes nothing. May run twice: the second time gives nothing.
    """
    user = user_with(email=email, name=name, language=language, now=now)
    user = User.objects.select_for_update().get(pk=user.pk)
    new = frozenset(roles) - roles_of(user)
    for role in sorted(new):
        give_role(user, role, now=now)
        record(user, was="", became=f"role {role}", actor=CLOCK, now=now, why=BY_COMMAND)
    if Role.OPERATOR in new:
        user.is_staff = user.is_superuser = True
        user.save(update_fields=["is_staff", "is_superuser"])
    return new
