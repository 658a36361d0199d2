"""Letters to those who lead: their calendars follow, whoever made the change."""

from collections.abc import Sequence

from django.urls import reverse
from django.utils import translation

from accounts.models import User
from cohorts.emails.invites import leaders_farewells, leaders_invites
from cohorts.emails.readers import from_programme, staff_reader
from cohorts.models import Meeting
from cohorts.rules.meetings import LeaderNews
from outbox import links
from outbox.letters import Letter


def meeting_handed_over(meeting: Meeting, *, to: User, by: User) -> Letter:
    """Return the news to a substitute: which meeting, where, and who asks."""
    with translation.override(to.language):
        page = links.page(reverse("cohorts:meeting_desk", args=[meeting.pk]))
    return from_programme(
        "meeting_handed_over",
        programme=meeting.round.cohort.programme,
        key=f"meeting/{meeting.pk}/led-by/{to.pk}/{meeting.sequence}",
        to=staff_reader(to),
        links={"meeting": page},
        calendars=leaders_invites(to, [meeting]),
        meeting=meeting,
        cohort=meeting.round.cohort,
        by=by,
        is_own=to.pk == by.pk,
    )


def meetings_led(leader: User, meetings: Sequence[Meeting], news: LeaderNews) -> Letter:
    """Return what has happened to meetings of one cohort that somebody leads, or has led."""
    first = meetings[0]
    is_gone = news is LeaderNews.TAKEN_OVER
    with translation.override(leader.language):
        page = links.page(reverse("cohorts:facilitator"))
    return from_programme(
        "meetings_led",
        programme=first.round.cohort.programme,
        key=f"led/{first.pk}/{first.sequence}/{news}/{leader.pk}",
        to=staff_reader(leader),
        links={"desk": page},
        calendars=(leaders_farewells if is_gone else leaders_invites)(leader, meetings),
        meetings=meetings,
        cohort=first.round.cohort,
        news=news,
    )
