"""What a coordinator sees first: the way from interest to finished, who waits, what is stuck."""

from dataclasses import dataclass

from django.db.models import Count, Exists, OuterRef, Q, QuerySet

from cohorts.models import Enrolment, Interest, Invitation, Participation
from cohorts.queries.waiting import Waiting
from cohorts.rules import InterestState, ParticipationState
from companies.models import Company

FINISHED = (ParticipationState.FINISHED, ParticipationState.VERIFIED)


@dataclass(frozen=True, slots=True)
class Funnel:
    """How many people of a programme have come so far: each step is a part of the one before."""

    registered: int
    confirmed: int
    invited: int
    enrolled: int
    finished: int


@dataclass(frozen=True, slots=True)
class Queue:
    """How many wait for a seat, by the place they would rather have and the language."""

    place: str
    language: str
    people: int


def funnel_of(programme_id: int) -> Funnel:
    """Return the funnel of a programme in one statement; somebody erased still counts."""
    mine = OuterRef("pk")
    invited = Invitation.objects.filter(interest=mine, released_at__isnull=False)
    enrolled = Enrolment.objects.filter(interest=mine)
    finished = Participation.objects.filter(enrolment__interest=mine, state__in=FINISHED)
    counted = (
        Interest.objects.filter(programme=programme_id)
        .exclude(state=InterestState.MERGED)
        .aggregate(
            registered=Count("pk"),
            confirmed=Count("pk", filter=Q(confirmed_at__isnull=False)),
            invited=Count("pk", filter=Exists(invited)),
            enrolled=Count("pk", filter=Exists(enrolled)),
            finished=Count("pk", filter=Exists(finished)),
        )
    )
    return Funnel(**counted)


def queues_of(waiting: list[Waiting]) -> list[Queue]:
    """Return who waits where, the longest queue first, from ``waiting_people``."""
    counted: dict[tuple[str, str], int] = {}
    for group in waiting:
        if group.rank == 1:
            key = group.place, group.language
            counted[key] = counted.get(key, 0) + group.people
    queues = [Queue(place, language, people) for (place, language), people in counted.items()]
    return sorted(queues, key=lambda queue: (-queue.people, queue.place, queue.language))


def companies_to_check() -> QuerySet[Company]:
    """Return the companies that staff must look at, with how many people named them."""
    return (
        Company.objects.filter(needs_check=True)
        .annotate(people=Count("interests"))
        .order_by("created_at", "id")
    )
