"""Letters about invitations and seats."""

from collections.abc import Sequence
from datetime import datetime

from django.utils import timezone, translation

from cohorts.emails.invites import farewells, invites
from cohorts.emails.readers import INVITATION, from_programme, manage_link, page_link, reader_of
from cohorts.models import Cohort, CourseRound, Enrolment, Invitation, Meeting
from outbox.letters import Letter, link_to
from outbox.links import Link


def invitation_released(
    invitation: Invitation, *, first_round: CourseRound, meetings: list[Meeting], now: datetime
) -> Letter:
    """Return the offer of a seat: dates, place, what it costs today, and until when it holds."""
    return _about(
        "invitation_released",
        invitation,
        occasion=f"released/{now:%Y%m%dT%H%M}",
        links={"invitation": _invitation_link(invitation)},
        round=first_round,
        meetings=meetings,
    )


def invitation_reminder(invitation: Invitation) -> Letter:
    """Return the one reminder, three days before the deadline."""
    return _about(
        "invitation_reminder",
        invitation,
        occasion=f"reminder/{invitation.expires_at:%Y%m%d}",
        links={"invitation": _invitation_link(invitation)},
    )


def invitation_shortened(invitation: Invitation, *, now: datetime) -> Letter:
    """Return the news that the first meeting comes before the deadline that was told."""
    return _about(
        "invitation_shortened",
        invitation,
        occasion=f"shortened/{now:%Y%m%dT%H%M%S}",
        links={"invitation": _invitation_link(invitation)},
    )


def invitation_accepted(
    invitation: Invitation,
    *,
    enrolment: Enrolment,
    meetings: list[Meeting],
    declined: Sequence[Cohort] = (),
) -> Letter:
    """Return the welcome: the cohort's page, the address to log in with, the meetings to come.

    ``declined`` are the cohorts whose offers the yes has declined.
    """
    return _about(
        "invitation_accepted",
        invitation,
        occasion="accepted",
        links={"cohort": page_link("cohorts:group", invitation.cohort_id, invitation.interest)},
        calendars=invites(enrolment, meetings),
        login_email=enrolment.user.email,
        declined=[cohort.name for cohort in declined],
    )


def invitation_declined(invitation: Invitation, *, now: datetime) -> Letter:
    """Return the receipt of a no."""
    return _with_manage_link("invitation_declined", invitation, now=now)


def invitation_expired(invitation: Invitation, *, now: datetime) -> Letter:
    """Return the news that the deadline has passed without an answer."""
    return _with_manage_link("invitation_expired", invitation, now=now)


def invitation_revoked(invitation: Invitation, *, why: str, now: datetime) -> Letter:
    """Return the news that the offer is taken back, with the reason."""
    return _with_manage_link("invitation_revoked", invitation, now=now, why=why)


def left_cohort(enrolment: Enrolment, *, meetings: list[Meeting], now: datetime) -> Letter:
    """Return the receipt to somebody who has given up a seat; it empties their calendar."""
    interest = enrolment.interest
    return from_programme(
        "left_cohort",
        programme=interest.programme,
        key=f"enrolment/{enrolment.pk}/left",
        to=reader_of(interest),
        links={"manage": manage_link(interest, on=timezone.localdate(now))},
        calendars=farewells(enrolment, meetings, now=now),
        cohort=enrolment.cohort,
    )


def cohort_cancelled(
    enrolment: Enrolment, *, meetings: list[Meeting], why: str, now: datetime
) -> Letter:
    """Return the news that the cohort will not start, with the reason; meetings are called off."""
    interest = enrolment.interest
    return from_programme(
        "cohort_cancelled",
        programme=interest.programme,
        key=f"enrolment/{enrolment.pk}/cohort-cancelled",
        to=reader_of(interest),
        links={"manage": manage_link(interest, on=timezone.localdate(now))},
        calendars=invites(enrolment, meetings),
        cohort=enrolment.cohort,
        why=why,
    )


def _invitation_link(invitation: Invitation) -> Link:
    assert invitation.expires_at is not None  # noqa: S101 -- a released invitation has a deadline
    with translation.override(invitation.interest.language):
        return link_to(
            "cohorts:invitation",
            purpose=INVITATION,
            row=invitation.pk,
            generation=invitation.link_generation,
            last_day=timezone.localdate(invitation.expires_at),
        )


def _with_manage_link(
    template: str, invitation: Invitation, *, now: datetime, why: str = ""
) -> Letter:
    manage = manage_link(invitation.interest, on=timezone.localdate(now))
    return _about(
        template,
        invitation,
        occasion=f"{template}/{now:%Y%m%dT%H%M%S}",
        links={"manage": manage},
        why=why,
    )


def _about(
    template: str,
    invitation: Invitation,
    *,
    occasion: str,
    links: dict[str, Link],
    calendars: Sequence[str] = (),
    **words: object,
) -> Letter:
    cohort: Cohort = invitation.cohort
    return from_programme(
        template,
        programme=cohort.programme,
        key=f"invitation/{invitation.pk}/{occasion}",
        to=reader_of(invitation.interest),
        links=links,
        calendars=calendars,
        invitation=invitation,
        cohort=cohort,
        **words,
    )
