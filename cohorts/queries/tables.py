"""Reads about seats at the table of one meeting. Exact only under the meeting's lock."""

from cohorts.models import Enrolment, Meeting, Presence
from cohorts.rules import AnswerKind, EnrolmentState, MeetingState


def seats_at(meeting: Meeting) -> int | None:
    """Return how many can sit down at a meeting; None: nobody counts them."""
    return None if meeting.place.is_digital else meeting.table_seats


def seats_taken(meeting: Meeting) -> int:
    """Return how many members have a seat."""
    return meeting.presences.filter(
        answer=AnswerKind.ON_SITE, enrolment__state=EnrolmentState.ACTIVE
    ).count()


def line_at(meeting: Meeting) -> list[Presence]:
    """Return the members who wait for a seat, the first in line first."""
    return list(
        meeting.presences.filter(answer=AnswerKind.WAITING, enrolment__state=EnrolmentState.ACTIVE)
        .select_related("enrolment__interest", "enrolment__cohort__programme")
        .order_by("answered_at", "id")
    )


def place_in_line(meeting: Meeting, enrolment: Enrolment) -> int | None:
    """Return a member's place in the line, from 1, or None if they do not wait."""
    waiting = [presence.enrolment_id for presence in line_at(meeting)]
    return waiting.index(enrolment.pk) + 1 if enrolment.pk in waiting else None


def seat_by_link(meeting_id: int, enrolment_id: int) -> tuple[Enrolment, Meeting] | None:
    """Return the seat and the meeting that a link in a letter opens, or None if either is gone."""
    seat = (
        Enrolment.objects.filter(pk=enrolment_id, cohort__rounds__meetings=meeting_id)
        .select_related("interest", "cohort")
        .first()
    )
    meeting = meeting_by_code(meeting_id)
    return (seat, meeting) if seat and meeting else None


def meeting_by_code(meeting_id: int) -> Meeting | None:
    """Return the meeting that a signed code names, or None; of a draft nobody has been told."""
    return (
        Meeting.objects.filter(pk=meeting_id)
        .exclude(state=MeetingState.DRAFT)
        .select_related("place", "facilitator", "round__course", "round__cohort__programme")
        .first()
    )
