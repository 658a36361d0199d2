"""Secret addresses of calendars: made, made anew, ended."""

import secrets
from datetime import datetime

from django.db import transaction

from accounts.models import User
from cohorts.models import Feed
from cohorts.queries.feeds import digest_of

TOKEN_BYTES = 24  # 192 bits


@transaction.atomic(durable=True)
def open_feed(*, owner_id: int, cohort_id: int | None, now: datetime) -> str:
    """Return the token of a new address, which is shown once and not kept; the old one ends."""
    owner = User.objects.select_for_update().get(pk=owner_id)
    _end(owner, cohort_id, now=now)
    token = secrets.token_urlsafe(TOKEN_BYTES)
    Feed.objects.create(
        owner=owner, cohort_id=cohort_id, token_digest=digest_of(token), made_at=now
    )
    return token


@transaction.atomic(durable=True)
def end_feed(*, owner_id: int, cohort_id: int | None, now: datetime) -> None:
    """End an address; whoever still asks for it is told that there is nothing. May run twice."""
    _end(User.objects.select_for_update().get(pk=owner_id), cohort_id, now=now)


def _end(owner: User, cohort_id: int | None, *, now: datetime) -> None:
    Feed.objects.filter(owner=owner, cohort=cohort_id, ended_at=None).update(ended_at=now)
