"""Votes in cohorts, as one person sees them: coming, open, over, and what each course costs."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.db.models import Q, QuerySet

from accounts.models import User
from accounts.queries import roles_of
from accounts.rules import Role
from cohorts.models import Cohort, Course, CourseRound, Enrolment, Hindrance
from cohorts.queries.costs import CostToday, costs_today
from cohorts.rules import EnrolmentState
from cohorts.rules.enrolments import MEMBERS
from cohorts.rules.votes import VotePlan
from voting.models import Ballot, Option
from voting.rules import NONE_OF_THESE, BallotState
from voting.words import option_title


@dataclass(frozen=True, slots=True)
class Card:
    """One option: its frozen facts, and what the course would cost this person today.

    An answer to a question, and "none of these", have no course and no cost.
    """

    option: Option
    title: str
    course_id: int | None
    price_sek: Decimal
    cost: CostToday | None


def cohort_of(ballot: Ballot) -> Cohort:
    """Return the cohort that votes."""
    found = Q(rounds__ballot=ballot) | Q(questions__ballot=ballot)
    return Cohort.objects.select_related("programme").filter(found).distinct().get()


def about_cohorts(cohorts: QuerySet[Cohort]) -> Q:
    """Return the condition that a ballot is one of these cohorts'."""
    return Q(rounds__cohort__in=cohorts) | Q(asked_as__cohort__in=cohorts)


def votes_in(cohort: Cohort) -> QuerySet[Ballot]:
    """Return the ballots of a cohort, the latest first."""
    mine = Cohort.objects.filter(pk=cohort.pk)
    return (
        Ballot.objects.filter(about_cohorts(mine))
        .select_related("asked_as")
        .distinct()
        .order_by("-opens_at", "-id")
    )


def to_hold_again(votes: Sequence[Ballot]) -> Ballot | None:
    """Return the latest of a cohort's votes on its next course if nothing came of it, or None.

    ``votes`` are those of ``votes_in``, the latest first.
    """
    latest = next((vote for vote in votes if not hasattr(vote, "asked_as")), None)
    return latest if latest is not None and latest.state == BallotState.VOID else None


def has_vote_ahead(votes: Sequence[Ballot]) -> bool:
    """Return whether one of a cohort's votes on its next course is coming or open."""
    ahead = {BallotState.DRAFT, BallotState.OPEN}
    return any(vote.state in ahead and not hasattr(vote, "asked_as") for vote in votes)


def as_called(ballot: Ballot) -> VotePlan:
    """Return what was settled for a vote on the next course."""
    return VotePlan(
        course_ids=list(ballot.rounds.order_by("id").values_list("course", flat=True)),
        opens_at=ballot.opens_at,
        closes_at=ballot.closes_at,
        rule=ballot.rule,
        quorum_percent=ballot.quorum_percent,
        is_open_count=ballot.is_open_count,
        with_none=ballot.options.filter(key=NONE_OF_THESE).exists(),
    )


def votes_open_to(user: User) -> QuerySet[Ballot]:
    """Return the ballots whose page is for ``user``: on the roll, or before it a member."""
    active = Cohort.objects.filter(enrolments__user=user, enrolments__state=EnrolmentState.ACTIVE)
    coming = Q(state=BallotState.DRAFT) & about_cohorts(active)
    return (
        Ballot.objects.filter(Q(roll__voter=user) | coming)
        .select_related("asked_as")
        .prefetch_related("options")
        .distinct()
    )


def votes_missed_by(user: User) -> QuerySet[Ballot]:
    """Return the ballots of own cohorts whose roll ``user`` is not on: who comes later has no vote.

    One that ended before it opened has no roll.
    """
    own = Cohort.objects.filter(enrolments__user=user, enrolments__state__in=MEMBERS)
    return (
        Ballot.objects.filter(about_cohorts(own))
        .exclude(state=BallotState.DRAFT)
        .exclude(roll__voter=user)
        .select_related("asked_as")
        .distinct()
    )


def votes_seen_by(user: User) -> QuerySet[Ballot]:
    """Return the ballots whose result ``user`` may read: own cohorts', those led, or all."""
    ballots = Ballot.objects.select_related("asked_as").prefetch_related("options", "rounds")
    if Role.COORDINATOR in roles_of(user):
        return ballots
    led = Cohort.objects.filter(facilitator=user)
    return ballots.filter(Q(roll__voter=user) | about_cohorts(led)).distinct()


def cards_for(ballot: Ballot, options: Sequence[Option], user: User, *, on: date) -> list[Card]:
    """Return the options as cards, in the order given."""
    courses = dict(ballot.rounds.values_list("pk", "course"))
    prices = {option.pk: Decimal(option.facts.get("price_sek", "0")) for option in options}
    enrolment = (
        Enrolment.objects.filter(user=user, cohort__rounds__ballot=ballot)
        .select_related("interest__company")
        .first()
    )
    costs = costs_today(enrolment.interest, prices.values(), on=on) if enrolment else {}
    return [
        Card(
            option,
            option_title(option.key, option.title),
            courses.get(int(option.key)) if option.key.isdecimal() else None,
            prices[option.pk],
            costs.get(prices[option.pk]),
        )
        for option in options
    ]


def in_order(ballot: Ballot) -> list[Option]:
    """Return the options as they were put up, "none of these" last."""
    return sorted(ballot.options.all(), key=lambda one: (one.key == NONE_OF_THESE, one.pk))


def hindrances_in(cohort: Cohort) -> QuerySet[Hindrance]:
    """Return what has been said, in private, to hinder somebody in the cohort."""
    return cohort.hindrances.select_related("course").order_by("course__sort_key", "kind", "text")


def hindrances_before(votes: Sequence[Ballot], cohort: Cohort) -> list[Hindrance]:
    """Return what has been said to hinder somebody in a vote that has not opened yet."""
    coming = any(vote.state == BallotState.DRAFT for vote in votes)
    among = Course.objects.filter(rounds__ballot__in=votes, rounds__ballot__state=BallotState.DRAFT)
    return list(hindrances_in(cohort).filter(course__in=among)) if coming else []


def course_in(ballot: Ballot, course_id: int) -> CourseRound | None:
    """Return the round of a course in a ballot."""
    return ballot.rounds.filter(course=course_id).first()
