"""Delivery: claim a batch, send it on one connection, mark each letter.

No row is locked while the mail server answers. A worker that dies leaves a lease behind, which
ends by itself; what it had in hand may then arrive twice, and is marked as such.
"""

import smtplib
import uuid
from collections.abc import Sequence
from contextlib import suppress
from datetime import datetime
from email.utils import parseaddr
from time import monotonic

from django.conf import settings
from django.core import mail
from django.core.mail.backends.base import BaseEmailBackend
from django.db import connection, transaction

from outbox.models import Message
from outbox.queries import html_with_links, text_with_links
from outbox.rules import BATCH, LEASE, LetterState, next_try_at

PERMANENT_FAILURE_FROM = 500


def deliver_waiting(*, now: datetime) -> int:
    """Send what is due, oldest first, a batch at a time; return how many letters have left.

    May run in several workers at once and as often as it likes.
    """
    sent = 0
    while batch := claim(now=now):
        left = _send(batch, now=now)
        sent += left
        if not left:
            break
    return sent


@transaction.atomic(durable=True)
def claim(*, now: datetime) -> list[Message]:
    """Take up to a batch of due letters for five minutes; nobody else gets the same ones."""
    due = Message.objects.due(now).order_by("next_try_at", "id")
    if connection.features.has_select_for_update_skip_locked:
        due = due.select_for_update(skip_locked=True)
    batch = list(due[:BATCH])
    lease = uuid.uuid4()
    for message in batch:
        message.perhaps_twice = message.perhaps_twice or message.lease is not None
        message.lease = lease
        message.leased_until = now + LEASE
    Message.objects.bulk_update(batch, ["lease", "leased_until", "perhaps_twice"])
    return batch


@transaction.atomic(durable=True)
def try_again(*, message_id: int, now: datetime) -> None:
    """Put a letter that was given up back in line; nothing happens to any other."""
    Message.objects.filter(id=message_id, state=LetterState.GIVEN_UP).update(
        state=LetterState.WAITING, tries=0, next_try_at=now, ended_at=None, last_fault=""
    )


def _send(batch: Sequence[Message], *, now: datetime) -> int:
    """Send a claimed batch on one connection; return how many the mail server took."""
    server = mail.get_connection()
    taken = 0
    try:
        server.open()
    except (OSError, smtplib.SMTPException) as fault:
        for message in batch:
            _failed(message, type(fault).__name__, for_good=False, now=now)
        return 0
    give_back_at = monotonic() + LEASE.total_seconds() / 2
    for message in batch:
        if monotonic() > give_back_at:
            _given_back(message)
            continue
        try:
            _email(message, server).send()
        except smtplib.SMTPRecipientsRefused as refused:
            codes = [code for code, _ in refused.recipients.values()]
            for_good = min(codes, default=0) >= PERMANENT_FAILURE_FROM
            _failed(message, f"refused {codes[0] if codes else ''}", for_good=for_good, now=now)
        except smtplib.SMTPResponseException as refused:
            for_good = refused.smtp_code >= PERMANENT_FAILURE_FROM
            _failed(message, f"refused {refused.smtp_code}", for_good=for_good, now=now)
        except (OSError, smtplib.SMTPException) as fault:
            _failed(message, type(fault).__name__, for_good=False, now=now, unknown=True)
            with suppress(OSError, smtplib.SMTPException):
                server.close()
                server.open()
        else:
            _left(message, now=now)
            taken += 1
    with suppress(OSError, smtplib.SMTPException):
        server.close()
    return taken


def _email(message: Message, server: BaseEmailBackend) -> mail.EmailMultiAlternatives:
    """Return the letter as an e-mail; the same row always gives the same Message-ID."""
    host = parseaddr(settings.DEFAULT_FROM_EMAIL)[1].rpartition("@")[2]
    email = mail.EmailMultiAlternatives(
        subject=message.subject,
        body=text_with_links(message),
        to=[message.to],
        connection=server,
        headers={
            "Message-ID": f"<regai.{message.pk}.{message.queued_at:%Y%m%d%H%M%S}@{host}>",
            "Content-Language": message.language,
            "Auto-Submitted": "auto-generated",
        },
    )
    email.attach_alternative(html_with_links(message), "text/html")
    return email


@transaction.atomic(durable=True)
def _left(message: Message, *, now: datetime) -> None:
    ended = {"state": LetterState.SENT, "ended_at": now, "lease": None, "leased_until": None}
    if message.fleeting and not settings.EXAMPLE_MODE:
        ended |= {"text": ""}
    mine = Message.objects.filter(pk=message.pk, lease=message.lease)
    mine.update(tries=message.tries + 1, last_fault="", **ended)


@transaction.atomic(durable=True)
def _given_back(message: Message) -> None:
    """Let go of a letter that was not tried: the server is too slow for the whole batch."""
    mine = Message.objects.filter(pk=message.pk, lease=message.lease)
    mine.update(lease=None, leased_until=None)


@transaction.atomic(durable=True)
def _failed(
    message: Message, fault: str, *, for_good: bool, now: datetime, unknown: bool = False
) -> None:
    tries = message.tries + 1
    again_at = None if for_good else next_try_at(tries=tries, now=now)
    mine = Message.objects.filter(pk=message.pk, lease=message.lease)
    mine.update(
        state=LetterState.WAITING if again_at else LetterState.GIVEN_UP,
        next_try_at=again_at or message.next_try_at,
        ended_at=None if again_at else now,
        tries=tries,
        last_fault=fault.strip()[:40],
        perhaps_twice=message.perhaps_twice or unknown,
        lease=None,
        leased_until=None,
    )
