"""A model solved in a process of its own, with a hard stop that the solver cannot overrun."""

import json
import os
import signal
import subprocess
import sys
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryFile
from time import monotonic
from typing import IO, Any

from cohorts.planning.model import Model

ROOT = Path(__file__).resolve().parents[2]
GRACE_SECONDS = 5.0  # for reading and writing, beyond the solver's own limit
GRACE_SHARE = 0.15  # of the limit, for what the solver overruns
LOOK_SECONDS = 0.5


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a search has come: the value of the plan in hand and the bound on any plan."""

    seconds: float
    value: float | None
    bound: float | None


@dataclass(frozen=True, slots=True)
class Solution:
    """What came of it. ``bounds`` has one number for each objective that was reached.

    ``columns`` holds the columns that are not nought, None without a solution.
    """

    proven: bool
    impossible: bool
    columns: dict[int, float] | None
    bounds: tuple[float | None, ...]


Watch = Callable[[Progress], None] | None


def solve(
    model: Model,
    *,
    seconds: float,
    start: Mapping[int, float] | None = None,
    settle: bool = False,
    watch: Watch = None,
) -> Solution:
    """Return the best solution found in ``seconds``, a few more for starting and stopping.

    With ``settle`` the columns that need not be whole are whole all the same, where the model with
    the others fixed is a flow.
    """
    request = model.as_json()
    request["seconds"] = seconds
    request["settle"] = settle
    request["start"] = [[column, value] for column, value in (start or {}).items()]
    lines = _run(json.dumps(request), seconds * (1 + GRACE_SHARE) + GRACE_SECONDS, watch)
    columns: dict[int, float] | None = None
    bounds: tuple[float | None, ...] = ()
    for line in lines:
        if line.get("columns") is not None:
            columns = {int(column): value for column, value in line["columns"]}
        bounds = tuple(line.get("bounds", bounds))
    last = lines[-1] if lines else {}
    return Solution(
        proven=bool(last.get("done")) and last["proven"],
        impossible=bool(last.get("done")) and last["status"] == "infeasible",
        columns=columns,
        bounds=bounds,
    )


def _run(request: str, seconds: float, watch: Watch) -> list[dict[str, Any]]:
    """Return what the process said; files, not pipes, so that neither side ever waits."""
    began = monotonic()
    with TemporaryFile("w+") as asked, TemporaryFile("w+") as answered:
        asked.write(request)
        asked.seek(0)
        process = subprocess.Popen(
            [sys.executable, "-m", "cohorts.planning.solve"],
            cwd=ROOT,
            stdin=asked,
            stdout=answered,
            start_new_session=True,
        )
        try:
            while process.poll() is None and monotonic() - began < seconds:
                _wait(process)
                if watch:
                    watch(_progress(monotonic() - began, _lines(answered)))
        finally:
            if process.poll() is None:
                os.killpg(process.pid, signal.SIGKILL)
                process.wait()
        return _lines(answered)


def _wait(process: subprocess.Popen[bytes]) -> None:
    try:
        process.wait(LOOK_SECONDS)
    except subprocess.TimeoutExpired:
        pass  # still at work: look again


def _progress(passed: float, lines: list[dict[str, Any]]) -> Progress:
    last = lines[-1] if lines else {}
    return Progress(passed, last.get("value"), last.get("bound"))


def _lines(answered: IO[str]) -> list[dict[str, Any]]:
    """Return the whole lines; one that the stop cut short is left out."""
    descriptor = answered.fileno()
    output = os.pread(descriptor, os.fstat(descriptor).st_size, 0).decode()
    return [json.loads(line) for line in output[: output.rfind("\n") + 1].splitlines()]
