"""The figures of one programme, derived from what happened; nobody types a figure.

The number of statements is the same however much there is to count. No names leave this file.
"""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.db.models import CharField, Count, Q, QuerySet, Sum, Value
from django.db.models.functions import Cast, Concat
from django.utils import timezone

from cohorts.models import (
    CourseRound,
    Enrolment,
    FeeDecision,
    Interest,
    Invitation,
    Meeting,
    Participation,
    Presence,
    Programme,
)
from cohorts.rules import (
    GAP_DAYS,
    FeeKind,
    InterestState,
    MeetingState,
    ParticipationState,
)
from companies.models import Municipality
from deminimis.models import LedgerEntry
from deminimis.rules import EntryKind
from reports.rules import Rhythm, Stage, rhythm_of
from voting.models import Ballot
from voting.rules import BallotState

HELD = (MeetingState.HELD, MeetingState.CLOSED)
DONE = (ParticipationState.FINISHED, ParticipationState.VERIFIED)


@dataclass(frozen=True, slots=True)
class Reached:
    """Unique companies and unique persons."""

    companies: int
    persons: int


@dataclass(frozen=True, slots=True)
class AtPlace:
    """Meetings held in one place, how often somebody was there, and how many people that was."""

    name: str
    meetings: int
    attendances: int
    persons: int


@dataclass(frozen=True, slots=True)
class Votes:
    """Ballots that were counted, how many of them were valid, and who could and did vote."""

    held: int
    valid: int
    might: int
    did: int


@dataclass(frozen=True, slots=True)
class Fees:
    """Fee decisions of one kind that hold now: for how many places, in how many companies."""

    kind: FeeKind
    places: int
    companies: int


@dataclass(frozen=True, slots=True)
class Aid:
    """Aid granted and not annulled: how many grants, to how many companies, the sums."""

    grants: int
    companies: int
    sek: Decimal
    eur: Decimal


@dataclass(frozen=True, slots=True)
class Report:
    """What the funder asks for, R2 to R5."""

    funnel: dict[Stage, Reached]
    rhythm: Rhythm
    meetings: int
    places: list[AtPlace]
    votes: Votes
    fees: list[Fees]
    aid: Aid


def report_of(programme: Programme) -> Report:
    """Return the figures of ``programme`` as they are now."""
    places, rhythm = _meetings(programme)
    return Report(
        funnel=_funnel(programme),
        rhythm=rhythm,
        meetings=sum(place.meetings for place in places),
        places=places,
        votes=_votes(programme),
        fees=_fees(programme),
        aid=_aid(programme),
    )


def _funnel(programme: Programme) -> dict[Stage, Reached]:
    """Return how many came so far, in one statement."""
    interests = Interest.objects.filter(programme=programme).exclude(state=InterestState.MERGED)
    # A draft that was thrown away was never sent.
    invited = Invitation.objects.filter(cohort__programme=programme).exclude(released_at=None)
    enrolled = Enrolment.objects.filter(cohort__programme=programme)
    finished = Participation.objects.filter(round__cohort__programme=programme, state__in=DONE)
    came_to = {
        Stage.SIGNED_UP: Q(),
        Stage.CONFIRMED: Q(confirmed_at__isnull=False),
        Stage.INVITED: Q(pk__in=invited.values("interest")),
        Stage.ENROLLED: Q(pk__in=enrolled.values("interest")),
        Stage.FINISHED: Q(pk__in=finished.values("enrolment__interest")),
    }
    companies = {
        f"{stage}_companies": Count("company", filter=came, distinct=True)
        for stage, came in came_to.items()
    }
    persons = {f"{stage}_persons": Count("pk", filter=came) for stage, came in came_to.items()}
    counted = interests.aggregate(**companies, **persons)
    return {
        stage: Reached(counted[f"{stage}_companies"], counted[f"{stage}_persons"])
        for stage in came_to
    }


