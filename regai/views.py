"""The front page, the pages about the site, and the sign of life."""

from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.gates import anyone
from cohorts.queries import current_programme
from cohorts.queries.starts import coming_starts
from cohorts.views.exports import csv_response
from regai.county import Area, areas_of
from reports.queries import interested_in


@anyone
def front(request: HttpRequest) -> HttpResponse:
    """Say what this is, when and where it starts next, and how to sign up."""
    starts = coming_starts(on=timezone.localdate())
    return TemplateResponse(request, "site/front.html", {"starts": starts})


@anyone
def interest_map(request: HttpRequest) -> HttpResponse:
    """Show how many are interested in each municipality; few enough to be known are not shown."""
    return TemplateResponse(request, "site/map.html", {"areas": _areas()})


@anyone
def interest_map_csv(request: HttpRequest) -> HttpResponse:  # noqa: ARG001 -- a view takes a request
    """Give the numbers of the map as a CSV file."""
    columns = [
        (_("Kommun"), _("En av länets femton.")),
        (_("Personer"), _("Som har anmält intresse och bekräftat.")),
    ]
    hidden = _("visas inte")
    rows = [(area.name, hidden if area.number is None else str(area.number)) for area in _areas()]
    return csv_response("intresse", columns, rows)


def _areas() -> list[Area]:
    programme = current_programme()
    return areas_of(interested_in(programme)) if programme else []


@anyone
def employers(request: HttpRequest) -> HttpResponse:
    """Tell an employer in two minutes what it takes and gives."""
    return TemplateResponse(request, "site/employers.html")


@anyone
def questions(request: HttpRequest) -> HttpResponse:
    """Answer common questions, and name a human."""
    return TemplateResponse(request, "site/questions.html")


@anyone
def privacy(request: HttpRequest) -> HttpResponse:
    """Say what is done with personal data (GDPR Art. 13 and 14)."""
    return TemplateResponse(request, "site/privacy.html")


@anyone
def cookies(request: HttpRequest) -> HttpResponse:
    """List the cookies."""
    return TemplateResponse(request, "site/cookies.html")


@anyone
def accessibility(request: HttpRequest) -> HttpResponse:
    """Give the accessibility statement."""
    return TemplateResponse(request, "site/accessibility.html")


@anyone
def languages(request: HttpRequest) -> HttpResponse:
    """Tell in the national minority languages, briefly, what this is."""
    return TemplateResponse(request, "site/languages.html")


@anyone
def alive(request: HttpRequest) -> HttpResponse:  # noqa: ARG001 -- a view takes a request
    """Answer that the process lives; nothing else is asked."""
    return HttpResponse("ok", content_type="text/plain")
