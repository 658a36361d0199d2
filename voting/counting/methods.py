"""How each rule lets one option stand over another.

Only ranked pairs looks at the neutral order while it works; the others leave equals equal, and
the neutral order settles them afterwards.
"""

from collections.abc import Sequence

from voting.counting.ballots import Rule, Unranked
from voting.counting.duels import Duel
from voting.counting.neutral import twice_borda
from voting.counting.ranked_pairs import lock
from voting.counting.schulze import schulze
from voting.counting.scores import approval, copeland, minimax
from voting.counting.standing import Over, by_score
from voting.counting.tally import Tally


def standing(rule: Rule, tally: Tally, duels: Sequence[Duel], place: Sequence[int]) -> Over:
    """Return whom each option stands over by ``rule``."""
    n = len(tally.over)
    match rule:
        case Rule.RANKED_PAIRS:
            return lock(duels, place).over
        case Rule.SCHULZE:
            return schulze(duels, n)
        case Rule.APPROVAL:
            return by_score(approval(tally))
        case Rule.MINIMAX:
            return by_score(minimax(duels, n))
        case Rule.COPELAND:
            return by_score(copeland(duels, n))
        case Rule.BORDA:
            return by_score(twice_borda(tally))


def settles(rule: Rule, tally: Tally, unranked: Unranked) -> bool:
    """Return whether there is anything to decide, and ``rule`` can decide it.

    No ballot with any preference: no. One option: yes if any ballot ranks it. Borda needs a
    place for every option, so it is silent where options that are left out meet nobody.
    """
    if rule is Rule.BORDA and unranked is Unranked.NO_OPINION:
        return False
    return any(map(any, tally.over)) or (len(tally.over) == 1 and tally.ranked[0] > 0)
