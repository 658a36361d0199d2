"""Proposals of cohorts kept as drafts: made, made anew with other pins, thrown away."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db import transaction

from accounts.models import User
from accounts.steps import acting, record
from cohorts.models import Forming, Programme


@transaction.atomic(durable=True)
def keep_forming(
    *,
    programme: Programme,
    wish: Mapping[str, Any],
    answer: Mapping[str, Any],
    by: User,
    now: datetime,
) -> Forming:
    """Keep a proposal as a draft. Nobody is told of it."""
    forming = Forming.objects.create(
        programme=programme, wish=wish, answer=answer, made_by=by, made_at=now
    )
    record(forming, was="", became="added", actor=acting(by), now=now)
    return forming


@transaction.atomic(durable=True)
def form_anew(  # noqa: PLR0913 -- a draft, its parts, and what was seen of it
    *,
    forming_id: int,
    wish: Mapping[str, Any],
    answer: Mapping[str, Any],
    seen_at: datetime,
    by: User,
    now: datetime,
) -> bool:
    """Replace a draft by what other pins give; return False if it was changed meanwhile.

    Cohorts that have been opened from it are real by now and no longer part of it.
    """
    forming = Forming.objects.select_for_update().get(id=forming_id)
    if forming.ended_at is not None or forming.made_at != seen_at:
        return False
    forming.wish, forming.answer, forming.opened = dict(wish), dict(answer), {}
    forming.made_at = now
    forming.save(update_fields=["wish", "answer", "opened", "made_at"])
    record(forming, was="added", became="changed", actor=acting(by), now=now)
    return True


@transaction.atomic(durable=True)
def end_forming(*, forming_id: int, by: User, now: datetime) -> None:
    """Throw a draft away; cohorts opened from it stay. May run twice."""
    forming = Forming.objects.select_for_update().get(id=forming_id)
    if forming.ended_at is None:
        forming.ended_at = now
        forming.save(update_fields=["ended_at"])
        record(forming, was="added", became="ended", actor=acting(by), now=now)
