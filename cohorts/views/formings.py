"""Drafts of cohorts: why each person is where they are, pins, pairs, and the way to a cohort."""

from datetime import datetime
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.utils import timezone
from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from accounts.gates import role_needed
from accounts.queries import roles_of
from accounts.requests import UserRequest
from accounts.rules import Role
from cohorts import words
from cohorts.actions import formings as actions
from cohorts.models import Forming
from cohorts.queries import current_programme
from cohorts.queries import formings as queries
from cohorts.queries.choices import place_choices
from cohorts.queries.forming import cohorts_for
from cohorts.queries.pairs import Pairs, pair_wishes_in, pairs_of, with_pair
from cohorts.rules.plans import PairKind, PairRefusal

PERSON, COHORT, SEEN = "person", "grupp", "sedd"
PAIR, PAIR_KIND, PAIR_AWAY = ("en", "annan"), "par", "par-bort"


@role_needed(Role.FACILITATOR, Role.COORDINATOR)
@require_POST
def forming_new(request: UserRequest) -> HttpResponse:
    """Work out the best cohorts of those who wait now, and keep them as a draft."""
    programme = current_programme()
    if programme is None:
        messages.error(request, _("Just nu driver inget projekt kursgrupper. Inget sparades."))
        return redirect("cohorts:proposals")
    answer = queries.formed(programme.pk, {}, on=timezone.localdate())
    forming = actions.keep_forming(
        programme=programme, wish={}, answer=answer, by=request.user, now=timezone.now()
    )
    return redirect("cohorts:forming", forming_id=forming.pk)


@role_needed(Role.FACILITATOR, Role.COORDINATOR)
def forming(request: UserRequest, forming_id: int) -> HttpResponse:
    """Show a draft person by person; work it out anew with those kept who are ticked."""
    draft = get_object_or_404(Forming, pk=forming_id, ended_at=None)
    if request.method == "POST":
        _anew(request, draft)
        return redirect("cohorts:forming", forming_id=draft.pk)
    cohorts = queries.cohorts_in(draft)
    context: dict[str, Any] = {
        "forming": draft,
        "cohorts": cohorts,
        "waiting": queries.waiting_in(draft),
        "gone": sum(one.gone for one in cohorts),
        "places": dict(place_choices()),
        "names": {
            "person": PERSON,
            "cohort": COHORT,
            "seen": SEEN,
            "pair": PAIR,
            "pair_kind": PAIR_KIND,
            "pair_away": PAIR_AWAY,
        },
        "pairs": pair_wishes_in(draft),
        "pair_kinds": list(PairKind),
        "mine": set(
            cohorts_for(request.user)
            .filter(pk__in=[one.cohort_id for one in cohorts if one.cohort_id])
            .values_list("pk", flat=True)
        ),
        "sees_all": Role.COORDINATOR in roles_of(request.user),
        "words": words,
    }
    return TemplateResponse(request, "cohorts/planning/forming.html", context)


@role_needed(Role.FACILITATOR, Role.COORDINATOR)
@require_POST
def forming_end(request: UserRequest, forming_id: int) -> HttpResponse:
    """Throw a draft away."""
    draft = get_object_or_404(Forming, pk=forming_id)
    actions.end_forming(forming_id=draft.pk, by=request.user, now=timezone.now())
    messages.success(request, _("Utkastet är borttaget. Grupper som är öppnade är kvar."))
    return redirect("cohorts:proposals")


def _anew(request: UserRequest, draft: Forming) -> None:
    pairs = _pairs(request, draft)
    if isinstance(pairs, PairRefusal):
        messages.error(request, words.PAIR_REFUSALS[pairs])
        return
    wish: dict[str, Any] = {"pinned": _pins(request, draft)}
    wish |= {str(kind): those for kind, those in pairs.items()}
    answer = queries.formed(draft.programme_id, wish, on=timezone.localdate())
    if actions.form_anew(
        forming_id=draft.pk,
        wish=wish,
        answer=answer,
        seen_at=_seen(request) or draft.made_at,
        by=request.user,
        now=timezone.now(),
    ):
        messages.success(request, _("Förslaget är räknat på nytt med dem du valde att behålla."))
    else:
        messages.error(request, words.PREVIEW_CHANGED)


def _pairs(request: UserRequest, draft: Forming) -> Pairs | PairRefusal:
    """Return the wishes for pairs: those that stand and are not ticked away, and a new one."""
    away = set(request.POST.getlist(PAIR_AWAY))
    pairs: Pairs = {
        kind: tuple(pair for pair in those if f"{kind} {pair[0]} {pair[1]}" not in away)
        for kind, those in pairs_of(draft.wish).items()
    }
    one, other = (request.POST.get(name, "") for name in PAIR)
    kind = request.POST.get(PAIR_KIND)
    if not one and not other:
        return pairs
    if kind not in set(PairKind):
        return PairRefusal.NOT_TWO
    return with_pair(pairs, PairKind(kind), (one, other), draft)


def _pins(request: UserRequest, draft: Forming) -> dict[str, list[str]]:
    """Return whom the ticks keep in which kind: single people, and all of the cohorts ticked."""
    people, cohorts = set(request.POST.getlist(PERSON)), set(request.POST.getlist(COHORT))
    return {
        key: one["kind"]
        for number, one in enumerate(draft.answer["cohorts"])
        for key in one["people"]
        if str(number) in cohorts or key in people
    }


def _seen(request: UserRequest) -> datetime | None:
    try:
        return parse_datetime(request.POST.get(SEEN, ""))
    except ValueError:
        return None
