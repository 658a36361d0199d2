"""The county's map: the outline of each municipality, and what a number of people looks like.

**Source:** the outlines are map data of SCB, one path for each municipality.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache

from companies.models import Municipality
from regai.reference.files import FOLDER
from reports.rules import without_small

OUTLINE = re.compile(r'<path id="k(\d{4})" d="([^"]+)">')
# From no one to many: each shade is 3:1 or more against the borders, and no colour stands alone,
# for the same numbers are in the table.
SHADES = ((0, "#ffffff"), (1, "#dbe9ee"), (5, "#a9cdd8"), (15, "#5f9db0"), (40, "#0e3f4f"))


@dataclass(frozen=True, slots=True)
class Area:
    """One municipality on the map: its name, how many, None where it is not shown, and its look."""

    name: str
    number: int | None
    outline: str
    shade: str


def areas_of(counted: Iterable[Municipality]) -> list[Area]:
    """Return each municipality as the map and the table show it; small numbers are left out."""
    municipalities = list(counted)
    shown = without_small({one.pk: one.people for one in municipalities})  # type: ignore[attr-defined]  # annotated
    drawn = outlines()
    return [
        Area(one.name, shown[one.pk], drawn.get(one.pk, ""), shade_of(shown[one.pk]))
        for one in municipalities
    ]


@cache
def outlines() -> dict[str, str]:
    """Return the path of each municipality by its code."""
    return dict(OUTLINE.findall(FOLDER.joinpath("municipalities.svg").read_text("utf-8")))


def shade_of(number: int | None) -> str:
    """Return the colour of a number of people; one that is not shown looks like a few."""
    shown = 1 if number is None else number
    return next(shade for least, shade in reversed(SHADES) if shown >= least)