def _meetings(programme: Programme) -> tuple[list[AtPlace], Rhythm]:
    held = Meeting.objects.filter(round__cohort__programme=programme, state__in=HELD)
    told = held.order_by("starts_at", "id").values_list(
        "round_id", "starts_at", "place__position", "place__name"
    )
    series: dict[int, list[date]] = {}
    at_place: Counter[tuple[int, str]] = Counter()
    for round_id, starts_at, position, name in told:
        series.setdefault(round_id, []).append(timezone.localdate(starts_at))
        at_place[position, name] += 1
    shortest, longest = GAP_DAYS
    return _places(held, at_place), rhythm_of(series.values(), shortest=shortest, longest=longest)


def _places(held: QuerySet[Meeting], at_place: Mapping[tuple[int, str], int]) -> list[AtPlace]:
    came: dict[str, Mapping[str, Any]] = {
        row["meeting__place__name"]: row
        for row in Presence.objects.filter(meeting__in=held.values("pk"), was_there=True)
        .values("meeting__place__name")
        .annotate(times=Count("pk"), persons=Count("enrolment__interest", distinct=True))
    }
    return [
        AtPlace(name, meetings, there.get("times", 0), there.get("persons", 0))
        for (_position, name), meetings in sorted(at_place.items())
        for there in [came.get(name, {})]
    ]


def _votes(programme: Programme) -> Votes:
    rounds = CourseRound.objects.filter(cohort__programme=programme).exclude(ballot=None)
    ballots = Ballot.objects.filter(pk__in=rounds.values("ballot")).exclude(counted_at=None)
    counted = ballots.annotate(voters=Count("roll")).aggregate(
        held=Count("pk"),
        valid=Count("pk", filter=Q(state=BallotState.DECIDED)),
        might=Sum("voters"),
        did=Sum("turnout"),
    )
    return Votes(counted["held"], counted["valid"], counted["might"] or 0, counted["did"] or 0)


def _fees(programme: Programme) -> list[Fees]:
    counted: dict[str, Mapping[str, Any]] = {
        row["kind"]: row
        for row in FeeDecision.objects.filter(
            is_current=True, participation__round__cohort__programme=programme
        )
        .values("kind")
        .annotate(places=Count("pk"), companies=Count("company", distinct=True))
    }
    return [
        Fees(kind, row.get("places", 0), row.get("companies", 0))
        for kind in FeeKind
        for row in [counted.get(kind.value, {})]
    ]


def _aid(programme: Programme) -> Aid:
    cases = Participation.objects.filter(round__cohort__programme=programme).annotate(
        case=Concat(Value("participation/"), Cast("pk", CharField()))
    )
    annulled = LedgerEntry.objects.filter(kind=EntryKind.ANNULMENT).values("of")
    grants = LedgerEntry.objects.filter(kind=EntryKind.GRANT, case__in=cases.values("case"))
    stands = grants.exclude(pk__in=annulled).values("pk")
    is_grant = Q(kind=EntryKind.GRANT)
    # A line that takes from a grant has amounts of at most 0.
    counted = LedgerEntry.objects.filter(Q(pk__in=stands) | Q(of__in=stands)).aggregate(
        grants=Count("pk", filter=is_grant),
        companies=Count("company", filter=is_grant, distinct=True),
        sek=Sum("amount_sek"),
        eur=Sum("amount_eur"),
    )
    return Aid(
        counted["grants"],
        counted["companies"],
        counted["sek"] or Decimal(0),
        counted["eur"] or Decimal(0),
    )


def interested_in(programme: Programme) -> QuerySet[Municipality]:
    """Return every municipality in Swedish name order, each with ``people`` who are interested.

    Those who never confirmed, and those whose municipality is not known, are counted nowhere.
    """
    counted = Count(
        "interest",
        filter=Q(interest__programme=programme, interest__confirmed_at__isnull=False)
        & ~Q(interest__state__in=[InterestState.MERGED, InterestState.ANONYMISED]),
    )
    return Municipality.objects.annotate(people=counted).order_by("sort_key")
