"""Letters about an interest."""

from datetime import date, datetime

from django.utils import timezone

from cohorts.emails.readers import confirm_link, from_programme, manage_link, reader_of
from cohorts.models import Interest
from cohorts.rules.interests import CONFIRM_WITHIN, CONFIRM_WITHIN_ON_BEHALF
from outbox.letters import Letter


def please_confirm(interest: Interest, *, now: datetime) -> Letter:
    """Return the letter that asks somebody to confirm the sign-up, with a copy of the answers.

    However often it is sent, its link ends when the sign-up itself would be deleted.
    """
    on = timezone.localdate(now)
    lives = CONFIRM_WITHIN_ON_BEHALF if interest.on_behalf_by_id else CONFIRM_WITHIN
    last_day = timezone.localdate(interest.registered_at + lives)
    return from_programme(
        "please_confirm",
        programme=interest.programme,
        key=f"interest/{interest.pk}/confirm/{interest.link_generation}/{on}",
        to=reader_of(interest),
        links={"confirm": confirm_link(interest, last_day=last_day)},
        interest=interest,
        places=[ranked.place.name for ranked in interest.places.select_related("place")],
        days=max((last_day - on).days, 1),
    )


def already_signed_up(interest: Interest, *, now: datetime) -> Letter:
    """Return the letter to an address that is already in; the page tells nobody that it is."""
    on = timezone.localdate(now)
    return from_programme(
        "already_signed_up",
        programme=interest.programme,
        key=f"interest/{interest.pk}/again/{on}",
        to=reader_of(interest),
        links={"manage": manage_link(interest, on=on)},
        interest=interest,
    )


def interest_confirmed(interest: Interest, *, now: datetime) -> Letter:
    """Return the receipt: what happens next, and the link that manages the interest."""
    return _receipt("interest_confirmed", interest, now=now)


def interest_changed(interest: Interest, *, now: datetime) -> Letter:
    """Return the receipt of changed answers."""
    return _receipt("interest_changed", interest, now=now)


def interest_paused(interest: Interest, *, now: datetime) -> Letter:
    """Return the receipt of a pause, with its last day."""
    return _receipt("interest_paused", interest, now=now)


def interest_resumed(interest: Interest, *, now: datetime) -> Letter:
    """Return the receipt of an interest that is active again."""
    return _receipt("interest_resumed", interest, now=now)


def interest_withdrawn(interest: Interest, *, now: datetime) -> Letter:
    """Return the receipt of a withdrawal, which may be undone for thirty days."""
    return _receipt("interest_withdrawn", interest, now=now)


def interest_expires(interest: Interest, *, on: date, days_left: int) -> Letter:
    """Return the question whether somebody still wants to take part."""
    return from_programme(
        "interest_expires",
        programme=interest.programme,
        key=f"interest/{interest.pk}/expires-in-{days_left}/{on.year}",
        to=reader_of(interest),
        links={"manage": manage_link(interest, on=on)},
        interest=interest,
        days_left=days_left,
    )


def _receipt(template: str, interest: Interest, *, now: datetime) -> Letter:
    return from_programme(
        template,
        programme=interest.programme,
        key=f"interest/{interest.pk}/{template}/{now:%Y%m%dT%H%M%S.%f}",
        to=reader_of(interest),
        links={"manage": manage_link(interest, on=timezone.localdate(now))},
        interest=interest,
    )
