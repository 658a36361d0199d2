"""Changing a meeting that is planned: move it, make it digital, call it off."""

from dataclasses import replace

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from accounts.gates import role_needed
from accounts.requests import UserRequest
from accounts.rules import MoveRefused, Role
from cohorts import words
from cohorts.actions.series import (
    PlannedMeeting,
    RhythmBroken,
    cancel_meeting,
    change_meeting,
    restore_meeting,
)
from cohorts.actions.substitutes import hand_over_meeting
from cohorts.forms.staff_meetings import (
    CancelForm,
    DigitalForm,
    MoveForm,
    SubstituteForm,
    told_of,
)
from cohorts.models import Meeting
from cohorts.queries import meeting_desk as queries
from cohorts.queries.absences import A_LETTER_TAKES
from cohorts.queries.choices import leaders, place_choices
from cohorts.queries.meetings import answers_of, members_of, series_of
from cohorts.queries.rooms import open_rooms
from cohorts.queries.substitutes import Substitute, substitutes_for
from cohorts.rules.meetings import GapRefusal
from cohorts.rules.sittings import ChangedMeanwhile, RulesTouched
from cohorts.views.staff_doors import own_meeting, posted
from cohorts.views.touches import point_out, sentence

OVER = gettext_lazy("Träffen är inte planerad längre, så den kan inte ändras.")
UNCHANGED = gettext_lazy(
    "Träffens tid, plats och länk är oförändrade, så gruppen har inte fått något brev."
)
CHANGED_MEANWHILE = gettext_lazy(
    "Någon annan har ändrat träffen medan du hade sidan öppen. Inget av ditt är sparat."
    " Öppna sidan igen och se hur träffen är nu."
)


@role_needed(Role.FACILITATOR, Role.COORDINATOR)
def meeting_move(request: UserRequest, meeting_id: int) -> HttpResponse:
    """Move a meeting in time or place; outside the rhythm only with a written reason."""
    meeting = own_meeting(request, meeting_id)
    if not queries.is_to_come(meeting):
        return _too_late(request, meeting)
    form = MoveForm(
        posted(request),
        initial=told_of(meeting),
        places=place_choices(),
        rooms=list(open_rooms()),
    )
    if request.method == "POST" and form.is_valid() and _move(request, meeting, form):
        return redirect("cohorts:meeting_desk", meeting_id=meeting.pk)
    context = {
        "meeting": meeting,
        "form": form,
        "others": [one for one in series_of(meeting.round) if one.pk != meeting.pk],
        "members": members_of(meeting.round.cohort).count(),
    }
    return TemplateResponse(request, "cohorts/staff/meeting_move.html", context)


@role_needed(Role.FACILITATOR, Role.COORDINATOR)
def meeting_digital(request: UserRequest, meeting_id: int) -> HttpResponse:
    """Make a meeting digital, or give a digital one its link."""
    meeting, screen = own_meeting(request, meeting_id), queries.digital_place()
    if not queries.is_to_come(meeting) or screen is None:
        return _too_late(request, meeting)
    form = DigitalForm(
        posted(request),
        initial={
            "join_link": meeting.join_link,
            "dial_in": meeting.dial_in,
            "seen": meeting.sequence,
        },
    )
    if request.method == "POST" and form.is_valid() and _digital(request, meeting, form, screen.pk):
        return redirect("cohorts:meeting_desk", meeting_id=meeting.pk)
    context = {"meeting": meeting, "form": form}
    return TemplateResponse(request, "cohorts/staff/meeting_digital.html", context)


@role_needed(Role.FACILITATOR, Role.COORDINATOR)
def meeting_cancel(request: UserRequest, meeting_id: int) -> HttpResponse:
    """Say what calling a meeting off means, and do it with a reason."""
    meeting = own_meeting(request, meeting_id)
    if not queries.is_to_come(meeting):
        return _too_late(request, meeting)
    form = CancelForm(posted(request), initial={"seen": meeting.sequence})
    if request.method == "POST" and form.is_valid():
        try:
            cancel_meeting(
                meeting_id=meeting.pk,
                why=form.cleaned_data["why"],
                by=request.user,
                now=timezone.now(),
                seen=form.cleaned_data["seen"],
            )
        except ChangedMeanwhile:
            form.add_error(None, CHANGED_MEANWHILE)
        except MoveRefused:
            return _too_late(request, meeting)
        else:
            messages.success(request, _("Träffen är inställd, och gruppen har fått brev om det."))
            return redirect("cohorts:meeting_desk", meeting_id=meeting.pk)
    context = {
        "meeting": meeting,
        "form": form,
        "answers": answers_of(meeting),
        "members": members_of(meeting.round.cohort).count(),
        "has_begun": meeting.starts_at <= timezone.now(),
    }
    return TemplateResponse(request, "cohorts/staff/meeting_cancel.html", context)


