"""The people whom a coach has brought, those who have not confirmed first."""

from datetime import datetime, timedelta

from django.db.models import Case, QuerySet, Value, When

from accounts.models import User
from accounts.queries import roles_of
from accounts.rules import Role
from cohorts.models import Interest
from cohorts.queries.interests import OVER
from cohorts.rules import InterestState
from cohorts.rules.interests import CONFIRM_WITHIN_ON_BEHALF


def brought_people(user: User) -> QuerySet[Interest]:
    """Return whom ``user`` signed up, or whom anybody did for a coordinator.

    The unconfirmed stand first, the oldest of them first; then the others by name.
    """
    people = Interest.objects.exclude(on_behalf_by=None).exclude(state__in=OVER)
    if Role.COORDINATOR not in roles_of(user):
        people = people.filter(on_behalf_by=user)
    unconfirmed = When(state=InterestState.UNVERIFIED, then=Value(0))
    waits_since = When(state=InterestState.UNVERIFIED, then="registered_at")
    return (
        people.select_related("company", "on_behalf_by")
        .annotate(is_settled=Case(unconfirmed, default=Value(1)), since=Case(waits_since))
        .order_by("is_settled", "since", "sort_key", "id")
    )


def unconfirmed_until(interest: Interest) -> datetime:
    """Return when a sign-up on somebody's behalf is deleted unless it is confirmed."""
    return interest.registered_at + CONFIRM_WITHIN_ON_BEHALF


def days_left(interest: Interest, *, now: datetime) -> int:
    """Return the whole days until an unconfirmed sign-up is deleted; never below zero."""
    return max(0, (unconfirmed_until(interest) - now) // timedelta(days=1))
