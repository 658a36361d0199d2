"""Reads about who was there."""

from datetime import datetime

from django.db.models import QuerySet

from accounts.models import Change, User
from cohorts.models import Meeting, Presence
from cohorts.queries.meetings import members_of
from cohorts.rules import MeetingState
from cohorts.rules.attendance import CheckInRefusal, check_in_refusal


def own_presence(meeting: Meeting, user: User) -> Presence | None:
    """Return what is known of the user's own part in a meeting, or None."""
    member = members_of(meeting.round.cohort).filter(user=user)
    return meeting.presences.filter(enrolment__in=member).first()


def refusal_to_check_in(meeting: Meeting, user: User, *, now: datetime) -> CheckInRefusal | None:
    """Return why the user cannot check in now, or None; the action asks again under the lock."""
    if not members_of(meeting.round.cohort).filter(user=user).exists():
        return CheckInRefusal.NOT_A_MEMBER
    known = own_presence(meeting, user)
    return check_in_refusal(
        MeetingState(meeting.state),
        starts_at=meeting.starts_at,
        duration_minutes=meeting.duration_minutes,
        marked=known.was_there if known else None,
        now=now,
    )


def corrections_of(meeting: Meeting) -> list[tuple[str, Change]]:
    """Return what has been corrected after the lock, the newest first, with whose mark it was."""
    names = dict(meeting.presences.values_list("pk", "enrolment__interest__name"))
    changes: QuerySet[Change] = Change.objects.filter(
        subject__in=[f"presence/{pk}" for pk in names]
    ).select_related("by_user")
    return [(names[int(one.subject.split("/")[1])], one) for one in changes.order_by("-id")]
