"""What must never be, whatever happened: read in one snapshot, a line for each violation.

``PARTS`` names the questions; each app answers its own. Nothing is written and nothing is locked,
so it may run while the site is in use, after a crash, a load test or a restore, and every night.
"""

from collections.abc import Callable, Collection, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from enum import StrEnum

from django.db import connection, models, transaction
from django.utils import timezone

from accounts.queries import states_without_history
from cohorts.models import (
    Access,
    Cohort,
    CourseRound,
    Enrolment,
    Erasure,
    Fee,
    Interest,
    Invitation,
    Meeting,
    Participation,
    Proof,
)
from cohorts.queries.invariants import (
    codes_out_before_a_yes,
    fee_decisions_that_do_not_replay,
    fees_that_bind_nobody,
    fees_that_nobody_looks_after,
    free_places_without_grant,
    offers_to_nobody,
    overbooked_cohorts,
    paid_places_without_a_fee,
    participations_not_decided_once,
    seats_in_what_is_over,
)
from cohorts.rules import (
    CohortState,
    EnrolmentState,
    ErasureState,
    InterestState,
    InvitationState,
    MeetingState,
    ParticipationState,
    RoundState,
)
from cohorts.rules.access import AccessState
from cohorts.rules.payments import FeeState
from cohorts.rules.proofs import ProofState
from deminimis.models import Certificate, Recovery, Settlement
from deminimis.queries.invariants import cases_granted_twice, ledger_lines_that_do_not_follow
from deminimis.rules import CertificateState, RecoveryState, SettlementState
from outbox.models import Message
from outbox.queries import letters_left_in_hand
from outbox.rules import LetterState
from voting.models import Ballot
from voting.queries import rolls_that_differ
from voting.rules import BallotState

# Every table with a state of its own and a history line for each move.
STATES: dict[type[models.Model], type[StrEnum]] = {
    Interest: InterestState,
    Invitation: InvitationState,
    Enrolment: EnrolmentState,
    Participation: ParticipationState,
    Fee: FeeState,
    Access: AccessState,
    Cohort: CohortState,
    CourseRound: RoundState,
    Meeting: MeetingState,
    Proof: ProofState,
    Ballot: BallotState,
    Certificate: CertificateState,
    Erasure: ErasureState,
    Settlement: SettlementState,
    Recovery: RecoveryState,
}


@dataclass(frozen=True, slots=True)
class Violation:
    """One thing that must not be: the part it belongs to, and what, in ids and numbers only."""

    part: str
    what: str


def unknown_states() -> Iterator[str]:
    """Yield a line for each row in a state that the code does not know."""
    others: dict[type[models.Model], type[StrEnum]] = {Message: LetterState}
    for model, known in (STATES | others).items():
        odd = model._default_manager.exclude(state__in=list(known))  # noqa: SLF001 -- Django's name
        for pk, state in odd.order_by("pk").values_list("pk", "state"):
            yield f"{model.__name__.lower()}/{pk}: {state} is no state"


def states_untold() -> Iterator[str]:
    """Yield a line for each row whose history does not lead to the state it is in."""
    for model, known in STATES.items():
        yield from states_without_history(
            model._default_manager.all(),  # noqa: SLF001 -- Django's name
            list(known),
        )


PARTS: dict[str, tuple[Callable[[], Iterable[str]], ...]] = {
    "seats": (overbooked_cohorts, seats_in_what_is_over, offers_to_nobody),
    "fees": (
        participations_not_decided_once,
        free_places_without_grant,
        fee_decisions_that_do_not_replay,
        paid_places_without_a_fee,
        fees_that_bind_nobody,
        fees_that_nobody_looks_after,
        codes_out_before_a_yes,
    ),
    "ledger": (ledger_lines_that_do_not_follow, cases_granted_twice),
    "letters": (lambda: letters_left_in_hand(timezone.now()),),
    "votes": (rolls_that_differ,),
    "states": (unknown_states,),
    "history": (states_untold,),
}


def violations(parts: Collection[str] = tuple(PARTS)) -> Iterator[Violation]:
    """Yield what is wrong in ``parts``, as it was at one moment."""
    with _snapshot():
        for part in parts:
            for question in PARTS[part]:
                for line in question():
                    yield Violation(part, line)


@contextmanager
def _snapshot() -> Iterator[None]:
    """Let every read see the database as it was at one moment; PostgreSQL then refuses writes."""
    is_own = not connection.in_atomic_block
    with transaction.atomic():
        if is_own and connection.vendor == "postgresql":
            with connection.cursor() as cursor:
                cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
        yield
