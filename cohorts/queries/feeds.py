"""What a calendar that somebody subscribes to holds."""

import hashlib
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Q, QuerySet

from accounts.models import User
from cohorts.models import Cohort, Enrolment, Feed, Meeting
from cohorts.rules import EnrolmentState, MeetingState
from cohorts.rules.enrolments import MEMBERS

# A meeting that is called off stays this long, so that every calendar has heard of it.
CANCELLED_STAYS = timedelta(days=60)
LOOKS_BACK = timedelta(days=400)


@dataclass(frozen=True, slots=True)
class Entry:
    """One meeting in one calendar. ``whose`` is the row that gives it its identity there."""

    meeting: Meeting
    whose: str
    with_ways_in: bool


def digest_of(token: str) -> str:
    """Return what is kept of a token: 192 random bits need no salt."""
    return hashlib.sha256(token.encode()).hexdigest()


def feed_by_token(token: str) -> Feed | None:
    """Return the calendar behind a secret address, or None if it is wrong or has been ended.

    A cohort's calendar ends with its owner's part in the cohort.
    """
    feed = (
        Feed.objects.filter(token_digest=digest_of(token), ended_at=None, owner__is_active=True)
        .select_related("owner", "cohort__programme")
        .first()
    )
    if feed is None or feed.cohort_id is None:
        return feed
    return feed if cohorts_shared_by(feed.owner).filter(pk=feed.cohort_id).exists() else None


def feeds_of(user: User) -> QuerySet[Feed]:
    """Return the calendars that the user has an address for."""
    return Feed.objects.filter(owner=user, ended_at=None).order_by("pk")


def cohorts_shared_by(user: User) -> QuerySet[Cohort]:
    """Return the cohorts whose calendar the user may share: as a member, or who leads it."""
    member = Q(enrolments__user=user, enrolments__state=EnrolmentState.ACTIVE)
    return Cohort.objects.filter(member | Q(facilitator=user)).distinct().order_by("name", "pk")


def entries_of(feed: Feed, *, now: datetime) -> list[Entry]:
    """Return the meetings of a calendar, soonest first. Only one's own says how to join."""
    if feed.cohort is not None:
        whose = f"cohort/{feed.cohort_id}"
        shared = _shown(now).filter(round__cohort=feed.cohort)
        return [Entry(meeting, whose, with_ways_in=False) for meeting in shared]
    seats = {seat.cohort_id: seat for seat in _seats(feed.owner)}
    own = _shown(now).filter(Q(round__cohort__in=seats) | Q(facilitator=feed.owner))
    return [_own(meeting, seats.get(meeting.round.cohort_id), feed.owner) for meeting in own]


def _own(meeting: Meeting, seat: Enrolment | None, owner: User) -> Entry:
    if seat is None:
        return Entry(meeting, f"user/{owner.pk}", with_ways_in=True)
    is_in = seat.state == EnrolmentState.ACTIVE
    return Entry(meeting, f"enrolment/{seat.pk}", with_ways_in=is_in)


def _seats(user: User) -> QuerySet[Enrolment]:
    return Enrolment.objects.filter(user=user, state__in=MEMBERS).order_by("pk")


def _shown(now: datetime) -> QuerySet[Meeting]:
    stands = Q(state__in=[MeetingState.SCHEDULED, MeetingState.HELD, MeetingState.CLOSED])
    is_off = Q(state=MeetingState.CANCELLED, revised_at__gt=now - CANCELLED_STAYS)
    return (
        Meeting.objects.filter(stands | is_off, starts_at__gt=now - LOOKS_BACK)
        .select_related("place", "round__course", "round__cohort__programme")
        .order_by("starts_at", "pk")
    )
