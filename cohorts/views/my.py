"""A person's own page, what happens next on top, and the data that is kept about them."""

import json

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.actions import change_own_details
from accounts.gates import logged_in
from accounts.queries import works_here
from accounts.requests import UserRequest
from cohorts import words
from cohorts.actions import erasure
from cohorts.forms.my import DetailsForm
from cohorts.queries import participants as queries
from cohorts.queries import personal
from cohorts.queries.mydata import everything_about
from cohorts.queries.protection import open_wish_of
from cohorts.queries.timeline import time_line_of
from cohorts.rules import InterestState
from cohorts.views.links import path_to_interest, path_to_invitation
from outbox.words import LETTER_STATES

OVER = {InterestState.MERGED, InterestState.ANONYMISED}


@logged_in
def my_page(request: UserRequest) -> HttpResponse:
    """Show what waits for this person, what comes, and what has been."""
    user, now = request.user, timezone.now()
    meetings = list(queries.coming_meetings_of(user, now)[:5])
    enrolments = list(queries.enrolments_of(user))
    return TemplateResponse(
        request,
        "cohorts/participant/my_page.html",
        {
            "invitations": [
                (one, path_to_invitation(one)) for one in queries.open_invitations_of(user)
            ],
            "to_answer": list(queries.to_answer_of(user)),
            "to_vote": list(queries.to_vote_of(user)),
            "meetings": meetings,
            "enrolments": enrolments,
            "interests": [
                (one, path_to_interest(one))
                for one in queries.interests_of(user)
                if one.state not in OVER
            ],
            "speaks": user.speaks_for.filter(ended_at=None).exists(),
            "events": time_line_of(user, now=now),
            "works_here": works_here(user),
            "letter_states": LETTER_STATES,
            "fee_kinds": words.FEE_KINDS,
            "invitation_states": words.INVITATION_STATES,
            "interest_states": words.INTEREST_STATES,
            "enrolment_states": words.ENROLMENT_STATES,
            "answers": words.ANSWERS,
        },
    )


@logged_in
def my_data(request: UserRequest) -> HttpResponse:
    """Show what is kept about this person, let them correct it, and say what must stay."""
    user = request.user
    form = DetailsForm(request.POST or None, initial={"name": user.name, "language": user.language})
    if request.method == "POST" and form.is_valid():
        change_own_details(user_id=user.pk, now=timezone.now(), **form.cleaned_data)
        messages.success(request, _("Dina uppgifter är sparade."))
        return redirect("cohorts:my_data")
    return TemplateResponse(
        request,
        "cohorts/participant/my_data.html",
        {
            "form": form,
            "data": everything_about(user),
            "words": words,
            "letter_states": LETTER_STATES,
        },
    )


@logged_in
def my_erasure(request: UserRequest) -> HttpResponse:
    """Say what goes and what stays, take the wish to be erased, or take it back."""
    if request.method == "POST":
        if request.POST.get("do") == "take_back":
            erasure.take_erasure_back(user_id=request.user.pk, now=timezone.now())
            messages.success(request, _("Du har tagit tillbaka din begäran. Inget raderas."))
        else:
            erasure.ask_for_erasure(user_id=request.user.pk, now=timezone.now())
            messages.success(request, _("Din begäran är mottagen. Du får ett brev om den."))
        return redirect("cohorts:my_erasure")
    person = personal.person_of(user=request.user)
    context = {
        "wish": open_wish_of(request.user),
        "removed": personal.removed_counts(person),
        "kept": personal.kept_counts(person),
        "words": words,
    }
    return TemplateResponse(request, "cohorts/participant/erasure.html", context)


@logged_in
def my_data_file(request: UserRequest) -> HttpResponse:
    """Give the person's data as a JSON file."""
    text = json.dumps(everything_about(request.user), ensure_ascii=False, indent=1)
    response = HttpResponse(text, content_type="application/json; charset=utf-8")
    response["Content-Disposition"] = 'attachment; filename="mina-uppgifter.json"'
    return response
