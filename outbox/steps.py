"""Promising a letter, as part of the transaction that gives cause for it."""

from collections.abc import Callable, Collection, Iterable
from datetime import datetime

from django.db import transaction

from ground.steps import step
from outbox.letters import Letter
from outbox.models import Message
from outbox.rules import LetterState

# Rung after a commit that promised letters, so that they leave at once. The site hangs up a bell
# (regai.apps); without one, and when it fails, the sweep takes the letters within a minute.
doorbell: list[Callable[[], None]] = []


@step
def queue(letter: Letter, *, now: datetime, not_before: datetime | None = None) -> None:
    """Write ``letter`` into the outbox, to leave at once or at ``not_before``.

    Queueing the same key again changes nothing: the first letter stands.
    """
    queue_all([letter], now=now, not_before=not_before)


@step
def queue_all(
    letters: Iterable[Letter], *, now: datetime, not_before: datetime | None = None
) -> None:
    """Write several letters into the outbox in one statement, as ``queue`` does each."""
    rows = [_row(letter, queued_at=now, next_try_at=not_before or now) for letter in letters]
    Message.objects.bulk_create(rows, ignore_conflicts=True, batch_size=200)
    if rows and not_before is None:
        _ring_once_after_commit()


@step
def forget_letters(about: Collection[str]) -> None:
    """Delete the letters about rows that are deleted themselves: nobody confirmed them in time."""
    Message.objects.filter(about__in=about).delete()


def _row(letter: Letter, *, queued_at: datetime, next_try_at: datetime) -> Message:
    return Message(
        key=letter.key,
        about=letter.about,
        to=letter.to,
        language=letter.language,
        subject=letter.subject,
        text=letter.text,
        links={name: link.stored() for name, link in letter.links.items()},
        fleeting=letter.fleeting,
        calendars=list(letter.calendars),
        state=LetterState.WAITING,
        queued_at=queued_at,
        next_try_at=next_try_at,
    )


def _ring_once_after_commit() -> None:
    """Ring once however many letters a transaction promises: a broker that is away costs time."""
    connection = transaction.get_connection()
    open_blocks = set(connection.savepoint_ids)
    rings = any(
        called is _ring and blocks <= open_blocks for blocks, called, _ in connection.run_on_commit
    )
    if not rings:
        transaction.on_commit(_ring, robust=True)


def _ring() -> None:
    for bell in doorbell:
        bell()
