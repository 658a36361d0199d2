"""The solver's process: whole numbers, objectives one after the other, and the hard stop."""

import pytest

from cohorts.planning.model import Model
from cohorts.planning.solver import Progress, solve

pytestmark = pytest.mark.pure


def knapsack(weights: list[int], room: int) -> tuple[Model, list[int]]:
    model = Model()
    columns = [model.column() for _ in weights]
    model.row(list(zip(columns, map(float, weights), strict=True)), upper=room)
    return model, columns


def test_the_second_objective_is_sought_without_losing_the_first() -> None:
    model, columns = knapsack([3, 3, 5], room=6)
    model.objectives = [
        [(column, 1.0) for column in columns],
        [(columns[0], 1.0), (columns[1], 2.0), (columns[2], 100.0)],
    ]
    found = solve(model, seconds=10)

    assert (found.proven, found.impossible, found.bounds) == (True, False, (2, 3))
    assert found.columns == {columns[0]: 1, columns[1]: 1}


def test_a_model_without_a_solution_is_proven_impossible() -> None:
    model, columns = knapsack([3, 3], room=5)
    model.row([(columns[0], 1), (columns[1], 1)], lower=2)
    model.objectives = [[(columns[0], 1)]]
    found = solve(model, seconds=10)

    assert (found.proven, found.impossible, found.columns) == (False, True, None)


def test_a_start_is_taken_over_and_bettered() -> None:
    model, columns = knapsack([2, 3, 4], room=5)
    model.objectives = [[(column, 1.0) for column in columns]]

    assert solve(model, seconds=10, start={columns[2]: 1}).columns == {columns[0]: 1, columns[1]: 1}


def test_a_search_that_overruns_is_ended_with_what_it_has() -> None:
    weights = [1_000_003 + 7 * n * n % 999_983 for n in range(60)]
    model, columns = knapsack(weights, room=sum(weights) // 2)
    model.row(
        [(column, float(w % 1009)) for column, w in zip(columns, weights, strict=True)], 9973, 9973
    )
    model.objectives = [[(column, float(w)) for column, w in zip(columns, weights, strict=True)]]
    heard: list[Progress] = []
    found = solve(model, seconds=1, watch=heard.append)

    assert heard
    assert not found.impossible
