"""Letters about one meeting: a seat at the table, what was said, the leader's week."""

from collections.abc import Sequence
from datetime import date, datetime

from django.urls import reverse
from django.utils import translation

from accounts.models import User
from cohorts.emails.readers import from_programme, staff_reader
from cohorts.emails.rounds import to_member
from cohorts.models import Enrolment, Meeting, Participation, Programme
from cohorts.queries.agendas import Point
from outbox import links
from outbox.letters import Letter


def seat_at_table(enrolment: Enrolment, meeting: Meeting, *, now: datetime) -> Letter:
    """Return the news to somebody who waited that there is a seat at the table now."""
    return to_member(
        "seat_at_table",
        enrolment,
        key=f"meeting/{meeting.pk}/seat/{now:%Y%m%dT%H%M%S.%f}/{enrolment.pk}",
        answers={"meeting": meeting},
        meeting=meeting,
    )


def meeting_missed(enrolment: Enrolment, meeting: Meeting, points: Sequence[Point]) -> Letter:
    """Return what somebody who was away missed: the note and the answers."""
    return to_member(
        "meeting_missed",
        enrolment,
        key=f"meeting/{meeting.pk}/missed/{enrolment.pk}",
        pages={"cohort": ("cohorts:group", enrolment.cohort_id)},
        meeting=meeting,
        points=points,
    )


def lessons_left(participation: Participation, *, quiet_since: date, number: int) -> Letter:
    """Return the gentle reminder that somebody has asked for, after a time without a lesson."""
    enrolment = participation.enrolment
    return to_member(
        "lessons_left",
        enrolment,
        key=f"participation/{participation.pk}/lessons/{quiet_since}/{number}",
        pages={"cohort": ("cohorts:group", enrolment.cohort_id)},
        course=participation.round.course,
    )


def proof_checked(participation: Participation, *, now: datetime) -> Letter:
    """Return the facilitator's word on a certificate of completion."""
    enrolment = participation.enrolment
    return to_member(
        "proof_checked",
        enrolment,
        key=f"proof/{participation.pk}/checked/{now:%Y%m%dT%H%M%S.%f}",
        pages={"cohort": ("cohorts:group", enrolment.cohort_id)},
        proof=participation.proof,
        course=participation.round.course,
    )


def my_week(  # noqa: PLR0913 -- what a week holds
    leader: User,
    *,
    programme: Programme,
    monday: date,
    meetings: Sequence[Meeting],
    tasks: int,
    urgent: int,
) -> Letter:
    """Return the week of somebody who leads: the meetings, and how much there is to do."""
    with translation.override(leader.language):
        page = links.page(reverse("cohorts:facilitator"))
    return from_programme(
        "my_week",
        programme=programme,
        key=f"week/{monday}/{leader.pk}",
        to=staff_reader(leader),
        links={"desk": page},
        monday=monday,
        meetings=meetings,
        tasks=tasks,
        urgent=urgent,
    )
