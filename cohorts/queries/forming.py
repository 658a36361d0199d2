"""Who fits a cohort, and why: the proposal that a facilitator edits."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from django.db.models import QuerySet

from accounts.models import User
from accounts.queries import roles_of
from accounts.rules import Role
from cohorts.models import Cohort, Course, Interest, Invitation
from cohorts.queries.seats import candidates, seats_left, suits
from cohorts.rules import InvitationState

MOST_FROM_ONE_COMPANY = 3


@dataclass(frozen=True, slots=True)
class Placed:
    """One person proposed for a seat, with the reasons as codes."""

    interest: Interest
    reasons: tuple[str, ...]


def proposal(cohort: Cohort, *, leave_out_seats: int = 0) -> list[Placed]:
    """Return those who fit the free seats best: in line, time suits, three from one company.

    ``leave_out_seats`` seats are taken already by drafts.
    """
    wanted = seats_left(cohort) - leave_out_seats
    placed: list[Placed] = []
    from_company = Counter(
        cohort.enrolments.filter(state="active").values_list("interest__company", flat=True)
    )
    for interest in _fitting(cohort):
        if len(placed) >= wanted:
            break
        if from_company[interest.company_id] >= MOST_FROM_ONE_COMPANY:
            continue
        from_company[interest.company_id] += 1
        placed.append(Placed(interest, _reasons(interest, cohort)))
    return placed


def cohorts_for(user: User) -> QuerySet[Cohort]:
    """Return the cohorts that ``user`` leads, or all of them for a coordinator."""
    cohorts = Cohort.objects.select_related("place", "facilitator", "programme")
    if Role.COORDINATOR in roles_of(user):
        return cohorts.order_by("-starts_on", "id")
    return cohorts.filter(facilitator=user).order_by("-starts_on", "id")


def drafts_of(cohort: Cohort) -> QuerySet[Invitation]:
    """Return the invitations of a cohort, with the people, in the order they were proposed."""
    return cohort.invitations.select_related("interest__company").order_by("id")


def open_invitations(cohort: Cohort) -> QuerySet[Invitation]:
    """Return the drafts and the unanswered offers of a cohort, with all that a letter needs."""
    return (
        cohort.invitations.filter(state__in=[InvitationState.DRAFT, InvitationState.RELEASED])
        .select_related("interest__programme", "cohort__programme")
        .order_by("id")
    )


def course_by_id(course_id: int) -> Course:
    """Return one course of the catalogue."""
    return Course.objects.get(id=course_id)


def _fitting(cohort: Cohort) -> Iterator[Interest]:
    for interest in candidates(cohort).iterator(chunk_size=200):
        if suits(interest, cohort.time):
            yield interest


def _reasons(interest: Interest, cohort: Cohort) -> tuple[str, ...]:
    rank: int = interest.rank  # type: ignore[attr-defined]  # annotated by candidates
    place = "place" if rank == 1 else "second_place"
    time = "time" if cohort.time in interest.times else "any_time"
    return (place, time, "language")
