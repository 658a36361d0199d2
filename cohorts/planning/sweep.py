"""The best series of many lines at once: the shortest path of ``series`` laid over whole arrays.

Lines with as many meetings and the same quotas are swept together, from the last meeting to the
first; a state is (day, meetings from here on at each place with a quota).
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import product

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
NEVER = -np.inf


@dataclass(frozen=True, slots=True, kw_only=True)
class SweptLine:
    """One line: its uses follow each other from ``first_use`` in the order of their days.

    ``use_places`` are the numbers of places with a quota; the next number is any other place.
    """

    meetings: int
    quota: tuple[tuple[int, int], ...]
    days: Sequence[Sequence[int]]
    first_use: int
    use_days: tuple[int, ...]
    use_places: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Swept:
    """The best series of each line: what it is worth, and its uses, a column for each meeting.

    A line without a series is worth ``NEVER``.
    """

    lines: Ints
    worth: Floats
    uses: Ints


class Sweep:
    """Lines of one kind, ready to be swept under any gains. ``uses`` are theirs, in order."""

    def __init__(
        self, lines: Mapping[int, SweptLine], *, days: range, pulls: Mapping[int, int]
    ) -> None:
        one = next(iter(lines.values()))
        self.lines: Ints = np.array(list(lines), dtype=np.int64)
        self._pulls = {gap: pull for gap, pull in pulls.items() if gap < len(days)}
        self._shape = len(lines), len(days), len(one.quota) + 1
        self._states(one.meetings, one.quota)
        self.uses: Ints = np.concatenate(
            [np.arange(len(line.use_days)) + line.first_use for line in lines.values()]
        )
        self._cells_of_uses(list(lines.values()), days)
        self._may = np.zeros((one.meetings, len(lines), len(days)), dtype=bool)
        for place, line in enumerate(lines.values()):
            for number, those in enumerate(line.days):
                self._may[number, place, np.array(those, dtype=np.int64) - days[0]] = True

    def best(self, gains: Floats) -> Swept:
        """Return the best series of each line under gains, one for each of ``uses``."""
        lines, days, places = self._shape
        cells = np.full(lines * days * places, NEVER)
        sorted_gains = gains[self._order]
        cells[self._cells] = np.maximum.reduceat(sorted_gains, self._starts)
        self._lay_all(cells.reshape(self._shape))
        worth = np.where(self._full, self._worth[0], NEVER).reshape(lines, -1)
        last = worth.argmax(axis=1)
        best = worth[np.arange(lines), last]
        reached = np.flatnonzero(best > NEVER)
        used = np.zeros((lines, len(self._worth)), dtype=np.int64)
        if len(reached):
            day, state = np.divmod(last[reached], len(self._full))
            chosen = self._first_of_cell(sorted_gains, cells)
            used[reached] = self._read_off(reached, day, state, cells.reshape(self._shape), chosen)
        return Swept(self.lines, best, used)

    def _states(self, meetings: int, quota: Sequence[tuple[int, int]]) -> None:
        """Number the counts of meetings by place, and say which counts were one meeting later."""
        counts = list(product(*(range(min(most, meetings) + 1) for _, most in quota)))
        number = {those: place for place, those in enumerate(counts)}
        self._full = np.array(
            [
                all(low <= n <= high for n, (low, high) in zip(those, quota, strict=True))
                for those in counts
            ]
        )
        later = [
            [
                number.get((*those[:at], those[at] - 1, *those[at + 1 :]), len(counts))
                for those in counts
            ]
            for at in range(len(quota))
        ]
        self._later: Ints = np.array([*later, list(range(len(counts)))], dtype=np.int64)

    def _cells_of_uses(self, lines: Sequence[SweptLine], days: range) -> None:
        _, many, places = self._shape
        cells = np.concatenate(
            [
                (place * many + np.array(line.use_days, dtype=np.int64) - days[0]) * places
                + np.array(line.use_places, dtype=np.int64)
                for place, line in enumerate(lines)
            ]
        )
        self._order = np.argsort(cells, kind="stable")
        self._cells, self._starts = np.unique(cells[self._order], return_index=True)
        self._sizes = np.diff(np.append(self._starts, len(cells)))

    def _lay_all(self, gains: Floats) -> None:
        lines, days, _ = self._shape
        states = len(self._full)
        onward = np.full((lines, days, states + 1), NEVER)
        onward[:, :, 0] = 0
        self._onward: list[Floats] = []
        self._worth: list[Floats] = []
        for number in reversed(range(len(self._may))):
            if self._worth:
                onward = np.full((lines, days, states + 1), NEVER)
                for gap, pull in self._pulls.items():
                    here = onward[:, : days - gap, :states]
                    np.maximum(here, self._worth[0][:, gap:] - pull, out=here)
            worth = np.full((lines, days, states), NEVER)
            for place, later in enumerate(self._later):
                np.maximum(worth, onward[:, :, later] + gains[:, :, place, None], out=worth)
            worth[~self._may[number]] = NEVER
            self._onward.insert(0, onward)
            self._worth.insert(0, worth)

    def _first_of_cell(self, sorted_gains: Floats, cells: Floats) -> Ints:
        """Return for each cell the first of its uses that is worth the most."""
        is_best = sorted_gains == np.repeat(cells[self._cells], self._sizes)
        places = np.where(is_best, np.arange(len(sorted_gains)), len(sorted_gains))
        chosen = np.zeros(len(cells), dtype=np.int64)
        chosen[self._cells] = self.uses[self._order[np.minimum.reduceat(places, self._starts)]]
        return chosen

    def _read_off(self, lines: Ints, day: Ints, state: Ints, gains: Floats, chosen: Ints) -> Ints:
        """Return the uses of the best series that begin on days in states, one line each."""
        _, days, places = self._shape
        gaps = np.array(list(self._pulls), dtype=np.int64)
        pulls = np.array(list(self._pulls.values()), dtype=float)
        used = np.zeros((len(lines), len(self._may)), dtype=np.int64)
        for number in range(len(self._may)):
            after = self._later[:, state]
            worth = self._onward[number][lines, day, after] + gains[lines, day].T
            place = worth.argmax(axis=0)
            used[:, number] = chosen[(lines * days + day) * places + place]
            state = after[place, np.arange(len(lines))]
            if number + 1 < len(self._may):
                later = day[:, None] + gaps
                there = self._worth[number + 1][
                    lines[:, None], np.minimum(later, days - 1), state[:, None]
                ]
                there = np.where(later < days, there - pulls, NEVER)
                day = later[np.arange(len(lines)), there.argmax(axis=1)]
        return used
