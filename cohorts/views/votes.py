"""Voting: see what is coming, rank, see the receipt, cast and change.

A receipt is never put in a session, a cookie, a redirect or a log: it lives on the page.
"""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters

from accounts.gates import anyone, logged_in
from accounts.requests import UserRequest
from cohorts import words
from cohorts.actions.votes import tell_hindrance
from cohorts.forms.votes import OPTION, HindranceForm, RankingForm
from cohorts.queries.votes import (
    cards_for,
    cohort_of,
    course_in,
    in_order,
    votes_missed_by,
    votes_open_to,
)
from deminimis.words import RULES as WHY
from voting.actions import cast_vote
from voting.models import Ballot, Option
from voting.queries import has_voted, options_for
from voting.rules import (
    BallotState,
    Rule,
    VoteRefusal,
    grouped,
    new_receipt,
    receipt_letters,
    time_refusal,
    votes_needed,
)
from voting.words import RULES, VOTE_REFUSALS, option_title


@anyone
def protection(request: HttpRequest) -> HttpResponse:
    """Say what is done to keep a vote secret, and what is not promised."""
    return TemplateResponse(request, "cohorts/participant/vote_protection.html")


@sensitive_post_parameters()
@logged_in
@never_cache
def vote(request: UserRequest, ballot_id: int) -> HttpResponse:
    """Let a voter rank the courses, see the receipt, and cast or change the vote."""
    ballot = votes_open_to(request.user).filter(id=ballot_id).first()
    if ballot is None:
        return not_on_the_roll(request, ballot_id)
    refusal = _refusal(ballot)
    if ballot.state == BallotState.DRAFT:
        return _coming(request, ballot)
    if ballot.state != BallotState.OPEN:
        if request.method == "POST" and refusal:
            messages.error(request, VOTE_REFUSALS[refusal])
        return redirect("cohorts:vote_result", ballot_id=ballot.pk)
    options = options_for(ballot, request.user)
    voted = has_voted(ballot, request.user)
    form = RankingForm(
        request.POST or None,
        options=options,
        asks_receipt=voted,
        is_approval=ballot.rule == Rule.APPROVAL,
    )
    context = _shown(ballot, options, request) | {
        "form": form,
        "has_voted": voted,
        "refusal": VOTE_REFUSALS[refusal] if refusal else "",
    }
    context["asked"] = [(card, form[OPTION + card.option.key]) for card in context["cards"]]
    if request.method == "POST" and refusal is None:
        unknown = [n for n in request.POST if n.startswith(OPTION) and n not in form.fields]
        if unknown:
            form.add_error(None, VOTE_REFUSALS[VoteRefusal.UNKNOWN_OPTION])
        elif any(len(request.POST.getlist(OPTION + one.key)) > 1 for one in options):
            form.add_error(None, VOTE_REFUSALS[VoteRefusal.OPTION_TWICE])
        elif form.is_valid():
            return _answer(request, ballot, options, form, context)
    return TemplateResponse(request, "cohorts/participant/vote.html", context)


@logged_in
@never_cache
def vote_hindrance(request: UserRequest, ballot_id: int) -> HttpResponse:
    """Take it down in private that somebody cannot use a course of a coming vote."""
    ballot = votes_open_to(request.user).filter(id=ballot_id).first()
    if ballot is None:
        return not_on_the_roll(request, ballot_id)
    if ballot.state != BallotState.DRAFT or request.method != "POST":
        return redirect("cohorts:vote", ballot_id=ballot.pk)
    form = _hindrance_form(request, ballot)
    if not form.is_valid():
        return _coming(request, ballot, form)
    told = form.cleaned_data
    if course_in(ballot, told["course"]) is not None:
        tell_hindrance(
            cohort_id=cohort_of(ballot).pk,
            course_id=told["course"],
            kind=told["kind"],
            text=told["text"],
        )
    messages.success(request, _("Tack. Handledaren ser vad du skrev, men inte att det var du."))
    return redirect("cohorts:vote", ballot_id=ballot.pk)


def not_on_the_roll(request: UserRequest, ballot_id: int) -> HttpResponse:
    """Tell a member of the cohort why this vote is not theirs; nothing is taken."""
    ballot = get_object_or_404(votes_missed_by(request.user), id=ballot_id)
    context = {
        "ballot": ballot,
        "cohort": cohort_of(ballot),
        "is_question": hasattr(ballot, "asked_as"),
        "void_whys": words.VOID_WHYS,
    }
    return TemplateResponse(request, "cohorts/participant/vote_missed.html", context)


def _coming(
    request: UserRequest, ballot: Ballot, form: HindranceForm | None = None
) -> HttpResponse:
    """Show a vote before it opens: the courses, whether one may vote, what hinders."""
    context = _shown(ballot, in_order(ballot), request)
    if request.method == "POST" and form is None:
        context["refusal"] = VOTE_REFUSALS[VoteRefusal.NOT_OPEN]
    context["form"] = form or _hindrance_form(request, ballot)
    return TemplateResponse(request, "cohorts/participant/vote_coming.html", context)


def _hindrance_form(request: UserRequest, ballot: Ballot) -> HindranceForm:
    courses = [
        (round_.course_id, round_.course.title)
        for round_ in ballot.rounds.select_related("course").order_by("id")
    ]
    is_sent = request.method == "POST" and "kind" in request.POST
    return HindranceForm(request.POST if is_sent else None, courses=courses)


def _shown(ballot: Ballot, options: list[Option], request: UserRequest) -> dict[str, Any]:
    """Return what a page about a vote says of it: the cards, and what was settled."""
    eligible = ballot.roll.count()
    return {
        "ballot": ballot,
        "cohort": cohort_of(ballot),
        "is_question": hasattr(ballot, "asked_as"),
        "cards": cards_for(ballot, options, request.user, on=timezone.localdate()),
        "rule": RULES[Rule(ballot.rule)],
        "eligible": eligible,
        "quorum": votes_needed(eligible=eligible, percent=ballot.quorum_percent),
        "levels": words.LEVELS,
        "rules": WHY,
    }


def _refusal(ballot: Ballot) -> VoteRefusal | None:
    return time_refusal(
        BallotState(ballot.state),
        opens_at=ballot.opens_at,
        closes_at=ballot.closes_at,
        now=timezone.now(),
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
    titles = {option.key: option_title(option.key, option.title) for option in options}
    context |= {
        "receipt": receipt,
        "unplaced": [titles[key] for key in titles if not any(key in tier for tier in ranking)],
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
        context |= {"has_voted": has_voted(ballot, request.user)}
        return TemplateResponse(request, "cohorts/participant/vote.html", context)
    return TemplateResponse(request, "cohorts/participant/vote_cast.html", context)


def _file(receipt: str) -> HttpResponse:
    text = _("Kvitto på din röst. Med det ändrar du rösten och ser att den är med.")
    response = HttpResponse(f"{receipt}\n\n{text}\n", content_type="text/plain; charset=utf-8")
    response["Content-Disposition"] = 'attachment; filename="kvitto.txt"'
    return response
