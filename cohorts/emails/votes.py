"""Letters about votes. None of them knows how anybody voted, or when."""

from typing import Any

from cohorts.emails.readers import from_programme, page_link, reader_of
from cohorts.models import CourseRound, Enrolment
from cohorts.rules.cohorts import OVER
from cohorts.words import VOID_WHYS
from outbox.letters import Letter
from voting.models import Ballot
from voting.rules import NONE_OF_THESE, BallotState


def vote_announced(enrolment: Enrolment, ballot: Ballot) -> Letter:
    """Return the news that a vote will open: look at the courses, say what hinders you."""
    return _about("vote_announced", enrolment, ballot, occasion="announced")


def vote_opened(enrolment: Enrolment, ballot: Ballot, *, has_priced: bool) -> Letter:
    """Return the call to vote on the next course."""
    return _about("vote_opened", enrolment, ballot, occasion="opened", has_priced=has_priced)


def question_asked(enrolment: Enrolment, ballot: Ballot) -> Letter:
    """Return the call to answer a show of hands."""
    return _about("question_asked", enrolment, ballot, occasion="opened")


def vote_reminder(enrolment: Enrolment, ballot: Ballot, *, number: int) -> Letter:
    """Return a reminder to somebody who has not voted; at most two are ever written."""
    return _about("vote_reminder", enrolment, ballot, occasion=f"reminder-{number}")


def vote_ended(enrolment: Enrolment, ballot: Ballot, *, key: str | None) -> Letter:
    """Return the outcome: the next course, the answer, none of them, or that it was not valid."""
    is_question = not ballot.rounds.exists()
    titles = dict(ballot.options.values_list("key", "title"))
    return _about(
        "vote_decided" if ballot.state == BallotState.DECIDED else "vote_void",
        enrolment,
        ballot,
        occasion="ended",
        page="cohorts:vote_result",
        is_question=is_question,
        winner="" if key in {None, NONE_OF_THESE} else titles[str(key)],
    )


def vote_voided(enrolment: Enrolment, ballot: Ballot, *, why: str) -> Letter:
    """Return the news that a vote was called off before it was counted."""
    return _about(
        "vote_voided",
        enrolment,
        ballot,
        occasion="voided",
        why=VOID_WHYS.get(why, why),
        is_over=enrolment.cohort.state in OVER,
    )


def course_replaced(enrolment: Enrolment, chosen: CourseRound, *, fallen: str, why: str) -> Letter:
    """Return the news that the chosen course falls through, and which one takes its place."""
    return _to_member(
        "course_replaced",
        enrolment,
        key=f"round/{chosen.pk}/replaces/{enrolment.pk}",
        page=("cohorts:group", enrolment.cohort_id),
        course=chosen.course,
        fallen=fallen,
        why=why,
    )


def _about(
    template: str,
    enrolment: Enrolment,
    ballot: Ballot,
    *,
    occasion: str,
    page: str = "cohorts:vote",
    **words: Any,
) -> Letter:
    return _to_member(
        template,
        enrolment,
        key=f"ballot/{ballot.pk}/{occasion}/{enrolment.pk}",
        page=(page, ballot.pk),
        ballot=ballot,
        **words,
    )


def _to_member(
    template: str, enrolment: Enrolment, *, key: str, page: tuple[str, int], **words: Any
) -> Letter:
    interest = enrolment.interest
    return from_programme(
        template,
        programme=enrolment.cohort.programme,
        key=key,
        to=reader_of(interest),
        links={"vote": page_link(*page, interest)},
        enrolment=enrolment,
        cohort=enrolment.cohort,
        **words,
    )
