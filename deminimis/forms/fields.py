"""Fields that read amounts, and days or years, as people write them."""

import re
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

# Above the ceiling of every regulation many times over, in kronor too.
LARGEST_AMOUNT = Decimal(1_000_000_000)
# Older aid has left every window; a year before it is a slip of the pen.
FIRST_YEAR = 2014
_BETWEEN_FIGURES = re.compile(r"[\s\u00a0\u202f]")
_AMOUNT = re.compile(r"\d+(?:[.,]\d{1,2})?", re.ASCII)
_MORE_DECIMALS = re.compile(r"\d+[.,]\d{3,}", re.ASCII)
_DAY = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})", re.ASCII)
_YEAR = re.compile(r"\d{4}", re.ASCII)


class AmountField(forms.CharField):
    """An amount above 0 in whole öre or cents: "12 500,50" gives Decimal("12500.50")."""

    def clean(self, value: Any) -> Decimal | None:
        """Return the amount, or None for an empty optional field.

        :raises ValidationError: if it is no amount, not above 0, or beyond all reason.
        """
        text = super().clean(value)
        return amount_in(text) if text else None


@dataclass(frozen=True, slots=True)
class When:
    """A day, or a year alone."""

    granted_on: date | None
    year: int | None


class WhenField(forms.CharField):
    """A day as YYYY-MM-DD, or a year alone; ``today`` is set by the form before it is cleaned."""

    today: date = date.max

    def clean(self, value: Any) -> When | None:
        """Return the day or the year, or None for an empty optional field.

        :raises ValidationError: if it is neither, does not exist, or has not been yet.
        """
        text = super().clean(value)
        return when_in(text, self.today) if text else None


def amount_in(text: str) -> Decimal:
    """Return an amount above 0 as it was typed, with or without spaces and "kr".

    :raises ValidationError: if it is no such amount.
    """
    compact = _BETWEEN_FIGURES.sub("", text)
    if compact.startswith(("-", "−", "–")):
        raise ValidationError(_("Beloppet kan inte vara mindre än noll."))
    if _MORE_DECIMALS.fullmatch(compact):
        raise ValidationError(_("Skriv högst två decimaler, och inga punkter mellan tusental."))
    if not _AMOUNT.fullmatch(compact):
        raise ValidationError(_("Skriv beloppet med siffror, till exempel 12 500 eller 980,50."))
    amount = Decimal(compact.replace(",", "."))
    if amount > LARGEST_AMOUNT:
        raise ValidationError(_("Beloppet är för stort. Kontrollera antalet nollor."))
    if not amount:
        raise ValidationError(_("Skriv ett belopp som är större än noll."))
    return amount.quantize(Decimal("0.01"))


def when_in(text: str, today: date) -> When:
    """Return the day or the year that was typed.

    :raises ValidationError: if it is neither, does not exist, lies ahead, or is before 2014.
    """
    compact = _BETWEEN_FIGURES.sub("", text)
    if _YEAR.fullmatch(compact):
        return When(None, _year(int(compact), today))
    parts = _DAY.fullmatch(compact)
    if parts is None:
        raise ValidationError(_("Skriv dagen som 2025-03-14, eller bara året: 2025."))
    try:
        day = date(*(int(part) for part in parts.groups()))
    except ValueError as wrong:
        raise ValidationError(_("Den dagen finns inte i almanackan.")) from wrong
    if day > today:
        raise ValidationError(_("Dagen har inte varit än. Skriv den dag då stödet beslutades."))
    _year(day.year, today)
    return When(day, None)


def _year(year: int, today: date) -> int:
    if year > today.year:
        raise ValidationError(_("Året har inte varit än. Skriv det år då stödet beslutades."))
    if year < FIRST_YEAR:
        raise ValidationError(
            _("Stöd från före 2014 behöver inte vara med. Kontrollera årtalet eller ta bort raden.")
        )
    return year
