"""Voting on the next course: rank, see the receipt, cast; afterwards the result and the check.

A receipt is never put in a session, a cookie, a redirect or a log: it lives on the page.
"""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from accounts.gates import anyone, logged_in
from accounts.requests import UserRequest
from cohorts import words
from cohorts.forms.votes import OPTION, RankingForm, ReceiptForm
from cohorts.queries.votes import cards_for, result_words, votes_seen_by
from voting.actions import cast_vote
from voting.models import Ballot, Option
from voting.queries import ballots_for, has_voted, is_counted, options_for, turnout_of
from voting.rules import (
    BallotState,
    VoteRefusal,
    grouped,
    new_receipt,
    receipt_letters,
    time_refusal,
)
from voting.words import BALLOT_STATES, RULES, VOTE_REFUSALS


@anyone
def protection(request: HttpRequest) -> HttpResponse:
    """Say what is done to keep a vote secret, and what is not promised."""
    return TemplateResponse(request, "cohorts/participant/vote_protection.html")


@logged_in
@never_cache
def vote(request: UserRequest, ballot_id: int) -> HttpResponse:
    """Let a voter rank the courses, see the receipt, and cast or change the vote."""
    ballot = get_object_or_404(ballots_for(request.user), id=ballot_id)
    if ballot.state not in {BallotState.DRAFT, BallotState.OPEN}:
        return redirect("cohorts:vote_result", ballot_id=ballot.pk)
    refusal = time_refusal(
        BallotState(ballot.state),
        opens_at=ballot.opens_at,
        closes_at=ballot.closes_at,
        now=timezone.now(),
    )
    options = options_for(ballot, request.user)
    voted = has_voted(ballot, request.user)
    form = RankingForm(request.POST or None, options=options, asks_receipt=voted)
    context = {
        "ballot": ballot,
        "form": form,
        "cards": cards_for(ballot, options, request.user, on=timezone.localdate()),
        "fields": [form[OPTION + option.key] for option in options],
        "has_voted": voted,
        "rules": RULES,
        "levels": words.LEVELS,
        "refusal": VOTE_REFUSALS[refusal] if refusal else "",
    }
    if request.method == "POST" and refusal is None and form.is_valid():
        return _answer(request, ballot, options, form, context)
    return TemplateResponse(request, "cohorts/participant/vote.html", context)


@logged_in
@never_cache
def result(request: UserRequest, ballot_id: int) -> HttpResponse:
    """Tell the outcome in words first, and let a voter check that the vote is in the count."""
    ballot = get_object_or_404(votes_seen_by(request.user), id=ballot_id)
    form = ReceiptForm(request.POST or None)
    found: bool | None = None
    if request.method == "POST" and form.is_valid():
        letters = receipt_letters(form.cleaned_data["receipt"])
        if letters is None:
            form.add_error("receipt", VOTE_REFUSALS[VoteRefusal.RECEIPT_SHAPE])
        else:
            found = is_counted(ballot, letters)
    turnout, eligible = turnout_of(ballot)
    return TemplateResponse(
        request,
        "cohorts/participant/vote_result.html",
        {
            "ballot": ballot,
            "form": form,
            "found": found,
            "turnout": turnout,
            "eligible": eligible,
            "outcome": result_words(ballot),
            "states": BALLOT_STATES,
            "rules": RULES,
        },
    )


def _answer(
    request: UserRequest,
    ballot: Ballot,
    options: list[Option],
    form: RankingForm,
    context: dict[str, Any],
) -> HttpResponse:
    """Show the confirmation page with the receipt, give it as a file, or cast the vote."""
    ranking = form.ranking()
    typed = form.cleaned_data["receipt"]
    letters = receipt_letters(typed) if typed else None
    if typed and letters is None:
        form.add_error("receipt", VOTE_REFUSALS[VoteRefusal.RECEIPT_SHAPE])
        return TemplateResponse(request, "cohorts/participant/vote.html", context)
    receipt = grouped(letters) if letters else new_receipt()
    if request.POST.get("do") == "file" and letters:
        return _file(receipt)
    titles = {option.key: option.title for option in options}
    context |= {
        "receipt": receipt,
        "tiers": [[titles[key] for key in tier] for tier in ranking],
        "hidden": [(name, value) for name, value in form.cleaned_data.items() if name != "receipt"],
    }
    if request.POST.get("do") != "cast" or letters is None:
        return TemplateResponse(request, "cohorts/participant/vote_confirm.html", context)
    refusal = cast_vote(
        ballot_id=ballot.pk,
        voter=request.user,
        ranking=ranking,
        receipt=letters,
        now=timezone.now(),
    )
    if refusal is not None:
        form.add_error(None, VOTE_REFUSALS[refusal])
        return TemplateResponse(request, "cohorts/participant/vote.html", context)
    return TemplateResponse(request, "cohorts/participant/vote_cast.html", context)


def _file(receipt: str) -> HttpResponse:
    text = _("Kvitto på din röst. Med det ändrar du rösten och ser att den är med.")
    response = HttpResponse(f"{receipt}\n\n{text}\n", content_type="text/plain; charset=utf-8")
    response["Content-Disposition"] = 'attachment; filename="kvitto.txt"'
    return response
