"""The national register: what is due, what has been entered, and the file to enter it from."""

from cryptography.fernet import InvalidToken
from django.conf import settings
from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from accounts.requests import UserRequest
from cohorts.forms.aid import RegisterMarkForm
from cohorts.queries.aid import cases_of
from cohorts.views.aid.shown import A_PAGE, days_left_in_words, officer, tables
from cohorts.views.exports import Cell, Column, csv_response, xlsx_response
from companies.rules import Sector
from companies.words import SECTORS
from deminimis.actions import mark_registered
from deminimis.queries.ledger import (
    RegisterLine,
    entry_for_register,
    register_lines,
    register_queue,
    registered,
    working_days_left,
)
from deminimis.words import MARK_REFUSALS

DONE = "registrerade"


@officer
def register(request: UserRequest) -> HttpResponse:
    """Show the lines that are due, the most urgent first, or those that have been entered."""
    is_done = _is_done(request)
    page = Paginator(registered() if is_done else register_queue(), A_PAGE)
    shown, today = page.get_page(request.GET.get("page")), timezone.localdate()
    left = {entry.pk: working_days_left(entry.register_due_on, today=today) for entry in shown}
    return TemplateResponse(
        request,
        "cohorts/aid/register.html",
        {
            "page": shown,
            "is_done": is_done,
            "lines": [
                {
                    "entry": entry,
                    "left": days_left_in_words(left[entry.pk]),
                    "is_late": entry.mark.registered_on > entry.register_due_on
                    if is_done
                    else left[entry.pk] < 0,
                }
                for entry in shown
            ],
            **tables(),
        },
    )


@officer
def register_entry(request: UserRequest, entry_id: int) -> HttpResponse:
    """Show one line, and take the word that it stands in the register."""
    entry = entry_for_register(entry_id)
    if entry is None:
        raise Http404(entry_id)
    form = RegisterMarkForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        registered_on, reference = form.told()
        refusal = mark_registered(
            entry_id=entry.pk,
            registered_on=registered_on,
            reference=reference,
            by=request.user,
            now=timezone.now(),
        )
        if refusal is None:
            messages.success(request, _("Stödet är markerat som registrerat."))
            return redirect("cohorts:register")
        form.add_error("registered_on", MARK_REFUSALS[refusal])
        entry = entry_for_register(entry_id) or entry
    today = timezone.localdate()
    return TemplateResponse(
        request,
        "cohorts/aid/register_entry.html",
        {
            "entry": entry,
            "mark": getattr(entry, "mark", None),
            "case": cases_of([entry]).get(entry.pk),
            "left": days_left_in_words(working_days_left(entry.register_due_on, today=today)),
            "authority": settings.DECISION["authority"],
            "later": entry.later.order_by("id"),
            "form": form,
            **tables(),
        },
    )


@officer
@never_cache
def register_csv(request: UserRequest) -> HttpResponse:
    """Give the lines as a CSV file."""
    lines = _lines(request)
    if lines is None:
        return redirect("cohorts:register")
    return csv_response(_file_name(), _columns(), map(_row, lines))


@officer
@never_cache
def register_xlsx(request: UserRequest) -> HttpResponse:
    """Give the lines as a spreadsheet, with a sheet that says what it holds."""
    lines = _lines(request)
    if lines is None:
        return redirect("cohorts:register")
    shown = _("registrerade") if _is_done(request) else _("att registrera")
    return xlsx_response(
        _file_name(),
        _columns(),
        map(_row, lines),
        filters=[(_("Visar"), shown)],
        now=timezone.now(),
    )


def _is_done(request: UserRequest) -> bool:
    return request.GET.get("visa") == DONE


def _lines(request: UserRequest) -> list[RegisterLine] | None:
    """Return the lines of the file; None, and a sentence, if a sealed number does not open."""
    try:
        return register_lines(registered() if _is_done(request) else register_queue())
    except InvalidToken:
        messages.error(
            request,
            _(
                "Filen kunde inte göras: ett organisationsnummer går inte att öppna med"
                " webbplatsens nycklar. Hör av dig till driften."
            ),
        )
        return None


def _file_name() -> str:
    return f"stodregister-{timezone.localdate():%Y-%m-%d}"


def _columns() -> list[Column]:
    """Return the headings with what they mean: the fields of Art. 6 (1), then what came of it."""
    return [
        (_("Stödmottagare"), _("Företaget, som det heter hos oss.")),
        (_("Organisationsnummer"), _("Tio siffror. En enskild firmas är ett personnummer.")),
        (_("Belopp i kronor"), _("Stödets värde, utan moms.")),
        (_("Belopp i euro"), _("Efter kursen den dag då stödet beviljades.")),
        (_("Datum för stödbeslutet"), _("Dagen då personen sade ja till sin kursplats.")),
        (_("Stödgivare"), _("Den som ger stödet.")),
        (_("Stödform"), _("Vad stödet består av.")),
        (_("Sektor"), _("Företagets slag av verksamhet, efter intyget.")),
        (_("Registrerat"), _("Dagen då stödet fördes in i registret; tom om det inte är gjort.")),
        (_("Referens"), _("Registrets eget nummer på stödet.")),
    ]


def _row(line: RegisterLine) -> list[Cell]:
    entry = line.entry
    return [
        entry.company.name,
        f"{line.number[:6]}-{line.number[6:]}" if line.number else "",
        line.sek,
        line.eur,
        entry.granted_on,
        settings.DECISION["authority"],
        _("Kursplats utan avgift (subventionerad tjänst)"),
        entry.company.nace or str(SECTORS[Sector(entry.company.sector)]),
        line.registered_on,
        line.reference,
    ]
