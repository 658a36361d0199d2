"""Those who lead are told of their meetings, as part of somebody else's transaction."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import datetime

from accounts.models import User
from cohorts.emails.staff import meetings_led
from cohorts.models import Enrolment, Meeting
from cohorts.rules import EnrolmentState
from cohorts.rules.meetings import LeaderNews
from ground.steps import step
from outbox.steps import queue_all


@step
def tell_leaders(meetings: Iterable[Meeting], news: LeaderNews, *, now: datetime) -> None:
    """Promise whoever leads the meetings a letter for their calendar, one for each cohort.

    Who is a member there as well has heard of it as one, and has each meeting in the calendar once.
    """
    told: dict[tuple[int, int], list[Meeting]] = defaultdict(list)
    for meeting in sorted(meetings, key=lambda one: (one.starts_at, one.pk)):
        told[meeting.facilitator_id, meeting.round.cohort_id].append(meeting)
    leaders = User.objects.filter(is_active=True).in_bulk([leader for leader, _ in told])
    members = set(
        Enrolment.objects.filter(
            user__in=leaders,
            cohort__in=[cohort for _, cohort in told],
            state=EnrolmentState.ACTIVE,
        ).values_list("user", "cohort")
    )
    queue_all(
        [
            meetings_led(leaders[leader], those, news)
            for (leader, cohort), those in told.items()
            if leader in leaders and (leader, cohort) not in members
        ],
        now=now,
    )
