"""Certificates of completion at the desk: looked at, and said to be enough or not."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from accounts.gates import role_needed
from accounts.requests import UserRequest
from accounts.rules import MoveRefused, Role
from cohorts import words
from cohorts.actions.proofs import check_proof
from cohorts.forms.proofs import ProofCheckForm
from cohorts.queries.proofs import proofs_in
from cohorts.views.proofs import file_of
from cohorts.views.staff_doors import own_cohort, posted


@role_needed(Role.FACILITATOR, Role.COORDINATOR)
def proofs(request: UserRequest, cohort_id: int) -> HttpResponse:
    """List what the members of a cohort have handed in."""
    cohort = own_cohort(request, cohort_id)
    context = {"cohort": cohort, "proofs": list(proofs_in(cohort)), "words": words}
    return TemplateResponse(request, "cohorts/staff/proofs.html", context)


@role_needed(Role.FACILITATOR, Role.COORDINATOR)
def proof_check(request: UserRequest, cohort_id: int, proof_id: int) -> HttpResponse:
    """Show one certificate, and take whether it is enough."""
    cohort = own_cohort(request, cohort_id)
    proof = get_object_or_404(proofs_in(cohort), pk=proof_id)
    form = ProofCheckForm(posted(request))
    if request.method == "POST" and form.is_valid():
        try:
            check_proof(
                proof_id=proof.pk,
                is_enough=request.POST.get("do") == "enough",
                note=form.cleaned_data["note"],
                by=request.user,
                now=timezone.now(),
            )
        except MoveRefused:
            messages.warning(request, _("Någon har redan tittat på det. Ingenting ändrades."))
        else:
            messages.success(request, _("Sparat, och personen har fått ett brev."))
        return redirect("cohorts:proofs", cohort_id=cohort.pk)
    context = {"cohort": cohort, "proof": proof, "form": form, "words": words}
    return TemplateResponse(request, "cohorts/staff/proof_check.html", context)


@role_needed(Role.FACILITATOR, Role.COORDINATOR)
@require_safe
def proof_file(request: UserRequest, cohort_id: int, proof_id: int) -> HttpResponse:
    """Give the file of a certificate to who leads the cohort."""
    cohort = own_cohort(request, cohort_id)
    return file_of(get_object_or_404(proofs_in(cohort), pk=proof_id))
