"""Letters about a wish to be erased. After the erasure there is nobody left to write to."""

from datetime import datetime
from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils import timezone, translation

from accounts.models import User
from cohorts.emails.readers import staff_reader
from cohorts.models import Erasure
from cohorts.rules.erasures import due_on
from outbox import links
from outbox.letters import Letter, worded


def erasure_asked(wish: Erasure, *, now: datetime) -> Letter:
    """Return the receipt: what goes, what stays, by when, and how to take it back."""
    assert wish.user is not None  # noqa: S101 -- only somebody who is logged in asks
    return _worded(
        "erasure_asked",
        wish,
        to=wish.user,
        page="cohorts:my_erasure",
        due_on=due_on(timezone.localdate(now)),
    )


def erasure_waits(wish: Erasure, *, to: User) -> Letter:
    """Return the news to a data protection officer that somebody waits; without a name."""
    asked_on = timezone.localdate(wish.asked_at)
    return _worded("erasure_waits", wish, to=to, page="cohorts:protection", due_on=due_on(asked_on))


def _worded(template: str, wish: Erasure, *, to: User, page: str, **words: Any) -> Letter:
    with translation.override(to.language):
        link = links.page(reverse(page))
    return worded(
        f"cohorts/emails/{template}.txt",
        key=f"erasure/{wish.pk}/{template}/{to.pk}",
        to=staff_reader(to),
        sender=settings.SITE["name"],
        links={"page": link},
        **words,
    )
