"""Reading the post as its receivers do: letters leave the outbox and are opened here."""

import re
from datetime import datetime
from typing import Protocol, cast

from django.core import mail

from outbox.actions import deliver_waiting

LINK = re.compile(r"https?://[^/\s]+(/\S*)")


class Opened(Protocol):
    """A letter as its receiver sees it."""

    subject: str
    body: str
    to: list[str]


class PostBox(Protocol):
    """Where letters leave, and where they arrive."""

    def post(self, now: datetime) -> None:
        """Let everything that waits at ``now`` leave the outbox."""

    def arrived(self) -> list[Opened]:
        """Return all letters, the oldest first."""


class InThisProcess:
    """Delivery in the test's own process, into Django's list of letters."""

    def post(self, now: datetime) -> None:
        deliver_waiting(now=now)

    def arrived(self) -> list[Opened]:
        return cast("list[Opened]", [*mail.outbox])


box: PostBox = InThisProcess()


def post(now: datetime) -> None:
    """Let everything that waits leave the outbox."""
    box.post(now)


def letters_to(address: str) -> list[Opened]:
    """Return the letters to one address, the oldest first."""
    return [letter for letter in box.arrived() if letter.to == [address]]


def latest_to(address: str, subject: str) -> Opened:
    """Return the newest letter to one address whose subject holds ``subject``."""
    return [letter for letter in letters_to(address) if subject in str(letter.subject)][-1]


def links_in(letter: Opened) -> list[str]:
    """Return the paths of the links in a letter, in the order they stand."""
    return [link.rstrip(".,") for link in LINK.findall(str(letter.body))]


def all_links() -> list[str]:
    """Return every path that any letter links to."""
    return sorted({link for letter in box.arrived() for link in links_in(letter)})
