"""The programmes: what runs, what is closed, and what each one is about."""

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.utils import timezone

from accounts.gates import anyone
from cohorts.queries.programmes import programmes_closed as closed_on
from cohorts.queries.programmes import programmes_open as open_on
from cohorts.queries.public import programme_in_public
from cohorts.views.public.facts import facts_told
from cohorts.views.public.goals import goals_told

A_PAGE = 50


@anyone
def programmes(request: HttpRequest) -> HttpResponse:
    """List what runs now."""
    return _listed(request, is_closed=False)


@anyone
def programmes_closed(request: HttpRequest) -> HttpResponse:
    """List what is closed, which remains described."""
    return _listed(request, is_closed=True)


@anyone
def programme(request: HttpRequest, slug: str) -> HttpResponse:
    """Tell about one programme: purpose, period, goals, financiers, and what else is known."""
    found = get_object_or_404(programme_in_public(), slug=slug)
    return TemplateResponse(
        request,
        "cohorts/public/programme.html",
        {
            "programme": found,
            "is_closed": found.ends_on < timezone.localdate(),
            "sections": facts_told(found.facts),
            "goals": goals_told(found.facts),
        },
    )


def _listed(request: HttpRequest, *, is_closed: bool) -> HttpResponse:
    today = timezone.localdate()
    found = closed_on(today) if is_closed else open_on(today)
    page = Paginator(found, A_PAGE).get_page(request.GET.get("page"))
    return TemplateResponse(
        request, "cohorts/public/programmes.html", {"page": page, "is_closed": is_closed}
    )
