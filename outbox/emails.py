"""The e-mail that a letter becomes: text, the same as HTML, and its calendars.

The same row gives the same parts at every try. A calendar is sent twice over: as text/calendar,
which mail programs read as an invitation, and as a file for those that do not. The first must be
base64, since Outlook reads no quoted-printable there.

**Source:** RFC 6047 2.4 (the method parameter equals METHOD), 2.5 (encoding).
"""

import hashlib
import re
from email import encoders
from email.mime.base import MIMEBase
from email.utils import parseaddr
from typing import Any

from django.conf import settings
from django.core import mail
from django.core.mail.backends.base import BaseEmailBackend

from outbox.models import Message
from outbox.queries import html_with_links, text_with_links

METHOD = re.compile(r"^METHOD:(\w+)\r$", re.MULTILINE)


class LetterMail(mail.EmailMultiAlternatives):
    """An e-mail whose boundaries follow from its letter, with one calendar beside text and HTML."""

    invitation: MIMEBase | None = None
    seed = ""

    def message(self, **how: Any) -> Any:
        """Return the MIME message: nothing in it is random, whichever try this is."""
        built = super().message(**how)
        parts = [part for part in built.walk() if part.is_multipart()]
        for number, part in enumerate(parts):
            if self.invitation and part.get_content_subtype() == "alternative":
                part.attach(self.invitation)  # type: ignore[arg-type]  # any MIME part will do
            part.set_boundary(f"regai-{number}-{self.seed}")
        return built


def as_email(message: Message, *, connection: BaseEmailBackend) -> LetterMail:
    """Return the letter as an e-mail; the same row always gives the same Message-ID."""
    host = parseaddr(settings.DEFAULT_FROM_EMAIL)[1].rpartition("@")[2]
    name = f"<regai.{message.pk}.{message.queued_at:%Y%m%d%H%M%S}@{host}>"
    email = LetterMail(
        subject=message.subject,
        body=text_with_links(message),
        to=[message.to],
        connection=connection,
        headers={
            "Message-ID": name,
            "Content-Language": message.language,
            "Auto-Submitted": "auto-generated",
        },
    )
    email.seed = hashlib.sha256(f"{name}{message.text}".encode()).hexdigest()[:32]
    email.attach_alternative(html_with_links(message), "text/html")
    invitations = [_invitation(calendar) for calendar in message.calendars]
    if len(invitations) == 1:
        # Beside the text: the mail program shows the letter itself as an invitation.
        email.invitation = invitations[0]
    else:
        for invitation in invitations:
            email.attach(invitation)
    for number, calendar in enumerate(message.calendars, start=1):
        email.attach(_calendar_file(calendar, number))
    return email


def _invitation(calendar: str) -> MIMEBase:
    found = METHOD.search(calendar)
    if found is None:
        raise ValueError("a calendar in a letter has a METHOD")
    part = MIMEBase("text", "calendar")
    part.replace_header("Content-Type", f"text/calendar; method={found[1]}; charset=utf-8")
    return _filled(part, calendar)


def _calendar_file(calendar: str, number: int) -> MIMEBase:
    part = _filled(MIMEBase("application", "ics"), calendar)
    part.add_header("Content-Disposition", "attachment", filename=f"traff-{number}.ics")
    return part


def _filled(part: MIMEBase, calendar: str) -> MIMEBase:
    part.set_payload(calendar.encode())
    encoders.encode_base64(part)
    return part
