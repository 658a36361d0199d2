"""Letters to those who lead."""

from django.urls import reverse
from django.utils import translation

from accounts.models import User
from cohorts.emails.readers import from_programme, staff_reader
from cohorts.models import Meeting
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
        meeting=meeting,
        cohort=meeting.round.cohort,
        by=by,
    )
