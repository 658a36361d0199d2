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
    """Return the best choice of one bid per cohort that was found; ``in_hand`` is one."""
    model = Model()
    columns: dict[int, Bid] = {}
    rows: dict[int, dict[int, int]] = defaultdict(lambda: defaultdict(int))
    scores: list[tuple[int, ...]] = []
    for cohort, those in bids.items():
        terms: list[Term] = []
        for bid in dict.fromkeys([*those, *(one for one in in_hand if one.cohort == cohort)]):
            column = model.column()
            columns[column] = bid
            terms.append((column, 1))
            scores.append(market.search.worth.score(market.route(bid).worth))
            for use in bid.uses:
                for row in market.rows_of(use).tolist():
                    rows[row][column] += 1
        model.row(terms, 1, 1)
    for row, those_in in sorted(rows.items()):
        if sum(those_in.values()) > market.left[row]:
            model.row(list(those_in.items()), upper=float(market.left[row]))
    model.objectives = [
        [(column, float(number)) for column, number in enumerate(numbers)]
        for numbers in zip(*scores, strict=True)
    ]
    start = {column: 1.0 for column, bid in columns.items() if bid in set(in_hand)}
    found = solve(model, seconds=effort.seconds, start=start, watch=effort.watch)
    if found.columns is None:
        return list(in_hand)
    return [bid for column, bid in columns.items() if found.columns.get(column, 0) > HALF]
