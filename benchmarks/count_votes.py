"""Counting beside a plain NumPy pairwise count, and the memory of the whole command.

Run: ``python -m benchmarks.count_votes``. Ballots are random full rankings of ten options, the
hardest kind: nearly all different. The ratio is processor time of ``count`` over that of NumPy on
a matrix of places that is ready made; the two take turns in one run and the best of each counts.
The peak is that of ``manage.py count_votes`` on a file of a million ballots, once without the lot
and once with two more options that nobody ranked, so that the lot needs the digest of all lines.
Exit status 1 if a target is missed.
"""

import os
import platform
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np

from voting.counting import Ballot, Election, Ranking, count

ROOT = Path(__file__).resolve().parents[1]
OPTIONS = tuple(f"option {i}" for i in range(10))
NOBODYS = ("option x", "option y")
SIZES = {1_000: 15, 100_000: 5, 1_000_000: 3}
"""Ballots, and turns."""
LARGEST_RATIO = 30
LARGEST_PEAK_MB = 300

WATCH = """
import resource, subprocess, sys
subprocess.run(sys.argv[1:], stdout=subprocess.DEVNULL, check=True)
print(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss)
"""
"""A small program between this one and the command: a child starts with its parent's peak."""

Places = np.ndarray[tuple[int, int], np.dtype[np.int64]]


def orders(size: int) -> Places:
    """Return the options' indexes of each ballot, best first."""
    rows = np.tile(np.arange(len(OPTIONS)), (size, 1))
    return np.random.default_rng(20261122).permuted(rows, axis=1)


def plain_numpy(places: Places) -> Places:
    """Return the table of duels as anybody would write it with NumPy."""
    n = places.shape[1]
    over = np.zeros((n, n), dtype=np.int64)
    for a in range(n):
        for b in range(n):
            if a != b:
                over[a, b] = np.count_nonzero(places[:, a] < places[:, b])
    return over


def rankings(size: int) -> list[Ballot]:
    """Return the same ballots as the counting code reads them."""
    tiers = [(option,) for option in OPTIONS]
    return [(1, _ranking(row, tiers)) for row in orders(size).tolist()]


def _ranking(row: list[int], tiers: list[tuple[str]]) -> Ranking:
    return tuple([tiers[i] for i in row])


def seconds(work: Callable[[], object]) -> float:
    """Return how much processor time the work took, whatever else the machine does."""
    began = time.process_time()
    work()
    return time.process_time() - began


def ratio(size: int, turns: int) -> float:
    """Print and return how many times longer our count takes than NumPy's."""
    places = np.argsort(orders(size), axis=1)
    election = Election(OPTIONS, rankings(size))
    table = count(election).pairwise
    if [[table[a].get(b, 0) for b in OPTIONS] for a in OPTIONS] != plain_numpy(places).tolist():
        raise AssertionError("the two counts differ")
    times = [
        (seconds(lambda: plain_numpy(places)), seconds(lambda: count(election)))
        for _ in range(turns)
    ]
    theirs = min(turn for turn, _ in times)
    ours = min(turn for _, turn in times)
    print(
        f"{size:>9} ballots: NumPy {theirs * 1e3:8.2f} ms, count {ours * 1e3:8.1f} ms,"
        f" {ours / size * 1e6:.2f} µs a ballot, ratio {ours / theirs:.1f}"
    )
    return ours / theirs


def peak(size: int, folder: Path, *, lot: bool) -> float:
    """Print and return the largest memory of the command on a file, in MB."""
    file = folder / "vote.json"
    names = [f'["{option}"]' for option in OPTIONS]
    options = ",".join(f'"{option}"' for option in OPTIONS + (NOBODYS if lot else ()))
    with file.open("w", encoding="utf-8") as out:
        out.write(f'{{"options":[{options}],"ballots":[\n')
        lines = (f"[1,[{','.join([names[i] for i in row])}]]" for row in orders(size).tolist())
        out.write(next(lines))
        out.writelines(f",\n{line}" for line in lines)
        out.write("\n]}\n")
    command = [sys.executable, str(ROOT / "manage.py"), "count_votes", str(file)]
    began = time.perf_counter()
    watched = subprocess.run(  # noqa: S603 -- our own command
        [sys.executable, "-c", WATCH, *command], capture_output=True, text=True, check=True
    )
    took = time.perf_counter() - began
    megabytes = int(watched.stdout) / (1e6 if sys.platform == "darwin" else 1e3)
    print(
        f"{size:>9} ballots, a file of {file.stat().st_size / 1e6:.0f} MB,"
        f" {'with' if lot else 'without'} the lot: {took:.1f} s, peak {megabytes:.0f} MB"
    )
    return megabytes


def main() -> int:
    """Print the machine and all figures; return 1 if a target is missed."""
    print(
        f"{platform.machine()}, {os.cpu_count()} cores, {platform.system()},"
        f" Python {platform.python_version()}, NumPy {np.__version__}"
    )
    with TemporaryDirectory() as folder:
        largest = max(SIZES)
        peaks = [peak(largest, Path(folder), lot=lot) for lot in (False, True)]
    ratios = [ratio(size, turns) for size, turns in SIZES.items()]
    print(f"largest ratio {max(ratios):.1f} (at most {LARGEST_RATIO})")
    print(f"largest peak {max(peaks):.0f} MB (under {LARGEST_PEAK_MB})")
    return int(max(ratios) > LARGEST_RATIO or max(peaks) >= LARGEST_PEAK_MB)


if __name__ == "__main__":
    sys.exit(main())
