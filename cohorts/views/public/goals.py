"""A programme's goals as sentences, from the ``facts`` of its file."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _

UNITS = {
    "companies": _("företag"),
    "persons": _("personer"),
    "organisations": _("organisationer"),
    "cohorts": _("kursgrupper"),
    "guest_nights": _("gästnätter"),
}
HORIZONS = {"short": _("på kort sikt"), "long": _("på lång sikt")}


@dataclass(frozen=True, slots=True)
class Goal:
    """One goal: how much of what ("30 företag", "+50 %", or empty), and what shall be so."""

    target: str
    text: str
    horizon: str


def goals_told(facts: Mapping[str, Any]) -> list[Goal]:
    """Return the goals that a programme's facts name, in their order."""
    told = facts.get("goals")
    listed = told if isinstance(told, list) else []
    return [_goal(goal) for goal in listed if isinstance(goal, dict)]


def _goal(goal: Mapping[str, Any]) -> Goal:
    unit = str(UNITS.get(str(goal.get("unit")), ""))
    if change := goal.get("target_change_percent"):
        target = f"+{change}\u00a0%"
    elif wanted := goal.get("target"):
        target = f"{wanted} {unit}".strip()
    else:
        target = unit
    return Goal(target, str(goal.get("text", "")), str(HORIZONS.get(str(goal.get("horizon")), "")))
