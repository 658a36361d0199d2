"""Reading the post as its receivers do: letters leave the outbox and are opened here."""

import re
from datetime import datetime

from django.core import mail
from django.core.mail import EmailMessage

from outbox.actions import deliver_waiting

LINK = re.compile(r"https?://[^/\s]+(/\S*)")


def post(now: datetime) -> None:
    """Let everything that waits leave the outbox."""
    deliver_waiting(now=now)


def letters_to(address: str) -> list[EmailMessage]:
    """Return the letters to one address, the oldest first."""
    return [letter for letter in mail.outbox if letter.to == [address]]


def latest_to(address: str, subject: str) -> EmailMessage:
    """Return the newest letter to one address whose subject holds ``subject``."""
    return [letter for letter in letters_to(address) if subject in str(letter.subject)][-1]


def links_in(letter: EmailMessage) -> list[str]:
    """Return the paths of the links in a letter, in the order they stand."""
    return [link.rstrip(".,") for link in LINK.findall(str(letter.body))]


def all_links() -> list[str]:
    """Return every path that any letter links to."""
    return sorted({link for letter in mail.outbox for link in links_in(letter)})
