"""The rules of counting once more, from their definitions alone: slow, plain, and not ours.

Nothing here knows the counting code: an election is a dictionary as it stands in a file. Options
are compared by name; a ballot is gone through pair by pair. Good for five options.
"""

from collections.abc import Iterator, Sequence
from functools import cache
from hashlib import sha256
from itertools import combinations, groupby, pairwise, permutations
from typing import Any

Case = dict[str, Any]
Table = dict[str, dict[str, int]]
Win = tuple[str, str, int]


def preferences(case: Case) -> Table:
    """Return who was put over whom, pair by pair."""
    over = {a: {b: 0 for b in case["options"] if b != a} for a in case["options"]}
    for count, tiers in case["ballots"]:
        place = {option: number for number, tier in enumerate(tiers) for option in tier}
        for a, b in permutations(case["options"], 2):
            both = a in place and b in place
            if case.get("unranked") == "no_opinion" and not both:
                continue
            if place.get(a, 10**6) < place.get(b, 10**6):
                over[a][b] += count
    return over


def wins(over: Table, strength: str) -> list[Win]:
    """Return each won duel with its strength."""
    return [
        (a, b, over[a][b] - over[b][a] if strength == "margins" else over[a][b])
        for a, b in permutations(over, 2)
        if over[a][b] > over[b][a]
    ]


def condorcet(over: Table) -> str | None:
    """Return who wins every duel."""
    return next(
        (a for a in over if all(over[a][b] > over[b][a] for b in over if b != a)),
        None,
    )


def smith(over: Table) -> list[str]:
    """Return the smallest set of which each wins against each outside, tried by size."""
    for size in range(1, len(over) + 1):
        for inside in combinations(sorted(over), size):
            outside = set(over) - set(inside)
            if all(over[a][b] > over[b][a] for a in inside for b in outside):
                return list(inside)
    return []


def schulze(over: Table, strength: str) -> list[str]:
    """Return those with no stronger path against them; each path is walked."""
    direct = {(a, b): clear for a, b, clear in wins(over, strength)}

    def strongest(a: str, b: str) -> int:
        between = [o for o in over if o not in {a, b}]
        paths = [
            (a, *middle, b)
            for length in range(len(between) + 1)
            for middle in permutations(between, length)
        ]
        return max(min(direct.get(step, 0) for step in pairwise(path)) for path in paths)

    return sorted(
        a for a in over if all(strongest(a, b) >= strongest(b, a) for b in over if b != a)
    )


def minimax(over: Table, strength: str) -> list[str]:
    """Return those whose clearest defeat is the least."""
    worst = {
        a: max((clear for _, loser, clear in wins(over, strength) if loser == a), default=0)
        for a in over
    }
    return sorted(a for a in over if worst[a] == min(worst.values()))


def copeland(over: Table) -> list[str]:
    """Return those with the most duels won less duels lost."""
    score = {
        a: sum((over[a][b] > over[b][a]) - (over[a][b] < over[b][a]) for b in over if b != a)
        for a in over
    }
    return sorted(a for a in over if score[a] == max(score.values()))


def borda_points(case: Case) -> dict[str, int]:
    """Return twice the points: on each ballot 2 for each option below, 1 for each beside."""
    points = dict.fromkeys(case["options"], 0)
    for count, tiers in case["ballots"]:
        named = {option for tier in tiers for option in tier}
        places = [*tiers, [o for o in case["options"] if o not in named]]
        place = {option: number for number, tier in enumerate(places) for option in tier}
        for a, b in permutations(case["options"], 2):
            points[a] += count * (2 if place[a] < place[b] else place[a] == place[b])
    return points


def borda(case: Case) -> list[str] | None:
    """Return those with the most points; nobody knows where options left out meet nobody."""
    if case.get("unranked") == "no_opinion":
        return None
    points = borda_points(case)
    return sorted(a for a in points if points[a] == max(points.values()))


def _reaches(held: frozenset[tuple[str, str]], start: str, end: str) -> bool:
    found = {start}
    while new := {b for a, b in held if a in found} - found:
        found |= new
    return end in found


def possible_by_ranked_pairs(over: Table, strength: str) -> set[str]:
    """Return all who win under some order of the equal wins; each order is gone through."""
    ordered = sorted(wins(over, strength), key=lambda win: -win[2])
    groups = [
        tuple((a, b) for a, b, _ in group) for _, group in groupby(ordered, key=lambda win: win[2])
    ]

    @cache
    def ends(
        held: frozenset[tuple[str, str]], left: frozenset[tuple[str, str]], group: int
    ) -> frozenset[frozenset[tuple[str, str]]]:
        if not left:
            if group == len(groups):
                return frozenset([held])
            return ends(held, frozenset(groups[group]), group + 1)
        found: frozenset[frozenset[tuple[str, str]]] = frozenset()
        for a, b in left:
            more = held if _reaches(held, b, a) else held | {(a, b)}
            found |= ends(more, left - {(a, b)}, group)
        return found

    return {
        a
        for held in ends(frozenset(), frozenset(), 0)
        for a in over
        if all(b != a for _, b in held)
    }


