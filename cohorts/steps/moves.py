"""Each noun's one way to change its state: the table of moves, the row, the history line."""

from functools import partial

from accounts.steps import move
from cohorts.rules.access import ACCESS_NEXT
from cohorts.rules.cohorts import COHORT_NEXT, ROUND_NEXT
from cohorts.rules.enrolments import ENROLMENT_NEXT, INVITATION_NEXT, PARTICIPATION_NEXT
from cohorts.rules.erasures import ERASURE_NEXT
from cohorts.rules.interests import NEXT as INTEREST_NEXT
from cohorts.rules.meetings import MEETING_NEXT
from cohorts.rules.payments import FEE_NEXT
from cohorts.rules.plans import PLAN_JOB_NEXT
from cohorts.rules.proofs import NEXT as PROOF_NEXT

move_interest = partial(move, ways=INTEREST_NEXT)
move_invitation = partial(move, ways=INVITATION_NEXT)
move_enrolment = partial(move, ways=ENROLMENT_NEXT)
move_participation = partial(move, ways=PARTICIPATION_NEXT)
move_cohort = partial(move, ways=COHORT_NEXT)
move_round = partial(move, ways=ROUND_NEXT)
move_erasure = partial(move, ways=ERASURE_NEXT)
move_meeting = partial(move, ways=MEETING_NEXT)
move_proof = partial(move, ways=PROOF_NEXT)
move_plan_job = partial(move, ways=PLAN_JOB_NEXT)
move_fee = partial(move, ways=FEE_NEXT)
move_access = partial(move, ways=ACCESS_NEXT)
