"""Who has asked to be reminded of lessons, and has been quiet."""

from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Max, Q
from django.utils import timezone

from cohorts.models import Participation
from cohorts.rules import EnrolmentState, ParticipationState, RoundState
from cohorts.rules.progress import reminder_number


@dataclass(frozen=True, slots=True)
class Quiet:
    """Somebody who has ticked nothing off since a day, and the number of the reminder due."""

    participation: Participation
    since: date
    number: int


def quiet_ones(now: datetime) -> list[Quiet]:
    """Return those who asked to be reminded and whom a reminder is due to, in a running course."""
    asked = (
        Participation.objects.filter(
            wants_reminders=True,
            state__in=[ParticipationState.NOT_STARTED, ParticipationState.STARTED],
            round__state=RoundState.RUNNING,
            round__starts_on__isnull=False,
            enrolment__state=EnrolmentState.ACTIVE,
        )
        .select_related("round__course", "enrolment__interest", "enrolment__cohort__programme")
        .annotate(ticked_at=Max("lesson_marks__done_at", filter=Q(lesson_marks__is_done=True)))
        .order_by("pk")
    )
    found = []
    for one in asked:
        ticked_at: datetime | None = one.ticked_at
        since = timezone.localdate(ticked_at) if ticked_at else one.round.starts_on
        if since is not None:
            number = reminder_number(quiet_since=since, on=timezone.localdate(now))
            found += [Quiet(one, since, number)] if number else []
    return found
