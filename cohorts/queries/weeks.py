"""What the week holds for somebody who leads."""

from datetime import date, datetime, time, timedelta

from django.db.models import Count, Q, QuerySet
from django.utils import timezone

from accounts.models import User
from accounts.rules import Role
from cohorts.models import Meeting
from cohorts.rules import AnswerKind, MeetingState
from outbox.queries import keys_among


def leaders_without_letter(monday: date) -> list[User]:
    """Return the facilitators who have not been written to about the week, in order."""
    leaders = User.objects.filter(
        is_active=True, roles_held__role=Role.FACILITATOR, roles_held__ended_at=None
    ).order_by("pk")
    keys = {f"week/{monday}/{leader.pk}": leader for leader in leaders}
    written = keys_among(keys)
    return [leader for key, leader in keys.items() if key not in written]


def meetings_this_week(leader: User, monday: date) -> QuerySet[Meeting]:
    """Return the meetings that somebody leads from Monday to Sunday, with the answers counted."""
    start = timezone.make_aware(datetime.combine(monday, time.min))
    end = timezone.make_aware(datetime.combine(monday + timedelta(days=7), time.min))
    return (
        Meeting.objects.filter(
            facilitator=leader,
            state=MeetingState.SCHEDULED,
            starts_at__gte=start,
            starts_at__lt=end,
        )
        .select_related("place", "round__cohort")
        .annotate(
            on_site=Count("presences", filter=Q(presences__answer=AnswerKind.ON_SITE)),
            digital=Count("presences", filter=Q(presences__answer=AnswerKind.DIGITAL)),
        )
        .order_by("starts_at", "pk")
    )
