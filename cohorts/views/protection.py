"""The data protection officer's pages: who waits, what would go and stay, what has gone."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from accounts.gates import role_needed
from accounts.models import User
from accounts.requests import UserRequest
from accounts.rules import Role
from cohorts import words
from cohorts.actions.erasure import erase_person
from cohorts.forms.protection import EraseForm
from cohorts.forms.staff_people import SearchForm
from cohorts.models import Interest
from cohorts.queries import personal
from cohorts.queries import protection as queries
from cohorts.queries.interests import OVER
from cohorts.views.staff_doors import posted

PAGE = 50


@role_needed(Role.DATA_PROTECTION)
@never_cache
def protection(request: UserRequest) -> HttpResponse:
    """Show who waits to be erased, find a person, and what was erased last."""
    form = SearchForm(request.GET)
    text = form.cleaned_data["q"].strip() if form.is_valid() else ""
    context = {
        "waiting": queries.erasures_waiting(),
        "search": form,
        "text": text,
        "interests": list(queries.interests_found(text)) if text else [],
        "log_ins": list(queries.log_ins_found(text)) if text else [],
        "done": list(queries.erasures_done()[:5]),
        "today": timezone.localdate(),
        "words": words,
    }
    return TemplateResponse(request, "cohorts/protection/desk.html", context)


@role_needed(Role.DATA_PROTECTION)
@never_cache
def erase_interest(request: UserRequest, interest_id: int) -> HttpResponse:
    """Show what would go and what would stay of somebody who has signed up, and erase it."""
    living = Interest.objects.exclude(state__in=OVER).select_related("user")
    interest = get_object_or_404(living, pk=interest_id)
    person = personal.person_of(interest=interest)
    return _erase(request, person, user_id=interest.user_id, interest_id=interest.pk)


@role_needed(Role.DATA_PROTECTION)
@never_cache
def erase_log_in(request: UserRequest, user_id: int) -> HttpResponse:
    """Show what would go and what would stay of somebody who logs in, and erase it."""
    user = get_object_or_404(User.objects.exclude(name=personal.GONE), pk=user_id)
    return _erase(request, personal.person_of(user=user), user_id=user.pk, interest_id=None)


@role_needed(Role.DATA_PROTECTION)
@never_cache
def erased(request: UserRequest) -> HttpResponse:
    """List what has been erased: when, by whom, how much; never who."""
    page = Paginator(queries.erasures_done(), PAGE).get_page(request.GET.get("page"))
    context = {"page": page, "words": words}
    return TemplateResponse(request, "cohorts/protection/erased.html", context)


def _erase(
    request: UserRequest, person: personal.Person, *, user_id: int | None, interest_id: int | None
) -> HttpResponse:
    form = EraseForm(posted(request))
    if request.method == "POST" and form.is_valid():
        refusal = erase_person(
            user_id=user_id,
            interest_id=None if user_id else interest_id,
            by=request.user,
            now=timezone.now(),
        )
        if refusal:
            messages.error(request, words.ERASURE_REFUSALS[refusal])
        else:
            messages.success(
                request, _("Personen är raderad. Lediga platser går till nästa på tur.")
            )
        return redirect("cohorts:protection")
    context = {
        "person": person,
        "removed": personal.removed_counts(person),
        "kept": personal.kept_counts(person),
        "form": form,
        "words": words,
    }
    return TemplateResponse(request, "cohorts/protection/erase.html", context)
