"""Lists as files: CSV as Excel in Sweden reads it, and a spreadsheet with a sheet that explains it.

The one place that writes them. No cell is ever run as a formula: what begins like one gets an
apostrophe before it, and must stay words in whatever program opens the file.
"""

import csv
import io
from collections.abc import Iterable, Sequence
from datetime import date, datetime
from decimal import Decimal
from typing import Any

import xlsxwriter
from django.forms import Form
from django.http import HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _

Column = tuple[str, str]
Cell = str | Decimal | date | None
CSV = "text/csv; charset=utf-8"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
WIDTH = 22  # characters
WIDEST = 60
# Also the full-width forms, which some programs read alike, and what they skip before a formula.
BEGINS_A_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")


def inert(text: str) -> str:
    """Return ``text`` so that no spreadsheet takes it for a formula."""
    return f"'{text}" if text.lstrip(" \u00a0").startswith(BEGINS_A_FORMULA) else text


def csv_response(
    name: str, columns: Sequence[Column], rows: Iterable[Sequence[Cell]]
) -> HttpResponse:
    """Return rows under their headings: semicolons, decimal commas, UTF-8 with a BOM."""
    out = io.StringIO()
    writer = csv.writer(out, delimiter=";", lineterminator="\r\n")
    writer.writerow([inert(heading) for heading, _meaning in columns])
    writer.writerows([_text(cell) for cell in row] for row in rows)
    return _named(HttpResponse(out.getvalue().encode("utf-8-sig"), content_type=CSV), f"{name}.csv")


def xlsx_response(
    name: str,
    columns: Sequence[Column],
    rows: Iterable[Sequence[Cell]],
    *,
    filters: Sequence[tuple[str, str]],
    now: datetime,
) -> HttpResponse:
    """Return rows as a spreadsheet, with a sheet "Läs mig": filters, time, what columns mean.

    Amounts are numbers and days are days. Rows are written to disk one by one, so that a long list
    takes no more memory than a short one.
    """
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, {"constant_memory": True, "strings_to_formulas": False})
    formats = {
        "bold": book.add_format({"bold": True}),
        "amount": book.add_format({"num_format": "0.00"}),
        "day": book.add_format({"num_format": "yyyy-mm-dd"}),
    }
    sheet = book.add_worksheet(_("Lista"))
    sheet.set_column(0, len(columns) - 1, WIDTH)
    sheet.freeze_panes(1, 0)
    sheet.write_row(0, 0, [heading for heading, _meaning in columns], formats["bold"])
    many = 0
    for many, row in enumerate(rows, start=1):
        _write(sheet, many, row, formats)
    sheet.autofilter(0, 0, many, len(columns) - 1)
    told = [
        (_("Hämtad"), f"{timezone.localtime(now):%Y-%m-%d %H.%M}"),
        (_("Antal rader"), str(many)),
        *(filters or [(_("Filter"), _("inget, alla är med"))]),
    ]
    _explain(book.add_worksheet(_("Läs mig")), told, columns, formats)
    book.close()
    return _named(HttpResponse(out.getvalue(), content_type=XLSX), f"{name}.xlsx")


def filters_told(form: Form) -> list[tuple[str, str]]:
    """Return each filter that is set, as a person reads it."""
    told = []
    for name, value in form.cleaned_data.items():
        if value:
            choices = dict(getattr(form.fields[name], "choices", ()))
            told.append((str(form.fields[name].label), str(choices.get(value, value))))
    return told


def _explain(
    sheet: Any, told: Sequence[Column], columns: Sequence[Column], formats: dict[str, Any]
) -> None:
    heading = (_("Kolumn"), _("Vad den betyder"))
    for number, line in enumerate([*told, ("", ""), heading, *columns]):
        _write(sheet, number, line, formats)
    sheet.set_column(0, 0, WIDEST // 2, formats["bold"])
    sheet.set_column(1, 1, WIDEST)


def _write(sheet: Any, number: int, row: Sequence[Cell], formats: dict[str, Any]) -> None:
    for column, cell in enumerate(row):
        if isinstance(cell, Decimal):
            sheet.write_number(number, column, float(cell), formats["amount"])
        elif isinstance(cell, date):
            sheet.write_datetime(number, column, cell, formats["day"])
        else:
            sheet.write_string(number, column, _text(cell))


def _text(cell: Cell) -> str:
    if cell is None:
        return ""
    if isinstance(cell, Decimal):
        return f"{cell:.2f}".replace(".", ",")
    return inert(str(cell))


def _named(response: HttpResponse, file: str) -> HttpResponse:
    response["Content-Disposition"] = f'attachment; filename="{file}"'
    return response
