"""Fees for those who see to that they are invoiced: the list, invoice bases, one fee."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from accounts.gates import role_needed
from accounts.queries import changes_of
from accounts.requests import UserRequest
from accounts.rules import Role
from cohorts import words
from cohorts.actions import invoicing as actions
from cohorts.forms.invoicing import BatchMarkForm, FeeFilter, FeeMarkForm
from cohorts.models import InvoiceBatch
from cohorts.queries import payments as queries
from cohorts.queries.invoices import invoice_columns, invoice_rows
from cohorts.rules.enrolments import STUDIES
from cohorts.rules.payments import FEE_BINDS, FEE_ENDS, FEE_NEXT, FeeRefusal, FeeState
from cohorts.views.exports import csv_response, xlsx_response
from cohorts.views.staff_doors import posted

PAGE = 50
cashier = role_needed(Role.COORDINATOR, Role.AID_OFFICER)


@cashier
def fees(request: UserRequest) -> HttpResponse:
    """Show the fees, what is ready to be invoiced, and the invoice bases made so far."""
    form = FeeFilter(request.GET)
    state = form.cleaned_data["lage"] if form.is_valid() else ""
    today = timezone.localdate()
    context = {
        "page": Paginator(queries.fees_for_staff(state), PAGE).get_page(request.GET.get("page")),
        "filter": form,
        "is_filtered": bool(state),
        "numbers": queries.fees_in_states(),
        "ready": queries.to_invoice(today).count(),
        "waiting": queries.still_to_withdraw(today),
        "batches": list(queries.batches()[:PAGE]),
        "words": words,
    }
    return TemplateResponse(request, "cohorts/fees/fees.html", context)


@cashier
@require_POST
def batch_new(request: UserRequest) -> HttpResponse:
    """Put what is ready on a new invoice basis; the second click finds nothing more to put."""
    batch = actions.make_batch(by=request.user, now=timezone.now())
    if batch is None:
        messages.info(request, _("Det finns inga nya avgifter att fakturera. Inget ändrades."))
        return redirect("cohorts:fees")
    messages.success(request, _("Fakturaunderlaget är gjort. Hämta det som fil."))
    return redirect("cohorts:batch", batch_id=batch.pk)


@cashier
def batch(request: UserRequest, batch_id: int) -> HttpResponse:
    """Show one invoice basis, and take the day on which it was invoiced."""
    found = get_object_or_404(queries.batches(), pk=batch_id)
    rows = list(queries.fees_in(found))
    form = BatchMarkForm(posted(request), initial={"on": timezone.localdate()})
    if request.method == "POST" and form.is_valid():
        outcome = actions.mark_batch_invoiced(
            batch_id=found.pk, on=form.cleaned_data["on"], by=request.user, now=timezone.now()
        )
        if not isinstance(outcome, FeeRefusal):
            said = ngettext(
                "%(n)d avgift är markerad som fakturerad.",
                "%(n)d avgifter är markerade som fakturerade.",
                outcome,
            )
            messages.success(request, said % {"n": outcome})
            return redirect("cohorts:batch", batch_id=found.pk)
        form.add_error("on", words.FEE_REFUSALS[outcome])
    context = {
        "batch": found,
        "rows": rows,
        "to_mark": sum(fee.state == FeeState.ACCEPTED for fee in rows),
        "form": form,
        "words": words,
    }
    return TemplateResponse(request, "cohorts/fees/batch.html", context)


@cashier
@never_cache
def batch_csv(request: UserRequest, batch_id: int) -> HttpResponse:  # noqa: ARG001 -- a view
    """Give an invoice basis as a CSV file; what is asked for is the same each time."""
    found = get_object_or_404(queries.batches(), pk=batch_id)
    return csv_response(_name(found), invoice_columns(), invoice_rows(found))


@cashier
@never_cache
def batch_xlsx(request: UserRequest, batch_id: int) -> HttpResponse:  # noqa: ARG001 -- a view
    """Give an invoice basis as a spreadsheet, with a sheet that says what it holds."""
    found = get_object_or_404(queries.batches(), pk=batch_id)
    made = timezone.localtime(found.made_at)
    filters = [(_("Fakturaunderlag"), str(found.pk)), (_("Gjort"), f"{made:%Y-%m-%d %H.%M}")]
    return xlsx_response(
        _name(found),
        invoice_columns(),
        invoice_rows(found),
        filters=filters,
        now=timezone.now(),
    )


@cashier
def fee_desk(request: UserRequest, fee_id: int) -> HttpResponse:
    """Show one fee and its history, and take the word on what has been done about it."""
    fee = get_object_or_404(queries.fees_for_staff(), pk=fee_id)
    open_to = FEE_NEXT[FeeState(fee.state)] - {FeeState.ACCEPTED}
    is_held = fee.state in FEE_BINDS and fee.participation.state in STUDIES
    if is_held:
        open_to -= FEE_ENDS
    form = FeeMarkForm(posted(request), open_to=open_to, initial={"on": timezone.localdate()})
    if request.method == "POST" and form.is_valid():
        refusal = actions.mark_fee(
            fee_id=fee.pk, mark=form.mark(), by=request.user, now=timezone.now()
        )
        if refusal is None:
            messages.success(request, _("Det är noterat."))
            return redirect("cohorts:fee_desk", fee_id=fee.pk)
        form.add_error("to", words.FEE_REFUSALS[refusal])
    context = {
        "fee": fee,
        "history": changes_of(f"fee/{fee.pk}").select_related("by_user"),
        "may_mark": open_to or form.is_bound,
        "is_held": is_held,
        "form": form,
        "words": words,
    }
    return TemplateResponse(request, "cohorts/fees/fee.html", context)


def _name(batch: InvoiceBatch) -> str:
    return f"fakturaunderlag-{batch.pk}"
