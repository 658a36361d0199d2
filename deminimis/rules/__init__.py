"""The life of a certificate and of the ledger. The aid rule itself is in ``engine``. No Django."""

from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from enum import StrEnum

from deminimis.rules.papers import (
    LARGEST_PAPER_BYTES,
    MEDIA_TYPES,
    PaperKind,
    PaperRefusal,
)

__all__ = ["LARGEST_PAPER_BYTES", "MEDIA_TYPES", "PaperKind", "PaperRefusal"]


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
    NOT_SIGNED = "not_signed"
    NOT_AUTHORISED = "not_authorised"
    NOT_DECLARED = "not_declared"
    OVER = "over"


# A letter with a link to the certificate goes to so many helpers and back, not to the whole world.
MOST_HANDED_OVER = 5
# The company may answer what speaks against it for so long, the last day included.
ANSWER_WITHIN = timedelta(days=7)
# An officer looks at what a company has handed in within so many days.
CHECK_WITHIN = timedelta(days=7)


class SettlementState(StrEnum):
    """What an officer proposes to settle by word; a second one says yes or no."""

    PROPOSED = "proposed"
    APPROVED = "approved"
    REFUSED = "refused"
    TAKEN_BACK = "taken_back"


class SettledKey(StrEnum):
    """What a word can be about, beside one earlier aid, which goes by its own name.

    ``holds`` and ``ended``: in the months after a regulation's end it applies to the place, or not.
    ``place``: what the place is worth in euro on a day without a rate.
    """

    DECLARATION = "declaration"
    PLACE = "place"
    HOLDS = "regulation-holds"
    ENDED = "regulation-ended"


# A word about these names a sum in euro; so does one about an earlier aid.
WITHOUT_A_SUM = frozenset({SettledKey.DECLARATION, SettledKey.HOLDS, SettledKey.ENDED})


SETTLEMENT_NEXT: dict[SettlementState, frozenset[SettlementState]] = {
    SettlementState.PROPOSED: frozenset(
        {SettlementState.APPROVED, SettlementState.REFUSED, SettlementState.TAKEN_BACK}
    ),
    SettlementState.APPROVED: frozenset({SettlementState.TAKEN_BACK}),
    SettlementState.REFUSED: frozenset(),
    SettlementState.TAKEN_BACK: frozenset(),
}


class SettlementRefusal(StrEnum):
    """Why nothing was settled; nothing was changed."""

    NOT_OPEN_TO_A_WORD = "not_open_to_a_word"
    NO_SUCH_LINE = "no_such_line"
    STANDS_ALREADY = "stands_already"
    SAME_PERSON = "same_person"
    CONFLICT = "conflict"
    OVER = "over"


class RecoveryState(StrEnum):
    """Aid that rested on a false declaration: opened, then a letter with the sum, then the end."""

    OPENED = "opened"
    DEMANDED = "demanded"
    PAID = "paid"
    DROPPED = "dropped"


RECOVERY_NEXT: dict[RecoveryState, frozenset[RecoveryState]] = {
    RecoveryState.OPENED: frozenset({RecoveryState.DEMANDED, RecoveryState.DROPPED}),
    RecoveryState.DEMANDED: frozenset({RecoveryState.PAID, RecoveryState.DROPPED}),
    RecoveryState.PAID: frozenset(),
    RecoveryState.DROPPED: frozenset(),
}


class CorrectionRefusal(StrEnum):
    """Why a line of the ledger was not corrected; nothing was written."""

    NOT_A_GRANT = "not_a_grant"
    ENDED_ALREADY = "ended_already"
    NOT_LESS = "not_less"


def correction_refusal(
    *, kind: EntryKind, is_grant: bool, standing_eur: Decimal, becomes_eur: Decimal
) -> CorrectionRefusal | None:
    """Return why a grant cannot come to be worth ``becomes_eur``, or None.

    More aid than was decided is a new grant, so a line never raises the sum.
    """
    if not is_grant or kind is EntryKind.GRANT:
        return CorrectionRefusal.NOT_A_GRANT
    if standing_eur <= 0:
        return CorrectionRefusal.ENDED_ALREADY
    is_less = becomes_eur == 0 if kind is EntryKind.ANNULMENT else 0 < becomes_eur < standing_eur
    return None if is_less else CorrectionRefusal.NOT_LESS


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
