"""A signed paper; the way to a helper and back; a start from the last one; a company's answer."""

import hashlib
import secrets
from datetime import datetime

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import transaction
from django.utils import timezone

from accounts.models import User
from accounts.steps import LINK, acting, record
from deminimis import emails
from deminimis.models import Certificate, DeclaredAid, Paper
from deminimis.queries.certificates import last_handed_in, lines_that_may_count
from deminimis.rules import (
    LARGEST_PAPER_BYTES,
    MOST_HANDED_OVER,
    CertificateState,
    PaperKind,
    PaperRefusal,
)
from deminimis.rules.papers import LOOKED_AT_BYTES, is_whole_heic, paper_kind
from deminimis.steps import answer_of_company, draft_of
from ground.pictures import is_picture
from outbox.steps import queue

FOLDER = "intyg"
PICTURES = {PaperKind.PNG: "PNG", PaperKind.JPEG: "JPEG"}
COPIED = ("is_group", "group_names", "sector", "separate_accounts", "nace", "none_received")


@transaction.atomic(durable=True)
def add_paper(
    *, certificate_id: int, content: bytes, by: User | None, now: datetime
) -> PaperRefusal | None:
    """Keep a signed certificate as a file under a name that says nothing; return why not, or None.

    What it is, its content says: the name it came with and what the browser calls it are not kept.
    A photograph is opened to see that it is one. ``by`` is None where nobody has logged in. Papers
    that came before stay beside it.

    :raises NotADraft: if the certificate has been handed in or withdrawn.
    """
    certificate = draft_of(certificate_id)
    if not content:
        return PaperRefusal.EMPTY
    if len(content) > LARGEST_PAPER_BYTES:
        return PaperRefusal.TOO_LARGE
    kind = paper_kind(content[:LOOKED_AT_BYTES], content[-LOOKED_AT_BYTES:])
    if kind is None:
        return PaperRefusal.UNKNOWN_KIND
    if not _can_be_opened(content, kind):
        return PaperRefusal.BROKEN
    name = f"{FOLDER}/{secrets.token_hex(16)}.{kind}"
    stored_as = default_storage.save(name, ContentFile(content))
    paper = Paper.objects.create(
        certificate=certificate,
        kind=kind,
        stored_as=stored_as,
        size_bytes=len(content),
        sha256=hashlib.sha256(content).hexdigest(),
        added_at=now,
        added_by=by,
    )
    record(paper, was="", became=kind, actor=acting(by) if by else LINK, now=now)
    return None


@transaction.atomic(durable=True)
def hand_over(*, certificate_id: int, name: str, email: str, now: datetime) -> bool:
    """Send the link to somebody who helps to fill it in; False if it went to too many already.

    :raises NotADraft: if the certificate has been handed in or withdrawn.
    """
    certificate = draft_of(certificate_id)
    if certificate.times_handed_over >= MOST_HANDED_OVER:
        return False
    certificate.helper_name, certificate.helper_email = name, email
    certificate.times_handed_over += 1
    certificate.save(update_fields=["helper_name", "helper_email", "times_handed_over"])
    record(certificate, was="draft", became="handed over", actor=LINK, now=now)
    queue(emails.handed_over(certificate, on=timezone.localdate(now)), now=now)
    return True


@transaction.atomic(durable=True)
def give_back(*, certificate_id: int, now: datetime) -> bool:
    """Tell the owner that the helper is done and a signature is wanted; False if nobody helps.

    May run twice: the owner has one letter for each time it was handed over.

    :raises NotADraft: if the certificate has been handed in or withdrawn.
    """
    certificate = draft_of(certificate_id)
    if not (certificate.helper_email and certificate.asked_email):
        return False
    record(certificate, was="handed over", became="given back", actor=LINK, now=now)
    queue(emails.given_back(certificate, on=timezone.localdate(now)), now=now)
    return True


@transaction.atomic(durable=True)
def start_from_last(*, certificate_id: int, now: datetime) -> bool:
    """Fill a draft with what the company told last time; False if it never handed one in.

    Aid that has left every window is left out. Who signs is asked anew, and nothing is declared.

    :raises NotADraft: if the certificate has been handed in or withdrawn.
    """
    certificate = draft_of(certificate_id)
    last = last_handed_in(certificate.company_id)
    if last is None:
        return False
    for name in COPIED:
        setattr(certificate, name, getattr(last, name))
    lines = lines_that_may_count(last, on=timezone.localdate(now))
    certificate.none_received = not lines
    certificate.save(update_fields=[*COPIED])
    certificate.aid.all().delete()
    for line in lines:
        line.pk, line.certificate = None, certificate
    DeclaredAid.objects.bulk_create(lines)
    record(certificate, was="draft", became="from the last", actor=LINK, now=now)
    return True


@transaction.atomic(durable=True)
def answer_officer(*, certificate_id: int, answer: str, now: datetime) -> bool:
    """Keep what the company says to what speaks against it; False if it is too late.

    The last answer stands; it may be changed until the certificate is decided.
    """
    certificate = Certificate.objects.select_for_update(of=("self",)).get(id=certificate_id)
    if certificate.state != CertificateState.SUBMITTED:
        return False
    answer_of_company(certificate, answer=answer, now=now)
    return True


def _can_be_opened(content: bytes, kind: PaperKind) -> bool:
    """Return whether a photograph is whole; of a PDF the first and last bytes have been read."""
    if kind in PICTURES:
        return is_picture(content, PICTURES[kind])
    return kind is not PaperKind.HEIC or is_whole_heic(content)
