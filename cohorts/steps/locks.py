"""What is locked before it is counted or offered, in the order of docs/locking.md."""

from collections.abc import Collection
from contextlib import suppress

from django.db import transaction
from django.db.models import Q

from cohorts.models import Cohort, Interest, Meeting, Programme
from cohorts.queries.programmes import running_programmes
from cohorts.rules import EnrolmentState, InvitationState
from ground.steps import step

OPEN = (InvitationState.DRAFT, InvitationState.RELEASED)


class _Overtaken(Exception):
    """While one waited for a lock, another cohort asked the same person."""


@step
def lock_cohort(cohort_id: int) -> Cohort:
    """Return the cohort's row, locked: nobody else counts its seats until the commit."""
    return (
        Cohort.objects.select_for_update(of=("self",))
        .select_related("programme", "place", "facilitator")
        .get(id=cohort_id)
    )


@step
def lock_cohorts_of_meetings(meeting_ids: Collection[int]) -> list[Cohort]:
    """Lock the cohorts that have these meetings, in the order of their ids; return them.

    Before the meetings themselves: a move may shorten the time to answer an invitation.
    """
    concerned = Meeting.objects.filter(pk__in=meeting_ids).values_list("round__cohort", flat=True)
    return [lock_cohort(cohort_id) for cohort_id in sorted(set(concerned))]


@step
def lock_line(programme_id: int) -> None:
    """Hold the line of those who wait: nobody else offers a seat to any of them until the commit.

    Taken after the cohorts and before the people, so that two cohorts that free a seat in the same
    moment never wait for each other, and never ask the same person. It is the row that sign-ups
    hold.
    """
    Programme.objects.select_for_update(no_key=True).get(id=programme_id)


@step
def lock_sign_ups() -> Programme | None:
    """Return the programme that takes interests, its sign-ups held until the commit, or None.

    A form that is sent twice at once then finds its twin. Who only refers to the programme does
    not wait.
    """
    return running_programmes().select_for_update(no_key=True).first()


@step
def lock_people(
    interest_ids: Collection[int], *, also: Collection[int] = (), seats_too: bool = False
) -> dict[int, Cohort]:
    """Lock people with every cohort that asks one of them; return these cohorts by id, in order.

    ``also``: cohorts to lock besides; ``seats_too``: those where one of them has a seat as well.
    Cohorts come before people, in the order of their ids. A cohort that begins to ask while the
    people are waited for makes it begin again: what was locked is let go at the savepoint.
    """
    while True:
        with suppress(_Overtaken), transaction.atomic():
            wanted = _cohorts_of(interest_ids, seats_too=seats_too).union(also)
            cohorts = {cohort_id: lock_cohort(cohort_id) for cohort_id in sorted(wanted)}
            people = Interest.objects.select_for_update(of=("self",)).filter(pk__in=interest_ids)
            list(people.order_by("id").values_list("id"))
            if _cohorts_of(interest_ids, seats_too=seats_too) - cohorts.keys():
                raise _Overtaken
            return cohorts


def _cohorts_of(interest_ids: Collection[int], *, seats_too: bool) -> set[int]:
    concerned = Q(invitations__interest__in=interest_ids, invitations__state__in=OPEN)
    if seats_too:
        concerned |= Q(
            enrolments__interest__in=interest_ids, enrolments__state=EnrolmentState.ACTIVE
        )
    return set(Cohort.objects.filter(concerned).values_list("id", flat=True))
