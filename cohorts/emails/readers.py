"""Who reads a letter about an interest or an enrolment, and on whose behalf it is written."""

from datetime import date
from typing import Any

from django.urls import reverse
from django.utils import translation

from accounts.models import User
from cohorts.models import Enrolment, Interest, Programme
from cohorts.rules.interests import MANAGE_LINK_LIVES
from outbox import links as letter_links
from outbox.letters import Letter, Reader, link_to, worded
from outbox.links import Link

CONFIRM = "interest-confirm"
MANAGE = "interest-manage"
INVITATION = "invitation"


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


def from_programme(
    template: str,
    *,
    programme: Programme,
    key: str,
    to: Reader,
    links: dict[str, Link] | None = None,
    **words: Any,
) -> Letter:
    """Return a worded letter that a programme sends, with its publicity line."""
    return worded(
        f"cohorts/emails/{template}.txt",
        key=key,
        to=to,
        sender=programme.name,
        links=links,
        publicity=programme.facts.get("publicity", ""),
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


def to_member(
    template: str,
    enrolment: Enrolment,
    *,
    key: str,
    pages: dict[str, tuple[str, int]],
    **words: object,
) -> Letter:
    """Return a letter from the programme to a member of a cohort, with links to pages."""
    interest = enrolment.interest
    return from_programme(
        template,
        programme=enrolment.cohort.programme,
        key=key,
        to=reader_of(interest),
        links={name: page_link(page, row, interest) for name, (page, row) in pages.items()},
        enrolment=enrolment,
        cohort=enrolment.cohort,
        **words,
    )
