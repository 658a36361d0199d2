"""The code of one meeting, shown as a QR to those who sit at the table."""

from datetime import timedelta

from django.conf import settings
from django.urls import reverse
from django.utils import timezone

from cohorts.models import Meeting
from outbox.letters import TOKEN_GOES_HERE
from outbox.links import Link

CHECK_IN = "meeting-check-in"


def check_in_address(meeting: Meeting) -> str:
    """Return the address that checks somebody in: signed for this meeting, in its window only."""
    path = reverse("cohorts:check_in", args=[TOKEN_GOES_HERE])
    link = Link(
        purpose=CHECK_IN,
        row=meeting.pk,
        generation=1,
        last_day=timezone.localdate(meeting.starts_at) + timedelta(days=1),
        path=path.replace(TOKEN_GOES_HERE, "{token}"),
    )
    return settings.SITE_URL + link.signed_path()
