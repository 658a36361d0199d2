"""What people do with their own account."""

from datetime import datetime

from django.db import transaction

from accounts.models import User
from accounts.steps import acting, record


@transaction.atomic(durable=True)
def change_own_details(*, user_id: int, name: str, language: str, now: datetime) -> None:
    """Let somebody correct their name and the language of letters."""
    user = User.objects.select_for_update().get(id=user_id)
    user.name, user.language = name, language
    user.save(update_fields=["name", "language"])
    record(user, was="", became="details changed", actor=acting(user), now=now)
