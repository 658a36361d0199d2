"""Reads about invitations."""

from datetime import datetime, timedelta

from django.db.models import QuerySet

from accounts.models import User
from cohorts.models import Interest, Invitation
from cohorts.rules import InvitationState


def invitation_by_link(invitation_id: int) -> Invitation | None:
    """Return the invitation that a link opens, or None; a draft has never been sent."""
    return (
        Invitation.objects.filter(id=invitation_id)
        .exclude(state=InvitationState.DRAFT)
        .select_related(
            "interest__user", "cohort__place", "cohort__facilitator", "cohort__programme"
        )
        .first()
    )


def other_offers(invitation: Invitation) -> list[str]:
    """Return the names of the other cohorts that hold a seat for the same person."""
    return list(
        Invitation.objects.filter(interest=invitation.interest_id, state=InvitationState.RELEASED)
        .exclude(pk=invitation.pk)
        .order_by("cohort_id")
        .values_list("cohort__name", flat=True)
    )


def released_past(now: datetime) -> list[int]:
    """Return the ids of cohorts with invitations whose deadline has passed, in order."""
    return list(
        Invitation.objects.filter(state=InvitationState.RELEASED, expires_at__lte=now)
        .values_list("cohort_id", flat=True)
        .distinct()
        .order_by("cohort_id")
    )


def released_to_remind(now: datetime, *, within: timedelta) -> QuerySet[Invitation]:
    """Return open invitations whose deadline lies ``within`` reach and that were not just sent."""
    return (
        Invitation.objects.filter(
            state=InvitationState.RELEASED,
            expires_at__gt=now,
            expires_at__lte=now + within,
            released_at__lte=now - timedelta(days=1),
        )
        .select_related("interest__programme", "cohort__programme")
        .order_by("id")
    )


def login_address_is_free(email: str, interest: Interest) -> bool:
    """Return whether the person behind ``interest`` may log in with ``email``.

    It is free if nobody uses it, or if its user can only be the same person: the letter with the
    link came to that very address, and nobody with another name has it as theirs.
    """
    known = User.objects.filter(email=User.objects.canonical(email)).first()
    if known is None:
        return True
    if known.email != User.objects.canonical(interest.email):
        return False
    return not known.interests.exclude(sort_key=interest.sort_key).exists()
