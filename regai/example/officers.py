"""What officers meet beside certificates: a merger, a proposal, aid to claim back, a drop-out.

Each is left where a visitor who plays the officer has the next thing to do.
"""

from datetime import datetime, time, timedelta
from decimal import Decimal
from functools import partial

from accounts.steps import CLOCK
from cohorts.actions.aid import ToldChange, tell_change
from cohorts.actions.seats import leave_cohort
from cohorts.actions.settling import Word, open_recovery, propose_settlement
from cohorts.models import Enrolment, Participation
from cohorts.rules import EnrolmentState, ParticipationState
from companies.numbers import read
from companies.rules import Restructuring
from deminimis.models import LedgerEntry
from deminimis.rules import EntryKind
from regai.example.people import AID_OFFICER, SECOND_OFFICER
from regai.example.scene import Scene

TOLD_OF_THE_MERGER, FOUND_FALSE, LEFT, PROPOSED = -30, -5, -4, -2
MERGED_DAYS_BEFORE = timedelta(days=60)
MERGED, INTO, UNSURE, FALSE, LEAVES = "sister", "subsidiary", "review", "print", "kitchen"
WHO_LEFT = "Olena Kovalenko"
WHY_FALSE = "Ett stöd från Exempelverket saknades i det första intyget och kom fram i det senare."
WHY_NOT_COUNTED = (
    "Exempelverket har skrivit att stödet gavs för linjetrafik som företaget utförde på uppdrag."
    " Det räknas inte mot taket för vanligt stöd."
)


def work_of_officers(scene: Scene) -> None:
    """Put in the diary what officers have done, and what waits for one of them."""
    diary = scene.diary
    for days, do in (
        (TOLD_OF_THE_MERGER, _tell_of_the_merger),
        (FOUND_FALSE, _open_recovery),
        (LEFT, _leave),
        (PROPOSED, _propose),
    ):
        diary.put(diary.moment(days, time(13, 15)), partial(do, scene))


def _tell_of_the_merger(scene: Scene, now: datetime) -> None:
    number = next(firm.number for firm in scene.region.firms if firm.key == MERGED)
    tell_change(
        company_id=scene.companies[INTO].pk,
        told=ToldChange(
            kind=Restructuring.MERGER,
            on=now.date() - MERGED_DAYS_BEFORE,
            other_name=scene.companies[MERGED].name,
            other_number=read(number),
            is_source=False,
            own_equity=None,
            other_equity=None,
            kept_here=None,
        ),
        by=scene.user(AID_OFFICER.email),
        now=now,
    )


def _open_recovery(scene: Scene, now: datetime) -> None:
    """Look at the first grant to a company that has told of more aid than it did at first."""
    grants = LedgerEntry.objects.filter(company=scene.companies[FALSE], kind=EntryKind.GRANT)
    entry = grants.order_by("id").first()
    if entry is not None:
        by = scene.user(AID_OFFICER.email)
        open_recovery(entry_id=entry.pk, why=WHY_FALSE, by=by, now=now)


def _leave(scene: Scene, now: datetime) -> None:
    """Let somebody leave in the middle of a course that was free as aid."""
    seats = Enrolment.objects.filter(
        interest__name=WHO_LEFT,
        interest__company=scene.companies[LEAVES],
        state=EnrolmentState.ACTIVE,
    )
    seat = seats.first()
    if seat is not None:
        leave_cohort(enrolment_id=seat.pk, actor=CLOCK, why="", now=now)


def _propose(scene: Scene, now: datetime) -> None:
    """Propose how much of an unclear aid counts; a colleague is to approve."""
    waiting = Participation.objects.filter(
        enrolment__interest__company=scene.companies[UNSURE], state=ParticipationState.OFFERED
    ).first()
    certificate = scene.companies[UNSURE].certificates.order_by("-id").first()
    line = certificate.aid.first() if certificate else None
    if waiting is None or line is None:
        return
    propose_settlement(
        participation_id=waiting.pk,
        word=Word(
            key=f"declared-{line.pk}",
            counts_eur=Decimal(0),
            reason=WHY_NOT_COUNTED,
            without_conflict=True,
        ),
        by=scene.user(SECOND_OFFICER.email),
        now=now,
    )
