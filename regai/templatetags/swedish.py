"""Dates, times and money as people in Sweden read them, in Swedish and in English."""

from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import Any

from django import template
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import get_language
from django.utils.translation import gettext as _

register = template.Library()
NO_BREAK_SPACE = "\u00a0"


@register.filter
def day(value: date | datetime | None) -> str:
    """Return "tisdag 24 november 2026"."""
    if value is None:
        return ""
    return (
        date_format(_local(value), "l j F Y").lower()
        if _swedish()
        else date_format(_local(value), "l j F Y")
    )


@register.filter
def moment(value: datetime | None) -> str:
    """Return "tisdag 24 november 2026 kl. 12.00, v. 48"; no line breaks within time and week."""
    if value is None:
        return ""
    local = timezone.localtime(value)
    week = local.isocalendar().week
    if _swedish():
        return f"{day(value)} kl.{NO_BREAK_SPACE}{local:%H.%M}, v.{NO_BREAK_SPACE}{week}"
    return f"{day(value)} at{NO_BREAK_SPACE}{local:%H:%M}, week{NO_BREAK_SPACE}{week}"


@register.filter
def clock(value: datetime | None) -> str:
    """Return "12.00" in Swedish and "12:00" in English."""
    if value is None:
        return ""
    return (
        f"{timezone.localtime(value):%H.%M}" if _swedish() else f"{timezone.localtime(value):%H:%M}"
    )


@register.filter
def iso(value: date | datetime | None) -> str:
    """Return "2026-11-24"."""
    return "" if value is None else f"{_local(value):%Y-%m-%d}"


@register.filter
def to_end(start: datetime, end: datetime) -> str:
    """Return when something starts and ends: the days, both included, where those are whole."""
    first, last = timezone.localtime(start), timezone.localtime(end)
    if first.time() != time.min or last.time() != time.min or last <= first:
        return f"{moment(start)} – {moment(end)}"
    last_day = last - timedelta(days=1)
    if first.date() == last_day.date():
        return day(start)
    return f"{day(start)} – {day(last_day.date())}"


@register.filter
def number(value: int) -> str:
    """Return "1 203" with a no-break space in Swedish and "1,203" in English."""
    return f"{value:,}".replace(",", NO_BREAK_SPACE) if _swedish() else f"{value:,}"


@register.filter
def kronor(value: Decimal | int | None) -> str:
    """Return "1 234,50 kr", in English "SEK 1,234.50", without öre where there are none."""
    return "" if value is None else _amount(Decimal(value), "kr", "SEK")


@register.filter
def euro(value: Decimal | int | None) -> str:
    """Return "1 234,50 euro", in English "EUR 1,234.50"."""
    return "" if value is None else _amount(Decimal(value), "euro", "EUR")


@register.filter
def worded(code: object, words: dict[object, str]) -> str:
    """Return what a person reads for a code, from a ``words`` table."""
    return str(words.get(code, code))


@register.filter
def ends_at(start: datetime, minutes: int) -> datetime:
    """Return the end of something that starts at ``start`` and lasts ``minutes``."""
    return start + timedelta(minutes=minutes)


@register.filter
def reason_words(reason: Any) -> str:
    """Return a sentence of the planner in the language of the page, its days written out."""
    values = {
        key: day(value) if isinstance(value, date) else value
        for key, value in reason.values.items()
    }
    return _(reason.text) % values


@register.filter
def yes_no(value: bool | None) -> str:
    """Return ja, nej, or "inte besvarat" for what has not been told."""
    return _("inte besvarat") if value is None else _("ja") if value else _("nej")


def _amount(value: Decimal, unit: str, code: str) -> str:
    whole = value == value.to_integral_value()
    text = f"{value:,.0f}" if whole else f"{value:,.2f}"
    if not _swedish():
        return code + NO_BREAK_SPACE + text
    return text.replace(",", NO_BREAK_SPACE).replace(".", ",") + NO_BREAK_SPACE + unit


def _local(value: date | datetime) -> date:
    return timezone.localtime(value).date() if isinstance(value, datetime) else value


def _swedish() -> bool:
    return get_language() != "en"
