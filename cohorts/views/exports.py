"""Lists as files: CSV as Excel in Sweden reads it, and a spreadsheet with a sheet that explains it.

No cell is ever run as a formula: what begins like one gets an apostrophe before it.
"""

import io
from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

import xlsxwriter
from django.http import HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _

from cohorts.views.aid.spreadsheets import csv_of, inert

Column = tuple[str, str]
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
WIDTH = 22  # characters
WIDEST = 60


def csv_response(
    name: str, columns: Sequence[Column], rows: Iterable[Sequence[str]]
) -> HttpResponse:
    """Return rows under their headings as a CSV file: semicolons, UTF-8 with a BOM."""
    headings = [heading for heading, _meaning in columns]
    response = HttpResponse(csv_of([headings, *rows]), content_type="text/csv; charset=utf-8")
    return _named(response, f"{name}.csv")


def xlsx_response(
    name: str,
    columns: Sequence[Column],
    rows: Iterable[Sequence[str]],
    *,
    filters: Sequence[tuple[str, str]],
    now: datetime,
) -> HttpResponse:
    """Return rows as a spreadsheet, with a sheet "Läs mig": filters, time, what columns mean.

    Rows are written to disk one by one, so that a long list takes no more memory than a short.
    """
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, {"constant_memory": True, "strings_to_formulas": False})
    bold = book.add_format({"bold": True})
    sheet = book.add_worksheet(_("Lista"))
    sheet.set_column(0, len(columns) - 1, WIDTH)
    sheet.freeze_panes(1, 0)
    sheet.write_row(0, 0, [heading for heading, _meaning in columns], bold)
    many = 0
    for many, row in enumerate(rows, start=1):
        _write(sheet, many, row)
    sheet.autofilter(0, 0, many, len(columns) - 1)
    _explain(book.add_worksheet(_("Läs mig")), bold, columns, filters, many=many, now=now)
    book.close()
    return _named(HttpResponse(out.getvalue(), content_type=XLSX), f"{name}.xlsx")


def _explain(  # noqa: PLR0913 -- all that the sheet tells
    sheet: Any,
    bold: Any,
    columns: Sequence[Column],
    filters: Sequence[tuple[str, str]],
    *,
    many: int,
    now: datetime,
) -> None:
    local = timezone.localtime(now)
    lines = [
        (_("Hämtad"), f"{local:%Y-%m-%d %H.%M}"),
        (_("Antal rader"), str(many)),
        *(filters or [(_("Filter"), _("inget, alla är med"))]),
        ("", ""),
        (_("Kolumn"), _("Vad den betyder")),
        *columns,
    ]
    for number, line in enumerate(lines):
        _write(sheet, number, line)
    sheet.set_column(0, 0, WIDEST // 2, bold)
    sheet.set_column(1, 1, WIDEST)


def _write(sheet: Any, number: int, row: Sequence[str]) -> None:
    for column, cell in enumerate(row):
        sheet.write_string(number, column, inert(cell))


def _named(response: HttpResponse, file: str) -> HttpResponse:
    response["Content-Disposition"] = f'attachment; filename="{file}"'
    return response
