"""Forgetting a person: asked for, taken back, done. What the law keeps stays without the name."""

from datetime import datetime

from django.db import transaction

from accounts.models import User
from accounts.queries import people_with, roles_of
from accounts.rules import Role
from accounts.steps import Actor, acting, record
from cohorts.emails import erasures as emails
from cohorts.models import Enrolment, Erasure, Interest
from cohorts.queries.personal import Person, kept_counts, person_of, removed_counts
from cohorts.rules import EnrolmentState, ErasureState, InterestState
from cohorts.rules.erasures import ErasureRefusal
from cohorts.steps import (
    decline_open_invitations,
    give_up,
    lock_people,
    move_erasure,
    move_interest,
    offer_free_seats,
)
from cohorts.steps.erasing import forget_person
from companies.steps import end_contacts
from deminimis.steps import lock_ledger
from outbox.steps import queue


@transaction.atomic(durable=True)
def ask_for_erasure(*, user_id: int, now: datetime) -> None:
    """Take somebody's wish to be erased; the data protection officers are told by letter.

    May run twice: a wish that waits stands.
    """
    user = User.objects.select_for_update().get(id=user_id)
    if Erasure.objects.filter(user=user, state=ErasureState.ASKED).exists():
        return
    wish = Erasure.objects.create(user=user, asked_at=now)
    record(wish, was="", became=ErasureState.ASKED, actor=acting(user), now=now)
    queue(emails.erasure_asked(wish, now=now), now=now)
    for officer in people_with(Role.DATA_PROTECTION):
        queue(emails.erasure_waits(wish, to=officer), now=now)


@transaction.atomic(durable=True)
def take_erasure_back(*, user_id: int, now: datetime) -> None:
    """Forget the wish to be forgotten. May run twice, also when it is too late."""
    user = User.objects.select_for_update().get(id=user_id)
    wishes = Erasure.objects.select_for_update().filter(user=user, state=ErasureState.ASKED)
    for wish in wishes:
        move_erasure(wish, ErasureState.TAKEN_BACK, actor=acting(user), now=now)


@transaction.atomic(durable=True)
def erase_person(
    *, user_id: int | None, interest_id: int | None, by: User, now: datetime
) -> ErasureRefusal | None:
    """Erase a person, given by the log-in or by an interest; return why not, or None.

    Their seats are given up and offered to the next in line. Names, addresses, words and letters
    go; what financiers and the law on aid require stays as rows without a name. No letter is sent:
    there is no address left. Nothing of it can be undone.
    """
    lock_ledger()  # a sole trader's number decides who stands behind whom
    user = User.objects.get(id=user_id) if user_id else None
    interest = Interest.objects.select_related("user").get(id=interest_id) if interest_id else None
    person = person_of(user=user, interest=interest)
    cohorts = lock_people(person.ids, seats_too=True)
    person = _locked(person)
    if _is_gone(person):
        return ErasureRefusal.ERASED_ALREADY
    if person.user and roles_of(person.user):
        return ErasureRefusal.HOLDS_A_ROLE
    actor = acting(by)
    wish = _wish(person, actor=actor, now=now)
    wish.removed, wish.kept = removed_counts(person), kept_counts(person)
    living = [one for one in person.interests if one.state != InterestState.ANONYMISED]
    for one in living:
        move_interest(one, InterestState.ANONYMISED, actor=actor, now=now)
    seats = Enrolment.objects.select_for_update(of=("self",)).filter(
        interest__in=person.ids, state=EnrolmentState.ACTIVE
    )
    for seat in seats.order_by("cohort_id", "id"):
        give_up(seat, actor=actor, why="", now=now)
        offer_free_seats(cohorts[seat.cohort_id], now=now)
    for one in living:
        decline_open_invitations(one, cohorts=cohorts, actor=actor, now=now)
    if person.user:
        end_contacts(person.user, now=now)
    forget_person(person)
    wish.done_at, wish.done_by = now, by
    fields = ("done_at", "done_by", "removed", "kept")
    move_erasure(wish, ErasureState.DONE, actor=actor, now=now, fields=fields)
    return None


def _locked(person: Person) -> Person:
    """Return the person as it is under the locks; a log-in is locked last."""
    user = User.objects.select_for_update().get(pk=person.user.pk) if person.user else None
    if user:
        return person_of(user=user)
    return person_of(interest=Interest.objects.select_related("user").get(pk=person.ids[0]))


def _is_gone(person: Person) -> bool:
    if person.user:
        return Erasure.objects.filter(user=person.user, state=ErasureState.DONE).exists()
    return person.interests[0].state == InterestState.ANONYMISED


def _wish(person: Person, *, actor: Actor, now: datetime) -> Erasure:
    """Return the wish that waits, or one that is written down now by whoever erases."""
    interest = None if person.user else person.interests[0]
    wish, is_new = Erasure.objects.get_or_create(
        user=person.user, interest=interest, state=ErasureState.ASKED, defaults={"asked_at": now}
    )
    if is_new:
        record(wish, was="", became=ErasureState.ASKED, actor=actor, now=now)
    return wish
