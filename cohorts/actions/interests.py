"""What a person does with an interest, and what the clock does with it."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db import transaction
from django.utils import timezone

from accounts.models import User
from accounts.rules import MoveRefused
from accounts.steps import ANYONE, CLOCK, LINK, Actor, acting, record, subject
from cohorts.emails import interests as emails
from cohorts.models import Interest, InterestPlace
from cohorts.queries.interests import interests_to_renew, same_person, unconfirmed_before
from cohorts.rules import InterestState
from cohorts.rules.interests import (
    CONFIRM_WITHIN,
    CONFIRM_WITHIN_ON_BEHALF,
    UNDO_WITHDRAWAL_WITHIN,
)
from cohorts.steps import (
    decline_open_invitations,
    lock_people,
    lock_sign_ups,
    move_interest,
)
from companies.numbers import OrganisationNumber
from companies.sorting import swedish_sort_key
from companies.steps import company_told
from outbox.steps import forget_letters, queue


class NoProgramme(Exception):
    """No programme takes interests."""


class LinkSuperseded(Exception):
    """A newer link has made this one void."""


class TooLate(Exception):
    """What was asked for could be done only until a day that has passed."""


@dataclass(frozen=True, slots=True, kw_only=True)
class InterestAnswers:
    """What a person told in the form. ``places`` are codes, the most wanted first."""

    name: str
    email: str
    company: str
    number: OrganisationNumber | None
    places: tuple[str, ...]
    times: tuple[str, ...]
    language: str
    topics: str = ""


@transaction.atomic(durable=True)
def register_interest(
    *, answers: InterestAnswers, now: datetime, on_behalf_by: User | None = None
) -> None:
    """Write down that somebody would like to take part, and ask them by letter to confirm.

    Who is in already gets a letter instead of a second row; so does whoever has left and may still
    begin again. Nothing is returned, so that no page can tell one case from the other. May run
    twice: the second run is such a repetition.

    :raises NoProgramme: if no programme takes interests.
    """
    programme = lock_sign_ups()
    if programme is None:
        raise NoProgramme
    known = same_person(programme=programme, email=answers.email, name=answers.name, now=now)
    if known is not None:
        if known.state == InterestState.UNVERIFIED:
            queue(emails.please_confirm(known, now=now), now=now)
        else:
            queue(emails.already_signed_up(known, now=now), now=now)
        return
    company = company_told(name=answers.company, number=answers.number, now=now)
    interest = Interest.objects.create(
        programme=programme,
        state=InterestState.UNVERIFIED,
        name=answers.name,
        sort_key=swedish_sort_key(answers.name),
        email=answers.email,
        language=answers.language,
        company=company,
        company_as_told=answers.company,
        municipality_id=company.seat_id,
        times=list(answers.times),
        topics=answers.topics,
        on_behalf_by=on_behalf_by,
        registered_at=now,
    )
    _rank_places(interest, answers.places)
    actor = acting(on_behalf_by) if on_behalf_by else ANYONE
    record(interest, was="", became=InterestState.UNVERIFIED, actor=actor, now=now)
    queue(emails.please_confirm(interest, now=now), now=now)


@transaction.atomic(durable=True)
def confirm_interest(*, interest_id: int, generation: int, now: datetime) -> None:
    """Take the person's word that the sign-up was theirs. May run twice: the second does nothing.

    :raises LinkSuperseded: if a newer link has been sent.
    :raises MoveRefused: if the interest has gone another way since.
    """
    interest = _locked(interest_id, generation)
    if interest.state == InterestState.ACTIVE:
        return
    _refuse_unless(interest, InterestState.UNVERIFIED)
    interest.confirmed_at = now
    move_interest(interest, InterestState.ACTIVE, actor=LINK, now=now, fields=("confirmed_at",))
    queue(emails.interest_confirmed(interest, now=now), now=now)


@transaction.atomic(durable=True)
def change_interest(
    *, interest_id: int, generation: int, answers: InterestAnswers, now: datetime
) -> None:
    """Replace what the person may change by link: name, places, times, language, topics.

    The address and the company are not changed here: they say who the person is.

    :raises LinkSuperseded: if a newer link has been sent.
    """
    interest = _locked(interest_id, generation)
    interest.name = answers.name
    interest.sort_key = swedish_sort_key(answers.name)
    interest.times = list(answers.times)
    interest.language = answers.language
    interest.topics = answers.topics
    interest.save(update_fields=["name", "sort_key", "times", "language", "topics"])
    interest.places.all().delete()
    _rank_places(interest, answers.places)
    record(interest, was=interest.state, became=interest.state, actor=LINK, now=now, why="changed")
    queue(emails.interest_changed(interest, now=now), now=now)


@transaction.atomic(durable=True)
def pause_interest(*, interest_id: int, generation: int, until: date, now: datetime) -> None:
    """Send no invitations until after ``until``; the place in line is kept.

    :raises LinkSuperseded: if a newer link has been sent.
    :raises MoveRefused: if the interest is not active.
    """
    interest = _locked(interest_id, generation)
    interest.paused_until = until
    move_interest(interest, InterestState.PAUSED, actor=LINK, now=now, fields=("paused_until",))
    queue(emails.interest_paused(interest, now=now), now=now)


@transaction.atomic(durable=True)
def resume_interest(
    *, interest_id: int, generation: int, now: datetime, actor: Actor = LINK
) -> None:
    """Make a paused, withdrawn or expired interest active again, with its old place in line.

    :raises LinkSuperseded: if a newer link has been sent.
    :raises TooLate: if it was withdrawn more than thirty days ago.
    :raises MoveRefused: if the interest has no way back.
    """
    interest = _locked(interest_id, generation)
    _refuse_unless(interest, InterestState.PAUSED, InterestState.WITHDRAWN, InterestState.EXPIRED)
    withdrawn_at = interest.withdrawn_at
    if (
        interest.state == InterestState.WITHDRAWN
        and withdrawn_at is not None
        and now - withdrawn_at > UNDO_WITHDRAWAL_WITHIN
    ):
        raise TooLate
    interest.paused_until = None
    interest.withdrawn_at = None
    interest.confirmed_at = now
    fields = ("paused_until", "withdrawn_at", "confirmed_at")
    move_interest(interest, InterestState.ACTIVE, actor=actor, now=now, fields=fields)
    queue(emails.interest_resumed(interest, now=now), now=now)


@transaction.atomic(durable=True)
def renew_interest(*, interest_id: int, generation: int, now: datetime) -> None:
    """Keep an active or paused interest for nine months more.

    :raises LinkSuperseded: if a newer link has been sent.
    :raises MoveRefused: if it has ended, or was never confirmed.
    """
    interest = _locked(interest_id, generation)
    _refuse_unless(interest, InterestState.ACTIVE, InterestState.PAUSED)
    interest.confirmed_at = now
    interest.save(update_fields=["confirmed_at"])
    record(interest, was=interest.state, became=interest.state, actor=LINK, now=now, why="renewed")


@transaction.atomic(durable=True)
def withdraw_interest(
    *, interest_id: int, generation: int, now: datetime, actor: Actor = LINK, why: str = ""
) -> None:
    """End the interest and decline its open invitations; a seat already accepted is left alone.

    Its cohorts are locked before the interest itself, as everywhere (docs/locking.md).

    :raises LinkSuperseded: if a newer link has been sent.
    :raises MoveRefused: if it has ended already.
    """
    cohorts = lock_people([interest_id])
    interest = _locked(interest_id, generation)
    interest.withdrawn_at = now
    fields = ("withdrawn_at",)
    move_interest(interest, InterestState.WITHDRAWN, actor=actor, now=now, why=why, fields=fields)
    decline_open_invitations(interest, cohorts=cohorts, actor=actor, now=now)
    queue(emails.interest_withdrawn(interest, now=now), now=now)


@transaction.atomic(durable=True)
def purge_unconfirmed(*, now: datetime) -> int:
    """Delete sign-ups that nobody confirmed in time, their letters too; return how many.

    Seven days, or twenty-one for those written down by somebody else. Runs as often as it likes.
    """
    stale = unconfirmed_before(own=now - CONFIRM_WITHIN, on_behalf=now - CONFIRM_WITHIN_ON_BEHALF)
    # Locked one by one: whoever confirms in the same moment is waited for, and stays.
    gone = list(stale.select_for_update().order_by("id"))
    forget_letters([subject(interest) for interest in gone])
    Interest.objects.filter(pk__in=[interest.pk for interest in gone]).delete()
    return len(gone)


@transaction.atomic(durable=True)
def end_pauses(*, now: datetime) -> int:
    """Make interests active whose pause has ended; return how many. Runs as often as it likes."""
    over = Interest.objects.select_for_update().filter(
        state=InterestState.PAUSED, paused_until__lt=timezone.localdate(now)
    )
    ended = list(over)
    for interest in ended:
        interest.paused_until = None
        move_interest(
            interest, InterestState.ACTIVE, actor=CLOCK, now=now, fields=("paused_until",)
        )
        queue(emails.interest_resumed(interest, now=now), now=now)
    return len(ended)


@transaction.atomic(durable=True)
def ask_to_renew(*, now: datetime) -> int:
    """Ask those whose interest ends in thirty and in seven days, and end what was not renewed.

    Returns how many ended. Runs as often as it likes: a question is asked once.
    """
    today = timezone.localdate(now)
    for days_left in (30, 7):
        for interest in interests_to_renew(now + timedelta(days=days_left)):
            letter = emails.interest_expires(interest, on=today, days_left=days_left)
            queue(letter, now=now)
    over = list(interests_to_renew(now).select_for_update(of=("self",)))
    for interest in over:
        move_interest(interest, InterestState.EXPIRED, actor=CLOCK, now=now)
    return len(over)


def _locked(interest_id: int, generation: int) -> Interest:
    """Return the interest, locked, if the link that was opened still holds."""
    interest = (
        Interest.objects.select_for_update(of=("self",))
        .select_related("programme", "company")
        .get(id=interest_id)
    )
    if interest.link_generation != generation:
        raise LinkSuperseded
    return interest


def _refuse_unless(interest: Interest, *states: InterestState) -> None:
    if interest.state not in states:
        raise MoveRefused(subject(interest), interest.state, InterestState.ACTIVE)


def _rank_places(interest: Interest, codes: tuple[str, ...]) -> None:
    InterestPlace.objects.bulk_create(
        InterestPlace(interest=interest, place_id=code, rank=rank)
        for rank, code in enumerate(codes, start=1)
    )
