"""The reference files as plain values: YAML and CSV, dates kept as text."""

import csv
from collections.abc import Hashable
from decimal import Decimal
from importlib import resources
from pathlib import Path
from typing import Any

import yaml

from ground.reading import Malformed, Node

FOLDER = resources.files("regai.reference")


class _Plain(yaml.SafeLoader):
    """Reads dates as they are written, so that a value can go into JSON and be read by ``Node``."""

    yaml_implicit_resolvers = {
        first: [pair for pair in pairs if pair[0] != "tag:yaml.org,2002:timestamp"]
        for first, pairs in yaml.SafeLoader.yaml_implicit_resolvers.items()
    }


def entries(name: str) -> list[Node]:
    """Return the entries of one of the YAML files that come with the product."""
    return _entries(FOLDER.joinpath(name).read_text("utf-8"), name)


def entries_in(file: Path) -> list[Node]:
    """Return the entries of a YAML file that somebody else wrote.

    :raises Malformed: if it cannot be read.
    """
    try:
        return _entries(file.read_text("utf-8-sig"), file.name)
    except (OSError, UnicodeDecodeError) as wrong:
        raise Malformed([f"{file}: expected a readable UTF-8 file, found {wrong}"]) from wrong


def lines(name: str) -> list[dict[str, str]]:
    """Return the lines of one of the CSV files, by column."""
    return list(csv.DictReader(FOLDER.joinpath(name).read_text("utf-8").splitlines()))


def workplaces() -> dict[str, int]:
    """Return how many workplaces each municipality has, by code; where unknown, an estimate.

    A third of the people in the seat: of the three known, Malå and Skellefteå come close to it.
    """
    return {
        line["code"]: int(line["workplaces_known"] or Decimal(line["seat_population"]) / 3)
        for line in lines("municipalities.csv")
    }


def _entries(text: str, name: str) -> list[Node]:
    try:
        value: Any = yaml.load(text, Loader=_Plain)  # noqa: S506 -- a SafeLoader, less one rule
    except yaml.YAMLError as wrong:
        raise Malformed([f"{name}: expected YAML, found {wrong}"]) from wrong
    listed = value if isinstance(value, list) else [value]
    faults: list[str] = []
    return [Node(entry, f"{name}[{_named(entry, i)}]", faults) for i, entry in enumerate(listed)]


def _named(entry: Any, place: int) -> Hashable:
    return entry.get("slug", place) if isinstance(entry, dict) else place
