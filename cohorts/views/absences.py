"""A leader cannot lead for some days: all cohorts repaired in one preview."""

from collections.abc import Sequence
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts.gates import role_needed
from accounts.models import User
from accounts.requests import UserRequest
from accounts.rules import MoveRefused, Role
from cohorts import words
from cohorts.actions.absences import MeetingMove, move_for_absence
from cohorts.forms.absences import AbsenceForm
from cohorts.queries.choices import leaders
from cohorts.queries.repairs import Repair, repairs_for
from cohorts.rules.sittings import ChangedMeanwhile, RulesTouched
from cohorts.views.touches import sentence

CHOSEN = "grupp"


@role_needed(Role.FACILITATOR, Role.COORDINATOR)
def own_absence(request: UserRequest) -> HttpResponse:
    """Show what becomes of one's own meetings, and move those that are chosen."""
    return _absence(request, request.user)


@role_needed(Role.COORDINATOR)
def leader_absence(request: UserRequest, user_id: int) -> HttpResponse:
    """Show what becomes of somebody else's meetings, and move those that are chosen."""
    return _absence(request, get_object_or_404(leaders(request.user), pk=user_id))


def _absence(request: UserRequest, leader: User) -> HttpResponse:
    today, now = timezone.localdate(), timezone.now()
    told = request.POST if request.method == "POST" else request.GET
    asked = AbsenceForm(
        told if "first_on" in told else None, initial={"first_on": today, "last_on": today}
    )
    repairs: list[Repair] | None = None
    if asked.is_valid():
        days = asked.cleaned_data
        repairs = repairs_for(leader.pk, days["first_on"], days["last_on"], now=now)
        if request.method == "POST" and _save(request, leader, asked, repairs):
            return redirect(request.path)
    context: dict[str, Any] = {
        "leader": leader,
        "is_own": leader.pk == request.user.pk,
        "form": asked,
        "repairs": repairs,
        "stuck": [one for one in repairs or () if not one.is_possible],
        "chosen": CHOSEN,
        "words": words,
    }
    return TemplateResponse(request, "cohorts/planning/absence.html", context)


def _save(
    request: UserRequest, leader: User, asked: AbsenceForm, repairs: Sequence[Repair]
) -> bool:
    """Make the moves of the cohorts that were chosen; return whether all was saved.

    The preview must still be what was shown: each cohort is posted with its moves written out.
    """
    shown = request.POST.getlist(CHOSEN)
    offered = {one.signature: one.moves for one in repairs if one.moves}
    if not set(shown) <= set(offered):
        messages.error(request, words.PREVIEW_CHANGED)
        return False
    moves = [
        MeetingMove(
            meeting_id=move.meeting.pk, seen=move.meeting.sequence, starts_at=move.starts_at
        )
        for one in shown
        for move in offered[one]
    ]
    try:
        moved = move_for_absence(
            leader_id=leader.pk,
            off=asked.span(),
            moves=moves,
            by=request.user,
            now=timezone.now(),
        )
    except (ChangedMeanwhile, MoveRefused):
        messages.error(request, words.PREVIEW_CHANGED)
        return False
    except RulesTouched as touched:
        for one in touched.touches:
            messages.error(request, sentence(one))
        return False
    said = ngettext(
        "Frånvaron är sparad och %(n)s träff är flyttad. De berörda har fått brev.",
        "Frånvaron är sparad och %(n)s träffar är flyttade. De berörda har fått brev.",
        moved,
    )
    messages.success(request, said % {"n": moved} if moved else _("Frånvaron är sparad."))
    return True
