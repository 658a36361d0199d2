"""Processor time of whole process trees, and the memory of each process in one."""

import os
from collections.abc import Iterable
from pathlib import Path

TICKS = os.sysconf("SC_CLK_TCK")
# In /proc/PID/stat after the name: user and system time, own and of children that have ended.
TIMES = slice(11, 15)


def tree(pid: int) -> set[int]:
    """Return a process and all that it has started."""
    children = Path(f"/proc/{pid}/task/{pid}/children")
    try:
        below = [int(child) for child in children.read_text().split()]
    except OSError:
        return set()
    return {pid}.union(*(tree(child) for child in below))


def cpu_ms(pids: Iterable[int]) -> float:
    """Return the processor time that trees of processes have taken so far, in milliseconds."""
    ticks = 0
    for pid in {one for root in pids for one in tree(root)}:
        try:
            fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
        except OSError:
            continue
        ticks += sum(int(value) for value in fields[TIMES])
    return ticks * 1000 / TICKS


def megabytes(pid: int) -> float:
    """Return the memory of one process that is its own or its share of what is shared (PSS)."""
    for line in Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines():
        if line.startswith("Pss:"):
            return int(line.split()[1]) / 1000
    return 0.0
