"""An action opens its own durable transaction, takes only named arguments, and calls no other.

A composite is the one exception: it holds no transaction, so that each part is saved by itself.
"""

import ast
import inspect
from collections.abc import Callable, Iterator
from inspect import Parameter, isfunction
from typing import Any

import pytest
from django.db.transaction import Atomic

from tests.architecture.layers import modules

# Actions made of several transactions, and the durable functions that each comes to.
COMPOSITES = {
    "cohorts.actions.seats.lapse_invitations": {"_lapse_in"},
    "cohorts.actions.votes.close_votes": {"_close"},
    "cohorts.actions.votes.open_votes": {"_open"},
    "voting.actions.sweep_up": {"_swept"},
    "outbox.actions.deliver_waiting": {"claim", "_left", "_failed", "_given_back"},
}
WRITES = {"save", "create", "bulk_create", "bulk_update", "update", "delete", "get_or_create"}


def all_functions() -> Iterator[tuple[str, Callable[..., Any]]]:
    """Yield every function that an action file defines, private ones too."""
    for module in modules("actions"):
        for name, thing in vars(module).items():
            if isfunction(thing) and thing.__module__ == module.__name__:
                yield f"{module.__name__}.{name}", thing


FUNCTIONS = dict(all_functions())
PUBLIC = {name: f for name, f in FUNCTIONS.items() if not name.split(".")[-1].startswith("_")}


def is_durable(function: Callable[..., Any]) -> bool:
    """Return whether ``transaction.atomic(durable=True)`` is wrapped around ``function``."""
    cells = getattr(function, "__closure__", None) or ()
    around = [cell.cell_contents for cell in cells]
    return any(isinstance(one, Atomic) and vars(one)["durable"] for one in around)


def reached(name: str) -> set[str]:
    """Return the functions of the same file that ``name`` comes to, durable ones not entered."""
    found: set[str] = set()
    frontier = {name}
    while frontier:
        found |= frontier
        home = name.rpartition(".")[0]
        open_ones = {one for one in frontier if not is_durable(FUNCTIONS[one])}
        inner = {f"{home}.{part}" for one in open_ones for part in called(FUNCTIONS[one])}
        frontier = (inner & FUNCTIONS.keys()) - found
    return found


def called(function: Callable[..., Any]) -> set[str]:
    """Return the plain names and the method names that ``function`` calls."""
    tree = ast.parse(inspect.getsource(inspect.unwrap(function)))
    functions = [node.func for node in ast.walk(tree) if isinstance(node, ast.Call)]
    names = {one.id for one in functions if isinstance(one, ast.Name)}
    return names | {one.attr for one in functions if isinstance(one, ast.Attribute)}


def test_every_public_function_of_an_action_file_is_durable_or_a_known_composite() -> None:
    assert {name for name, f in PUBLIC.items() if not is_durable(f)} == set(COMPOSITES)


@pytest.mark.parametrize("name", sorted(COMPOSITES))
def test_a_composite_writes_nothing_outside_its_durable_parts(name: str) -> None:
    durable = {one for one in reached(name) if is_durable(FUNCTIONS[one])}
    assert {one.rpartition(".")[2] for one in durable} == COMPOSITES[name]
    bare = reached(name) - durable
    assert {one: called(FUNCTIONS[one]) & WRITES for one in bare} == {one: set() for one in bare}


def test_a_composite_says_in_its_words_that_it_is_several_transactions() -> None:
    said = {name: inspect.getdoc(PUBLIC[name]) or "" for name in COMPOSITES}
    assert {
        name
        for name, words in said.items()
        if not {"transaction", "batch"}
        & set(words.lower().replace(",", " ").replace(".", " ").split())
    } == set()


def test_an_action_takes_only_named_arguments() -> None:
    kinds = {
        name: {p.kind for p in inspect.signature(function).parameters.values()}
        for name, function in PUBLIC.items()
    }
    assert {n: k for n, k in kinds.items() if k - {Parameter.KEYWORD_ONLY}} == {}


def test_an_action_never_calls_another_action() -> None:
    durable = {name.rpartition(".")[2] for name, f in PUBLIC.items() if is_durable(f)}
    durable -= {"claim"}  # the first half of a delivery, called by the composite alone
    meetings = {
        name: called(f) & durable
        for name, f in FUNCTIONS.items()
        if is_durable(f) and called(f) & durable
    }
    assert meetings == {}


def test_no_action_reads_the_clock() -> None:
    clocks = {"now", "today", "localdate", "localtime", "utcnow"}
    bare = {}
    for name, function in FUNCTIONS.items():
        tree = ast.parse(inspect.getsource(inspect.unwrap(function)))
        bare[name] = {
            node.func.attr
            for node in ast.walk(tree)
            if isinstance(node, ast.Call)
            and isinstance(node.func, ast.Attribute)
            and node.func.attr in clocks
            and not node.args
            and not node.keywords
        }
    assert {name: found for name, found in bare.items() if found} == {}
