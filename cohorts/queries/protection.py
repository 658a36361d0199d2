"""Reads of the data protection officer: who waits, who is who, what has been erased."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Q, QuerySet
from django.utils import timezone

from accounts.models import User
from cohorts.models import Erasure, Interest
from cohorts.queries.interests import people_matching
from cohorts.queries.personal import GONE
from cohorts.rules import ErasureState
from cohorts.rules.erasures import due_on

MOST_FOUND = 50


@dataclass(frozen=True, slots=True)
class Waiting:
    """One wish that waits, and the last day to grant it."""

    erasure: Erasure
    due_on: date


def erasures_waiting() -> list[Waiting]:
    """Return the wishes that wait, the oldest first."""
    wishes = Erasure.objects.filter(state=ErasureState.ASKED).select_related("user", "interest")
    return [
        Waiting(wish, due_on(timezone.localdate(wish.asked_at)))
        for wish in wishes.order_by("asked_at", "id")
    ]


def erasures_done() -> QuerySet[Erasure]:
    """Return what has been erased, the newest first."""
    done = Erasure.objects.filter(state=ErasureState.DONE).select_related("done_by")
    return done.order_by("-done_at", "-id")


def open_wish_of(user: User) -> Waiting | None:
    """Return the user's own wish that waits, or None."""
    wish = Erasure.objects.filter(user=user, state=ErasureState.ASKED).first()
    return Waiting(wish, due_on(timezone.localdate(wish.asked_at))) if wish else None


def interests_found(text: str) -> QuerySet[Interest]:
    """Return the interests of people found by name, address or company, in name order."""
    return people_matching(text).select_related("user")[:MOST_FOUND]


def log_ins_found(text: str) -> QuerySet[User]:
    """Return those who log in without an interest of their own: contacts and staff, by name."""
    found = User.objects.filter(interests=None).exclude(name=GONE)
    for word in text.split():
        found = found.filter(Q(name__icontains=word) | Q(email__icontains=word))
    return found.order_by("name", "id")[:MOST_FOUND]
