"""Cohorts on the clock."""

from typing import Any

from celery import shared_task
from django.utils import timezone

from cohorts.actions import (
    aid,
    fees,
    interests,
    meetings,
    needs,
    plan_jobs,
    progress,
    proofs,
    register,
    seats,
    votes,
    weeks,
)
from voting.actions import sweep_up


@shared_task
def lapse_invitations(**_: Any) -> int:
    """End invitations whose deadline has passed."""
    return seats.lapse_invitations(now=timezone.now())


@shared_task
def lapse_offers(**_: Any) -> int:
    """End offers of a course that nobody answered in time."""
    return fees.lapse_offers(now=timezone.now())


@shared_task
def open_votes(**_: Any) -> int:
    """Open votes whose time has come."""
    return votes.open_votes(now=timezone.now())


@shared_task
def remind_of_offers(**_: Any) -> int:
    """Remind of courses whose last day to answer is near."""
    return fees.remind_of_offers(now=timezone.now())


@shared_task
def close_votes(**_: Any) -> int:
    """Close, count and follow up votes whose time has come."""
    return votes.close_votes(now=timezone.now())


@shared_task
def sweep_votes(**_: Any) -> int:
    """Take old versions of votes that are over out of the database."""
    return sweep_up(now=timezone.now())


@shared_task
def remind_of_invitations(**_: Any) -> int:
    """Remind of invitations that run out."""
    return seats.remind_of_invitations(now=timezone.now())


@shared_task
def remind_of_meetings(**_: Any) -> int:
    """Remind of meetings two days ahead."""
    return meetings.remind_of_meetings(now=timezone.now())


@shared_task
def make_plans(**_: Any) -> int:
    """Make the joint plans that somebody has asked for."""
    return plan_jobs.make_waiting_plans(clock=timezone.now)


@shared_task
def remind_voters(**_: Any) -> int:
    """Remind those who have not voted."""
    return votes.remind_voters(now=timezone.now())


@shared_task
def purge_unconfirmed(**_: Any) -> int:
    """Delete sign-ups that nobody confirmed."""
    return interests.purge_unconfirmed(now=timezone.now())


@shared_task
def end_pauses(**_: Any) -> int:
    """Make interests active whose pause is over."""
    return interests.end_pauses(now=timezone.now())


@shared_task
def ask_to_renew(**_: Any) -> int:
    """Ask whether people still want to take part, and end what was not renewed."""
    return interests.ask_to_renew(now=timezone.now())


@shared_task
def decide_for_new_rates(**_: Any) -> int:
    """Decide anew what waited for an exchange rate."""
    return aid.decide_for_new_rates(now=timezone.now())


@shared_task
def remind_of_register(**_: Any) -> int:
    """Remind officers of aid that is not in the register after 10 and 15 working days."""
    return register.remind_of_register(now=timezone.now())


@shared_task
def send_weeks(**_: Any) -> int:
    """Write to each who leads what the week holds."""
    return weeks.send_weeks(now=timezone.now())


@shared_task
def remind_of_lessons(**_: Any) -> int:
    """Remind those who asked for it of their lessons."""
    return progress.remind_of_lessons(now=timezone.now())


@shared_task
def erase_needs(**_: Any) -> int:
    """Erase what people needed at the table when it is not needed any more."""
    return needs.erase_needs(now=timezone.now())


@shared_task
def forget_lost_files(**_: Any) -> int:
    """Delete files that no certificate of completion names."""
    return proofs.forget_lost_files(now=timezone.now())
