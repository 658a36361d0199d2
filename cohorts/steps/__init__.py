"""Writes that take part in an action's transaction."""

from cohorts.steps.bookings import (
    hearing_of_double_bookings,
    lock_as_seen,
    lock_leaders_and_rooms,
    lock_meeting,
    refuse_what_touches_a_rule,
)
from cohorts.steps.locks import lock_cohort, lock_line, lock_people, lock_sign_ups
from cohorts.steps.moves import (
    move_access,
    move_cohort,
    move_enrolment,
    move_erasure,
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
    give_up,
    offer_free_seats,
    release,
    take_back,
)

__all__ = [
    "decline_open_invitations",
    "give_up",
    "hearing_of_double_bookings",
    "lock_as_seen",
    "lock_cohort",
    "lock_leaders_and_rooms",
    "lock_line",
    "lock_meeting",
    "lock_people",
    "lock_sign_ups",
    "move_access",
    "move_cohort",
    "move_enrolment",
    "move_erasure",
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
    "take_back",
]