def alone_first(case: Case) -> dict[str, int]:
    """Return how many ballots rank each option alone in the first place."""
    first = dict.fromkeys(case["options"], 0)
    for count, tiers in case["ballots"]:
        if tiers and len(tiers[0]) == 1:
            first[tiers[0][0]] += count
    return first


def neutral(case: Case, over: Table, lot: Sequence[str]) -> list[str]:
    """Return the neutral order: points of Borda, ballots alone first, then the lot."""
    alone = alone_first(case)
    if case.get("unranked") == "no_opinion":
        points = {a: sum(over[a][b] - over[b][a] for b in over if b != a) for a in over}
    else:
        points = borda_points(case)
    return sorted(over, key=lambda a: (-points[a], -alone[a], lot.index(a)))


def trace(
    case: Case, over: Table, strength: str, lot: Sequence[str]
) -> tuple[list[Win], list[Win], list[str]]:
    """Return the duels that hold, those that are skipped, and the full order."""
    place = neutral(case, over, lot)
    ordered = sorted(
        wins(over, strength), key=lambda w: (-w[2], place.index(w[0]), place.index(w[1]))
    )
    held: frozenset[tuple[str, str]] = frozenset()
    locked: list[Win] = []
    skipped: list[Win] = []
    for a, b, clear in ordered:
        if _reaches(held, b, a):
            skipped.append((a, b, clear))
        else:
            held |= {(a, b)}
            locked.append((a, b, clear))
    left, order = list(place), []
    while left:
        best = next(a for a in left if not any((b, a) in held for b in left))
        left.remove(best)
        order.append(best)
    return locked, skipped, order


def lines(case: Case) -> str:
    """Return the published lines, written by hand."""
    counts: dict[str, int] = {}
    for count, tiers in case["ballots"]:
        written = ",".join("[" + ",".join(f'"{o}"' for o in sorted(tier)) + "]" for tier in tiers)
        counts[written] = counts.get(written, 0) + count
    texts = [f'{{"count":{n},"ranking":[{text}]}}\n' for text, n in counts.items() if n]
    return "".join(sorted(texts))


def lot_of(case: Case, *, seed: str, vote_id: str) -> list[str]:
    """Return the options in the order of the lot."""
    ballots = sum(count for count, _ in case["ballots"])
    digest = _hex(lines(case)) if ballots >= 10 else ""
    bound = _hex(f"{seed}|{digest}")
    return sorted(case["options"], key=lambda o: _hex(f"regai-lot-v1|{vote_id}|{bound}|{o}"))


def all_lots(options: Sequence[str]) -> Iterator[tuple[str, ...]]:
    """Yield every order that the lot could give."""
    return permutations(options)


def expected(case: Case, *, strength: str, seed: str = "", vote_id: str = "") -> dict[str, Any]:
    """Return what ``count_votes`` must print of one case, by ranked pairs."""
    over = preferences(case)
    options = sorted(case["options"])
    ranked = any(count and tiers for count, tiers in case["ballots"])
    settles = any(over[a][b] for a, b in permutations(options, 2)) or (len(options) == 1 and ranked)
    lot = lot_of(case, seed=seed, vote_id=vote_id)
    locked, skipped, order = trace(case, over, strength, lot)
    back = trace(case, over, strength, lot[::-1])[2]
    winners = {trace(case, over, strength, way)[2][0] for way in all_lots(options)}
    return {
        "id": case["id"],
        "n_ballots": sum(count for count, _ in case["ballots"]),
        "rule": "ranked_pairs",
        "strength": strength,
        "winner": order[0] if settles else None,
        "tied": sorted(winners) if settles else options,
        "order": [[one] for one in order] if settles else [options],
        "pairwise": over,
        "condorcet_winner": condorcet(over),
        "smith_set": smith(over),
        "locked": [list(win) for win in locked],
        "skipped": [list(win) for win in skipped],
        "lot_mattered": settles and back != order,
        "others": {
            "schulze": schulze(over, strength),
            "minimax": minimax(over, strength),
            "copeland": copeland(over),
            "borda": borda(case),
        },
    }


def _hex(text: str) -> str:
    return sha256(text.encode("utf-8")).hexdigest()
