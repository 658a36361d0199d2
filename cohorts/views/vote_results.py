"""The outcome of a vote: in words first, then how, with the files to count it again."""

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters

from accounts.gates import logged_in
from accounts.requests import UserRequest
from cohorts.forms.votes import ReceiptForm
from cohorts.queries.forming import cohorts_for
from cohorts.queries.vote_files import file_text, files_of, missing_from, why_not
from cohorts.queries.vote_results import outcome_of
from cohorts.queries.votes import cohort_of, to_hold_again, votes_in, votes_seen_by
from cohorts.rules import CohortState
from cohorts.views.votes import not_on_the_roll
from cohorts.words import VOID_WHYS
from voting.counting import NotExportable
from voting.queries import is_counted, is_recountable, receipt_key, turnout_of
from voting.rules import Rule, VoteRefusal, receipt_letters, votes_needed
from voting.words import FILES, RULES, VOTE_REFUSALS

CANNOT_SAY = 422
KINDS = {"json": "application/json", "csv": "text/csv", "jsonl": "application/jsonl"}


@sensitive_post_parameters()
@logged_in
@never_cache
def result(request: UserRequest, ballot_id: int) -> HttpResponse:
    """Tell the outcome in words first, and let a voter check that the vote is in the count."""
    ballot = votes_seen_by(request.user).filter(id=ballot_id).first()
    if ballot is None:
        return not_on_the_roll(request, ballot_id)
    form = ReceiptForm(request.POST if request.method == "POST" else None)
    found: bool | None = None
    if form.is_bound and form.is_valid():
        letters = receipt_letters(form.cleaned_data["receipt"])
        if letters is None:
            form.add_error("receipt", VOTE_REFUSALS[VoteRefusal.RECEIPT_SHAPE])
        else:
            found = is_counted(ballot, letters)
    turnout, eligible = turnout_of(ballot)
    names = files_of(ballot)
    cohort = cohort_of(ballot)
    leads = cohorts_for(request.user).filter(pk=cohort.pk).exists()
    return TemplateResponse(
        request,
        "cohorts/participant/vote_result.html",
        {
            "ballot": ballot,
            "cohort": cohort,
            "leads": leads,
            "is_voter": ballot.roll.filter(voter=request.user).exists(),
            "is_question": hasattr(ballot, "asked_as"),
            "form": form,
            "found": found,
            "void_whys": VOID_WHYS,
            "turnout": turnout,
            "eligible": eligible,
            "quorum": votes_needed(eligible=eligible, percent=ballot.quorum_percent),
            "outcome": outcome_of(ballot),
            "rule": RULES[Rule(ballot.rule)],
            "files": [(name, FILES[name]) for name in names],
            "missing": missing_from(ballot, names),
            "is_recountable": is_recountable(ballot),
            "receipt_key": receipt_key(ballot) if ballot.result else "",
            "may_hold_again": leads
            and cohort.state == CohortState.RUNNING
            and to_hold_again(list(votes_in(cohort))) == ballot,
        },
    )


@logged_in
@never_cache
def result_file(request: UserRequest, ballot_id: int, name: str) -> HttpResponse:
    """Give one of the files beside a published count; a format that cannot say it says so."""
    ballot = get_object_or_404(votes_seen_by(request.user), id=ballot_id)
    try:
        text = file_text(ballot, name)
    except NotExportable:
        told = {"name": name, "why": why_not(files_of(ballot))}
        said = _("Formatet %(name)s kan inte skrivas: %(why)s.") % told
        return HttpResponse(said, status=CANNOT_SAY, content_type="text/plain; charset=utf-8")
    if text is None:
        raise Http404
    kind = KINDS.get(name.rpartition(".")[2], "text/plain")
    response = HttpResponse(text, content_type=f"{kind}; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response
