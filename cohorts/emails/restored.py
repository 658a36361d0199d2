"""The letter about a cohort that was called off and goes on after all."""

from collections.abc import Sequence
from datetime import datetime

from cohorts.emails.invites import invites
from cohorts.emails.readers import from_programme, page_link, reader_of
from cohorts.models import Enrolment, Meeting
from outbox.letters import Letter


def cohort_restored(enrolment: Enrolment, *, meetings: Sequence[Meeting], now: datetime) -> Letter:
    """Return the news that the group goes on, with the meetings that are held after all."""
    interest = enrolment.interest
    return from_programme(
        "cohort_restored",
        programme=enrolment.cohort.programme,
        key=f"cohort/{enrolment.cohort_id}/restored/{now:%Y%m%dT%H%M%S}/{enrolment.pk}",
        to=reader_of(interest),
        links={"cohort": page_link("cohorts:group", enrolment.cohort_id, interest)},
        calendars=invites(enrolment, meetings),
        cohort=enrolment.cohort,
        meetings=meetings,
    )
