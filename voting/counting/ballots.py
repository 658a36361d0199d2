"""What an election is made of: options, rankings, and the rules that may count them.

Options are opaque texts: nothing here knows what a course is.
"""

from collections.abc import Iterable, Iterator
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from enum import StrEnum
from itertools import chain

Ranking = tuple[tuple[str, ...], ...]
"""Tiers, the best first; the options of one tier share a place. An empty ranking is blank."""

Ballot = tuple[int, Ranking]
"""A number of ballots that are alike, and their ranking."""

LARGEST_COUNT = 10**12
"""Ballots on one line of a file; more is taken for a slip of the hand."""


class Unranked(StrEnum):
    """What it means that a ballot leaves an option out."""

    LAST = "last"
    NO_OPINION = "no_opinion"


class Rule(StrEnum):
    """How the winner is found."""

    RANKED_PAIRS = "ranked_pairs"
    SCHULZE = "schulze"
    APPROVAL = "approval"
    MINIMAX = "minimax"
    COPELAND = "copeland"
    BORDA = "borda"


class Strength(StrEnum):
    """How clear a win in a duel is: by its margin, or by the ballots for the winner alone."""

    MARGINS = "margins"
    WINNING = "winning"


class NotAnElection(ValueError):
    """The options cannot be voted on, or the ballots cannot be read twice."""


class NotABallot(ValueError):
    """A ballot says something that cannot be counted; the text says what was expected."""


@dataclass(frozen=True, slots=True)
class Election:
    """Options and ballots. ``ballots`` may be read from a file each time that it is asked.

    :raises NotAnElection: if an option is named twice or has no name, or if ``ballots`` is
        used up by one reading (the lot may need a second).
    """

    options: tuple[str, ...]
    ballots: Iterable[Ballot]
    unranked: Unranked = Unranked.LAST
    id: str = ""

    def __post_init__(self) -> None:
        if len(set(self.options)) != len(self.options):
            raise NotAnElection("expected each option once")
        if not all(self.options):
            raise NotAnElection("expected a name for each option")
        if not all(option.isascii() or _is_text(option) for option in self.options):
            raise NotAnElection("expected names of whole characters, found half a pair")
        if isinstance(self.ballots, Iterator):
            raise NotAnElection("expected ballots that can be read again, found an iterator")


def ballot_from(count: object, ranking: object, options: AbstractSet[str] | None = None) -> Ballot:
    """Return a ballot from the lists of a JSON file; without ``options`` any name will do.

    :raises NotABallot: if the count is no whole number, or the ranking is not a list of lists
        of options, each of them named once.
    """
    if type(count) is not int or not 0 <= count <= LARGEST_COUNT:
        raise NotABallot(f"expected a whole number of ballots, at least 0, found {_shown(count)}")
    if not isinstance(ranking, list) or not all(isinstance(tier, list) for tier in ranking):
        raise NotABallot(f"expected a list of lists of options, found {_shown(ranking)}")
    named = list(chain.from_iterable(ranking))
    try:
        names = set(named)
    except TypeError:  # an option that is a list: said below
        names = set()
    if options is not None and len(names) == len(named) and names <= options and all(ranking):
        return count, tuple(map(tuple, ranking))
    _refuse_option(named, options)
    if not all(ranking):
        raise NotABallot(f"expected at least one option in each place, found {_shown(ranking)}")
    return count, tuple(map(tuple, ranking))


def _refuse_option(named: list[object], options: AbstractSet[str] | None) -> None:
    seen: set[str] = set()
    for option in named:
        if not isinstance(option, str) or not option:
            raise NotABallot(f"expected the name of an option, found {_shown(option)}")
        if options is not None and option not in options:
            raise NotABallot(f"expected one of the options, found {_shown(option)}")
        if option in seen:
            raise NotABallot(f"expected each option once, found {_shown(option)} twice")
        seen.add(option)


def _is_text(option: str) -> bool:
    try:
        option.encode("utf-8")
    except UnicodeEncodeError:
        return False
    return True


def _shown(value: object) -> str:
    text = repr(value)
    longest = 60
    return text if len(text) <= longest else text[:longest] + "…"
