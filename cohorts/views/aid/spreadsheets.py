"""Rows as a CSV file or a spreadsheet that no program runs anything from.

A cell that begins like a formula gets an apostrophe before it: what somebody typed as a company
name must stay words when an officer opens the file.
"""

import csv
import io
from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from typing import Any

import xlsxwriter

# Also the full-width forms, which some programs read alike, and what they skip before a formula.
BEGINS_A_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")


def inert(text: str) -> str:
    """Return ``text`` so that no spreadsheet takes it for a formula."""
    return f"'{text}" if text.lstrip(" \u00a0").startswith(BEGINS_A_FORMULA) else text


def csv_of(rows: Iterable[Iterable[Any]]) -> bytes:
    """Return rows as CSV as it is read in Sweden: semicolons, decimal commas, a BOM."""
    out = io.StringIO()
    csv.writer(out, delimiter=";", lineterminator="\r\n").writerows(
        [_text(cell) for cell in row] for row in rows
    )
    return out.getvalue().encode("utf-8-sig")


def xlsx_of(rows: Iterable[Iterable[Any]]) -> bytes:
    """Return rows as a spreadsheet: amounts as numbers, days as days, all else as plain words."""
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, {"in_memory": True, "strings_to_formulas": False})
    sheet = book.add_worksheet()
    day = book.add_format({"num_format": "yyyy-mm-dd"})
    amount = book.add_format({"num_format": "0.00"})
    for number, row in enumerate(rows):
        for column, cell in enumerate(row):
            if isinstance(cell, Decimal):
                sheet.write_number(number, column, float(cell), amount)
            elif isinstance(cell, date):
                sheet.write_datetime(number, column, cell, day)
            else:
                sheet.write_string(number, column, _text(cell))
    sheet.freeze_panes(1, 0)
    sheet.autofit()
    book.close()
    return out.getvalue()


def _text(cell: Any) -> str:
    if cell is None:
        return ""
    if isinstance(cell, Decimal):
        return f"{cell:.2f}".replace(".", ",")
    return inert(str(cell))
