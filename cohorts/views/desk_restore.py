"""A cohort that was called off is called back, within fourteen days."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.gates import role_needed
from accounts.requests import UserRequest
from accounts.rules import MoveRefused, Role
from cohorts import words
from cohorts.actions.restoring import restore_cohort
from cohorts.queries.restoring import undoing_of
from cohorts.rules.sittings import RulesTouched
from cohorts.views.staff_doors import own_cohort


@role_needed(Role.FACILITATOR, Role.COORDINATOR)
def cohort_restore(request: UserRequest, cohort_id: int) -> HttpResponse:
    """Say what calling the cohort back means, and do it."""
    cohort, now = own_cohort(request, cohort_id), timezone.now()
    undoing = undoing_of(cohort, now=now)
    if undoing is None:
        messages.error(request, words.TOO_LATE_TO_RESTORE)
        return redirect("cohorts:cohort_desk", cohort_id=cohort.pk)
    if request.method == "POST":
        try:
            restore_cohort(cohort_id=cohort.pk, by=request.user, now=now)
        except MoveRefused:
            messages.error(request, words.TOO_LATE_TO_RESTORE)
        except RulesTouched:
            messages.error(request, words.PREVIEW_CHANGED)
            return redirect("cohorts:cohort_restore", cohort_id=cohort.pk)
        else:
            messages.success(request, _("Gruppen blir av, och deltagarna har fått brev."))
        return redirect("cohorts:cohort_desk", cohort_id=cohort.pk)
    context = {"cohort": cohort, "undoing": undoing, "words": words}
    return TemplateResponse(request, "cohorts/staff/cohort_restore.html", context)
