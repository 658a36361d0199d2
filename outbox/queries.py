"""Reads of letters."""

from collections.abc import Iterable, Iterator
from datetime import datetime, timedelta

from django.conf import settings
from django.db.models import Min, Q, QuerySet
from django.template.loader import render_to_string
from django.utils import translation
from django.utils.html import linebreaks, urlize
from django.utils.safestring import mark_safe

from outbox.letters import with_links
from outbox.links import Link
from outbox.models import Message
from outbox.rules import LetterState
from outbox.words import LINK_LEFT_OUT, REFUSED

LEFT_IN_HAND_AFTER = timedelta(hours=1)


def letters_about(*subjects: str) -> QuerySet[Message]:
    """Return the letters written to the people or rows that ``subjects`` name, newest first."""
    return Message.objects.filter(about__in=subjects).order_by("-queued_at", "-id")


def letters_given_up() -> QuerySet[Message]:
    """Return the letters that never arrived, newest first."""
    return Message.objects.filter(state=LetterState.GIVEN_UP).order_by("-ended_at", "-id")


def keys_among(keys: Iterable[str]) -> set[str]:
    """Return which of ``keys`` a letter has been promised under already."""
    return set(Message.objects.filter(key__in=list(keys)).values_list("key", flat=True))


def letters_matching(text: str = "", state: str = "") -> QuerySet[Message]:
    """Return the letters to an address or with a subject that holds ``text``, newest first.

    Log-in codes are left out: they are the receiver's own.
    """
    found = Message.objects.filter(fleeting=False).order_by("-queued_at", "-id")
    if text.strip():
        found = found.filter(Q(to__icontains=text.strip()) | Q(subject__icontains=text.strip()))
    return found.filter(state=state) if state else found


def oldest_waiting(now: datetime) -> datetime | None:
    """Return since when the oldest letter that should have left by ``now`` is waiting.

    One that was tried waits since it was promised, also between tries: the mail server is away or
    takes nothing from us. One whose receiver takes no letters just now says nothing of that.
    """
    not_the_receivers = ~Q(last_fault__startswith=REFUSED)
    tried = Message.objects.filter(not_the_receivers, state=LetterState.WAITING, tries__gt=0)
    since: list[datetime | None] = [
        Message.objects.due(now).aggregate(since=Min("next_try_at"))["since"],
        tried.aggregate(since=Min("queued_at"))["since"],
    ]
    return min((one for one in since if one is not None), default=None)


def addresses_of(message: Message) -> dict[str, str]:
    """Return the full address behind each link of a letter, signed now."""
    return {
        name: settings.SITE_URL + Link.from_stored(kept).signed_path()
        for name, kept in message.links.items()
    }


def text_with_links(message: Message) -> str:
    """Return the plain text as its receiver gets it."""
    addresses = addresses_of(message)
    return with_links(message.text, addresses, lambda name, _words: addresses[name])


def text_without_links(message: Message) -> str:
    """Return the plain text for somebody else than its receiver, whose links it is to follow."""
    with translation.override(message.language):
        left_out = str(LINK_LEFT_OUT)
    return with_links(message.text, message.links, lambda _name, _words: left_out)


def html_with_links(message: Message) -> str:
    """Return the same words as simple HTML: paragraphs, and links that can be pressed."""
    addresses = addresses_of(message)

    def button(name: str, words: str) -> str:
        escaped = mark_safe(words)  # noqa: S308 -- with the text that they stand in
        link = {"address": addresses[name], "words": escaped}
        return render_to_string("outbox/letter_link.html", link).strip()

    words = linebreaks(urlize(message.text, autoescape=True))
    with translation.override(message.language):
        return render_to_string(
            "outbox/letter.html",
            {
                "message": message,
                "sender": message.subject.partition(": ")[0],
                "about": message.subject.partition(": ")[2],
                "text": mark_safe(with_links(words, addresses, button)),  # noqa: S308 -- escaped
                "site": settings.SITE,
            },
        )


def letters_left_in_hand(now: datetime) -> Iterator[str]:
    """Yield a line for each waiting letter whose lease ended over an hour ago: nobody takes it."""
    stuck = Message.objects.filter(
        state=LetterState.WAITING, leased_until__lt=now - LEFT_IN_HAND_AFTER
    )
    for pk in stuck.order_by("pk").values_list("pk", flat=True):
        yield f"message/{pk}: waits, with a lease that ended more than an hour ago"
