"""Writes that take part in an action's transaction."""

from cohorts.steps.bookings import (
    hearing_of_double_bookings,
    lock_leaders_and_rooms,
    lock_meeting,
    refuse_what_touches_a_rule,
)
from cohorts.steps.moves import (
    move_access,
    move_cohort,
    move_enrolment,
    move_fee,
    move_interest,
    move_invitation,
    move_meeting,
    move_participation,
    move_plan_job,
    move_round,
)
from cohorts.steps.seats import (
    decline_open_invitations,
    lock_cohort,
    lock_cohorts_that_ask,
    lock_sign_ups,
    offer_free_seats,
    release,
)

__all__ = [
    "decline_open_invitations",
    "hearing_of_double_bookings",
    "lock_cohort",
    "lock_cohorts_that_ask",
    "lock_leaders_and_rooms",
    "lock_meeting",
    "lock_sign_ups",
    "move_access",
    "move_cohort",
    "move_enrolment",
    "move_fee",
    "move_interest",
    "move_invitation",
    "move_meeting",
    "move_participation",
    "move_plan_job",
    "move_round",
    "offer_free_seats",
    "refuse_what_touches_a_rule",
    "release",
]
