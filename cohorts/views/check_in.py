"""The page behind a meeting's QR code: shows the meeting, and takes the word of who is there."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.gates import logged_in
from accounts.requests import UserRequest
from cohorts.actions.attendance import check_in as check_in_now
from cohorts.emails.codes import CHECK_IN
from cohorts.queries.attendance import own_presence, refusal_to_check_in
from cohorts.queries.tables import meeting_by_code
from cohorts.views.links import open_link, unknown_link
from cohorts.words import CHECK_IN_REFUSALS


@logged_in
def check_in(request: UserRequest, code: str) -> HttpResponse:
    """Show which meeting a code is for, and mark the person as there."""
    opened = open_link(code, CHECK_IN)
    meeting = meeting_by_code(opened.link.row) if opened else None
    if meeting is None:
        return unknown_link(request)
    if request.method == "POST":
        refusal = check_in_now(meeting_id=meeting.pk, user=request.user, now=timezone.now())
        if refusal is None:
            messages.success(request, _("Du är incheckad. Välkommen!"))
        return redirect("cohorts:check_in", code=code)
    refusal = refusal_to_check_in(meeting, request.user, now=timezone.now())
    presence = own_presence(meeting, request.user)
    context = {
        "meeting": meeting,
        "is_in": presence is not None and presence.was_there is True,
        "refusal": CHECK_IN_REFUSALS[refusal] if refusal else "",
    }
    return TemplateResponse(request, "cohorts/participant/check_in.html", context)
