"""One series for each cohort out of many offered, so that they stand beside each other."""

from collections import defaultdict
from collections.abc import Mapping, Sequence

from cohorts.planning.effort import Effort
from cohorts.planning.market import Bid, Market
from cohorts.planning.model import Model, Term
from cohorts.planning.solver import solve

HALF = 0.5


def pick(
    market: Market, bids: Mapping[str, Sequence[Bid]], in_hand: Sequence[Bid], effort: Effort
) -> list[Bid]:
    """Return the best choice that was found: a bid for each cohort, for as many as can be.

    ``in_hand`` is a choice that is known already.
    """
    model = Model()
    columns: dict[int, Bid] = {}
    rows: dict[int, dict[int, int]] = defaultdict(lambda: defaultdict(int))
    everybody = len(in_hand) == len(bids)
    for cohort, those in bids.items():
        known = [one for one in in_hand if one.cohort == cohort]
        terms: list[Term] = []
        for bid in dict.fromkeys([*known, *those]):
            column = model.column()
            columns[column] = bid
            terms.append((column, 1))
            for use in bid.uses:
                for row in market.rows_of(use).tolist():
                    rows[row][column] += 1
        model.row(terms, 1 if everybody else 0, 1)
    for row, those_in in sorted(rows.items()):
        if sum(those_in.values()) > market.left[row]:
            model.row(list(those_in.items()), upper=float(market.left[row]))
    model.objectives = _aims(market, columns, everybody=everybody)
    taken = set(in_hand)
    start = {column: 1.0 for column, bid in columns.items() if bid in taken}
    found = solve(model, seconds=effort.seconds, start=start, watch=effort.watch)
    if found.columns is None:
        return list(in_hand)
    return [bid for column, bid in columns.items() if found.columns.get(column, 0) > HALF]


def _aims(market: Market, columns: Mapping[int, Bid], *, everybody: bool) -> list[list[Term]]:
    """Return what to make as great as can be: cohorts that have a series, then each score."""
    scores = [market.search.worth.score(market.route(bid).worth) for bid in columns.values()]
    aims = [
        [(column, float(number)) for column, number in zip(columns, numbers, strict=True)]
        for numbers in zip(*scores, strict=True)
    ]
    return aims if everybody else [[(column, 1.0) for column in columns], *aims]
