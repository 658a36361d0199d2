"""What is wrong with a file, a line each: where, what was expected, what was found."""

from operator import itemgetter

from ground.reading import Malformed

MOST_FAULTS = 1000
"""Lines that are printed; the rest are only counted."""


class Faults:
    """The faults found in a file so far, each of them once however often it is read."""

    def __init__(self) -> None:
        self._found: dict[tuple[int, str], None] = {}

    def add(self, line: int, text: str, *, where: str = "") -> None:
        """Write down a fault on a line of the file, the first being 1."""
        self._found[line, f"{where}: {text}" if where else text] = None

    def refuse_if_any(self) -> None:
        """End the reading with all faults, in the order of the file.

        :raises Malformed: if any fault was found.
        """
        if not self._found:
            return
        in_order = sorted(self._found, key=itemgetter(0))
        said = [f"line {line}: {text}" for line, text in in_order[:MOST_FAULTS]]
        more = len(in_order) - len(said)
        raise Malformed([*said, f"and {more} more"] if more else said)
