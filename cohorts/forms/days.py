"""A day that somebody types, on a page of the site."""

from datetime import date
from typing import Any

from django import forms
from django.core.validators import MaxValueValidator, MinValueValidator
from django.utils.translation import gettext_lazy as _

FIRST_DAY, LAST_DAY = date(1900, 1, 1), date(2199, 12, 31)
NO_SUCH_YEAR = _("Skriv ett år mellan 1900 och 2199.")


class DayField(forms.DateField):
    """A day of the years that can be planned and counted with; a slip in the year is said."""

    def __init__(self, **words: Any) -> None:
        super().__init__(**words)
        self.validators += [
            MinValueValidator(FIRST_DAY, NO_SUCH_YEAR),
            MaxValueValidator(LAST_DAY, NO_SUCH_YEAR),
        ]
