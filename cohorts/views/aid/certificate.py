"""One certificate beside what it would mean, and the officer's word on it."""

from datetime import date

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts.requests import UserRequest
from accounts.rules import MoveRefused
from cohorts.actions.certificates import hear_company
from cohorts.actions.fees import decide_on_certificate
from cohorts.forms.aid import CertificateDecisionForm, HearForm, SettleForm
from cohorts.queries.aid import IfApproved, if_approved, lacks_its_group
from cohorts.views.aid.shown import A_PAGE, officer, tables
from deminimis.actions import settle_lines
from deminimis.models import Certificate
from deminimis.queries.certificates import (
    certificates_handed_in,
    is_unsettled,
    may_answer_still,
    papers_of,
    settled_lines,
)
from deminimis.queries.groups import Branch, branches_of
from deminimis.rules import CertificateState
from deminimis.steps import NotHeard, RegulationUnsettled


@officer
def certificate_check(request: UserRequest, certificate_id: int) -> HttpResponse:
    """Show a certificate beside what it would mean, and take the officer's word on it."""
    certificate = get_object_or_404(
        certificates_handed_in().prefetch_related("aid"), id=certificate_id
    )
    lines = list(certificate.aid.all())
    unsettled = [line for line in lines if is_unsettled(line)]
    wish = request.POST.get("do", "")
    decision = CertificateDecisionForm(
        request.POST if wish in {"approve", "reject"} else None, is_approved=wish == "approve"
    )
    settle = SettleForm(request.POST if wish == "settle" else None, lines=unsettled)
    hear = HearForm(request.POST if wish == "hear" else None)
    if decision.is_valid():
        return _decided(request, certificate, decision)
    if hear.is_valid():
        return _heard(request, certificate, hear)
    if settle.is_bound and settle.is_valid():
        return _settled(request, certificate, settle)
    today = timezone.localdate()
    waits = certificate.state == CertificateState.SUBMITTED
    reading = if_approved(certificate, on=today) if waits else None
    places = Paginator(reading.places if reading else [], A_PAGE)
    return TemplateResponse(
        request,
        "cohorts/aid/certificate.html",
        {
            "certificate": certificate,
            "settled": settled_lines(lines),
            "unsettled": unsettled,
            "reading": reading,
            "page": places.get_page(request.GET.get("page")),
            "branches": _branches(reading, today) if reading else [],
            "lacks_its_group": reading is not None and lacks_its_group(certificate, reading),
            "papers": list(papers_of(certificate)),
            "may_reject": not may_answer_still(certificate, on=today),
            "form": next((form for form in (settle, hear) if form.is_bound), decision),
            "hear_form": hear,
            "decision_form": decision,
            "settle_form": settle,
            **tables(),
        },
    )


def _decided(
    request: UserRequest, certificate: Certificate, form: CertificateDecisionForm
) -> HttpResponse:
    try:
        anew = decide_on_certificate(
            certificate_id=certificate.pk,
            is_approved=form.is_approved,
            note=form.cleaned_data["note"],
            without_conflict=form.cleaned_data["no_conflict"],
            by=request.user,
            now=timezone.now(),
        )
    except MoveRefused:
        messages.warning(request, _("Intyget är redan avgjort eller återtaget. Inget ändrades."))
        return redirect("cohorts:certificate_check", certificate_id=certificate.pk)
    except RegulationUnsettled:
        messages.error(
            request, _("Intyget är inte godkänt: bestäm först det som företaget inte visste.")
        )
        return redirect("cohorts:certificate_check", certificate_id=certificate.pk)
    except NotHeard:
        messages.error(
            request,
            _("Inget är avgjort: företaget ska först få se vad som talar emot och kunna svara."),
        )
        return redirect("cohorts:certificate_check", certificate_id=certificate.pk)
    told = _("Intyget är godkänt.") if form.is_approved else _("Intyget är inte godkänt.")
    looked_at = ngettext(
        "%(many)d kursplats är prövad på nytt.", "%(many)d kursplatser är prövade på nytt.", anew
    )
    messages.success(request, f"{told} {looked_at % {'many': anew}}")
    return redirect("cohorts:aid_desk")


def _heard(request: UserRequest, certificate: Certificate, form: HearForm) -> HttpResponse:
    try:
        hear_company(
            certificate_id=certificate.pk,
            against=form.cleaned_data["against"],
            by=request.user,
            now=timezone.now(),
        )
    except MoveRefused:
        messages.warning(request, _("Intyget är redan avgjort eller återtaget. Inget ändrades."))
    else:
        messages.success(request, _("Företaget har fått ett brev och kan svara."))
    return redirect("cohorts:certificate_check", certificate_id=certificate.pk)


def _settled(request: UserRequest, certificate: Certificate, form: SettleForm) -> HttpResponse:
    try:
        settle_lines(
            certificate_id=certificate.pk,
            known=form.settled(),
            by=request.user,
            now=timezone.now(),
        )
    except MoveRefused:
        messages.warning(request, _("Intyget är redan avgjort eller återtaget. Inget ändrades."))
    else:
        messages.success(request, _("Slag av stöd är sparat. Så här blir läsningen nu."))
    return redirect("cohorts:certificate_check", certificate_id=certificate.pk)


def _branches(reading: IfApproved, on: date) -> list[Branch]:
    known = reading.known
    return branches_of(known.group, known.controls, members=reading.room.members, on=on)
