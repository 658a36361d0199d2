"""The life of a certificate and of the ledger. The aid rule itself is in ``engine``. No Django."""

from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum


class CertificateState(StrEnum):
    """draft: asked for or begun; submitted: signed and handed in; then an officer's word."""

    DRAFT = "draft"
    SUBMITTED = "submitted"
    APPROVED = "approved"
    REJECTED = "rejected"
    WITHDRAWN = "withdrawn"
    SUPERSEDED = "superseded"


NEXT: dict[CertificateState, frozenset[CertificateState]] = {
    CertificateState.DRAFT: frozenset({CertificateState.SUBMITTED, CertificateState.WITHDRAWN}),
    CertificateState.SUBMITTED: frozenset(
        {CertificateState.APPROVED, CertificateState.REJECTED, CertificateState.WITHDRAWN}
    ),
    CertificateState.APPROVED: frozenset({CertificateState.WITHDRAWN, CertificateState.SUPERSEDED}),
    CertificateState.REJECTED: frozenset(),
    CertificateState.WITHDRAWN: frozenset(),
    CertificateState.SUPERSEDED: frozenset(),
}


class EntryKind(StrEnum):
    """What a line of the ledger does to the sum."""

    GRANT = "grant"
    ANNULMENT = "annulment"
    REDUCTION = "reduction"
    CORRECTION = "correction"


# What a line of a certificate says when the company does not know; an officer settles it.
UNKNOWN_REGULATION = "unknown"
# A letter's link to the certificate is signed for this purpose.
CERTIFICATE_LINK = "certificate"
CERTIFICATE_LINK_LIVES = timedelta(days=60)


class Question(StrEnum):
    """What the certificate asks, in the order it is asked."""

    SIGNER = "signer"
    COMPANY = "company"
    GROUP = "group"
    SECTOR = "sector"
    ACCOUNTS = "accounts"
    AID = "aid"


@dataclass(frozen=True, slots=True, kw_only=True)
class Answers:
    """What has been answered so far; None and "" are "not answered", never no.

    ``separate_accounts`` is None also until the sector has been told: where nothing has to be kept
    apart it is False.
    """

    signer_name: str
    signer_authorised: bool | None
    is_group: bool | None
    in_excluded_sector: bool
    separate_accounts: bool | None
    none_received: bool | None
    lines: int


def asked(answers: Answers) -> tuple[Question, ...]:
    """Return the questions that apply; accounts only to who farms, herds reindeer or fishes."""
    return tuple(q for q in Question if q is not Question.ACCOUNTS or answers.in_excluded_sector)


def unanswered(answers: Answers) -> tuple[Question, ...]:
    """Return the questions that still wait for an answer. The company's number is never one."""
    told = {
        Question.SIGNER: bool(answers.signer_name) and answers.signer_authorised is not None,
        Question.COMPANY: True,
        Question.GROUP: answers.is_group is not None,
        Question.SECTOR: answers.in_excluded_sector or answers.separate_accounts is not None,
        Question.ACCOUNTS: answers.separate_accounts is not None,
        Question.AID: bool(answers.none_received) != bool(answers.lines),
    }
    return tuple(question for question in asked(answers) if not told[question])


class HandInRefusal(StrEnum):
    """Why a certificate was not handed in; what was answered is kept."""

    UNANSWERED = "unanswered"
    NOT_AUTHORISED = "not_authorised"
    NOT_DECLARED = "not_declared"
    OVER = "over"


class MarkRefusal(StrEnum):
    """Why a line of the ledger was not marked as registered; nothing was written."""

    MARKED_ALREADY = "marked_already"
    BEFORE_THE_GRANT = "before_the_grant"
    IN_THE_FUTURE = "in_the_future"


def mark_refusal(
    *, granted_on: date, registered_on: date, today: date, is_marked: bool
) -> MarkRefusal | None:
    """Return why a line cannot be marked as registered on the day ``registered_on``, or None."""
    if is_marked:
        return MarkRefusal.MARKED_ALREADY
    if registered_on < granted_on:
        return MarkRefusal.BEFORE_THE_GRANT
    if registered_on > today:
        return MarkRefusal.IN_THE_FUTURE
    return None
