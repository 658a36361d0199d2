"""A linear model with whole-number columns, built up row by row, as plain lists."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

Term = tuple[int, float]  # column, factor


@dataclass
class Model:
    """Columns with bounds, rows between bounds, and what to make as great as can be.

    None is no bound. Each of ``objectives`` is held while the next is sought.
    """

    lower: list[float | None] = field(default_factory=list)
    upper: list[float | None] = field(default_factory=list)
    whole: list[bool] = field(default_factory=list)
    row_lower: list[float | None] = field(default_factory=list)
    row_upper: list[float | None] = field(default_factory=list)
    starts: list[int] = field(default_factory=lambda: [0])
    index: list[int] = field(default_factory=list)
    factor: list[float] = field(default_factory=list)
    objectives: list[list[Term]] = field(default_factory=list)

    def column(
        self, lower: float | None = 0, upper: float | None = 1, *, whole: bool = True
    ) -> int:
        """Add a column and return its number."""
        self.lower.append(lower)
        self.upper.append(upper)
        self.whole.append(whole)
        return len(self.lower) - 1

    def row(
        self, terms: Iterable[Term], lower: float | None = None, upper: float | None = None
    ) -> None:
        """Add lower <= sum of terms <= upper; each column at most once."""
        for column, factor in terms:
            self.index.append(column)
            self.factor.append(factor)
        self.starts.append(len(self.index))
        self.row_lower.append(lower)
        self.row_upper.append(upper)

    def as_json(self) -> dict[str, Any]:
        """Return what the solver's process reads."""
        return {
            "lower": self.lower,
            "upper": self.upper,
            "whole": [column for column, whole in enumerate(self.whole) if whole],
            "row_lower": self.row_lower,
            "row_upper": self.row_upper,
            "starts": self.starts,
            "index": self.index,
            "factor": self.factor,
            "objectives": [[list(term) for term in objective] for objective in self.objectives],
        }
