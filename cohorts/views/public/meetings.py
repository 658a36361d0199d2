"""The meetings to come, week by week: when, where and on which course. No names, no links."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import groupby

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.utils import timezone

from accounts.gates import anyone
from cohorts.models import Meeting
from cohorts.queries.meetings import coming_in_public
from cohorts.views.public.courses import LANGUAGES

A_PAGE = 50


@dataclass(frozen=True, slots=True)
class Week:
    """One week with its meetings, soonest first."""

    number: int
    monday: date
    sunday: date
    meetings: tuple[Meeting, ...]


@anyone
def meetings(request: HttpRequest) -> HttpResponse:
    """List the meetings to come in all cohorts."""
    page = Paginator(coming_in_public(timezone.now()), A_PAGE).get_page(request.GET.get("page"))
    return TemplateResponse(
        request,
        "cohorts/public/meetings.html",
        {"page": page, "weeks": by_week(page), "languages": LANGUAGES},
    )


def by_week(meetings: Iterable[Meeting]) -> list[Week]:
    """Return meetings in order of time as weeks, Monday first, by local dates."""
    return [
        Week(monday.isocalendar().week, monday, monday + timedelta(days=6), tuple(held))
        for monday, held in groupby(meetings, _monday)
    ]


def _monday(meeting: Meeting) -> date:
    on = timezone.localdate(meeting.starts_at)
    return on - timedelta(days=on.weekday())
