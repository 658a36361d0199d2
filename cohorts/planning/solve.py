"""``python -m cohorts.planning.solve``: one model as JSON on standard input, solved by HiGHS.

Each better solution is a JSON line on standard output as soon as it is found, so that whoever
ends this process keeps the last one. The last line has ``done``: whether the objectives are proven
(each in turn, the earlier ones held), or that there is no solution, or that the time was up. One
thread and a fixed seed: the same model gives the same answer unless time ended the search.
"""

import json
import sys
from math import floor
from time import monotonic
from typing import Any

import highspy
import numpy as np

WHOLE_STEP_GAP = 0.99  # objectives count in whole numbers: a bound closer than one is proof
EARLIER_SHARE = 0.6  # of the time that is left goes to an objective that is not the last
LEAST_SECONDS = 0.5
NOUGHT = 1e-7
OPTIONS: dict[str, bool | int | float | str] = {
    "output_flag": False,
    "threads": 1,
    "parallel": "off",
    "random_seed": 0,
    "mip_rel_gap": 0.0,
    "mip_abs_gap": WHOLE_STEP_GAP,
}
HAIR = 1e-4  # objectives are whole numbers; arithmetic may shave them
STATUS = {
    highspy.HighsModelStatus.kOptimal: "optimal",
    highspy.HighsModelStatus.kInfeasible: "infeasible",
    highspy.HighsModelStatus.kUnboundedOrInfeasible: "infeasible",
}


def main() -> None:
    """Solve the model on standard input."""
    request = json.load(sys.stdin)
    solver = _load(request)
    proven, bounds, start = True, [], request.get("start")
    ends = monotonic() + request["seconds"]
    for number, objective in enumerate(request["objectives"]):
        last = number + 1 == len(request["objectives"])
        seconds = (ends - monotonic()) * (1 if last else EARLIER_SHARE)
        _aim(solver, len(request["lower"]), objective)
        if start:
            _offer(solver, start)
        outcome = _stage(solver, request, max(seconds, LEAST_SECONDS))
        proven = proven and outcome["status"] == "optimal"
        bounds.append(outcome["bound"])
        done = last or outcome["columns"] is None
        if done and outcome["columns"] is not None and request.get("settle"):
            outcome["columns"] = _settled(solver, request, outcome["columns"])
        _say({**outcome, "bounds": bounds, "proven": proven, "done": done})
        if done:
            return
        _hold(solver, objective, floor(outcome["value"] + HAIR))
        # The best for one objective is mostly a poor one for the next, and searching around it
        # takes longer than beginning anew: 43 s instead of 7 s for 2 000 people.
        start = None if outcome["status"] == "optimal" else outcome["columns"]


def _load(request: dict[str, Any]) -> Any:
    model = highspy.HighsLp()
    model.num_col_ = len(request["lower"])
    model.num_row_ = len(request["row_lower"])
    model.col_cost_ = np.zeros(model.num_col_)
    model.col_lower_ = _bounds(request["lower"], -highspy.kHighsInf)
    model.col_upper_ = _bounds(request["upper"], highspy.kHighsInf)
    model.row_lower_ = _bounds(request["row_lower"], -highspy.kHighsInf)
    model.row_upper_ = _bounds(request["row_upper"], highspy.kHighsInf)
    model.a_matrix_.format_ = highspy.MatrixFormat.kRowwise
    model.a_matrix_.num_col_ = model.num_col_
    model.a_matrix_.num_row_ = model.num_row_
    model.a_matrix_.start_ = np.array(request["starts"], dtype=np.int32)
    model.a_matrix_.index_ = np.array(request["index"], dtype=np.int32)
    model.a_matrix_.value_ = np.array(request["factor"], dtype=np.float64)
    kinds = [highspy.HighsVarType.kContinuous] * model.num_col_
    for column in request["whole"]:
        kinds[column] = highspy.HighsVarType.kInteger
    model.integrality_ = kinds
    model.sense_ = highspy.ObjSense.kMaximize
    solver = highspy.Highs()  # type: ignore[no-untyped-call]  # the wheel has no types for it
    for option, value in OPTIONS.items():
        solver.setOptionValue(option, value)
    solver.passModel(model)
    solver.cbMipImprovingSolution.subscribe(_report)
    return solver


def _settled(solver: Any, request: dict[str, Any], columns: list[list[float]]) -> list[list[float]]:
    """Solve once more with the whole columns fixed, by the simplex method: the rest is a flow."""
    values = dict.fromkeys(request["whole"], 0)
    values.update({int(i): round(value) for i, value in columns if int(i) in values})
    for column, value in values.items():
        solver.changeColIntegrality(column, highspy.HighsVarType.kContinuous)
        solver.changeColBounds(column, value, value)
    solver.setOptionValue("time_limit", highspy.kHighsInf)
    solver.setOptionValue("solver", "simplex")
    solver.run()
    solved = solver.getModelStatus() == highspy.HighsModelStatus.kOptimal
    return _sparse(solver.getSolution().col_value) if solved else columns


def _hold(solver: Any, objective: list[list[float]], value: int) -> None:
    """Keep an objective, which is a whole number, from falling while the next is sought."""
    columns = np.array([column for column, _ in objective], dtype=np.int32)
    factors = np.array([factor for _, factor in objective], dtype=np.float64)
    solver.addRow(value, highspy.kHighsInf, len(columns), columns, factors)


def _aim(solver: Any, columns: int, objective: list[list[float]]) -> None:
    """Set what is to be made as great as can be; this forgets any solution known before."""
    costs = np.zeros(columns)
    for column, factor in objective:
        costs[int(column)] += factor
    solver.changeColsCost(columns, np.arange(columns, dtype=np.int32), costs)


def _stage(solver: Any, request: dict[str, Any], seconds: float) -> dict[str, Any]:
    solver.setOptionValue("time_limit", solver.getRunTime() + seconds)
    solver.run()
    info = solver.getInfo()
    found = info.primal_solution_status == highspy.SolutionStatus.kSolutionStatusFeasible
    bound = info.mip_dual_bound if request["whole"] else info.objective_function_value
    return {
        "status": STATUS.get(solver.getModelStatus(), "limit"),
        "value": info.objective_function_value if found else None,
        "bound": bound if abs(bound) < highspy.kHighsInf else None,
        "columns": _sparse(solver.getSolution().col_value) if found else None,
    }


def _report(found: Any) -> None:
    """Say a better solution, in the middle of the search."""
    _say(
        {
            "status": "better",
            "value": found.data_out.objective_function_value,
            "bound": found.data_out.mip_dual_bound,
            "columns": _sparse(found.data_out.mip_solution),
        }
    )


def _offer(solver: Any, columns: list[list[float]]) -> None:
    """Start from a solution that is known already."""
    solution = highspy.HighsSolution()
    values = [0.0] * solver.getNumCol()
    for column, value in columns:
        values[int(column)] = value
    solution.col_value = values
    solver.setSolution(solution)


def _sparse(values: Any) -> list[list[float]]:
    dense = np.asarray(values)
    return [[int(i), float(dense[i])] for i in np.flatnonzero(np.abs(dense) > NOUGHT)]


def _bounds(values: list[float | None], infinity: float) -> Any:
    return np.array([infinity if value is None else value for value in values], dtype=np.float64)


def _say(line: dict[str, Any]) -> None:
    sys.stdout.write(json.dumps(line) + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    main()
