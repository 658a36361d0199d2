"""A show of hands: a question to the cohort that is not about its next course."""

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction

from accounts.models import User
from accounts.steps import acting
from cohorts.emails import votes as emails
from cohorts.models import Question
from cohorts.queries.meetings import members_of
from cohorts.rules import CohortState
from cohorts.rules.votes import OpenRefusal, open_refusal
from cohorts.steps import lock_cohort
from outbox.steps import queue_all
from voting import steps
from voting.rules import Rule


@transaction.atomic(durable=True)
def ask_cohort(  # noqa: PLR0913 -- a question, its answers, and until when
    *,
    cohort_id: int,
    question: str,
    answers: Sequence[str],
    closes_at: datetime,
    by: User,
    now: datetime,
) -> Question | OpenRefusal:
    """Ask the members of a cohort which of some answers would do; return the question, or why not.

    The same tables, secrecy and clock as a vote on a course. Each member ticks all that would do;
    the answer with the most ticks wins, whoever voted: there is no quorum.
    """
    cohort = lock_cohort(cohort_id)
    members = list(members_of(cohort))
    refusal = open_refusal(
        is_running=cohort.state in {CohortState.CONFIRMED, CohortState.RUNNING},
        courses=len(answers),
        voters=len(members),
        has_open_vote=False,
        closes_later=closes_at > now,
    )
    if refusal is not None:
        return refusal
    ballot = steps.prepare_ballot(
        steps.Settled(
            question=question,
            opens_at=now,
            closes_at=closes_at,
            rule=Rule.APPROVAL,
            quorum_percent=0,
        ),
        choices=[
            steps.Choice(key=str(number), title=answer)
            for number, answer in enumerate(answers, start=1)
        ],
        actor=acting(by),
        now=now,
    )
    asked = Question.objects.create(cohort=cohort, ballot=ballot)
    steps.open_ballot(ballot, voters=[member.user for member in members], actor=acting(by), now=now)
    queue_all([emails.question_asked(member, ballot) for member in members], now=now)
    return asked
