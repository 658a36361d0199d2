"""What calling a cohort off can still be undone to: its state before, its meetings, its members."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from accounts.models import Change
from accounts.queries import changes_of
from accounts.steps import subject
from cohorts.models import Cohort, CourseRound, Enrolment, Meeting
from cohorts.queries.desk import LIVING
from cohorts.queries.meetings import members_of, series_of
from cohorts.queries.seats import people_expected
from cohorts.queries.substitutes import sitting_of
from cohorts.queries.touched import Asked, rules_touched
from cohorts.rules import CohortState, EnrolmentState, MeetingState
from cohorts.rules.cohorts import UNDO_CANCELLATION_WITHIN


@dataclass(frozen=True, slots=True)
class Undoing:
    """What becomes of a cohort that is called back: ``lost`` meetings have something in their way.

    ``elsewhere`` are members who have a seat in another cohort since, and stay there.
    """

    to: CohortState
    until: datetime
    meetings: Sequence[Meeting]
    lost: Sequence[Meeting]
    members: Sequence[Enrolment]
    elsewhere: Sequence[Enrolment]


def undoing_of(cohort: Cohort, *, now: datetime) -> Undoing | None:
    """Return what can be undone, or None if the cohort is not called off or it is too late."""
    change = _called_off(cohort)
    if cohort.state != CohortState.CANCELLED or change is None:
        return None
    until = change.at + UNDO_CANCELLATION_WITHIN
    if now > until:
        return None
    elsewhere = set(
        Enrolment.objects.filter(
            interest__enrolments__cohort=cohort,
            state=EnrolmentState.ACTIVE,
            cohort__state__in=LIVING,
        ).values_list("interest", flat=True)
    )
    members = list(members_of(cohort))
    meetings: list[Meeting] = []
    lost: list[Meeting] = []
    for round_ in cohort.rounds.order_by("id"):
        back, gone = _meetings(round_, change.at, now=now)
        meetings += back
        lost += gone
    return Undoing(
        to=CohortState(change.was),
        until=until,
        meetings=meetings,
        lost=lost,
        members=[one for one in members if one.interest_id not in elsewhere],
        elsewhere=[one for one in members if one.interest_id in elsewhere],
    )


def _meetings(
    round_: CourseRound, called_off_at: datetime, *, now: datetime
) -> tuple[list[Meeting], list[Meeting]]:
    """Return the meetings that went with the cohort: those that may stand again, and the others.

    What breaks the rhythm is mended by planning more, not by losing all.
    """
    went = round_.meetings.filter(state=MeetingState.CANCELLED, revised_at=called_off_at)
    back = list(
        went.select_related("place", "round__course", "round__cohort__programme").order_by(
            "starts_at", "id"
        )
    )
    lost: list[Meeting] = []
    while back:
        asked = Asked(
            leader_id=back[0].facilitator_id,
            sittings=[sitting_of(one) for one in back],
            standing=list(series_of(round_)),
            people=people_expected(round_.cohort),
        )
        bad = {touch.number for touch in rules_touched(asked, now=now)}
        if not bad:
            break
        lost += [one for number, one in enumerate(back) if number in bad]
        back = [one for number, one in enumerate(back) if number not in bad]
    return back, lost


def _called_off(cohort: Cohort) -> Change | None:
    return changes_of(subject(cohort)).filter(became=CohortState.CANCELLED).last()
