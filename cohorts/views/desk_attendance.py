"""Attendance at the desk: one tap, the QR code, seats at the table, a correction after the lock."""

import segno
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils import timezone
from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from accounts.gates import role_needed
from accounts.requests import UserRequest
from accounts.rules import Role
from cohorts import words
from cohorts.actions.answers import set_table
from cohorts.actions.attendance import correct_attendance, mark_attendance
from cohorts.emails.codes import check_in_address
from cohorts.forms.staff_meetings import AttendanceForm, CorrectionForm, TableForm
from cohorts.queries.attendance import corrections_of
from cohorts.queries.meeting_desk import people_at
from cohorts.rules import MeetingState
from cohorts.rules.attendance import correction_refusal
from cohorts.views.staff_doors import own_meeting, posted

REFUSED = 409


@role_needed(Role.FACILITATOR, Role.COORDINATOR)
@require_POST
def attendance_tap(request: UserRequest, meeting_id: int) -> HttpResponse:
    """Take the mark of one person from the list's script; the same mark twice is the same result.

    Answers 204, or 409 with the sentence to show beside the name.
    """
    meeting = own_meeting(request, meeting_id)
    people = people_at(meeting)
    form = AttendanceForm(
        request.POST,
        members=[(one.enrolment.pk, "", one.was_there) for one in people],
        seen={},
    )
    if not form.is_valid() or not form.was_there():
        return HttpResponse(_("Ingenting sparades. Ladda om sidan."), status=REFUSED)
    refusal = mark_attendance(
        meeting_id=meeting.pk,
        was_there=form.was_there(),
        seen=form.seen(),
        by=request.user,
        now=timezone.now(),
    )
    if refusal is not None:
        return HttpResponse(words.ANSWER_REFUSALS[refusal], status=REFUSED)
    return HttpResponse(status=204)


@role_needed(Role.FACILITATOR, Role.COORDINATOR)
def meeting_qr(request: UserRequest, meeting_id: int) -> HttpResponse:
    """Show the code that people check in with, for a screen or to print."""
    meeting = own_meeting(request, meeting_id)
    address = check_in_address(meeting)
    picture = segno.make(address, error="m").svg_inline(
        scale=8, light="#fff", title=_("QR-kod för att checka in"), unit=None, omitsize=True
    )
    context = {
        "meeting": meeting,
        "cohort": meeting.round.cohort,
        "picture": mark_safe(picture),  # noqa: S308 -- drawn by segno from an address of our own
    }
    return TemplateResponse(request, "cohorts/staff/meeting_qr.html", context)


@role_needed(Role.FACILITATOR, Role.COORDINATOR)
def meeting_table(request: UserRequest, meeting_id: int) -> HttpResponse:
    """Say how many can sit down; who waits for a seat gets it if there is one now."""
    meeting = own_meeting(request, meeting_id)
    form = TableForm(posted(request), initial={"seats": meeting.table_seats})
    if request.method == "POST" and form.is_valid():
        refusal = set_table(
            meeting_id=meeting.pk, seats=form.cleaned_data["seats"], now=timezone.now()
        )
        if refusal is None:
            messages.success(request, _("Antalet platser är sparat."))
        else:
            messages.warning(request, words.ANSWER_REFUSALS[refusal])
        return redirect("cohorts:meeting_desk", meeting_id=meeting.pk)
    context = {"meeting": meeting, "form": form}
    return TemplateResponse(request, "cohorts/staff/meeting_table.html", context)


@role_needed(Role.FACILITATOR, Role.COORDINATOR)
def attendance_correct(request: UserRequest, meeting_id: int) -> HttpResponse:
    """Correct one mark after the lock, with a reason that stays on the page."""
    meeting, now = own_meeting(request, meeting_id), timezone.now()
    people = people_at(meeting, all_who_were_ever_in=True)
    form = CorrectionForm(
        posted(request), members=[(one.enrolment.pk, one.enrolment.interest.name) for one in people]
    )
    if request.method == "POST" and form.is_valid():
        known = {"ja": True, "nej": False, "": None}
        refusal = correct_attendance(
            meeting_id=meeting.pk,
            enrolment_id=form.cleaned_data["member"],
            was_there=known[form.cleaned_data["was_there"]],
            why=form.cleaned_data["why"],
            by=request.user,
            now=now,
        )
        if refusal is None:
            messages.success(request, _("Närvaron är rättad."))
            return redirect("cohorts:attendance_correct", meeting_id=meeting.pk)
        form.add_error(None, words.CORRECTION_REFUSALS[refusal])
    is_shut = correction_refusal(
        MeetingState(meeting.state), starts_at=meeting.starts_at, why="-", now=now
    )
    context = {
        "meeting": meeting,
        "form": form,
        "marked": [one for one in people if one.was_there is not None],
        "refusal": words.CORRECTION_REFUSALS[is_shut] if is_shut else "",
        "corrections": corrections_of(meeting),
        "words": words,
    }
    return TemplateResponse(request, "cohorts/staff/attendance_correct.html", context)
