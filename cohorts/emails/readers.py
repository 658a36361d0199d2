"""Who reads a letter about an interest or an enrolment, and on whose behalf it is written."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from django.urls import reverse
from django.utils import timezone, translation

from accounts.models import User
from cohorts.models import Enrolment, Interest, Meeting, Programme
from cohorts.rules.interests import MANAGE_LINK_LIVES
from cohorts.words.publicity import publicity_of
from outbox import links as letter_links
from outbox.letters import TOKEN_GOES_HERE, Letter, Reader, link_to, worded
from outbox.links import Link

CONFIRM = "interest-confirm"
MANAGE = "interest-manage"
INVITATION = "invitation"
ANSWER = "meeting-answer-{}"


def reader_of(interest: Interest) -> Reader:
    """Return the person behind an interest, at the address they gave for letters."""
    return Reader(
        about=f"interest/{interest.pk}",
        email=interest.email,
        name=interest.name,
        language=interest.language,
    )


def staff_reader(user: User) -> Reader:
    """Return a member of staff as a reader."""
    return Reader(about=f"user/{user.pk}", email=user.email, name=user.name, language=user.language)


def from_programme(  # noqa: PLR0913 -- a letter has its parts
    template: str,
    *,
    programme: Programme,
    key: str,
    to: Reader,
    links: dict[str, Link] | None = None,
    calendars: Sequence[str] = (),
    **words: Any,
) -> Letter:
    """Return a worded letter that a programme sends, with its publicity line."""
    return worded(
        f"cohorts/emails/{template}.txt",
        key=key,
        to=to,
        sender=programme.name,
        links=links,
        calendars=calendars,
        publicity=publicity_of(programme.facts, language=to.language),
        **words,
    )


def manage_link(interest: Interest, *, on: date) -> Link:
    """Return the link by which a person changes, pauses or ends the interest."""
    with translation.override(interest.language):
        return link_to(
            "cohorts:interest_link",
            purpose=MANAGE,
            row=interest.pk,
            generation=interest.link_generation,
            last_day=on + MANAGE_LINK_LIVES,
        )


def confirm_link(interest: Interest, *, last_day: date) -> Link:
    """Return the link by which a person says that the sign-up was theirs."""
    with translation.override(interest.language):
        return link_to(
            "cohorts:interest_link",
            purpose=CONFIRM,
            row=interest.pk,
            generation=interest.link_generation,
            last_day=last_day,
        )


def page_link(page: str, row: int, interest: Interest) -> Link:
    """Return a link to a page behind the log-in, in the reader's language."""
    with translation.override(interest.language):
        return letter_links.page(reverse(page, args=[row]))


def answer_link(meeting: Meeting, enrolment: Enrolment) -> Link:
    """Return the link by which a member answers one meeting, without logging in.

    It names the seat, and is good for this meeting only; it outlives a move of the meeting.
    """
    interest = enrolment.interest
    with translation.override(interest.language):
        path = reverse("cohorts:meeting_answer", args=[meeting.pk, TOKEN_GOES_HERE])
    return Link(
        purpose=ANSWER.format(meeting.pk),
        row=enrolment.pk,
        generation=interest.link_generation,
        last_day=timezone.localdate(meeting.starts_at) + MANAGE_LINK_LIVES,
        path=path.replace(TOKEN_GOES_HERE, "{token}"),
    )
