"""Elections made to find faults: ties, equal ranks, truncation, blanks, and files of each kind."""

import random
from collections.abc import Iterator
from typing import Any

Case = dict[str, Any]
KINDS = ("usual", "even", "ring", "blank", "single", "shared", "short", "counts", "opinion")


def ranking(rng: random.Random, options: list[str], *, kind: str) -> list[list[str]]:
    """Return one ranking of that kind."""
    named = rng.sample(options, len(options))
    if kind == "short" or (kind in {"usual", "opinion"} and rng.random() < 0.4):
        named = named[: rng.randint(0, len(named))]
    tiers: list[list[str]] = []
    for option in named:
        if tiers and (kind == "shared" or kind in {"usual", "opinion"}) and rng.random() < 0.4:
            tiers[-1].append(option)
        else:
            tiers.append([option])
    return tiers


def ballots(rng: random.Random, options: list[str], kind: str) -> list[list[Any]]:
    """Return the ballots of an election of that kind."""
    if kind == "blank":
        return [[rng.randint(0, 3), []] for _ in range(rng.randint(0, 4))]
    if kind == "ring":
        turns = [options[i:] + options[:i] for i in range(len(options))]
        return [[rng.choice([1, 1, 1, 2, 5]), [[o] for o in turn]] for turn in turns]
    if kind == "even":
        some = ranking(rng, options, kind="short")
        return [[2, some], [2, some[::-1]], *[[1, [[o]]] for o in options]]
    most = {"counts": 10**6}.get(kind, 3)
    return [
        [rng.randint(0 if kind == "counts" else 1, most), ranking(rng, options, kind=kind)]
        for _ in range(rng.randint(1, 9))
    ]


def elections(many: int, *, seed: int) -> Iterator[Case]:
    """Yield elections, as many of each kind."""
    rng = random.Random(seed)
    for number in range(many):
        kind = KINDS[number % len(KINDS)]
        size = 1 if kind == "single" else rng.choice([2, 3, 3, 4, 4, 5])
        options = ["å", "b", "C", "d e", "f\\"][:size] if number % 5 == 0 else list("abcde"[:size])
        rng.shuffle(options)
        yield {
            "id": f"{kind}-{number}",
            "options": options,
            "unranked": "no_opinion" if kind == "opinion" else "last",
            "ballots": ballots(rng, options, kind),
        }


def preflib(case: Case, rng: random.Random, ending: str) -> str:
    """Return the case as a PrefLib file with comments, odd headers and odd spaces."""
    number = {option: i for i, option in enumerate(case["options"], start=1)}
    space = rng.choice(["", " ", "  "])
    lines = []
    for count, tiers in case["ballots"]:
        places = [
            str(number[tier[0]])
            if len(tier) == 1
            else "{" + f",{space}".join(str(number[o]) for o in tier) + "}"
            for tier in tiers
        ]
        lines.append(f"{count}:{space}{f',{space}'.join(places)}")
    total = sum(count for count, _ in case["ballots"])
    head = [
        f"# FILE NAME: x.{ending}",
        f"# NUMBER ALTERNATIVES:{space}{len(number)}",
        f"# NUMBER VOTERS: {total}",
        f"# NUMBER UNIQUE ORDERS: {len(lines)}",
        *(f"# ALTERNATIVE NAME {i}: {option}" for option, i in number.items()),
        "# DESCRIPTION: : , {1} 7: 1,2",
        "#",
        "# PUBLICATION DATE: 2013-08-17",
    ]
    if rng.random() < 0.3:
        rng.shuffle(head)
    return "\n".join([*head, *lines, *([""] if rng.random() < 0.5 else ["", "", "# end"])])
