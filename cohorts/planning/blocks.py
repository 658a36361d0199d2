"""Which cohorts are near each other: they share facilitators, and so stand in each other's way."""

from cohorts.planning.drafts import Draft, Search


def blocks(search: Search, most: int) -> list[list[str]]:
    """Return the cohorts in groups of at most ``most``, each grown around shared facilitators."""
    leaders = {key: _leaders(search, key) for key in search.lines}
    left = dict.fromkeys(sorted(leaders))
    found = []
    while left:
        first = next(iter(left))
        del left[first]
        block, known = [first], set(leaders[first])
        while left and len(block) < most:
            nearest = min(left, key=lambda key: (-_share(leaders[key], known), key))
            if not leaders[nearest] & known:
                break
            del left[nearest]
            block.append(nearest)
            known |= leaders[nearest]
        found.append(sorted(block))
    return found


def neighbours(draft: Draft, cohort: str, most: int, turn: int) -> list[str]:
    """Return a cohort with those most in its way; each further turn goes on to others of them."""
    mine = _leaders(draft.search, cohort)
    places = set(draft.search.case.cohorts[cohort].places)

    def nearness(other: str) -> tuple[int, int, str]:
        leads = draft.routes[other].leader in mine if other in draft.routes else True
        near = len(places & set(draft.search.case.cohorts[other].places))
        return -leads, -near, other

    others = sorted((key for key in draft.search.lines if key != cohort), key=nearness)
    step = turn * (most // 2) % max(len(others), 1)
    return sorted([cohort, *(others[step:] + others[:step])[: most - 1]])


def _leaders(search: Search, cohort: str) -> set[str]:
    return {line.leader for line in search.lines[cohort] if line.possible}


def _share(leaders: set[str], known: set[str]) -> float:
    return len(leaders & known) / max(len(leaders), 1)
