"""The funder's report: every figure with the line that says how it is counted."""

from django.http import HttpResponse
from django.template.response import TemplateResponse
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.gates import role_needed
from accounts.queries import roles_of
from accounts.requests import UserRequest
from accounts.rules import Role
from cohorts.queries import current_programme
from cohorts.words import FEE_KINDS
from reports.queries import Report, report_of
from reports.rules import is_small, percent
from reports.words import FEE_DEFINITIONS, FEWER_THAN_FIVE, STAGE_DEFINITIONS, STAGES


@role_needed(Role.COORDINATOR, Role.AUDITOR)
def report(request: UserRequest) -> HttpResponse:
    """Show the figures of the programme that runs; an auditor sees no small numbers."""
    programme = current_programme()
    if programme is None:
        return TemplateResponse(request, "reports/report.html", {"programme": None})
    figures = report_of(programme)
    hides = Role.COORDINATOR not in roles_of(request.user)
    return TemplateResponse(
        request,
        "reports/report.html",
        {
            "programme": programme,
            "figures": figures,
            "hides_small": hides,
            "today": timezone.localdate(),
            "funnel": [
                {
                    "label": STAGES[stage],
                    "companies": _shown(reached.companies, hides=hides),
                    "persons": _shown(reached.persons, hides=hides),
                    "definition": STAGE_DEFINITIONS[stage],
                }
                for stage, reached in figures.funnel.items()
            ],
            "places": [
                {
                    "name": place.name,
                    "meetings": place.meetings,
                    "attendances": _shown(place.attendances, hides=hides),
                    "persons": _shown(place.persons, hides=hides),
                }
                for place in figures.places
            ],
            "fees": [
                {
                    "label": FEE_KINDS[fees.kind],
                    "places": _shown(fees.places, hides=hides),
                    "companies": _shown(fees.companies, hides=hides),
                    "definition": FEE_DEFINITIONS[fees.kind],
                }
                for fees in figures.fees
            ],
            "voting": _voting(figures, hides=hides),
            "grants": _shown(figures.aid.grants, hides=hides),
            "grant_companies": _shown(figures.aid.companies, hides=hides),
        },
    )


def _voting(figures: Report, *, hides: bool) -> dict[str, str]:
    """Return the votes; a share that would give a small number away is hidden with it."""
    votes = figures.votes
    stayed_away = votes.might - votes.did
    is_hidden = hides and any(is_small(n) for n in (votes.might, votes.did, stayed_away))
    return {
        "might": _shown(votes.might, hides=hides),
        "did": _shown(votes.did, hides=hides),
        "turnout": _("visas inte") if is_hidden else _share(percent(votes.did, votes.might)),
    }


def _share(share: int | None) -> str:
    return "–" if share is None else _("%(share)s\u00a0%%") % {"share": share}


def _shown(number: int, *, hides: bool) -> str:
    """Return a number of people or companies as this reader may see it."""
    return str(FEWER_THAN_FIVE) if hides and is_small(number) else str(number)
