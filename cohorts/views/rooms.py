"""Rooms and closed days, kept by the coordinators."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from accounts.gates import role_needed
from accounts.queries import changes_of
from accounts.requests import UserRequest
from accounts.rules import Role
from accounts.steps import subject
from cohorts import words
from cohorts.actions import rooms as actions
from cohorts.forms.rooms import BreakForm, RoomForm, RoomTimeForm
from cohorts.models import Break, Room, RoomTime
from cohorts.queries import rooms as queries
from cohorts.queries.choices import town_places, towns_with_places
from cohorts.rules.rooms import RoomTimeKind
from cohorts.views.staff_doors import posted


@role_needed(Role.COORDINATOR)
def rooms(request: UserRequest) -> HttpResponse:
    """List the rooms, and add one."""
    form = RoomForm(posted(request), places=town_places())
    if request.method == "POST" and form.is_valid():
        refusal = actions.add_room(told=form.told(), by=request.user, now=timezone.now())
        if refusal is None:
            messages.success(request, _("Lokalen är tillagd."))
            return redirect("cohorts:rooms")
        form.add_error("name", words.ROOM_REFUSALS[refusal])
    context = {"rooms": list(queries.rooms_listed(now=timezone.now())), "form": form}
    return TemplateResponse(request, "cohorts/planning/rooms.html", context)


@role_needed(Role.COORDINATOR)
def room(request: UserRequest, room_id: int) -> HttpResponse:
    """Show one room with its times, and take a time at which it cannot be had."""
    one, now = _room(room_id), timezone.now()
    form = RoomTimeForm(posted(request))
    if request.method == "POST" and form.is_valid():
        starts_at, ends_at = form.span()
        refusal = actions.take_room(
            room_id=one.pk,
            kind=RoomTimeKind(form.cleaned_data["kind"]),
            starts_at=starts_at,
            ends_at=ends_at,
            note=form.cleaned_data["note"],
            by=request.user,
            now=now,
        )
        if refusal is None:
            messages.success(request, _("Tiden är sparad. Inga träffar planeras i lokalen då."))
            return redirect("cohorts:room", room_id=one.pk)
        form.add_error("first_on", words.ROOM_REFUSALS[refusal])
    times = list(queries.times_of(one, now=now))
    about = [subject(one), *(subject(time) for time in one.times.all())]
    context: dict[str, Any] = {
        "room": one,
        "form": form,
        "times": times,
        "meetings": list(queries.meetings_in(one, now=now)),
        "history": list(changes_of(*about).select_related("by_user")),
        "words": words,
    }
    return TemplateResponse(request, "cohorts/planning/room.html", context)


@role_needed(Role.COORDINATOR)
def room_change(request: UserRequest, room_id: int) -> HttpResponse:
    """Change what is known of a room."""
    one = _room(room_id)
    initial = {
        "place": one.place_id,
        "name": one.name,
        "address": one.address,
        "seats": one.seats,
        "is_step_free": one.is_step_free,
    }
    here = [(one.place_id, _(one.place.name))]
    form = RoomForm(posted(request), initial=initial, places=here)
    if request.method == "POST" and form.is_valid():
        refusal = actions.change_room(
            room_id=one.pk, told=form.told(), by=request.user, now=timezone.now()
        )
        if refusal is None:
            messages.success(request, _("Lokalen är ändrad."))
            return redirect("cohorts:room", room_id=one.pk)
        form.add_error("name", words.ROOM_REFUSALS[refusal])
    context = {"room": one, "form": form}
    return TemplateResponse(request, "cohorts/planning/room_change.html", context)


@role_needed(Role.COORDINATOR)
@require_POST
def room_end(request: UserRequest, room_id: int) -> HttpResponse:
    """Let no more meetings have a room."""
    one = _room(room_id)
    refusal = actions.end_room(room_id=one.pk, by=request.user, now=timezone.now())
    if refusal is not None:
        messages.error(request, words.ROOM_REFUSALS[refusal])
        return redirect("cohorts:room", room_id=one.pk)
    messages.success(request, _("Lokalen används inte längre."))
    return redirect("cohorts:rooms")


@role_needed(Role.COORDINATOR)
@require_POST
def room_free(request: UserRequest, room_id: int, time_id: int) -> HttpResponse:
    """Say that a room can be had after all."""
    taken = get_object_or_404(RoomTime, pk=time_id, room=_room(room_id))
    actions.free_room(time_id=taken.pk, by=request.user, now=timezone.now())
    messages.success(request, _("Lokalen är ledig då igen."))
    return redirect("cohorts:room", room_id=room_id)


@role_needed(Role.COORDINATOR)
def closed_days(request: UserRequest) -> HttpResponse:
    """Show holidays and breaks, and close the days of a break."""
    form = BreakForm(posted(request), towns=towns_with_places())
    if request.method == "POST" and form.is_valid():
        told = form.cleaned_data
        refusal = actions.add_break(**told, by=request.user, now=timezone.now())
        if refusal is None:
            messages.success(request, _("Lovet är sparat. Inga nya träffar planeras då."))
            return redirect("cohorts:closed_days")
        form.add_error("first_on", words.BREAK_REFUSALS[refusal])
    today = timezone.localdate()
    breaks = list(queries.coming_breaks(on=today))
    about = [subject(one) for one in breaks]
    context = {
        "form": form,
        "breaks": breaks,
        "holidays": queries.coming_holidays(on=today),
        "history": list(changes_of(*about).select_related("by_user")),
        "words": words,
    }
    return TemplateResponse(request, "cohorts/planning/closed_days.html", context)


@role_needed(Role.COORDINATOR)
@require_POST
def break_end(request: UserRequest, break_id: int) -> HttpResponse:
    """Open the days of a break again."""
    standing = get_object_or_404(Break, pk=break_id)
    actions.end_break(break_id=standing.pk, by=request.user, now=timezone.now())
    messages.success(request, _("Lovet är borttaget."))
    return redirect("cohorts:closed_days")


def _room(room_id: int) -> Room:
    return get_object_or_404(queries.open_rooms(), pk=room_id)
