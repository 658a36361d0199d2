"""What else is known of a programme: each kind of fact with its label and how it is told.

The facts come from the programme's file. A fact of a kind that is not listed here stays off the
page.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from cohorts.views.public import telling

Telling = Callable[[Any], list[str]]
Kinds = Mapping[str, tuple[str | Promise, Telling]]


@dataclass(frozen=True, slots=True)
class Fact:
    """One label and its lines. ``is_quoted``: in the words of the file, which are Swedish."""

    label: str
    lines: tuple[str, ...]
    is_quoted: bool


@dataclass(frozen=True, slots=True)
class Section:
    """Facts that belong together, under a heading."""

    title: str
    facts: tuple[Fact, ...]


RULES: Kinds = {
    "interest": (_("Att anmäla intresse"), telling.text),
    "first_course": (_("Första kursen"), telling.text),
    "later_courses": (_("Kurserna därefter"), telling.text),
    "study": (_("Studierna"), telling.text),
    "meetings": (_("Träffarna"), telling.rhythm),
    "meeting_topics": (_("På träffarna"), telling.text),
    "facilitator_base": (_("Handledarna finns i"), telling.text),
    "fee": (_("Avgift"), telling.text),
}
MONEY: Kinds = {
    "budget": (_("Budget"), telling.money),
    "sub_budgets": (_("Delbudgetar"), telling.shares),
    "commitments": (_("Kommunernas del"), telling.shares),
    "direct_benefit": (_("Direkt stöd till företag"), telling.direct_benefit),
}
SETTING: Kinds = {
    "strategy_area": (_("Område i strategin"), telling.text),
    "strategy_goals": (_("Mål i strategin"), telling.each),
    "municipalities": (_("Kommuner"), telling.text),
    "separately_financed_partners": (_("Med egen finansiering"), telling.text),
    "countries": (_("Länder"), telling.countries),
    "reach": (_("Räckvidd"), telling.reach),
    "phases": (_("Faser"), telling.phases),
}
WORK: Kinds = {
    "focus_areas": (_("Fokusområden"), telling.each),
    "target_group": (_("Företag som räknas"), telling.target_group),
    "teams": (_("Insatsstyrkor"), telling.teams),
    "staffing": (_("Bemanning"), telling.staffing),
    "steering_group": (_("Styrgrupp"), telling.text),
    "meeting_series": (_("Möten"), telling.meeting_series),
    "participants": (_("Deltagarna"), telling.months_each),
    "dissemination": (_("Spridning"), telling.each),
    "documents": (_("Dokument"), telling.documents),
    "refuses": (_("Samlas inte in här"), telling.each),
}
RESULT: Kinds = {"final_report_mala": (_("Malå"), telling.final_report)}


def facts_told(facts: Mapping[str, Any]) -> list[Section]:
    """Return what the facts say, section by section; a section without facts is left out."""
    rules = facts.get("rules")
    told = (
        (_("Så går det till"), rules if isinstance(rules, dict) else {}, RULES),
        (_("Pengarna"), facts, MONEY),
        (_("Sammanhang"), facts, SETTING),
        (_("Innehåll och arbetssätt"), facts, WORK),
        (_("Resultat enligt slutrapporten"), facts, RESULT),
    )
    sections = [Section(str(title), _told(known, kinds)) for title, known, kinds in told]
    return [section for section in sections if section.facts]


def _told(facts: Mapping[str, Any], kinds: Kinds) -> tuple[Fact, ...]:
    return tuple(
        Fact(str(label), *telling.told_or_plain(tell, facts[key]))
        for key, (label, tell) in kinds.items()
        if facts.get(key)
    )
