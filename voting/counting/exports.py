"""The ballots in the forms that other programs read. None of them names a voter or a time."""

import csv
import io
from enum import StrEnum

from voting.counting.ballots import Ballot, Election, Unranked
from voting.counting.lines import ballot_from_line, canonical_lines

FORMULA_SIGNS = ("=", "+", "-", "@", "\t", "\r")
"""A spreadsheet would take a cell that begins so for a formula."""


class PreflibKind(StrEnum):
    """PrefLib's four kinds of orders: strict or with ties, complete or incomplete."""

    SOC = "soc"
    SOI = "soi"
    TOC = "toc"
    TOI = "toi"

    @property
    def strict(self) -> bool:
        return self in {PreflibKind.SOC, PreflibKind.SOI}

    @property
    def complete(self) -> bool:
        return self in {PreflibKind.SOC, PreflibKind.TOC}


class NotExportable(ValueError):
    """The format cannot say what the ballots say, and nothing is left out silently."""


def canonical_text(election: Election) -> str:
    """Return the published lines, the file that ``recount.py`` counts."""
    return "".join(canonical_lines(election))


def preflib_text(election: Election, kind: PreflibKind, *, name: str = "ballots") -> str:
    """Return a PrefLib file of that kind.

    Options that a ballot leaves out are written as a shared last place where a complete order is
    asked for and that is what they mean. A blank ballot is an empty order in an incomplete one.

    :raises NotExportable: if the kind is strict and a ballot has options that share a place, if
        it is complete and an option left out means nothing, or if a name has a line break.
    """
    number = {option: i for i, option in enumerate(election.options, start=1)}
    if any(option.splitlines() != [option] or option != option.strip() for option in number):
        raise NotExportable("a PrefLib name has no line break and no space at its ends")
    orders: dict[str, int] = {}
    for count, ranking in _merged(election):
        tiers = [sorted(number[option] for option in tier) for tier in ranking]
        left_out = sorted(set(number.values()).difference(*tiers))
        if kind.complete and left_out:
            if election.unranked is Unranked.NO_OPINION:
                raise NotExportable(f".{kind}: a ballot leaves options out, meaning nothing by it")
            tiers.append(left_out)
        if kind.strict and any(len(tier) > 1 for tier in tiers):
            raise NotExportable(f".{kind}: a ballot has options that share a place")
        order = ", ".join(_tier(tier) for tier in tiers)
        orders[order] = orders.get(order, 0) + count
    head = [
        f"# FILE NAME: {name}.{kind}",
        f"# TITLE: {name}",
        f"# DATA TYPE: {kind}",
        "# MODIFICATION TYPE: original",
        f"# NUMBER ALTERNATIVES: {len(number)}",
        f"# NUMBER VOTERS: {sum(orders.values())}",
        f"# NUMBER UNIQUE ORDERS: {len(orders)}",
        *(f"# ALTERNATIVE NAME {i}: {option}" for option, i in number.items()),
    ]
    most_first = sorted(orders.items(), key=lambda entry: (-entry[1], entry[0]))
    return "\n".join([*head, *(f"{count}: {order}".rstrip() for order, count in most_first), ""])


def csv_text(election: Election, *, heading: str = "count") -> str:
    """Return a row for each different ranking: how many, then the place of each option.

    1 is the best place, the next place after two that share it is 2, and an empty cell is an
    option left out.
    """
    page = io.StringIO()
    table = csv.writer(page)
    table.writerow([safe_cell(heading), *map(safe_cell, election.options)])
    for count, ranking in _merged(election):
        place = {option: i for i, tier in enumerate(ranking, start=1) for option in tier}
        table.writerow([count, *(place.get(option, "") for option in election.options)])
    return page.getvalue()


def _merged(election: Election) -> list[Ballot]:
    return [ballot_from_line(line) for line in canonical_lines(election)]


def _tier(tier: list[int]) -> str:
    written = ",".join(map(str, tier))
    return written if len(tier) == 1 else f"{{{written}}}"


def safe_cell(text: str) -> str:
    """Return the text as a spreadsheet takes it for text, whatever it begins with."""
    return f"'{text}" if text.startswith(FORMULA_SIGNS) else text
