"""Reads about interests."""

from datetime import datetime

from django.db.models import Exists, OuterRef, Q, QuerySet

from accounts.models import User
from cohorts.models import Enrolment, Interest, Programme
from cohorts.rules import EnrolmentState, InterestState
from cohorts.rules.interests import EXPIRES_AFTER_MONTHS, UNDO_WITHDRAWAL_WITHIN
from companies.sorting import swedish_sort_key

OVER = (InterestState.MERGED, InterestState.ANONYMISED)


def same_person(*, programme: Programme, email: str, name: str, now: datetime) -> Interest | None:
    """Return an interest that the same person has here: same address, same name, case apart.

    A shared address (info@) with another name is another person. An interest that ended too long
    ago to be begun again is none, unless a seat is still held by it.
    """
    seated = Enrolment.objects.filter(interest=OuterRef("pk"), state=EnrolmentState.ACTIVE)
    ended = Q(state=InterestState.WITHDRAWN, withdrawn_at__lt=now - UNDO_WITHDRAWAL_WITHIN)
    return (
        Interest.objects.filter(
            programme=programme, email__iexact=email, sort_key=swedish_sort_key(name)
        )
        .exclude(state__in=OVER)
        .exclude(ended & ~Exists(seated))
        .select_related("programme", "company")
        .order_by("id")
        .first()
    )


def interest_by_link(interest_id: int) -> Interest | None:
    """Return the interest a link opens, with its places, or None if the row is gone."""
    return (
        Interest.objects.filter(id=interest_id)
        .exclude(state__in=OVER)
        .select_related("programme", "company")
        .prefetch_related("places__place")
        .first()
    )


def unconfirmed_before(*, own: datetime, on_behalf: datetime) -> QuerySet[Interest]:
    """Return sign-ups that were never confirmed: their own before ``own``, others' before ..."""
    return Interest.objects.filter(
        Q(on_behalf_by=None, registered_at__lt=own)
        | Q(on_behalf_by__isnull=False, registered_at__lt=on_behalf),
        state=InterestState.UNVERIFIED,
    )


def interests_to_renew(by: datetime) -> QuerySet[Interest]:
    """Return active interests last confirmed nine months before ``by`` or earlier.

    Who has a seat, or an offer of one to answer, is left in peace.
    """
    year, month = divmod(by.year * 12 + by.month - 1 - EXPIRES_AFTER_MONTHS, 12)
    confirmed_before = by.replace(year=year, month=month + 1, day=min(by.day, 28))
    return (
        Interest.objects.filter(state=InterestState.ACTIVE, confirmed_at__lte=confirmed_before)
        .exclude(enrolments__state="active")
        .exclude(invitations__state="released")
        .select_related("programme")
        .order_by("id")
    )


def people_matching(text: str) -> QuerySet[Interest]:
    """Return interests whose name, address or company holds ``text``, in Swedish name order."""
    found = Interest.objects.exclude(state__in=OVER).select_related("company")
    for word in text.split():
        found = found.filter(
            Q(sort_key__contains=swedish_sort_key(word))
            | Q(email__icontains=word)
            | Q(company__sort_key__contains=swedish_sort_key(word))
        )
    return found.order_by("sort_key", "id")


def brought_by(coach: User) -> QuerySet[Interest]:
    """Return the people whom ``coach`` has signed up, the unconfirmed first."""
    return (
        Interest.objects.filter(on_behalf_by=coach)
        .exclude(state__in=OVER)
        .select_related("company")
        .order_by("confirmed_at", "sort_key", "id")
    )
