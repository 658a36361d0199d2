"""One page a question. Every answer is saved when its page is left."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils import timezone

from companies.rules import Sector
from deminimis import actions
from deminimis.forms.aid import aid_rows
from deminimis.forms.answers import (
    WRONG_NUMBER_TAKEN,
    AccountsForm,
    GroupForm,
    NumberForm,
    SectorForm,
    SignerForm,
    yes_or_no,
)
from deminimis.models import Certificate
from deminimis.queries.certificates import answers_of, certificate_by_link
from deminimis.rules import Question, asked, unanswered
from deminimis.words import QUESTIONS

PAGE_OF = {
    Question.SIGNER: "du",
    Question.COMPANY: "foretaget",
    Question.GROUP: "grupp",
    Question.SECTOR: "verksamhet",
    Question.ACCOUNTS: "rakenskaper",
    Question.AID: "stod",
}
REVIEW = "granska"


@dataclass(frozen=True, slots=True)
class Asked:
    """How one question is put: its form, what is chosen already, and what saves the answer."""

    form: type[forms.Form]
    chosen: Callable[[Certificate], dict[str, Any]]
    save: Callable[[Certificate, dict[str, Any]], None]


ASKED = {
    Question.SIGNER: Asked(
        SignerForm,
        lambda kept: {
            "name": kept.signer_name,
            "is_authorised": yes_or_no(kept.signer_authorised),
        },
        lambda kept, told: actions.save_signer(certificate_id=kept.pk, **told),
    ),
    Question.GROUP: Asked(
        GroupForm,
        lambda kept: {"is_group": yes_or_no(kept.is_group), "names": kept.group_names},
        lambda kept, told: actions.save_group(certificate_id=kept.pk, **told),
    ),
    Question.SECTOR: Asked(
        SectorForm,
        lambda kept: {"sector": _told_sector(kept), "nace": kept.nace or kept.company.nace},
        lambda kept, told: actions.save_sector(certificate_id=kept.pk, **told),
    ),
    Question.ACCOUNTS: Asked(
        AccountsForm,
        lambda kept: {"are_separate": yes_or_no(kept.separate_accounts)},
        lambda kept, told: actions.save_accounts(certificate_id=kept.pk, **told),
    ),
}


def ask(
    request: HttpRequest, certificate: Certificate, token: str, question: Question
) -> HttpResponse:
    """Ask one question and save its answer; one that does not apply leads to one that does."""
    if question not in asked(answers_of(certificate)):
        return redirect("deminimis:certificate_page", token=token, page=first_page(certificate))
    is_posted = request.method == "POST"
    put = ASKED[question]
    form = put.form(request.POST if is_posted else None, initial=put.chosen(certificate))
    if is_posted and form.is_valid():
        put.save(certificate, form.cleaned_data)
        return _onward(request, certificate, token, question)
    return _page(request, certificate, token, question, form=form)


def company(request: HttpRequest, certificate: Certificate, token: str) -> HttpResponse:
    """Show which company it is about, and ask for its number if we have none."""
    is_posted = request.method == "POST"
    form = None
    if certificate.company.number_digest is None:
        form = NumberForm(request.POST if is_posted else None)
    if is_posted and (form is None or form.is_valid()):
        number = form.cleaned_data["number"] if form else None
        if form is None or number is None or _saved_number(certificate, number):
            return _onward(request, certificate, token, Question.COMPANY)
        form.add_error("number", WRONG_NUMBER_TAKEN)
    return _page(request, certificate, token, Question.COMPANY, form=form)


def aid(request: HttpRequest, certificate: Certificate, token: str) -> HttpResponse:
    """Ask for the aid of the last three years: none in one click, or row by row."""
    today, rows = timezone.localdate(), None
    if request.method == "POST":
        if request.POST.get("do") == "none":
            actions.replace_declared_aid(certificate_id=certificate.pk, lines=[])
            return _onward(request, certificate, token, Question.AID)
        rows = aid_rows(request.POST, today=today)
        if rows.is_valid():
            actions.replace_declared_aid(certificate_id=certificate.pk, lines=rows.lines())
            if request.POST.get("do") == "more":
                return redirect(f"{request.path}?fler=1#ny")
            return _onward(request, certificate, token, Question.AID)
    kept = certificate.aid.all()
    wants_more = "fler" in request.GET
    blank = 1 if wants_more or (not kept and not certificate.none_received) else 0
    return _page(
        request,
        certificate,
        token,
        Question.AID,
        rows=rows or aid_rows(kept=kept, blank=blank, today=today),
        has_kept=bool(kept),
    )


def first_page(certificate: Certificate) -> str:
    """Return the page of the first question that waits, or the review."""
    waiting = unanswered(answers_of(certificate))
    return PAGE_OF[waiting[0]] if waiting else REVIEW


def _saved_number(certificate: Certificate, number: Any) -> bool:
    return actions.save_number(certificate_id=certificate.pk, number=number)


def _told_sector(certificate: Certificate) -> str:
    """Return the sector that was told; the column's default is no answer."""
    is_told = certificate.separate_accounts is not None or certificate.sector != Sector.OTHER
    return certificate.sector if is_told else ""


def _onward(
    request: HttpRequest, certificate: Certificate, token: str, question: Question
) -> HttpResponse:
    """Go to the next question; to the review when all is answered, or rest until later."""
    if request.POST.get("do") == "later":
        return redirect("deminimis:certificate", token=token)
    answers = answers_of(certificate_by_link(certificate.pk) or certificate)
    order = asked(answers)
    after = order.index(question) + 1
    if not unanswered(answers) or after == len(order):
        return redirect("deminimis:certificate_page", token=token, page=REVIEW)
    return redirect("deminimis:certificate_page", token=token, page=PAGE_OF[order[after]])


def _page(
    request: HttpRequest, certificate: Certificate, token: str, question: Question, **shown: Any
) -> HttpResponse:
    order = asked(answers_of(certificate))
    step = order.index(question) + 1
    before = PAGE_OF[order[step - 2]] if step > 1 else ""
    context = {
        "certificate": certificate,
        "token": token,
        "step": step,
        "of": len(order),
        "question": QUESTIONS[question],
        "before": before,
        **shown,
    }
    return TemplateResponse(request, f"deminimis/{question}.html", context)
