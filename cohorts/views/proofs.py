"""Certificates of completion on the person's side, and the reminders a person may ask for."""

from django.contrib import messages
from django.core.files.storage import default_storage
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from accounts.gates import logged_in
from accounts.requests import UserRequest
from cohorts import words
from cohorts.actions import proofs as actions
from cohorts.actions.progress import ask_for_reminders
from cohorts.forms.proofs import ProofForm
from cohorts.models import Enrolment, Participation, Proof
from cohorts.queries import participants as queries
from cohorts.queries.proofs import proof_of
from cohorts.rules.proofs import CONTENT_TYPES, FileKind


@logged_in
def hand_in(request: UserRequest, cohort_id: int) -> HttpResponse:
    """Show what has been handed in, and take a certificate of completion."""
    enrolment, participation = _mine(request, cohort_id)
    form = ProofForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        refusal = actions.hand_in(
            participation_id=participation.pk,
            link=form.cleaned_data["link"],
            content=form.cleaned_data["content"],
            kind=form.cleaned_data["kind"],
            by=request.user,
            now=timezone.now(),
        )
        if refusal is None:
            messages.success(request, _("Tack! Handledaren tittar på ditt kursbevis."))
            return redirect("cohorts:proof", cohort_id=cohort_id)
        form.add_error(None, words.PROOF_REFUSALS[refusal])
    context = {
        "cohort": enrolment.cohort,
        "course": participation.round.course,
        "proof": proof_of(participation),
        "form": form,
        "states": words.PROOF_STATES,
    }
    return TemplateResponse(request, "cohorts/participant/proof.html", context)


@logged_in
@require_safe
def own_file(request: UserRequest, cohort_id: int) -> HttpResponse:
    """Give a person the file they have handed in."""
    participation = _mine(request, cohort_id)[1]
    return file_of(proof_of(participation))


@logged_in
@require_POST
def reminders(request: UserRequest, cohort_id: int) -> HttpResponse:
    """Take whether a person would like to be reminded of lessons."""
    participation = _mine(request, cohort_id)[1]
    wants = request.POST.get("do") == "on"
    ask_for_reminders(participation_id=participation.pk, wants=wants)
    messages.success(
        request,
        _("Vi påminner dig när det har gått två veckor utan en lektion.")
        if wants
        else _("Du får inga påminnelser om lektioner."),
    )
    return redirect("cohorts:group", cohort_id=cohort_id)


def file_of(proof: Proof | None) -> HttpResponse:
    """Return the file of a certificate, to be saved and not shown by the browser."""
    if proof is None or not proof.file:
        raise Http404
    kind = FileKind(proof.kind)
    with default_storage.open(proof.file) as kept:
        response = HttpResponse(kept.read(), content_type=CONTENT_TYPES[kind])
    response["Content-Disposition"] = f'attachment; filename="kursbevis-{proof.pk}.{kind}"'
    return response


def _mine(request: UserRequest, cohort_id: int) -> tuple[Enrolment, Participation]:
    enrolment = get_object_or_404(queries.enrolments_of(request.user), cohort_id=cohort_id)
    round_ = queries.shown_round(enrolment.cohort)
    participation = queries.participation_in(round_, request.user)
    if participation is None:
        raise Http404
    return enrolment, participation
