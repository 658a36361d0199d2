"""A priced course in a cohort: what a place is worth, what is ordered, how people get in."""

from collections.abc import Collection

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts.gates import role_needed
from accounts.requests import UserRequest
from accounts.rules import Role
from cohorts import words
from cohorts.actions.access import add_codes, mark_invited, save_order
from cohorts.actions.values import set_value
from cohorts.forms.access import CodesForm, OrderForm, ValueForm
from cohorts.models import Cohort, CourseRound, ProviderOrder
from cohorts.queries.access import accesses_in, order_of, places_in, round_with_places
from cohorts.queries.cohort_rounds import rounds_of
from cohorts.queries.meetings import series_of
from cohorts.rules.access import AccessState, OrderKind, OrderRefusal
from cohorts.views.staff_doors import own_cohort, posted

LONGEST_ID = 18


@role_needed(Role.FACILITATOR, Role.COORDINATOR)
def places(request: UserRequest, cohort_id: int, round_id: int) -> HttpResponse:
    """Show the order and everybody's way in; take an order, or note whom the provider invited."""
    cohort, round_ = _round(request, cohort_id, round_id)
    order = order_of(round_)
    form = OrderForm(
        request.POST if request.POST.get("do") == "order" else None, initial=_known(order)
    )
    if request.POST.get("do") == "invited":
        _invited(request, round_, request.POST.getlist("access"))
        return redirect("cohorts:places", cohort_id=cohort.pk, round_id=round_.pk)
    if form.is_valid():
        refusal = save_order(
            round_id=round_.pk, told=form.told(), by=request.user, now=timezone.now()
        )
        if refusal is None:
            messages.success(request, _("Beställningen är sparad."))
            return redirect("cohorts:places", cohort_id=cohort.pk, round_id=round_.pk)
        form.add_error("places", words.ORDER_REFUSALS[refusal])
    accesses = list(accesses_in(round_))
    by_invitation = order is not None and order.kind == OrderKind.INVITATION
    context = {
        "cohort": cohort,
        "round": round_,
        "order": order,
        "figures": next((one for one in places_in([cohort.pk]) if one.round == round_), None),
        "accesses": accesses,
        "to_invite": [a for a in accesses if by_invitation and a.state == AccessState.RESERVED],
        "form": form,
        "words": words,
    }
    return TemplateResponse(request, "cohorts/staff/places.html", context)


@role_needed(Role.FACILITATOR, Role.COORDINATOR)
def codes(request: UserRequest, cohort_id: int, round_id: int) -> HttpResponse:
    """Take codes, pasted or in a file: first a preview, then all or none."""
    cohort, round_ = _round(request, cohort_id, round_id)
    order = order_of(round_)
    if order is None or order.kind != OrderKind.VOUCHER:
        messages.error(request, words.ORDER_REFUSALS[OrderRefusal.NO_ORDER])
        return redirect("cohorts:places", cohort_id=cohort.pk, round_id=round_.pk)
    form = CodesForm(posted(request), request.FILES or None)
    is_read = request.method == "POST" and form.is_valid()
    if is_read and request.POST.get("do") == "save":
        outcome = add_codes(
            round_id=round_.pk, codes=form.codes, by=request.user, now=timezone.now()
        )
        if not isinstance(outcome, OrderRefusal):
            messages.success(request, _told(len(form.codes), handed_out=outcome))
            return redirect("cohorts:places", cohort_id=cohort.pk, round_id=round_.pk)
        form.add_error("text", words.ORDER_REFUSALS[outcome])
        is_read = False
    context = {
        "cohort": cohort,
        "round": round_,
        "form": form,
        "preview": form.codes if is_read else (),
        "figures": next((one for one in places_in([cohort.pk]) if one.round == round_), None),
    }
    return TemplateResponse(request, "cohorts/staff/codes.html", context)


@role_needed(Role.FACILITATOR, Role.COORDINATOR)
def round_value(request: UserRequest, cohort_id: int, round_id: int) -> HttpResponse:
    """Show what a place in a course is worth, and take another value while nobody is bound."""
    cohort = own_cohort(request, cohort_id)
    round_ = get_object_or_404(rounds_of(cohort), pk=round_id)
    planned = series_of(round_).count()
    known = {
        "price_sek": round_.price_sek,
        "meeting_value_sek": round_.meeting_value_sek,
        "meetings_valued": round_.meetings_valued or planned,
    }
    form = ValueForm(posted(request), initial=known)
    if request.method == "POST" and form.is_valid():
        refusal = set_value(
            round_id=round_.pk, by=request.user, now=timezone.now(), **form.cleaned_data
        )
        if refusal is None:
            messages.success(
                request, _("Värdet är sparat. De som inte har svarat får ett nytt besked.")
            )
            return redirect("cohorts:cohort_desk", cohort_id=cohort.pk)
        form.add_error(None, words.VALUE_REFUSALS[refusal])
    context = {"cohort": cohort, "round": round_, "planned": planned, "form": form}
    return TemplateResponse(request, "cohorts/staff/round_value.html", context)


def _round(request: UserRequest, cohort_id: int, round_id: int) -> tuple[Cohort, CourseRound]:
    cohort = own_cohort(request, cohort_id)
    round_ = round_with_places(cohort.pk, round_id)
    if round_ is None:
        raise Http404(round_id)
    return cohort, round_


def _known(order: ProviderOrder | None) -> dict[str, object]:
    if order is None:
        return {"ordered_on": timezone.localdate()}
    fields = ("kind", "places", "reference", "ordered_on", "free_until")
    return {field: getattr(order, field) for field in fields}


def _invited(request: UserRequest, round_: CourseRound, chosen: Collection[str]) -> None:
    ids = [int(pk) for pk in chosen if pk.isascii() and pk.isdecimal() and len(pk) <= LONGEST_ID]
    many = mark_invited(round_id=round_.pk, access_ids=ids, by=request.user, now=timezone.now())
    if not many:
        messages.warning(request, _("Välj minst en person som väntar. Ingenting ändrades."))
        return
    said = ngettext(
        "%(n)d person är markerad och får ett brev.",
        "%(n)d personer är markerade och får ett brev.",
        many,
    )
    messages.success(request, said % {"n": many})


def _told(many: int, *, handed_out: int) -> str:
    saved = ngettext("%(n)d kod är sparad.", "%(n)d koder är sparade.", many) % {"n": many}
    if not handed_out:
        return saved
    got = ngettext(
        "%(n)d person som väntade har fått sin.",
        "%(n)d personer som väntade har fått sin.",
        handed_out,
    )
    return f"{saved} {got % {'n': handed_out}}"
