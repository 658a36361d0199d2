"""A meeting as one person's calendar is told about it: in letters, in feeds, as a file.

The same person and meeting always give the same UID, wherever it stands. Somebody who leaves a
cohort and comes back has another seat, and by it other UIDs: nothing that was taken away returns.
"""

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime
from email.utils import parseaddr
from uuid import UUID, uuid5

from django.conf import settings
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _

from accounts.models import User
from cohorts import calendars
from cohorts.calendars import CalendarUser, MeetingEvent, Method
from cohorts.models import Enrolment, Meeting
from cohorts.rules import MeetingState
from cohorts.words.publicity import publicity_of


def invites(enrolment: Enrolment, meetings: Iterable[Meeting]) -> list[str]:
    """Return what a letter tells a member's calendar: a request for each, or its cancellation."""
    return [_to_member(enrolment, _own_event(enrolment, meeting)) for meeting in meetings]


def farewells(enrolment: Enrolment, meetings: Iterable[Meeting], *, now: datetime) -> list[str]:
    """Return what takes meetings out of the calendar of somebody who has left the cohort."""
    return [
        _to_member(
            enrolment,
            replace(
                _own_event(enrolment, meeting),
                is_cancelled=True,
                sequence=meeting.sequence + 1,
                revised_at=now,
            ),
        )
        for meeting in meetings
    ]


def leaders_invites(leader: User, meetings: Iterable[Meeting]) -> list[str]:
    """Return what a letter tells a leader's calendar: a request for each, or its cancellation."""
    return [_to_leader(leader, _led_event(leader, meeting)) for meeting in meetings]


def leaders_farewells(leader: User, meetings: Iterable[Meeting]) -> list[str]:
    """Return what takes meetings that somebody else leads now out of a leader's calendar."""
    return [
        _to_leader(leader, replace(_led_event(leader, meeting), is_cancelled=True))
        for meeting in meetings
    ]


def event_of(meeting: Meeting, *, whose: str, with_ways_in: bool) -> MeetingEvent:
    """Return a meeting as a calendar event in the language in force.

    ``whose`` names the row that the calendar belongs to ("enrolment/7"). ``with_ways_in``: with
    the link and the number to join by, which only enrolled people are shown.
    """
    programme = meeting.round.cohort.programme
    url = settings.SITE_URL + reverse("cohorts:meeting", args=[meeting.pk])
    lines = [meeting.round.course.title, url]
    if with_ways_in and meeting.join_link:
        lines.append(_("Anslut: %(link)s") % {"link": meeting.join_link})
    if with_ways_in and meeting.dial_in:
        lines.append(_("Ring in: %(number)s") % {"number": meeting.dial_in})
    lines += filter(None, ["", publicity_of(programme.facts)])
    place = _("Digitalt") if meeting.place.is_digital else _(meeting.place.name)
    return MeetingEvent(
        uid=str(uid_of(meeting, whose)),
        sequence=meeting.sequence,
        revised_at=meeting.revised_at,
        starts_at=meeting.starts_at,
        duration_minutes=meeting.duration_minutes,
        title=f"{programme.name}: {meeting.round.cohort.name}",
        place=", ".join(filter(None, [place, meeting.address])),
        description="\n".join(lines),
        url=url,
        organizer=_organizer(programme.name),
        is_cancelled=meeting.state == MeetingState.CANCELLED,
    )


def uid_of(meeting: Meeting, whose: str) -> UUID:
    """Return what names a meeting in one calendar for ever; the site's address may change."""
    return uuid5(meeting.uid, whose)


def _own_event(enrolment: Enrolment, meeting: Meeting) -> MeetingEvent:
    with translation.override(enrolment.interest.language):
        return event_of(meeting, whose=f"enrolment/{enrolment.pk}", with_ways_in=True)


def _led_event(leader: User, meeting: Meeting) -> MeetingEvent:
    with translation.override(leader.language):
        return event_of(meeting, whose=f"user/{leader.pk}", with_ways_in=True)


def _to_member(enrolment: Enrolment, event: MeetingEvent) -> str:
    interest = enrolment.interest
    return _told(event, to=CalendarUser(name=interest.name, email=interest.email))


def _to_leader(leader: User, event: MeetingEvent) -> str:
    return _told(event, to=CalendarUser(name=leader.name, email=leader.email))


def _told(event: MeetingEvent, *, to: CalendarUser) -> str:
    method = Method.CANCEL if event.is_cancelled else Method.REQUEST
    return calendars.invitation(event, to=to, method=method).decode()


def _organizer(name: str) -> CalendarUser:
    return CalendarUser(name=name, email=parseaddr(settings.DEFAULT_FROM_EMAIL)[1])
