"""One case: every decision on what a place costs, with its reasons."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.requests import UserRequest
from cohorts.actions.aid import decide_anew
from cohorts.actions.settling import propose_settlement
from cohorts.forms.aid import AnewForm
from cohorts.forms.settling import SettlementForm
from cohorts.models import Participation
from cohorts.queries.aid import Decided, decisions_of
from cohorts.queries.fees import current_decision, participations_for_officers
from cohorts.rules import ParticipationState
from cohorts.views.aid.shown import case_number, officer, tables
from companies.models import Company
from deminimis import engine
from deminimis.models import Settlement
from deminimis.queries.behind import group_then
from deminimis.queries.facts import DECLARED
from deminimis.queries.groups import Branch, branches_of
from deminimis.queries.reach import reached
from deminimis.queries.readings import AidLine
from deminimis.queries.settled import open_to_a_word, settlements_of
from deminimis.rules import SettledKey, SettlementState
from deminimis.words import RULES, SETTLED_KEYS, SETTLEMENT_REFUSALS


@officer
def aid_case(request: UserRequest, participation_id: int) -> HttpResponse:
    """Show one case: every decision with its reasons, and whether the evidence still holds."""
    participation = get_object_or_404(participations_for_officers(), id=participation_id)
    wish = request.POST.get("do", "")
    is_anew = request.method == "POST" and wish != "settle"
    form = AnewForm(request.POST if is_anew else None)
    if form.is_valid():
        return _anew(request, participation, form)
    decisions = decisions_of(participation)
    proposals = list(settlements_of(f"participation/{participation.pk}"))
    choices = _choices(decisions[-1] if decisions else None, but=proposals)
    word = SettlementForm(request.POST if wish == "settle" else None, choices=choices)
    if word.is_valid():
        refusal = propose_settlement(
            participation_id=participation.pk,
            word=word.word(),
            by=request.user,
            now=timezone.now(),
        )
        if refusal is None:
            messages.success(request, _("Förslaget är sparat. En kollega ska godkänna det."))
            return redirect("cohorts:aid_case", participation_id=participation.pk)
        word.add_error(None, SETTLEMENT_REFUSALS[refusal])
    company = participation.enrolment.interest.company
    last = decisions[-1].reading if decisions else None
    on = last.on if last else timezone.localdate()
    branches = _branches(decisions[-1] if decisions else None, company, on=on)
    return TemplateResponse(
        request,
        "cohorts/aid/case.html",
        {
            "participation": participation,
            "company": company,
            "decisions": decisions,
            "branches": branches,
            "may_decide_anew": participation.state == ParticipationState.OFFERED,
            "number": case_number(participation.pk),
            "decision_words": settings.DECISION,
            "settlements": proposals,
            "lacks_a_rate": last is not None and last.rule == engine.Rule.FX_RATE_MISSING,
            "may_settle": bool(choices) and participation.state == ParticipationState.OFFERED,
            "form": word if word.is_bound else form,
            "anew_form": form,
            "word_form": word,
            **tables(),
        },
    )


def _branches(last: Decided | None, company: Company, *, on: date) -> list[Branch]:
    """Return the group as the last decision saw it; before there is one, as it is today."""
    members = last.reading.members if last and last.reading else ()
    then = group_then(last.decision.evidence, members=members) if last else None
    if then is not None:
        return then.branches
    reach = reached(company)
    return branches_of(reach.group, reach.controls, members=members, on=on)


def _choices(last: Decided | None, *, but: Iterable[Settlement]) -> list[tuple[str, str]]:
    """Return what an officer may propose to settle of the last decision, in words.

    What has been proposed already waits for a colleague.
    """
    if last is None or last.reading is None:
        return []
    waits = {one.key for one in but if one.state == SettlementState.PROPOSED}
    known: dict[str, Any] = {
        **{key.value: words for key, words in SETTLED_KEYS.items()},
        SettledKey.DECLARATION: RULES[engine.Rule(last.reading.rule)],
        **{f"{DECLARED}{line.row}": _named(line) for line in last.reading.lines},
    }
    found = open_to_a_word(last.decision.evidence)
    return [(key, str(known[key])) for key in found if key not in waits]


def _named(line: AidLine) -> str:
    return f"{line.granter}, {line.granted_on}"


def _anew(request: UserRequest, participation: Participation, form: AnewForm) -> HttpResponse:
    before = current_decision(participation)
    decision = decide_anew(
        participation_id=participation.pk,
        by=request.user,
        why=form.cleaned_data["why"],
        without_conflict=form.cleaned_data["no_conflict"],
        now=timezone.now(),
    )
    if decision is None:
        messages.warning(request, _("Platsen är redan besvarad. Inget ändrades."))
    elif decision == before:
        messages.info(request, _("Svaret blev detsamma som förut. Inget nytt beslut skrevs."))
    else:
        messages.success(request, _("Ett nytt beslut är skrivet och deltagaren får ett brev."))
    return redirect("cohorts:aid_case", participation_id=participation.pk)
