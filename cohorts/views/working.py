"""When and where leaders can lead: their own page, and the coordinator's view of everybody."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from accounts.gates import role_needed
from accounts.models import User
from accounts.queries import changes_of, roles_of
from accounts.requests import UserRequest
from accounts.rules import Role
from accounts.steps import subject
from cohorts import words
from cohorts.actions import working as actions
from cohorts.forms.rooms import SpanForm
from cohorts.forms.working import HoursForm, told_of_terms
from cohorts.models import TimeOff
from cohorts.queries import working as queries
from cohorts.queries.choices import leaders, place_choices
from cohorts.views.staff_doors import posted


@role_needed(Role.FACILITATOR, Role.COORDINATOR)
def own_times(request: UserRequest) -> HttpResponse:
    """Show and take one's own hours, places and times off."""
    return _times(request, request.user)


@role_needed(Role.COORDINATOR)
def leader_times(request: UserRequest, user_id: int) -> HttpResponse:
    """Show and take the hours of somebody who leads, on their behalf."""
    return _times(request, get_object_or_404(leaders(request.user), pk=user_id))


@role_needed(Role.COORDINATOR)
def loads(request: UserRequest) -> HttpResponse:
    """Show who leads how much, week by week, over all cohorts."""
    context = {"loads": queries.loads_of(leaders(request.user), now=timezone.now())}
    return TemplateResponse(request, "cohorts/planning/loads.html", context)


@role_needed(Role.FACILITATOR, Role.COORDINATOR)
@require_POST
def time_off_end(request: UserRequest, time_id: int) -> HttpResponse:
    """Say that a leader can lead then after all: oneself, or anybody for a coordinator."""
    off = get_object_or_404(TimeOff, pk=time_id, user__in=leaders(request.user))
    if off.user_id != request.user.pk and Role.COORDINATOR not in roles_of(request.user):
        off = get_object_or_404(TimeOff, pk=time_id, user=request.user)
    actions.end_time_off(time_id=off.pk, by=request.user, now=timezone.now())
    messages.success(request, _("Tiden är borttagen."))
    return _back(request, off.user)


def _times(request: UserRequest, leader: User) -> HttpResponse:
    now, is_off = timezone.now(), request.POST.get("do") == "off"
    terms = queries.terms_of(leader)
    form = HoursForm(
        None if is_off else posted(request),
        initial=told_of_terms(terms, queries.hours_of(leader)),
        places=place_choices(),
    )
    off = SpanForm(posted(request) if is_off else None, prefix="off")
    if form.is_bound and form.is_valid():
        actions.set_terms(user_id=leader.pk, told=form.told(), by=request.user, now=now)
        messages.success(request, _("Tiderna är sparade. Nya träffar planeras efter dem."))
        return _back(request, leader)
    if off.is_bound and off.is_valid():
        starts_at, ends_at = off.span()
        actions.take_time_off(
            user_id=leader.pk, starts_at=starts_at, ends_at=ends_at, by=request.user, now=now
        )
        messages.success(request, _("Tiden är sparad. Inga nya träffar planeras då."))
        return _back(request, leader)
    about = [subject(one) for one in TimeOff.objects.filter(user=leader)]
    context: dict[str, Any] = {
        "leader": leader,
        "is_own": leader.pk == request.user.pk,
        "form": form,
        "off": off,
        "times_off": list(queries.times_off_of(leader, now=now)),
        "clashing": list(queries.led_while_off(leader, now=now)),
        "history": list(
            changes_of(*about, *([subject(terms)] if terms else [])).select_related("by_user")
        ),
        "words": words,
    }
    return TemplateResponse(request, "cohorts/planning/times.html", context)


def _back(request: UserRequest, leader: User) -> HttpResponse:
    if leader.pk == request.user.pk:
        return redirect("cohorts:own_times")
    return redirect("cohorts:leader_times", user_id=leader.pk)
