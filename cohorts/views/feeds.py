"""Calendars to subscribe to: the page that gives their addresses, and the calendars themselves."""

import hashlib
from dataclasses import dataclass

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.cache import get_conditional_response
from django.utils.http import quote_etag
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from accounts.gates import link_in_hand, logged_in
from accounts.requests import UserRequest
from cohorts.actions.feeds import end_feed, open_feed
from cohorts.calendars import calendar_file
from cohorts.emails.invites import event_of
from cohorts.models import Cohort, Feed
from cohorts.queries.feeds import cohorts_shared_by, entries_of, feed_by_token, feeds_of


@dataclass(frozen=True, slots=True)
class Row:
    """One calendar on the page: the own one, or a group's. ``address`` is shown when just made."""

    cohort: Cohort | None
    feed: Feed | None
    address: str


@logged_in
def my_calendars(request: UserRequest) -> HttpResponse:
    """Show which calendars can be subscribed to; make an address, make it anew, or end it."""
    fresh: dict[int | None, str] = {}
    if request.method == "POST":
        cohort = _cohort(request)
        key = cohort.pk if cohort else None
        if request.POST.get("do") != "open":
            end_feed(owner_id=request.user.pk, cohort_id=key, now=timezone.now())
            messages.success(request, _("Adressen gäller inte längre."))
            return redirect("cohorts:my_calendars")
        token = open_feed(owner_id=request.user.pk, cohort_id=key, now=timezone.now())
        fresh[key] = settings.SITE_URL + reverse("cohorts:feed", args=[token])
    known = {feed.cohort_id: feed for feed in feeds_of(request.user)}
    cohorts: list[Cohort | None] = [None, *cohorts_shared_by(request.user)]
    rows = [
        Row(cohort, known.get(key), fresh.get(key, ""))
        for cohort in cohorts
        for key in [cohort.pk if cohort else None]
    ]
    return TemplateResponse(request, "cohorts/participant/calendars.html", {"rows": rows})


@link_in_hand
@require_safe
def feed(request: HttpRequest, token: str) -> HttpResponse:
    """Give a calendar to whoever has its address; one that asks again gets it only if changed.

    The tag is of all that it holds. No time is told: what has left a calendar leaves none behind.
    """
    feed = feed_by_token(token)
    if feed is None:
        raise Http404
    entries = entries_of(feed, now=timezone.now())
    events = [
        event_of(entry.meeting, whose=entry.whose, with_ways_in=entry.with_ways_in)
        for entry in entries
    ]
    name = feed.cohort.name if feed.cohort else _("RegAI: mina träffar")
    file = calendar_file(events, name=name)
    etag = quote_etag(hashlib.sha256(file).hexdigest()[:32])
    response = HttpResponse(file, content_type="text/calendar; charset=utf-8")
    response["Content-Disposition"] = 'inline; filename="traffar.ics"'
    response["ETag"] = etag
    return get_conditional_response(request, etag=etag, response=response) or response


def _cohort(request: UserRequest) -> Cohort | None:
    """Return the group that a button is about, or None for one's own calendar."""
    named = request.POST.get("cohort", "")
    if not named:
        return None
    number = int(named) if named.isdecimal() else 0
    return get_object_or_404(cohorts_shared_by(request.user), pk=number)
