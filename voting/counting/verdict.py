"""The one way in: an election, a rule and a seed give a result. Same in, same out, for ever.

Decides winner, full order, trace, and whether the lot mattered. Does not know who may vote, when
the vote closed, or whether enough took part.
"""

from collections.abc import Iterable, Sequence

from voting.counting.ballots import Election, Rule, Strength, Unranked
from voting.counting.duels import Duel, condorcet_winner, duels, smith_set
from voting.counting.finding import Found, find
from voting.counting.lines import ballots_digest
from voting.counting.lot import drawn
from voting.counting.methods import settles, standing
from voting.counting.neutral import twice_borda
from voting.counting.publication import shows_rankings
from voting.counting.ranked_pairs import Locked, lock
from voting.counting.result import Others, Result, Win
from voting.counting.standing import unbeaten
from voting.counting.tally import Tally, tally

NOTHING_LOCKED = Locked((), (), ())


def count(  # noqa: PLR0913 -- what was settled before the opening, each by its name
    election: Election,
    *,
    rule: Rule = Rule.RANKED_PAIRS,
    strength: Strength = Strength.MARGINS,
    seed: str = "",
    vote_id: str = "",
    open_count: bool = False,
) -> Result:
    """Return the result; where no ballot prefers anything nobody wins and no lot is drawn.

    ``open_count``: the rankings are published whatever the number of ballots, so the lot is
    bound to them. The ballots are read once, and once more if the lot is needed.

    :raises NotABallot: if a ballot cannot be counted.
    """
    counted = tally(election)
    won = duels(counted.over, strength)

    def draw() -> list[str]:
        shown = shows_rankings(counted.n_ballots, open_count=open_count)
        digest = ballots_digest(election) if shown else ""
        return drawn(election.options, vote_id=vote_id, seed=seed, ballots_digest=digest)

    settled = settles(rule, counted, election.unranked)
    found = find(rule, counted, won, draw) if settled else None
    trace = lock(won, found.place) if found and rule is Rule.RANKED_PAIRS else NOTHING_LOCKED
    options = election.options
    leader = condorcet_winner(counted.over)
    return Result(
        id=election.id,
        n_ballots=counted.n_ballots,
        blanks=counted.blanks,
        rule=rule,
        strength=strength,
        winner=options[found.order[0]] if found else None,
        tied=_names(options, found.tied if found else range(len(options))),
        order=_tiers(options, found),
        pairwise=_pairwise(options, counted),
        condorcet_winner=None if leader is None else options[leader],
        smith_set=_names(options, smith_set(counted.over)),
        locked=_wins(options, trace.locked),
        skipped=_wins(options, trace.skipped),
        lot_mattered=found is not None and found.lot_mattered,
        others=_others(election, counted, won),
        neutral_order=_placed(options, found),
        twice_borda=dict(zip(options, twice_borda(counted), strict=True)),
        alone_first=dict(zip(options, counted.alone_first, strict=True)),
        approvals=dict(zip(options, counted.ranked, strict=True)),
    )


def _pairwise(options: Sequence[str], counted: Tally) -> dict[str, dict[str, int]]:
    return {
        a: {b: ballots for b, ballots in zip(options, row, strict=True) if b != a}
        for a, row in zip(options, counted.over, strict=True)
    }


def _others(election: Election, counted: Tally, won: Sequence[Duel]) -> Others:
    def first(rule: Rule) -> tuple[str, ...]:
        return _names(election.options, unbeaten(standing(rule, counted, won, ())))

    complete = election.unranked is Unranked.LAST
    return Others(
        schulze=first(Rule.SCHULZE),
        minimax=first(Rule.MINIMAX),
        copeland=first(Rule.COPELAND),
        borda=first(Rule.BORDA) if complete else None,
    )


def _names(options: Sequence[str], some: Iterable[int]) -> tuple[str, ...]:
    return tuple(sorted(options[a] for a in some))


def _tiers(options: Sequence[str], found: Found | None) -> tuple[tuple[str, ...], ...]:
    if found:
        return tuple((options[a],) for a in found.order)
    return (tuple(sorted(options)),) if options else ()


def _placed(options: Sequence[str], found: Found | None) -> tuple[str, ...]:
    if not found:
        return ()
    return tuple(options[a] for a in sorted(range(len(options)), key=found.place.__getitem__))


def _wins(options: Sequence[str], some: Iterable[Duel]) -> tuple[Win, ...]:
    return tuple(Win(options[duel.winner], options[duel.loser], duel.strength) for duel in some)
