"""A sign-up that somebody else wrote down: sent again, corrected, or confirmed aloud."""

from datetime import datetime

from django.db import transaction

from accounts.models import User
from accounts.steps import acting, record
from cohorts.emails import interests as emails
from cohorts.models import Interest
from cohorts.rules import InterestState
from cohorts.steps import move_interest
from companies.sorting import swedish_sort_key
from outbox.steps import queue

SPOKEN = "confirmed aloud"
CORRECTED = "corrected"


class SignUpOver(Exception):
    """The sign-up waits for no confirmation any more; ``state`` says what became of it."""

    def __init__(self, state: InterestState) -> None:
        super().__init__(state)
        self.state = state


@transaction.atomic(durable=True)
def send_confirmation_again(*, interest_id: int, now: datetime) -> None:
    """Send the link that confirms once more. The same day twice is one letter.

    :raises SignUpOver: if it has been confirmed or has ended.
    """
    queue(emails.please_confirm(_unconfirmed(interest_id), now=now), now=now)


@transaction.atomic(durable=True)
def correct_sign_up(*, interest_id: int, name: str, email: str, by: User, now: datetime) -> None:
    """Mend the name or the address of an unconfirmed sign-up, and send the link to the new one.

    Links in older letters are void from here on: they may have gone to somebody else.

    :raises SignUpOver: if it has been confirmed or has ended.
    """
    interest = _unconfirmed(interest_id)
    interest.name = name
    interest.sort_key = swedish_sort_key(name)
    interest.email = email
    interest.link_generation += 1
    interest.save(update_fields=["name", "sort_key", "email", "link_generation"])
    state = interest.state
    record(interest, was=state, became=state, actor=acting(by), now=now, why=CORRECTED)
    queue(emails.please_confirm(interest, now=now), now=now)


@transaction.atomic(durable=True)
def confirm_aloud(*, interest_id: int, by: User, now: datetime) -> None:
    """Write down that the person has confirmed the sign-up to a member of staff.

    :raises SignUpOver: if it has been confirmed already or has ended.
    """
    interest = _unconfirmed(interest_id)
    interest.confirmed_at = now
    move_interest(
        interest,
        InterestState.ACTIVE,
        actor=acting(by),
        now=now,
        why=SPOKEN,
        fields=("confirmed_at",),
    )
    queue(emails.interest_confirmed(interest, now=now), now=now)


def _unconfirmed(interest_id: int) -> Interest:
    interest = (
        Interest.objects.select_for_update(of=("self",))
        .select_related("programme", "company", "on_behalf_by")
        .get(id=interest_id)
    )
    if interest.state != InterestState.UNVERIFIED:
        raise SignUpOver(InterestState(interest.state))
    return interest
