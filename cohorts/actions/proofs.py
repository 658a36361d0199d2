"""Certificates of completion: handed in by link or as a file, looked at by the facilitator.

A file is written before its row, so that a row never names a file that is not there; what is left
over when the row does not come to be is deleted at night.
"""

import secrets
from datetime import datetime, timedelta
from functools import partial

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import transaction

from accounts.models import User
from accounts.steps import acting, record
from cohorts.emails.meetings import proof_checked
from cohorts.models import Participation, Proof
from cohorts.rules import ParticipationState
from cohorts.rules.enrolments import STUDIES
from cohorts.rules.proofs import FileKind, ProofRefusal, ProofState
from cohorts.steps import move_participation
from cohorts.steps.moves import move_proof
from outbox.steps import queue

FOLDER = "proofs"
LOST_AFTER = timedelta(days=1)


@transaction.atomic(durable=True)
def hand_in(  # noqa: PLR0913 -- a file or a link, of whom, by whom, when
    *,
    participation_id: int,
    link: str,
    content: bytes,
    kind: FileKind | None,
    by: User,
    now: datetime,
) -> ProofRefusal | None:
    """Take a certificate of completion in place of the one before; return why not, or None."""
    participation = Participation.objects.select_for_update(of=("self",)).get(id=participation_id)
    if participation.state not in STUDIES:
        return ProofRefusal.NOT_STUDYING
    if participation.state == ParticipationState.VERIFIED:
        return ProofRefusal.VERIFIED_ALREADY
    known = Proof.objects.select_for_update().filter(participation=participation).first()
    if known and known.file:
        transaction.on_commit(partial(default_storage.delete, known.file), robust=True)
    proof = known or Proof(participation=participation)
    was = proof.state if known else ""
    proof.file = _kept(content) if kind is not None else ""
    proof.link, proof.kind, proof.note = link, kind or "", ""
    proof.state, proof.handed_in_at = ProofState.WAITING, now
    proof.checked_by, proof.checked_at = None, None
    proof.save()
    record(proof, was=was, became=ProofState.WAITING, actor=acting(by), now=now)
    return None


@transaction.atomic(durable=True)
def forget_lost_files(*, now: datetime) -> int:
    """Delete files that no row names, a day after they were written; return how many.

    One is left behind when the site stops between the file and its row, or the row and its commit.
    """
    if not default_storage.exists(FOLDER):
        return 0
    names = {f"{FOLDER}/{name}" for name in default_storage.listdir(FOLDER)[1]}
    lost = names - set(Proof.objects.exclude(file="").values_list("file", flat=True))
    old = [name for name in lost if default_storage.get_modified_time(name) < now - LOST_AFTER]
    for name in old:
        default_storage.delete(name)
    return len(old)


@transaction.atomic(durable=True)
def check_proof(*, proof_id: int, is_enough: bool, note: str, by: User, now: datetime) -> None:
    """Say that a certificate is enough, and with it that the person is done, or that it is not.

    :raises MoveRefused: if it has been looked at already, or the person does not study.
    """
    participation_id = Proof.objects.values_list("participation_id", flat=True).get(id=proof_id)
    participation = (
        Participation.objects.select_for_update(of=("self",))
        .select_related("round__course", "enrolment__interest", "enrolment__cohort__programme")
        .get(id=participation_id)
    )
    proof = Proof.objects.select_for_update().get(id=proof_id)
    proof.checked_by, proof.checked_at, proof.note = by, now, note
    to = ProofState.VERIFIED if is_enough else ProofState.REFUSED
    fields = ("checked_by", "checked_at", "note")
    move_proof(proof, to, actor=acting(by), now=now, why=note, fields=fields)
    if is_enough:
        _finish(participation, by=by, now=now)
    participation.proof = proof
    queue(proof_checked(participation, now=now), now=now)


def _kept(content: bytes) -> str:
    """Write a file under a random name, and return the name."""
    return default_storage.save(f"{FOLDER}/{secrets.token_hex(16)}", ContentFile(content))


def _finish(participation: Participation, *, by: User, now: datetime) -> None:
    """Take somebody who studies all the way to verified, as the table of moves says."""
    way = [
        ParticipationState.CONFIRMED,
        ParticipationState.NOT_STARTED,
        ParticipationState.STARTED,
        ParticipationState.FINISHED,
        ParticipationState.VERIFIED,
    ]
    state = ParticipationState(participation.state)
    left = way[way.index(state) + 1 :] if state in way else [ParticipationState.VERIFIED]
    for to in left:
        move_participation(participation, to, actor=acting(by), now=now)
