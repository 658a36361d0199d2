"""The municipal coach: own people, and signing somebody up on the phone."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from accounts.gates import role_needed
from accounts.queries import roles_of
from accounts.requests import UserRequest
from accounts.rules import Role
from cohorts import words
from cohorts.actions import coaching as actions
from cohorts.actions.interests import NoProgramme, register_interest
from cohorts.forms.staff_coaching import CorrectForm, PhoneForm
from cohorts.models import Interest
from cohorts.queries.coaching import brought_people, days_left, unconfirmed_until
from cohorts.rules import InterestState
from cohorts.rules.interests import CONFIRM_WITHIN_ON_BEHALF
from cohorts.views.staff_doors import posted

PAGE = 50


@role_needed(Role.COACH, Role.COORDINATOR)
def coach(request: UserRequest) -> HttpResponse:
    """Show the coach's people, those who have not confirmed first."""
    now = timezone.now()
    page = Paginator(brought_people(request.user), PAGE).get_page(request.GET.get("page"))
    rows = [
        {"person": person, "days_left": days_left(person, now=now)} for person in page.object_list
    ]
    context = {
        "page": page,
        "unconfirmed": [row for row in rows if _waits(row["person"])],
        "settled": [row for row in rows if not _waits(row["person"])],
        "sees_all": Role.COORDINATOR in roles_of(request.user),
        "words": words,
    }
    return TemplateResponse(request, "cohorts/staff/coach.html", context)


@role_needed(Role.COACH, Role.COORDINATOR)
def coach_sign_up(request: UserRequest) -> HttpResponse:
    """Sign somebody up who has been told what happens; the person confirms by letter."""
    form = PhoneForm(posted(request))
    if request.method == "POST" and form.is_valid():
        try:
            register_interest(answers=form.answers(), on_behalf_by=request.user, now=timezone.now())
        except NoProgramme:
            form.add_error(None, _("Just nu tar inget projekt emot anmälningar. Inget sparades."))
        else:
            said = _(
                "Ett brev är på väg till %(email)s. Anmälan gäller när personen har bekräftat."
            )
            messages.success(request, said % {"email": form.cleaned_data["email"]})
            return redirect("cohorts:coach")
    context = {"form": form, "days": CONFIRM_WITHIN_ON_BEHALF.days}
    return TemplateResponse(request, "cohorts/staff/coach_sign_up.html", context)


@role_needed(Role.COACH, Role.COORDINATOR)
def coach_person(request: UserRequest, interest_id: int) -> HttpResponse:
    """Correct an unconfirmed sign-up, or confirm it on the person's spoken word."""
    person = _person(request, interest_id)
    if not _waits(person):
        return _over(request, person)
    form = CorrectForm(posted(request), initial={"name": person.name, "email": person.email})
    if request.method == "POST" and form.is_valid():
        try:
            actions.correct_sign_up(
                interest_id=person.pk, by=request.user, now=timezone.now(), **form.cleaned_data
            )
        except actions.SignUpOver:
            return _over(request, person)
        messages.success(
            request, _("Rättat. Ett nytt brev är på väg, och den gamla länken gäller inte.")
        )
        return redirect("cohorts:coach")
    context = {
        "person": person,
        "form": form,
        "until": unconfirmed_until(person),
        "words": words,
    }
    return TemplateResponse(request, "cohorts/staff/coach_person.html", context)


@role_needed(Role.COACH, Role.COORDINATOR)
@require_POST
def coach_resend(request: UserRequest, interest_id: int) -> HttpResponse:
    """Send the confirmation link once more."""
    person = _person(request, interest_id)
    try:
        actions.send_confirmation_again(interest_id=person.pk, now=timezone.now())
    except actions.SignUpOver:
        return _over(request, person)
    said = _("Länken är skickad till %(email)s. Samma dag går högst ett brev.")
    messages.success(request, said % {"email": person.email})
    return redirect("cohorts:coach")


@role_needed(Role.COACH, Role.COORDINATOR)
@require_POST
def coach_spoken(request: UserRequest, interest_id: int) -> HttpResponse:
    """Take the coach's word that the person has confirmed aloud."""
    person = _person(request, interest_id)
    try:
        actions.confirm_aloud(interest_id=person.pk, by=request.user, now=timezone.now())
    except actions.SignUpOver:
        return _over(request, person)
    said = _("%(name)s är bekräftad och får ett brev med det som gäller.")
    messages.success(request, said % {"name": person.name})
    return redirect("cohorts:coach")


def _person(request: UserRequest, interest_id: int) -> Interest:
    return get_object_or_404(brought_people(request.user), pk=interest_id)


def _waits(person: object) -> bool:
    return isinstance(person, Interest) and person.state == InterestState.UNVERIFIED


def _over(request: UserRequest, person: Interest) -> HttpResponse:
    said = _("%(name)s väntar inte på att bekräftas längre. Ingenting ändrades.")
    messages.warning(request, said % {"name": person.name})
    return redirect("cohorts:coach")
