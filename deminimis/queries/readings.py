"""What a stored decision says, for people to read: the sums, and a line for each earlier aid."""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from deminimis import engine
from deminimis.models import DeclaredAid
from deminimis.queries.facts import DECLARED, GRANTED
from deminimis.queries.reach import company_key
from ground.reading import Malformed


@dataclass(frozen=True, slots=True, kw_only=True)
class AidLine:
    """One earlier aid in a decision. ``code`` is empty where the rule decided before the count.

    ``granter`` is empty for a place granted here. ``beneficiary`` is a company's key, ``row`` the
    id of the line in its own table.
    """

    row: int
    granter: str
    is_from_here: bool
    beneficiary: str
    granted_on: date | None
    is_by_year: bool
    amount: Decimal
    currency: str
    regulation: str
    code: str
    eur: Decimal | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """A stored decision in words and figures. Sums are None where no ceiling was looked at.

    ``is_true``: replayed from its own evidence, it comes out the same to the byte.
    """

    on: date
    outcome: str
    rule: str
    ceiling_eur: Decimal | None
    counted_eur: Decimal | None
    room_before_eur: Decimal | None
    room_after_eur: Decimal | None
    new_aid_eur: Decimal | None
    sek_per_eur: Decimal | None
    rate_published_on: date | None
    frees_up_on: date | None
    members: tuple[str, ...]
    lines: tuple[AidLine, ...]
    rule_version: str
    policy_version: str
    is_true: bool

    def has_member(self, company_id: int) -> bool:
        """Return whether a company was part of the undertaking that the decision is about."""
        return company_key(company_id) in self.members


def readings_of(stored: Iterable[str]) -> list[Reading | None]:
    """Return a reading of each piece of evidence, None of what cannot be read; one statement."""
    opened = [_opened(text) for text in stored]
    granters = _granters(facts for facts, _, _ in filter(None, opened))
    return [found and _reading(*found, granters) for found in opened]


def reading_of(facts: engine.Facts, law: engine.Law) -> Reading:
    """Return what would be decided on ``facts`` as a reading; nothing is stored.

    :raises LookupError: if the engine's own words cannot be read back.
    """
    stored = engine.evidence(facts, law, engine.assess(facts, law))
    reading = readings_of([stored])[0]
    if reading is None:
        raise LookupError(facts.id)
    return reading


def _opened(text: str) -> tuple[engine.Facts, dict[str, Any], bool] | None:
    """Return facts, decision as stored, and whether it replays to the same text."""
    if not text:
        return None
    try:
        facts, law = engine.read_evidence(text)
        whole = json.loads(text)
        decision: dict[str, Any] = whole["decision"]
        again = engine.evidence(facts, law, engine.assess(facts, law))
    except (Malformed, ValueError, LookupError, TypeError):
        return None
    return facts, decision, again == text


def _granters(all_facts: Iterable[engine.Facts]) -> Mapping[str, str]:
    ids = {
        int(aid.id.removeprefix(DECLARED))
        for facts in all_facts
        for aid in facts.prior_aid
        if aid.id.startswith(DECLARED)
    }
    named = DeclaredAid.objects.filter(pk__in=ids).values_list("pk", "granter")
    return {f"{DECLARED}{pk}": granter for pk, granter in named}


def _reading(
    facts: engine.Facts, decision: dict[str, Any], is_true: bool, granters: Mapping[str, str]
) -> Reading:
    traced = {aid: (code, Decimal(eur)) for aid, code, eur in decision["trace"]}
    return Reading(
        on=facts.new_aid.on,
        outcome=decision["decision"],
        rule=decision["deciding_rule"],
        ceiling_eur=_amount(decision["ceiling_eur"]),
        counted_eur=_amount(decision["counted_eur"]),
        room_before_eur=_amount(decision["headroom_before_eur"]),
        room_after_eur=_amount(decision["headroom_after_eur"]),
        new_aid_eur=_amount(decision["new_aid_eur"]),
        sek_per_eur=_amount(decision["sek_per_eur"]),
        rate_published_on=_day(decision["rate_published_on"]),
        frees_up_on=_day(decision["frees_up_on"]),
        members=tuple(decision["members"]),
        lines=tuple(_line(aid, traced, granters) for aid in facts.prior_aid),
        rule_version=decision["regulation_version"] or "",
        policy_version=decision["policy_version"],
        is_true=is_true,
    )


def _line(
    aid: engine.PriorAid,
    traced: Mapping[str, tuple[str, Decimal]],
    granters: Mapping[str, str],
) -> AidLine:
    code, eur = traced.get(aid.id, ("", None))
    return AidLine(
        row=int(aid.id.rpartition("-")[2]),
        granter=granters.get(aid.id, ""),
        is_from_here=aid.id.startswith(GRANTED),
        beneficiary=aid.beneficiary,
        granted_on=aid.granted_on,
        is_by_year=aid.declared_by_year,
        amount=aid.amount,
        currency=aid.currency,
        regulation=aid.regulation,
        code=code,
        eur=eur,
    )


def _amount(text: str | None) -> Decimal | None:
    return None if text is None else Decimal(text)


def _day(text: str | None) -> date | None:
    return None if text is None else date.fromisoformat(text)
