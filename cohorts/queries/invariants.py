"""What must never be about seats, fee decisions and places free as aid. Reads only."""

from collections.abc import Iterator

from django.db.models import (
    CharField,
    Count,
    Exists,
    F,
    IntegerField,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    Value,
)
from django.db.models.functions import Cast, Coalesce, Concat

from cohorts.models import (
    Access,
    Cohort,
    Enrolment,
    Fee,
    FeeDecision,
    Invitation,
    Participation,
)
from cohorts.rules import (
    CohortState,
    EnrolmentState,
    FeeKind,
    InterestState,
    ParticipationState,
)
from cohorts.rules.access import AccessState
from cohorts.rules.cohorts import OVER
from cohorts.rules.enrolments import HOLDS_A_SEAT, STUDIES
from cohorts.rules.payments import FEE_BINDS
from deminimis import engine
from deminimis.models import LedgerEntry
from deminimis.rules import EntryKind
from ground.reading import Malformed


def overbooked_cohorts() -> Iterator[str]:
    """Yield a line for each cohort with more seats given and offered than there are."""
    enrolled = _number_of(Enrolment.objects.filter(state=EnrolmentState.ACTIVE))
    offered = _number_of(Invitation.objects.filter(state__in=HOLDS_A_SEAT))
    full = Cohort.objects.annotate(enrolled=enrolled, offered=offered)
    for cohort in full.filter(seats__lt=F("enrolled") + F("offered")).order_by("pk"):
        yield (
            f"cohort/{cohort.pk}: {cohort.enrolled} enrolled and {cohort.offered} invited,"
            f" {cohort.seats} seats"
        )


def seats_in_what_is_over() -> Iterator[str]:
    """Yield a line for each seat or offer that is open in a cohort that nobody can be in."""
    ended = [CohortState.COMPLETED, CohortState.ARCHIVED]
    seats = Enrolment.objects.filter(state=EnrolmentState.ACTIVE, cohort__state__in=ended)
    for pk in seats.order_by("pk").values_list("pk", flat=True):
        yield f"enrolment/{pk}: active in a cohort that is completed"
    offers = Invitation.objects.filter(state__in=HOLDS_A_SEAT, cohort__state__in=OVER)
    for pk in offers.order_by("pk").values_list("pk", flat=True):
        yield f"invitation/{pk}: open to a cohort that is over"


def offers_to_nobody() -> Iterator[str]:
    """Yield a line for each open offer to somebody who does not want one any more."""
    gone = [
        InterestState.UNVERIFIED,
        InterestState.WITHDRAWN,
        InterestState.EXPIRED,
        InterestState.MERGED,
        InterestState.ANONYMISED,
    ]
    offers = Invitation.objects.filter(state__in=HOLDS_A_SEAT, interest__state__in=gone)
    for pk, person in offers.order_by("pk").values_list("pk", "interest"):
        yield f"invitation/{pk}: open to interest/{person}, which has ended"


def participations_not_decided_once() -> Iterator[str]:
    """Yield a line for each participation that has not exactly one current fee decision."""
    current = Count("fee_decisions", filter=Q(fee_decisions__is_current=True))
    for participation in (
        Participation.objects.annotate(current=current).exclude(current=1).order_by("pk")
    ):
        yield f"participation/{participation.pk}: {participation.current} current fee decisions"


def free_places_without_grant() -> Iterator[str]:
    """Yield a line for each person bound to a place that is free as aid which nobody granted."""
    case = Concat(Value("participation/"), Cast(OuterRef("pk"), CharField()))
    granted = LedgerEntry.objects.filter(kind=EntryKind.GRANT, case=case)
    decided = FeeDecision.objects.filter(
        participation=OuterRef("pk"), is_current=True, kind=FeeKind.FREE_AS_AID
    )
    bound = Participation.objects.filter(state__in=STUDIES)
    for pk in bound.filter(Exists(decided), ~Exists(granted)).order_by("pk").values_list("pk"):
        yield f"participation/{pk[0]}: free as aid, and no grant in the ledger"


def fee_decisions_that_do_not_replay() -> Iterator[str]:
    """Yield a line for each fee decision whose evidence no longer gives the same decision."""
    with_evidence = FeeDecision.objects.exclude(evidence="").order_by("pk")
    for pk, stored in with_evidence.values_list("pk", "evidence").iterator():
        try:
            is_same = engine.replay(stored) == stored
        except Malformed:
            is_same = False
        if not is_same:
            yield f"feedecision/{pk}: its evidence does not replay to the same bytes"


def paid_places_without_a_fee() -> Iterator[str]:
    """Yield a line for each person bound to a place that costs a fee which nobody owes."""
    decided = FeeDecision.objects.filter(
        participation=OuterRef("pk"), is_current=True, kind=FeeKind.FEE
    )
    owed = Fee.objects.filter(participation=OuterRef("pk"), state__in=FEE_BINDS)
    bound = Participation.objects.filter(state__in=STUDIES)
    for (pk,) in bound.filter(Exists(decided), ~Exists(owed)).order_by("pk").values_list("pk"):
        yield f"participation/{pk}: bound to a fee that nobody owes"


def fees_that_bind_nobody() -> Iterator[str]:
    """Yield a line for each fee owed for a place that nobody was ever bound to."""
    owed = Fee.objects.filter(state__in=FEE_BINDS, participation__confirmed_on=None)
    for (pk,) in owed.order_by("pk").values_list("pk"):
        yield f"fee/{pk}: owed for a place that nobody has said yes to"


def fees_that_nobody_looks_after() -> Iterator[str]:
    """Yield a line for each fee that stands for somebody who has left, with no task about it."""
    owed = Fee.objects.filter(
        state__in=FEE_BINDS,
        participation__state=ParticipationState.DROPPED,
        participation__drop_out=None,
    )
    for (pk,) in owed.order_by("pk").values_list("pk"):
        yield f"fee/{pk}: owed for somebody who has left, and nobody is asked to judge"


def codes_out_before_a_yes() -> Iterator[str]:
    """Yield a line for each code that somebody has without being bound to the course."""
    held = Access.objects.exclude(state=AccessState.RESERVED).filter(
        participation__confirmed_on=None
    )
    for (pk,) in held.order_by("pk").values_list("pk"):
        yield f"access/{pk}: given to somebody who has not said yes"


def _number_of(rows: QuerySet[Enrolment] | QuerySet[Invitation]) -> Coalesce:
    """Return how many of ``rows`` a cohort has, as a column."""
    counted = rows.filter(cohort=OuterRef("pk")).order_by().values("cohort").annotate(n=Count("pk"))
    return Coalesce(Subquery(counted.values("n"), output_field=IntegerField()), 0)
