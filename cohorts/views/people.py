"""People: found, filtered, taken out as a file, and one person's whole story."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from accounts.gates import role_needed
from accounts.requests import UserRequest
from accounts.rules import MoveRefused, Role
from accounts.steps import acting
from cohorts import words
from cohorts.actions import interests as actions
from cohorts.forms.staff_cohorts import NoteForm
from cohorts.forms.staff_people import PeopleFilter
from cohorts.models import Interest
from cohorts.queries import person as queries
from cohorts.queries.choices import place_choices
from cohorts.queries.exports import people_columns, people_rows
from cohorts.queries.people import PeopleWanted, people_listed
from cohorts.rules import InterestState
from cohorts.rules.interests import UNDO_WITHDRAWAL_WITHIN
from cohorts.views.exports import csv_response, filters_told, xlsx_response
from outbox.words import LETTER_STATES

PAGE = 50
MAY_END = (InterestState.ACTIVE, InterestState.PAUSED)
FILE = "personer"


@role_needed(Role.COORDINATOR)
def people(request: UserRequest) -> HttpResponse:
    """Show the people who match; a search with a single hit goes straight to that person."""
    places = place_choices()
    form = _filter(request, places)
    found = _found(form)
    page = Paginator(found, PAGE).get_page(request.GET.get("page"))
    if form.cleaned_data.get("q") and page.paginator.count == 1:
        return redirect("cohorts:person", interest_id=page.object_list[0].pk)
    context = {
        "page": page,
        "filter": form,
        "places": dict(places),
        "is_filtered": any(form.cleaned_data.values()),
        "words": words,
    }
    return TemplateResponse(request, "cohorts/staff/people.html", context)


@role_needed(Role.COORDINATOR)
@never_cache
def people_csv(request: UserRequest) -> HttpResponse:
    """Give the people who match as a CSV file."""
    return csv_response(FILE, people_columns(), people_rows(_found(_filter(request))))


@role_needed(Role.COORDINATOR)
@never_cache
def people_xlsx(request: UserRequest) -> HttpResponse:
    """Give the people who match as a spreadsheet, with a sheet that says what it holds."""
    form = _filter(request)
    rows = people_rows(_found(form))
    return xlsx_response(
        FILE, people_columns(), rows, filters=filters_told(form), now=timezone.now()
    )


@role_needed(Role.COORDINATOR)
def person(request: UserRequest, interest_id: int) -> HttpResponse:
    """Show one person's time line; end the interest with a reason, or undo that."""
    interest = get_object_or_404(queries.people_for_coordinators(), pk=interest_id)
    wish = request.POST.get("do", "")
    form = NoteForm(request.POST if wish == "withdraw" else None)
    if wish == "resume" or (wish == "withdraw" and form.is_valid()):
        _answer(request, interest, why=form.cleaned_data["why"] if wish == "withdraw" else None)
        return redirect("cohorts:person", interest_id=interest.pk)
    context = {
        "interest": interest,
        "events": queries.events_of(interest),
        "form": form,
        "may_end": interest.state in MAY_END,
        "may_undo": _may_undo(interest),
        "letter_states": LETTER_STATES,
        "words": words,
    }
    return TemplateResponse(request, "cohorts/staff/person.html", context)


def _answer(request: UserRequest, interest: Interest, *, why: str | None) -> None:
    """End the interest for a reason, or take the end back where there is none."""
    generation, now = interest.link_generation, timezone.now()
    actor = acting(request.user)
    try:
        if why is None:
            actions.resume_interest(
                interest_id=interest.pk, generation=generation, actor=actor, now=now
            )
        else:
            actions.withdraw_interest(
                interest_id=interest.pk, generation=generation, actor=actor, why=why, now=now
            )
    except (MoveRefused, actions.LinkSuperseded, actions.TooLate):
        messages.error(request, _("Anmälan har ändrats under tiden. Ingenting ändrades nu."))
    else:
        messages.success(
            request,
            _("Anmälan är aktiv igen, med sin gamla plats i kön.")
            if why is None
            else _("Anmälan är avslutad, och personen har fått ett brev. Du kan ångra i 30 dagar."),
        )


def _may_undo(interest: Interest) -> bool:
    withdrawn_at = interest.withdrawn_at
    return (
        interest.state == InterestState.WITHDRAWN
        and withdrawn_at is not None
        and timezone.now() - withdrawn_at <= UNDO_WITHDRAWAL_WITHIN
    )


def _filter(request: UserRequest, places: list[tuple[str, str]] | None = None) -> PeopleFilter:
    """Return the filter in the address, checked; what it does not know asks for nothing."""
    form = PeopleFilter(request.GET, places=places or place_choices())
    form.is_valid()
    return form


def _found(form: PeopleFilter) -> QuerySet[Interest]:
    return people_listed(PeopleWanted(**form.cleaned_data))
