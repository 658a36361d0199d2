"""Letters as coordinators see them: what was written to whom, and whether it arrived."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from accounts.gates import role_needed
from accounts.requests import UserRequest
from accounts.rules import Role
from cohorts.forms.staff_people import LettersFilter
from cohorts.queries.exports import letter_columns, letter_rows
from cohorts.views.exports import csv_response, filters_told, xlsx_response
from outbox.actions import try_again
from outbox.models import Message
from outbox.queries import letters_matching, text_without_links
from outbox.words import LETTER_STATES, fault_in_words

PAGE = 50
FILE = "brev"


@role_needed(Role.COORDINATOR)
def letters(request: UserRequest) -> HttpResponse:
    """Show the letters that match, newest first; a search with a single hit goes straight there."""
    form = _filter(request)
    page = Paginator(_found(form), PAGE).get_page(request.GET.get("page"))
    if form.cleaned_data.get("q") and page.paginator.count == 1:
        return redirect("cohorts:letter", letter_id=page.object_list[0].pk)
    context = {
        "page": page,
        "filter": form,
        "is_filtered": any(form.cleaned_data.values()),
        "rows": [(one, fault_in_words(one.last_fault)) for one in page],
        "states": LETTER_STATES,
    }
    return TemplateResponse(request, "cohorts/staff/letters.html", context)


@role_needed(Role.COORDINATOR)
@never_cache
def letters_csv(request: UserRequest) -> HttpResponse:
    """Give the letters that match as a CSV file."""
    return csv_response(FILE, letter_columns(), letter_rows(_found(_filter(request))))


@role_needed(Role.COORDINATOR)
@never_cache
def letters_xlsx(request: UserRequest) -> HttpResponse:
    """Give the letters that match as a spreadsheet, with a sheet that says what it holds."""
    form = _filter(request)
    rows = letter_rows(_found(form))
    return xlsx_response(
        FILE, letter_columns(), rows, filters=filters_told(form), now=timezone.now()
    )


@role_needed(Role.COORDINATOR)
@never_cache
def letter(request: UserRequest, letter_id: int) -> HttpResponse:
    """Show what one letter says, without its links: those are the receiver's own."""
    message = get_object_or_404(letters_matching(), pk=letter_id)
    context = {
        "message": message,
        "letter": {
            "to": message.to,
            "subject": message.subject,
            "text": text_without_links(message),
            "language": message.language,
        },
        "fault": fault_in_words(message.last_fault),
        "states": LETTER_STATES,
    }
    return TemplateResponse(request, "cohorts/staff/letter.html", context)


@role_needed(Role.COORDINATOR)
@require_POST
def letter_again(request: UserRequest, letter_id: int) -> HttpResponse:
    """Put a letter that was given up back in line."""
    if try_again(message_id=letter_id, now=timezone.now()):
        messages.success(request, _("Brevet står i kö igen och skickas inom någon minut."))
    else:
        messages.info(request, _("Brevet väntar eller är redan skickat. Ingenting ändrades."))
    return redirect("cohorts:letter", letter_id=letter_id)


def _filter(request: UserRequest) -> LettersFilter:
    """Return the filter in the address, checked; what it does not know asks for nothing."""
    form = LettersFilter(request.GET)
    form.is_valid()
    return form


def _found(form: LettersFilter) -> QuerySet[Message]:
    return letters_matching(form.cleaned_data.get("q", ""), form.cleaned_data.get("state", ""))
