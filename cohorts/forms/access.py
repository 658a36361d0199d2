"""What staff type about a priced course: its value, the order with the provider, the codes."""

import io
from decimal import Decimal
from typing import Any
from zipfile import BadZipFile

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext_lazy as _

from cohorts.actions.access import ToldOrder
from cohorts.forms.days import DayField
from cohorts.forms.staff_cohorts import date_input, number_input
from cohorts.rules.access import MOST_CODES, OrderKind, read_codes
from cohorts.words import CODE_FAULTS, ORDER_KINDS

MOST_PLACES = 500
MOST_SEK, MOST_MEETING_SEK, MOST_MEETINGS = Decimal(100_000), Decimal(10_000), 60
LARGEST_FILE = 200_000  # bytes
FAULTS_SHOWN = 10


class ValueForm(forms.Form):
    """What a place is worth: the course's list price, and a flat amount for each meeting."""

    price_sek = forms.DecimalField(
        label=_("Kursens listpris exklusive moms"),
        min_value=0,
        max_value=MOST_SEK,
        decimal_places=2,
        widget=forms.NumberInput(attrs={"class": "govuk-input--width-5"}),
    )
    meeting_value_sek = forms.DecimalField(
        label=_("Schablon för en träff, exklusive moms"),
        help_text=_("0 om träffarna inte ska räknas. Annars räknas de också när kursen är gratis."),
        min_value=0,
        max_value=MOST_MEETING_SEK,
        decimal_places=2,
        widget=forms.NumberInput(attrs={"class": "govuk-input--width-5"}),
    )
    meetings_valued = forms.IntegerField(
        label=_("Antal träffar som räknas"),
        min_value=0,
        max_value=MOST_MEETINGS,
        widget=number_input(),
    )


class OrderForm(forms.Form):
    """What has been ordered with the provider."""

    kind = forms.TypedChoiceField(
        label=_("Hur släpper leverantören in folk?"),
        choices=list(ORDER_KINDS.items()),
        coerce=OrderKind,
        widget=forms.RadioSelect,
        initial=OrderKind.VOUCHER,
    )
    places = forms.IntegerField(
        label=_("Antal platser"), min_value=1, max_value=MOST_PLACES, widget=number_input()
    )
    reference = forms.CharField(label=_("Leverantörens referens"), max_length=100, required=False)
    ordered_on = DayField(label=_("Beställt den"), widget=date_input())
    free_until = DayField(
        label=_("Sista dag att avboka utan kostnad"), required=False, widget=date_input()
    )

    def clean(self) -> dict[str, Any]:
        """Refuse a last day to cancel that lies before the order."""
        told = super().clean() or {}
        ordered_on, free_until = told.get("ordered_on"), told.get("free_until")
        if ordered_on and free_until and free_until < ordered_on:
            self.add_error("free_until", _("Dagen måste komma efter beställningen."))
        return told

    def told(self) -> ToldOrder:
        """Return what was told, once the form is valid."""
        return ToldOrder(**self.cleaned_data)


class CodesForm(forms.Form):
    """Codes from the provider, pasted one a line or in a file. All are taken, or none."""

    text = forms.CharField(
        label=_("Koder, en på varje rad"),
        max_length=MOST_CODES * 100,
        required=False,
        strip=False,
        widget=forms.Textarea(attrs={"rows": 8, "autocomplete": "off", "spellcheck": "false"}),
    )
    file = forms.FileField(
        label=_("Eller en fil med koderna i första kolumnen"),
        help_text=_("CSV, text eller XLSX, högst 200 kB."),
        required=False,
    )

    def clean(self) -> dict[str, Any]:
        """Read the codes; the first faults are told by line, and then none is taken."""
        told = super().clean() or {}
        text, file = told.get("text") or "", told.get("file")
        lines = _lines_of(file) if file else text.splitlines()
        read = read_codes(lines)
        if len(read.codes) + len(read.faults) > MOST_CODES:
            raise forms.ValidationError(
                _("Högst %(most)s koder på en gång. Inga koder sparades.") % {"most": MOST_CODES}
            )
        for line, fault in read.faults[:FAULTS_SHOWN]:
            self.add_error(
                None if file else "text",
                _("Rad %(line)s: %(fault)s. Inga koder sparades.")
                % {"line": line, "fault": CODE_FAULTS[fault]},
            )
        if not read.codes and not read.faults:
            self.add_error("text", _("Klistra in koderna, en på varje rad, eller välj en fil."))
        self.codes = read.codes
        return told


def _lines_of(file: "UploadedFile[bytes]") -> list[str]:
    """Return the first column of a file, a line a row."""
    if (file.size or 0) > LARGEST_FILE:
        raise forms.ValidationError(_("Filen är för stor. Inga koder sparades."))
    content = file.read()
    if content.startswith(b"PK"):
        return _rows_of_book(content)
    for encoding in ("utf-8-sig", "cp1252"):
        try:
            text = content.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\0" not in text:
            return [_first_cell(line) for line in text.splitlines()]
    raise forms.ValidationError(_("Filen går inte att läsa. Inga koder sparades."))


def _first_cell(line: str) -> str:
    for separator in (";", "\t", ","):
        line = line.partition(separator)[0]
    return line.strip().strip('"')


def _rows_of_book(content: bytes) -> list[str]:
    # 20 MB that most web workers never need.
    from openpyxl import load_workbook  # noqa: PLC0415 -- see above
    from openpyxl.utils.exceptions import InvalidFileException  # noqa: PLC0415 -- see above

    try:
        book = load_workbook(io.BytesIO(content), read_only=True, data_only=True)
        rows = book.worksheets[0].iter_rows(max_col=1, max_row=MOST_CODES + 1, values_only=True)
        return ["" if value is None else str(value) for (value,) in rows]
    except (InvalidFileException, BadZipFile, KeyError, ValueError, IndexError) as wrong:
        raise forms.ValidationError(_("Filen går inte att läsa. Inga koder sparades.")) from wrong
