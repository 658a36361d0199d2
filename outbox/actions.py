"""Delivery: claim a batch, send it on one connection, mark each letter.

No row is locked while the mail server answers. A worker that dies leaves a lease behind, which
ends by itself; what it had in hand may then arrive twice, and is marked as such.
"""

import smtplib
import uuid
from collections.abc import Sequence
from contextlib import suppress
from datetime import datetime
from time import monotonic
from typing import Any

from django.conf import settings
from django.core import mail
from django.core.mail.backends.base import BaseEmailBackend
from django.db import connection, transaction

from outbox.emails import as_email
from outbox.models import Message
from outbox.rules import BATCH, LEASE, LetterState, next_try_at
from outbox.words import OURS_REFUSED, REFUSED

PERMANENT_FAILURE_FROM = 500
# The mail server says that it is about to hang up; the rest needs a new connection.
HANGS_UP = 421
# It wants us to log in, or to do so in another way: that is ours to mend, whoever the letter is to.
WANTS_LOG_IN = frozenset({530, 534, 535, 538})


def deliver_waiting(*, now: datetime) -> int:
    """Send what is due, oldest first, a batch at a time; return how many letters have left.

    May run in several workers at once and as often as it likes. It ends after half a lease, so
    that no letter is in hand when its lease runs out; the next sweep goes on from there.
    """
    sent = 0
    give_back_at = monotonic() + LEASE.total_seconds() / 2
    while monotonic() < give_back_at and (batch := claim(now=now)):
        left = _send(batch, now=now, give_back_at=give_back_at)
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
    mine = Message.objects.filter(pk__in=[message.pk for message in batch])
    held: dict[str, Any] = {"lease": uuid.uuid4(), "leased_until": now + LEASE}
    for message in batch:
        message.perhaps_twice = message.perhaps_twice or message.lease is not None
        message.lease, message.leased_until = held["lease"], held["leased_until"]
    if any(message.perhaps_twice for message in batch):
        mine.filter(lease__isnull=False).update(perhaps_twice=True)
    mine.update(**held)
    return batch


@transaction.atomic(durable=True)
def try_again(*, message_id: int, now: datetime) -> bool:
    """Put a letter that was given up back in line; return False for any other, which is left alone.

    A fleeting letter stays given up: what it said is gone, and would be of no use any more.
    """
    given_up = Message.objects.filter(id=message_id, state=LetterState.GIVEN_UP, fleeting=False)
    waits = {"state": LetterState.WAITING, "tries": 0, "next_try_at": now, "ended_at": None}
    return given_up.update(**waits, last_fault="") == 1


def _send(batch: Sequence[Message], *, now: datetime, give_back_at: float) -> int:
    """Send a claimed batch on one connection; return how many the mail server took."""
    server = mail.get_connection()
    taken = 0
    for place, message in enumerate(batch):
        if monotonic() > give_back_at:
            _given_back(message)
            continue
        try:
            server.open()  # nothing happens while the connection stands
        except (OSError, smtplib.SMTPException) as fault:
            for unsent in batch[place:]:
                _failed(unsent, type(fault).__name__, for_good=False, now=now)
            break
        taken += _sent(message, server, now=now)
    _hang_up(server)
    return taken


def _sent(message: Message, server: BaseEmailBackend, *, now: datetime) -> bool:
    """Try one letter and mark what became of it; return whether the mail server took it."""
    try:
        as_email(message, connection=server).send()
    except smtplib.SMTPRecipientsRefused as refused:
        codes = [code for code, _ in refused.recipients.values()]
        _refused(message, min(codes, default=0), server, now=now)
    except smtplib.SMTPSenderRefused as refused:
        _refused(message, refused.smtp_code, server, now=now, is_ours=True)
    except smtplib.SMTPResponseException as refused:
        _refused(message, refused.smtp_code, server, now=now)
    except (OSError, smtplib.SMTPException) as fault:
        _failed(message, type(fault).__name__, for_good=False, now=now, unknown=True)
        _hang_up(server)
    except Exception as fault:  # noqa: BLE001 -- a letter that cannot be written harms no other
        _failed(message, type(fault).__name__, for_good=False, now=now)
    else:
        _left(message, now=now)
        return True
    return False


def _refused(
    message: Message, code: int, server: BaseEmailBackend, *, now: datetime, is_ours: bool = False
) -> None:
    """Mark a letter that was refused: for good only if its receiver is why, and not our sender."""
    if is_ours or code in WANTS_LOG_IN:
        _failed(message, f"{OURS_REFUSED}{code}", for_good=False, now=now)
    else:
        for_good = code >= PERMANENT_FAILURE_FROM
        _failed(message, f"{REFUSED}{code}", for_good=for_good, now=now)
    if code == HANGS_UP:
        _hang_up(server)


def _hang_up(server: BaseEmailBackend) -> None:
    with suppress(OSError, smtplib.SMTPException):
        server.close()


@transaction.atomic(durable=True)
def _left(message: Message, *, now: datetime) -> None:
    ended: dict[str, Any] = {
        "state": LetterState.SENT,
        "ended_at": now,
        "lease": None,
        "leased_until": None,
    }
    if message.fleeting:
        ended["text"] = _kept_text(message)
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
        last_fault=fault[:40],
        text=message.text if again_at else _kept_text(message),
        perhaps_twice=message.perhaps_twice or unknown,
        lease=None,
        leased_until=None,
    )


def _kept_text(message: Message) -> str:
    """Return what is kept of a letter that has ended: nothing of a log-in code in production."""
    return "" if message.fleeting and not settings.EXAMPLE_MODE else message.text