@role_needed(Role.FACILITATOR, Role.COORDINATOR)
def meeting_substitute(request: UserRequest, meeting_id: int) -> HttpResponse:
    """Offer what can be done when the leader cannot come, and whom to reach."""
    meeting = own_meeting(request, meeting_id)
    if not queries.is_to_come(meeting):
        return _too_late(request, meeting)
    others = substitutes_for(meeting, leaders(request.user))
    form = SubstituteForm(
        posted(request),
        initial={"seen": meeting.sequence},
        leaders=[(one.user.pk, _offered(one)) for one in others],
    )
    if request.method == "POST" and form.is_valid() and _hand_over(request, meeting, form):
        return redirect("cohorts:facilitator")
    context = {
        "meeting": meeting,
        "form": form,
        "expected": [one for one in queries.people_at(meeting) if one.is_expected],
        "is_soon": meeting.starts_at - timezone.now() < A_LETTER_TAKES,
        "nobody_is_free": not any(one.refusal is None for one in others),
        "words": words,
    }
    return TemplateResponse(request, "cohorts/staff/meeting_substitute.html", context)


def _offered(one: Substitute) -> str:
    """Return a possible substitute with what stands in the way, or how well they suit."""
    if one.refusal is not None:
        return f"{one.user.name} ({words.HAND_OVER_REFUSALS[one.refusal]})"
    if not one.serves:
        return _("%(name)s (ledig, men brukar inte leda på orten)") % {"name": one.user.name}
    return _("%(name)s (ledig då)") % {"name": one.user.name}


def _hand_over(request: UserRequest, meeting: Meeting, form: SubstituteForm) -> bool:
    """Let somebody else lead, or put at the field why not; return whether it was done."""
    leader = leaders(request.user).get(pk=form.cleaned_data["leader"])
    try:
        refusal = hand_over_meeting(
            meeting_id=meeting.pk,
            to_id=leader.pk,
            by=request.user,
            now=timezone.now(),
            seen=form.cleaned_data["seen"],
        )
    except ChangedMeanwhile:
        form.add_error(None, CHANGED_MEANWHILE)
        return False
    except MoveRefused:
        form.add_error(None, OVER)
        return False
    if refusal is not None:
        said = _("%(name)s %(why)s. Ingenting ändrades. Välj någon annan.")
        why = words.HAND_OVER_REFUSALS[refusal]
        form.add_error("leader", said % {"name": leader.name, "why": why})
        return False
    said = _("%(name)s leder träffen och har fått ett brev om det.")
    messages.success(request, said % {"name": leader.name})
    return True


@role_needed(Role.FACILITATOR, Role.COORDINATOR)
@require_POST
def meeting_restore(request: UserRequest, meeting_id: int) -> HttpResponse:
    """Let a meeting that was called off be held after all, unless something is in its way now."""
    meeting = own_meeting(request, meeting_id)
    try:
        restore_meeting(meeting_id=meeting.pk, by=request.user, now=timezone.now())
    except MoveRefused:
        messages.error(request, _("Träffen är inte inställd, så den kan inte återställas."))
    except RhythmBroken as broken:
        messages.error(request, words.GAP_REFUSALS[GapRefusal(broken.refusal)])
    except RulesTouched as touched:
        for one in touched.touches:
            messages.error(request, sentence(one))
    else:
        messages.success(request, _("Träffen blir av, och gruppen har fått brev om det."))
    return redirect("cohorts:meeting_desk", meeting_id=meeting.pk)


def _digital(request: UserRequest, meeting: Meeting, form: DigitalForm, screen: str) -> bool:
    """Make the meeting digital, or say why not; return whether it was done."""
    told = form.cleaned_data
    to = replace(
        PlannedMeeting.of(meeting),
        place=screen,
        address="",
        room_id=None,
        join_link=told["join_link"],
        dial_in=told["dial_in"],
    )
    try:
        is_told = change_meeting(
            meeting_id=meeting.pk,
            to=to,
            gap_reason=meeting.gap_reason,
            by=request.user,
            now=timezone.now(),
            seen=told["seen"],
        )
    except ChangedMeanwhile:
        form.add_error(None, CHANGED_MEANWHILE)
    except MoveRefused:
        form.add_error(None, OVER)
    except RulesTouched as touched:
        for one in touched.touches:
            form.add_error(None, sentence(one))
    else:
        said = _("Träffen är digital, och gruppen har fått brev om det.")
        messages.success(request, said if is_told else UNCHANGED)
    return not form.errors


def _move(request: UserRequest, meeting: Meeting, form: MoveForm) -> bool:
    """Move the meeting, or put at the right field why not; return whether it was done."""
    to, now = form.planned(), timezone.now()
    if to.starts_at <= now:
        form.add_error("on", _("Tiden har redan varit. Välj en senare dag."))
        return False
    try:
        is_told = change_meeting(
            meeting_id=meeting.pk,
            to=to,
            gap_reason=form.cleaned_data["gap_reason"],
            by=request.user,
            now=now,
            seen=form.cleaned_data["seen"],
        )
    except ChangedMeanwhile:
        form.add_error(None, CHANGED_MEANWHILE)
        return False
    except RulesTouched as touched:
        point_out([form], touched.touches)
        return False
    except RhythmBroken as broken:
        form.add_error("on", words.GAP_REFUSALS[GapRefusal(broken.refusal)])
        form.add_error("gap_reason", _("Skriv varför, om träffen ändå ska ligga så."))
        return False
    except MoveRefused:
        form.add_error(None, OVER)
        return False
    said = _("Träffen är ändrad, och gruppen har fått brev om det.")
    messages.success(request, said if is_told else UNCHANGED)
    return True


def _too_late(request: UserRequest, meeting: Meeting) -> HttpResponse:
    messages.error(request, OVER)
    return redirect("cohorts:meeting_desk", meeting_id=meeting.pk)
