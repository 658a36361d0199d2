"""Who leads: meetings handed over, and leaders told of theirs, as part of an action."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import datetime

from accounts.models import User
from accounts.steps import acting, record
from cohorts.emails.staff import meeting_handed_over, meetings_led
from cohorts.models import Enrolment, Meeting
from cohorts.queries.substitutes import hand_over_refusal, sitting_of
from cohorts.rules import EnrolmentState
from cohorts.rules.meetings import LeaderNews
from cohorts.rules.sittings import HandOverRefusal, RulesTouched
from cohorts.steps.bookings import hearing_of_double_bookings
from ground.steps import step
from outbox.steps import queue, queue_all


@step
def pass_on(meeting: Meeting, *, to: User, by: User, now: datetime) -> HandOverRefusal | None:
    """Let another user lead a locked, planned meeting, and tell both; return why not, or None.

    The sequence is raised for the calendars of both: who takes a meeting back gets a newer event.
    """
    refusal = hand_over_refusal(meeting, to)
    if refusal is not None:
        return refusal
    before = meeting.facilitator
    meeting.facilitator = to
    meeting.sequence += 1
    meeting.revised_at = now
    try:
        with hearing_of_double_bookings([sitting_of(meeting)]):
            meeting.save(update_fields=["facilitator", "sequence", "revised_at"])
    except RulesTouched:
        return HandOverRefusal.LEADS_ANOTHER_THEN
    state = meeting.state
    why = f"led by user/{to.pk}"
    record(meeting, was=state, became=state, actor=acting(by), now=now, why=why)
    queue(meeting_handed_over(meeting, to=to, by=by), now=now)
    if before.is_active:
        queue(meetings_led(before, [meeting], LeaderNews.TAKEN_OVER), now=now)
    return None


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
