"""Amounts, numbers and days as canonical JSON writes them; None stays None."""

from datetime import date
from decimal import Decimal


def euro_text(amount: Decimal | None) -> str | None:
    return None if amount is None else f"{amount:.2f}"


def number_text(value: Decimal) -> str:
    return f"{value:f}"


def day_text(day: date | None) -> str | None:
    return None if day is None else day.isoformat()
