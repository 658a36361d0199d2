"""Votes on the next course, as one person sees them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.db.models import Q, QuerySet

from accounts.models import User
from accounts.queries import roles_of
from accounts.rules import Role
from cohorts.models import Enrolment
from cohorts.queries.costs import CostToday, costs_today
from voting.models import Ballot, Option


@dataclass(frozen=True, slots=True)
class Card:
    """One course on the ballot: its frozen facts, and what it would cost this person today."""

    option: Option
    price_sek: Decimal
    cost: CostToday | None


@dataclass(frozen=True, slots=True)
class Duel:
    """One row of the pairwise table: how many put each course before each other."""

    title: str
    over: tuple[int | None, ...]


@dataclass(frozen=True, slots=True)
class Outcome:
    """What may be shown of a count, in the titles of the courses. None: too few votes to show."""

    winner: str
    order: tuple[tuple[str, ...], ...] | None
    titles: tuple[str, ...]
    duels: tuple[Duel, ...] | None
    lot_mattered: bool | None
    beats_all: bool


def votes_seen_by(user: User) -> QuerySet[Ballot]:
    """Return the ballots whose result ``user`` may read: own cohorts', those led, or all."""
    ballots = Ballot.objects.prefetch_related("options", "rounds")
    if Role.COORDINATOR in roles_of(user):
        return ballots
    return ballots.filter(Q(roll__voter=user) | Q(rounds__cohort__facilitator=user)).distinct()


def cards_for(ballot: Ballot, options: Sequence[Option], user: User, *, on: date) -> list[Card]:
    """Return the options as cards, in the order given."""
    prices = {option.pk: Decimal(option.facts.get("price_sek", "0")) for option in options}
    enrolment = (
        Enrolment.objects.filter(user=user, cohort__rounds__ballot=ballot)
        .select_related("interest__company")
        .first()
    )
    costs = costs_today(enrolment.interest, prices.values(), on=on) if enrolment else {}
    return [Card(option, prices[option.pk], costs.get(prices[option.pk])) for option in options]


def result_words(ballot: Ballot) -> Outcome | None:
    """Return what a ballot of this size shows of its count, or None before it is counted."""
    kept: dict[str, Any] | None = ballot.result
    if kept is None:
        return None
    titles = {option.key: option.title for option in ballot.options.all()}
    pairwise = kept.get("pairwise")
    keys = sorted(titles, key=lambda key: titles[key])
    winner = kept.get("winner")
    order = kept.get("order")
    return Outcome(
        winner=titles.get(winner, "") if winner else "",
        order=tuple(tuple(titles[key] for key in tier) for tier in order) if order else None,
        titles=tuple(titles[key] for key in keys),
        duels=tuple(
            Duel(titles[a], tuple(None if a == b else pairwise[a][b] for b in keys)) for a in keys
        )
        if pairwise
        else None,
        lot_mattered=kept.get("lot_mattered"),
        beats_all=bool(winner) and kept.get("condorcet_winner") == winner,
    )
