"""The list of people: found by words, filtered by the address, with where each stands."""

from dataclasses import dataclass

from django.db.models import Exists, OuterRef, QuerySet, Subquery

from cohorts.models import Enrolment, Interest, Invitation, Programme
from cohorts.queries.interests import people_matching
from cohorts.rules import EnrolmentState, InterestState, InvitationState


@dataclass(frozen=True, slots=True, kw_only=True)
class PeopleWanted:
    """What the filters ask for; an empty word asks for nothing."""

    q: str = ""
    state: str = ""
    seat: str = ""
    place: str = ""
    language: str = ""


def people_listed(wanted: PeopleWanted) -> QuerySet[Interest]:
    """Return the people of the programme that runs who match, in Swedish name order.

    Each has ``is_placed`` (a seat) and ``is_invited`` (an invitation to answer), derived, and its
    ranked places fetched; the places' names are known to whoever lists them.
    """
    runs = Programme.objects.filter(runs_cohorts=True).order_by("-starts_on")
    mine = OuterRef("pk")
    seats = Enrolment.objects.filter(interest=mine, state=EnrolmentState.ACTIVE)
    offers = Invitation.objects.filter(interest=mine, state=InvitationState.RELEASED)
    people = (
        people_matching(wanted.q)
        .filter(programme=Subquery(runs.values("pk")[:1]))
        .annotate(is_placed=Exists(seats), is_invited=Exists(offers))
        .prefetch_related("places")
    )
    if wanted.state:
        people = people.filter(state=wanted.state)
    if wanted.place:
        people = people.filter(places__place=wanted.place)
    if wanted.language:
        people = people.filter(language=wanted.language)
    if wanted.seat == "placed":
        people = people.filter(is_placed=True)
    elif wanted.seat == "invited":
        people = people.filter(is_invited=True)
    elif wanted.seat == "waiting":
        people = people.filter(is_placed=False, is_invited=False, state=InterestState.ACTIVE)
    return people
