"""A sentence for a person: a Swedish text with places for values, so that it can be translated.

``gettext(reason.text) % reason.values`` words it in another language; ``str(reason)`` in Swedish.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

Value = str | int | date
MONTHS = (
    "januari",
    "februari",
    "mars",
    "april",
    "maj",
    "juni",
    "juli",
    "augusti",
    "september",
    "oktober",
    "november",
    "december",
)


@dataclass(frozen=True)
class Reason:
    """One sentence: the text that is translated, what stands in it, and which cohort it is about.

    ``cohort`` is empty where it goes without saying.
    """

    text: str
    values: Mapping[str, Value] = field(default_factory=dict)
    cohort: str = ""

    def __str__(self) -> str:
        sentence = self.text % {key: _worded(value) for key, value in self.values.items()}
        return f"{self.cohort}: {sentence}" if self.cohort else sentence


def _(text: str) -> str:
    """Mark a text for translation and return it as it is."""
    return text


def _worded(value: Value) -> str:
    if isinstance(value, date):
        return f"{value.day} {MONTHS[value.month - 1]} {value.year}"
    return str(value)
