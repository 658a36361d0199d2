"""One person's time line: what has happened and what is to come, in one list."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from accounts.models import User
from cohorts.models import FeeDecision, Interest, Invitation, Meeting
from cohorts.queries.participants import coming_meetings_of, enrolments_of, interests_of
from cohorts.rules import InvitationState
from outbox.models import Message
from outbox.queries import letters_about
from voting.models import RollEntry
from voting.rules import BallotState

LONGEST = 60


class EventKind(StrEnum):
    INTEREST = "interest"
    INVITATION = "invitation"
    SEAT = "seat"
    MEETING = "meeting"
    FEE = "fee"
    VOTED = "voted"
    NOT_VOTED = "not_voted"
    LETTER = "letter"


@dataclass(frozen=True, slots=True)
class Event:
    """One line: when, what, and the row it is about. The page finds the words."""

    at: datetime
    kind: EventKind
    row: Interest | Invitation | Meeting | FeeDecision | RollEntry | Message | object
    is_coming: bool = False


def time_line_of(user: User, *, now: datetime) -> list[Event]:
    """Return the latest lines about ``user``, the newest first; meetings to come are first."""
    interests = list(interests_of(user))
    events = [Event(i.registered_at, EventKind.INTEREST, i) for i in interests]
    events += _invitations(user)
    events += [Event(e.enrolled_at, EventKind.SEAT, e) for e in enrolments_of(user)]
    events += _fees(user)
    events += _votes(user)
    subjects = [f"user/{user.pk}", *(f"interest/{i.pk}" for i in interests)]
    letters = letters_about(*subjects).filter(fleeting=False)[:LONGEST]
    events += [Event(m.queued_at, EventKind.LETTER, m) for m in letters]
    events += [
        Event(m.starts_at, EventKind.MEETING, m, is_coming=True)
        for m in coming_meetings_of(user, now)[:LONGEST]
    ]
    return sorted(events, key=lambda event: event.at, reverse=True)[: 2 * LONGEST]


def _invitations(user: User) -> list[Event]:
    sent = (
        Invitation.objects.filter(interest__user=user, released_at__isnull=False)
        .exclude(state=InvitationState.DRAFT)
        .select_related("cohort")
    )
    return [
        Event(i.released_at, EventKind.INVITATION, i) for i in sent if i.released_at is not None
    ]


def _fees(user: User) -> list[Event]:
    decisions = FeeDecision.objects.filter(
        participation__enrolment__user=user, is_current=True
    ).select_related("participation__round__course")
    return [Event(d.decided_at, EventKind.FEE, d) for d in decisions]


def _votes(user: User) -> list[Event]:
    """Return whether the person voted on a course, dated by the ballot: no vote has a time."""
    entries = RollEntry.objects.filter(voter=user, ballot__asked_as=None).exclude(
        ballot__state__in=[BallotState.DRAFT, BallotState.VOID]
    )
    return [
        Event(
            e.ballot.opens_at,
            EventKind.VOTED if e.has_voted else EventKind.NOT_VOTED,
            e,
        )
        for e in entries.select_related("ballot")
    ]
