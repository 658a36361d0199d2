"""A leader cannot lead today or for some days: all cohorts seen to in one preview."""

from collections.abc import Sequence
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.utils import timezone
from django.utils.http import urlencode
from django.utils.translation import gettext as _

from accounts.gates import role_needed
from accounts.models import User
from accounts.requests import UserRequest
from accounts.rules import MoveRefused, Role
from cohorts import words
from cohorts.actions.absences import HandOver, MeetingMove, Seen, Settled, settle_absence
from cohorts.forms.absences import AbsenceForm
from cohorts.queries.absences import Choice, Concerned, ToRing, concerned_by, to_ring
from cohorts.queries.choices import leaders
from cohorts.queries.meetings import led_by
from cohorts.rules.absences import WayOut
from cohorts.rules.sittings import ChangedMeanwhile, NobodyTakesOver, RulesTouched
from cohorts.views.touches import sentence

RING, WHY, FIELDS = "ring", "skal", "grupp-"
MOST_TO_RING = 20


@role_needed(Role.FACILITATOR, Role.COORDINATOR)
def own_absence(request: UserRequest) -> HttpResponse:
    """Show what becomes of one's own meetings, and do what is chosen for each cohort."""
    return _absence(request, request.user)


@role_needed(Role.COORDINATOR)
def leader_absence(request: UserRequest, user_id: int) -> HttpResponse:
    """Show what becomes of somebody else's meetings, and do what is chosen for each cohort."""
    return _absence(request, get_object_or_404(leaders(request.user), pk=user_id))


def _absence(request: UserRequest, leader: User) -> HttpResponse:
    today, now = timezone.localdate(), timezone.now()
    told = request.POST if request.method == "POST" else request.GET
    asked = AbsenceForm(
        told if "first_on" in told else None, initial={"first_on": today, "last_on": today}
    )
    concerned: list[Concerned] | None = None
    if asked.is_valid():
        days = asked.cleaned_data
        concerned = concerned_by(
            leader, leaders(request.user), days["first_on"], days["last_on"], now=now
        )
        if request.method == "POST":
            chosen = _chosen(request, concerned)
            if chosen is not None and _saved(request, leader, asked, chosen):
                return redirect(f"{request.path}{_still_to_ring(concerned, chosen)}")
    context: dict[str, Any] = {
        "leader": leader,
        "is_own": leader.pk == request.user.pk,
        "form": asked,
        "concerned": concerned,
        "to_ring": _to_ring(request),
        "why": WHY,
        "words": words,
    }
    return TemplateResponse(request, "cohorts/planning/absence.html", context)


def _chosen(
    request: UserRequest, concerned: Sequence[Concerned]
) -> list[tuple[Concerned, Choice]] | None:
    """Return what was chosen for each cohort; None, and it is said, if one is not offered now.

    The preview must still be what was shown: a choice is posted with its meetings' revisions.
    """
    posted = {name: request.POST.get(name, "") for name in request.POST if name.startswith(FIELDS)}
    known = {one.field for one in concerned}
    found = [(one, one.chosen(posted.get(one.field, WayOut.LEAVE))) for one in concerned]
    whole = [(one, choice) for one, choice in found if choice is not None]
    if len(whole) < len(found) or not posted.keys() <= known:
        messages.error(request, words.PREVIEW_CHANGED)
        return None
    return whole


def _saved(
    request: UserRequest,
    leader: User,
    asked: AbsenceForm,
    chosen: Sequence[tuple[Concerned, Choice]],
) -> bool:
    """Do what was chosen, or say why not; return whether it was done."""
    try:
        settle_absence(
            leader_id=leader.pk,
            off=asked.span(),
            settled=_settled(chosen, why=request.POST.get(WHY, "").strip()[:300]),
            by=request.user,
            now=timezone.now(),
        )
    except (ChangedMeanwhile, MoveRefused):
        messages.error(request, words.PREVIEW_CHANGED)
        return False
    except NobodyTakesOver as nobody:
        said = _("%(name)s %(why)s. Ingenting ändrades. Välj någon annan.")
        why = words.HAND_OVER_REFUSALS[nobody.refusal]
        messages.error(request, said % {"name": nobody.name, "why": why})
        return False
    except RulesTouched as touched:
        for one in touched.touches:
            messages.error(request, sentence(one))
        return False
    if all(choice.way is WayOut.LEAVE for _one, choice in chosen):
        messages.success(request, _("Frånvaron är sparad."))
    else:
        messages.success(request, _("Frånvaron är sparad. De berörda har fått brev."))
    return True


def _settled(chosen: Sequence[tuple[Concerned, Choice]], *, why: str) -> Settled:
    by_way = [(choice, one.repair) for one, choice in chosen]
    return Settled(
        moves=[
            MeetingMove(
                meeting_id=move.meeting.pk, seen=move.meeting.sequence, starts_at=move.starts_at
            )
            for choice, repair in by_way
            if choice.way is WayOut.MOVE
            for move in repair.moves
        ],
        handed=[
            HandOver(meeting_id=meeting.pk, seen=meeting.sequence, to_id=choice.substitute.user.pk)
            for choice, repair in by_way
            if choice.substitute is not None
            for meeting in repair.away
        ],
        called_off=[
            Seen(meeting_id=meeting.pk, seen=meeting.sequence)
            for choice, repair in by_way
            if choice.way is WayOut.CALL_OFF
            for meeting in repair.away
        ],
        why=why or _("Handledaren har fått förhinder."),
    )


def _still_to_ring(
    concerned: Sequence[Concerned], chosen: Sequence[tuple[Concerned, Choice]]
) -> str:
    """Return the address of the list to ring: near meetings that are not held as people think."""
    changed = {one.field for one, choice in chosen if choice.way in {WayOut.MOVE, WayOut.CALL_OFF}}
    near = [
        (RING, ringing.meeting.pk)
        for one in concerned
        if one.field in changed
        for ringing in one.to_ring
    ]
    return f"?{urlencode(near)}" if near else ""


def _to_ring(request: UserRequest) -> list[ToRing]:
    """Return those to ring about meetings that were changed just now, as the address says."""
    asked = [one for one in request.GET.getlist(RING) if one.isdecimal()][:MOST_TO_RING]
    if not asked:
        return []
    return to_ring(led_by(request.user).filter(pk__in=asked))
