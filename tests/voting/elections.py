"""Elections for the tests: small ones in short writing, random ones, and a plain count of them."""

from itertools import permutations

from hypothesis import strategies as st

from voting.counting import Ballot, Election, Ranking, Unranked

NAMES = "abcdef"


def ranking(written: str) -> Ranking:
    """Return the ranking of "a bc": a first, then b and c in one place."""
    return tuple(tuple(tier) for tier in written.split())


def election(options: str, ballots: list[tuple[int, str]], unranked: str = "last") -> Election:
    """Return an election whose options are single letters."""
    return Election(
        tuple(options), [(n, ranking(written)) for n, written in ballots], Unranked(unranked)
    )


@st.composite
def rankings(draw: st.DrawFn, options: str) -> Ranking:
    """Return a ranking with shared places and options left out."""
    named = draw(st.permutations(options))[: draw(st.integers(0, len(options)))]
    cuts = draw(st.lists(st.booleans(), min_size=len(named), max_size=len(named)))
    tiers: list[list[str]] = []
    for option, cut in zip(named, cuts, strict=True):
        if cut or not tiers:
            tiers.append([])
        tiers[-1].append(option)
    return tuple(map(tuple, tiers))


@st.composite
def elections(
    draw: st.DrawFn, *, least: int = 1, most: int = 5, unranked: str | None = None
) -> Election:
    """Return an election of up to ``most`` options, where ties are the normal case."""
    options = NAMES[: draw(st.integers(least, most))]
    pairs: st.SearchStrategy[Ballot] = st.tuples(st.integers(1, 4), rankings(options))
    ballots = draw(st.lists(pairs, max_size=10))
    way = Unranked(unranked) if unranked else draw(st.sampled_from(Unranked))
    return Election(tuple(options), ballots, way)


@st.composite
def large_elections(draw: st.DrawFn) -> Election:
    """Return an election of three or four options and so many ballots that ties are rare."""
    options = NAMES[: draw(st.integers(3, 4))]
    pairs: st.SearchStrategy[Ballot] = st.tuples(st.integers(1, 9999), rankings(options))
    return Election(tuple(options), draw(st.lists(pairs, min_size=5, max_size=12)))


def plain_pairwise(counted: Election) -> dict[str, dict[str, int]]:
    """Return who was put over whom, counted ballot by ballot."""
    over = {a: {b: 0 for b in counted.options if b != a} for a in counted.options}
    for count, tiers in counted.ballots:
        last = len(tiers)
        place = {option: i for i, tier in enumerate(tiers) for option in tier}
        for a, b in permutations(counted.options, 2):
            if counted.unranked is Unranked.NO_OPINION and not {a, b} <= place.keys():
                continue
            if place.get(a, last) < place.get(b, last):
                over[a][b] += count
    return over


def renamed(counted: Election, names: dict[str, str]) -> Election:
    """Return the same election with other names."""
    return Election(
        tuple(names[option] for option in counted.options),
        [
            (count, tuple(tuple(names[option] for option in tier) for tier in tiers))
            for count, tiers in counted.ballots
        ],
        counted.unranked,
    )
