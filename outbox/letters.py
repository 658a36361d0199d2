"""The shape of a letter before it is written into the outbox, and how a template becomes one."""

import re
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.conf import settings
from django.template import Context
from django.template.loader import get_template
from django.urls import reverse
from django.utils import translation

from outbox.links import Link

TOKEN_GOES_HERE = "token-goes-here"  # noqa: S105 -- a mark in a path, no secret
PLACE_OF_LINK = re.compile(r"\[\[(\w+)(?:\|([^\]\n]+))?\]\]")


@dataclass(frozen=True, slots=True, kw_only=True)
class Letter:
    """One e-mail, already worded, waiting to be written into the outbox.

    ``key`` names the occasion ("invitation/42/released"): the outbox keeps one letter per key, so
    saying the same thing twice is harmless. ``about`` names whose letter it is ("interest/42").
    ``text`` carries each link as ``[[name|words]]``, the words for whoever reads it as HTML, and
    may leave them out; the address is signed at delivery. A ``fleeting`` letter (a log-in code) is
    emptied as soon as it has left. ``calendars`` are whole iCalendar objects that go with it, each
    about one event and with its METHOD.
    """

    key: str
    about: str
    to: str
    language: str
    subject: str
    text: str
    links: Mapping[str, Link] = field(default_factory=dict)
    fleeting: bool = False
    calendars: Sequence[str] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Reader:
    """Whom a letter is written to: the row it concerns, the address, the name, the language."""

    about: str
    email: str
    name: str
    language: str


def worded(  # noqa: PLR0913 -- a letter has its parts
    template: str,
    *,
    key: str,
    to: Reader,
    sender: str,
    links: Mapping[str, Link] | None = None,
    calendars: Sequence[str] = (),
    **words: Any,
) -> Letter:
    """Return the letter in ``template`` in the reader's language.

    The template's first line is the subject, which begins with ``sender`` (the programme's name).
    """
    with translation.override(to.language):
        context = {**words, "reader": to, "sender": sender, "site": settings.SITE}
        subject, _, text = _rendered(template, context).strip().partition("\n")
    return Letter(
        key=key,
        about=to.about,
        to=to.email,
        language=to.language,
        subject=f"{sender}: {' '.join(subject.split())}",
        text=text.strip() + "\n",
        links=links or {},
        calendars=tuple(calendars),
    )


def with_links(text: str, names: Collection[str], put: Callable[[str, str], str]) -> str:
    """Return ``text`` with what ``put`` gives for the name and words of each link of ``names``."""
    return PLACE_OF_LINK.sub(
        lambda place: put(place[1], place[2] or "") if place[1] in names else place[0], text
    )


def link_to(page: str, *, purpose: str, row: int, generation: int, last_day: date) -> Link:
    """Return a link to a page whose address ends in a token, in the language in force."""
    path = reverse(page, args=[TOKEN_GOES_HERE]).replace(TOKEN_GOES_HERE, "{token}")
    return Link(purpose=purpose, row=row, generation=generation, last_day=last_day, path=path)


def _rendered(template: str, context: dict[str, Any]) -> str:
    """Return a plain text: nothing is escaped, and runs of empty lines are one."""
    lines: list[str] = []
    plain = Context(context, autoescape=False)
    text = get_template(template).template.render(plain)  # type: ignore[attr-defined]  # Django's
    for line in text.splitlines():
        if line.strip() or (lines and lines[-1]):
            lines.append(line.rstrip())
    return "\n".join(lines)
