"""The law as data: regulations, policies and exchange rates, read with every fault listed.

The built-in data and the ``meta`` of a file have the same shape and the same reader.
"""

import re
import tomllib
from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from functools import cache
from importlib import resources
from itertools import pairwise

from deminimis.engine.objects import (
    Ignored,
    amount,
    amount_or_none,
    as_object,
    day_or_none,
)
from deminimis.engine.policy_reading import read_policies
from deminimis.engine.regulations import (
    NOT_DE_MINIMIS,
    OLD_SGEI,
    Law,
    Policies,
    Regulation,
    Version,
)
from deminimis.engine.window import Window
from ground.reading import Node

_WINDOW = re.compile(r"(rolling|fiscal)([1-9])", re.ASCII)
_SECTOR_CEILING = "_ceiling"
_REGULATION = frozenset({"name", "versions"})
_VERSION = frozenset(
    {"from", "to", "scheme_grace_to", "ceiling", "window", "separate", "review", "excluded"}
)


@cache
def built_in() -> tuple[Mapping[str, Regulation], Policies]:
    """Return the regulations and the policies that come with the program.

    :raises Malformed: if ``regulations.toml`` has been edited into nonsense.
    """
    text = resources.files(__package__).joinpath("regulations.toml").read_text(encoding="utf-8")
    root = Node(tomllib.loads(text))
    regulations = read_regulations(root.get("regulations"), Ignored())
    policies = read_policies(root.get("policies"), Ignored(), None)
    root.refuse_if_faulty()
    return regulations, policies


def listed(regulations: Mapping[str, Regulation]) -> frozenset[str]:
    """Return the words that may stand as the regulation of an earlier aid."""
    versions = [version for block in regulations.values() for version in block.versions]
    named = (version.separate | version.review for version in versions)
    return NOT_DE_MINIMIS.union(regulations.keys(), {OLD_SGEI}, *named)


def read_regulations(node: Node, ignored: Ignored) -> dict[str, Regulation]:
    """Return the regulations by their number."""
    regulations = {}
    for number, block in node.fields():
        if not ignored.beside(block, _REGULATION):
            continue
        faults = len(node.faults)
        read = (_version(number, item, ignored) for item in block.get("versions").items())
        versions = sorted((v for v in read if v is not None), key=lambda version: version.since)
        if len(node.faults) == faults and any(
            later.since <= earlier.until for earlier, later in pairwise(versions)
        ):
            block.get("versions").fault("versions that do not overlap")
        name = block.get("name", number).text()
        regulations[number] = Regulation(name=name, versions=tuple(versions))
    return regulations


def _version(number: str, node: Node, ignored: Ignored) -> Version | None:
    sectors = [key for key in as_object(node) if key.endswith(_SECTOR_CEILING)]
    if not ignored.beside(node, _VERSION.union(sectors)):
        return None
    faults = len(node.faults)
    since, until = node.get("from").day(), node.get("to").day()
    if len(node.faults) == faults and until < since:
        node.get("to").fault("a date not before from")
    return Version(
        regulation=number,
        since=since,
        until=until,
        grace_to=day_or_none(node.get("scheme_grace_to", None)),
        ceiling_eur=amount(node.get("ceiling")),
        sector_ceilings_eur={
            key.removesuffix(_SECTOR_CEILING): lower
            for key in sectors
            if (lower := amount_or_none(node.get(key))) is not None
        },
        window=_window(node.get("window")),
        separate=_words(node.get("separate", [])),
        review=_words(node.get("review", [])),
        excluded=_words(node.get("excluded", [])),
    )


def _window(node: Node) -> Window:
    word = node.text()
    form = _WINDOW.fullmatch(word)
    if form is None:
        if word:
            node.fault("rolling or fiscal and a number of years, such as rolling3")
        return Window(1, fiscal=False)
    return Window(int(form[2]), fiscal=form[1] == "fiscal")


def _words(node: Node) -> frozenset[str]:
    return frozenset(item.text() for item in node.items())


def read_rates(node: Node) -> dict[date, Decimal]:
    """Return kronor for one euro by the day of publication."""
    rates = {}
    for day, value in node.fields():
        faults = len(node.faults)
        rate = value.decimal()
        if len(node.faults) == faults and rate <= 0:
            value.fault("a rate above 0")
        rates[Node(day, value.path, value.faults).day()] = rate
    return rates


def built_in_law(sek_per_eur: Mapping[date, Decimal]) -> Law:
    """Return the built-in regulations and policies with the exchange rates that the caller has."""
    regulations, policies = built_in()
    return Law(regulations=regulations, policies=policies, sek_per_eur=sek_per_eur)
