"""Everything that has happened to one person's interest, in one list; the page finds the words."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from django.db.models import QuerySet

from accounts.models import Change
from accounts.queries import changes_of
from cohorts.models import Interest, Presence
from cohorts.queries.interests import OVER
from outbox.models import Message
from outbox.queries import letters_about

MOST_LETTERS = 100


class EventKind(StrEnum):
    """What an event is about, which decides where its words are found."""

    INTEREST = "interest"
    INVITATION = "invitation"
    ENROLMENT = "enrolment"
    PARTICIPATION = "participation"
    MEETING = "meeting"
    LETTER = "letter"


@dataclass(frozen=True, slots=True)
class PersonEvent:
    """One line: when, what kind, what it was about, and the row that tells the rest."""

    at: datetime
    kind: EventKind
    about: str = ""
    change: Change | None = None
    letter: Message | None = None
    presence: Presence | None = None


def people_for_coordinators() -> QuerySet[Interest]:
    """Return every person who is not merged or erased, with company and places."""
    return (
        Interest.objects.exclude(state__in=OVER)
        .select_related("company", "programme", "municipality", "on_behalf_by", "user")
        .prefetch_related("places__place")
    )


def events_of(interest: Interest) -> list[PersonEvent]:
    """Return the person's time line, the newest first, in a fixed number of statements."""
    events = [*_changes(interest), *_meetings(interest), *_letters(interest)]
    return sorted(events, key=lambda event: event.at, reverse=True)


def _changes(interest: Interest) -> list[PersonEvent]:
    about: dict[str, str] = {f"interest/{interest.pk}": ""}
    for invitation in interest.invitations.select_related("cohort"):
        about[f"invitation/{invitation.pk}"] = invitation.cohort.name
    seats = interest.enrolments.select_related("cohort").prefetch_related(
        "participations__round__course"
    )
    for seat in seats:
        about[f"enrolment/{seat.pk}"] = seat.cohort.name
        for study in seat.participations.all():
            about[f"participation/{study.pk}"] = study.round.course.title
    return [
        PersonEvent(
            at=change.at,
            kind=EventKind(change.subject.partition("/")[0]),
            about=about[change.subject],
            change=change,
        )
        for change in changes_of(*about).select_related("by_user")
    ]


def _meetings(interest: Interest) -> list[PersonEvent]:
    answered = Presence.objects.filter(enrolment__interest=interest).select_related(
        "meeting__place", "meeting__round__course"
    )
    return [
        PersonEvent(
            at=presence.meeting.starts_at,
            kind=EventKind.MEETING,
            about=presence.meeting.round.course.title,
            presence=presence,
        )
        for presence in answered
    ]


def _letters(interest: Interest) -> list[PersonEvent]:
    subjects = [f"interest/{interest.pk}"]
    if interest.user_id:
        subjects.append(f"user/{interest.user_id}")
    return [
        PersonEvent(at=letter.queued_at, kind=EventKind.LETTER, letter=letter)
        for letter in letters_about(*subjects)[:MOST_LETTERS]
    ]
