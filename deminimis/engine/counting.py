"""The count of earlier aid against a ceiling, with a line for each aid that says why.

Decides for each aid, the first that holds: never granted, no small aid, another Member State's,
under a ceiling of its own, not the single undertaking's, granted later, outside the window,
renounced in time; else it counts. Only aid that would count can raise a doubt for a person.

**Source:** Reg. (EU) 2023/2831 Art. 3(2) (Member State, window), 3(3) (the grant counts, not the
payment), 4(1) (transparent), 5(1) and 5(2) (other regulations); Court of Justice, C-608/19 (earlier
aid may be renounced or reduced until the new grant).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from deminimis.engine.events import holders
from deminimis.engine.facts import Event, Facts, PriorAid
from deminimis.engine.kinds import NEVER_GRANTED, AidStatus, Currency
from deminimis.engine.money import ZERO, in_euro, rate_of, scaled
from deminimis.engine.outcomes import Line, Rule, TraceCode
from deminimis.engine.regulations import NOT_DE_MINIMIS, Law, Version
from deminimis.engine.window import opens_on


@dataclass(frozen=True, slots=True)
class Count:
    """The lines and their sum in euro; if there are doubts, the sum is worth nothing."""

    lines: tuple[Line, ...]
    eur: Decimal
    doubts: frozenset[Rule]


@dataclass(frozen=True, slots=True)
class Tally:
    """Counts one case's earlier aid for a grant on the day ``on`` to ``members``.

    ``past`` are the events until that day.
    """

    facts: Facts
    law: Law
    version: Version
    on: date
    members: frozenset[str]
    past: Sequence[Event]

    def count(self) -> Count:
        """Return every line, in the order of the facts."""
        opens = opens_on(
            self.version.window,
            self.on,
            self.facts.fiscal_year_end,
            edge_counts=self.law.policies.edge_counts,
        )
        lines: list[Line] = []
        total = ZERO
        doubts: set[Rule] = set()
        for aid in self.facts.prior_aid:
            code = self._of_another_kind(aid)
            if code is None and aid.granted_on is not None:
                code = self._of_others_or_of_another_time(aid, aid.granted_on, opens)
            if code is None:
                eur, raised = self._counted(aid)
                doubts |= raised
                total += eur
                lines.append(Line(aid.id, TraceCode.COUNTED, eur))
            else:
                lines.append(Line(aid.id, code, ZERO))
        return Count(tuple(lines), total, frozenset(doubts))

    def _of_another_kind(self, aid: PriorAid) -> TraceCode | None:
        """Return why aid of this kind never counts here, None if it may."""
        if aid.granted_on is None or aid.status in NEVER_GRANTED:
            return TraceCode.NOT_GRANTED
        if aid.regulation in NOT_DE_MINIMIS:
            return TraceCode.NOT_DE_MINIMIS
        if aid.granting_state != self.facts.member_state:
            return TraceCode.OTHER_MEMBER_STATE
        if aid.regulation in self.version.separate:
            return TraceCode.SEPARATE_CEILING
        return None

    def _of_others_or_of_another_time(
        self, aid: PriorAid, granted_on: date, opens: date
    ) -> TraceCode | None:
        """Return why ``aid`` does not count for these members on this day, None if it does."""
        if not self._may_be_ours(aid):
            return TraceCode.NOT_SINGLE_UNDERTAKING
        if granted_on > self.on:
            return TraceCode.GRANTED_LATER
        if granted_on < opens:
            return TraceCode.OUT_OF_WINDOW
        if aid.status is AidStatus.RENOUNCED and aid.changed_by(self.on):
            return TraceCode.RENOUNCED_BEFORE_GRANT
        return None

    def _may_be_ours(self, aid: PriorAid) -> bool:
        if not self.past:
            return aid.beneficiary in self.members
        held = holders(aid, ZERO, self.past)
        return not self.members.isdisjoint(held.eur.keys() | held.doubts.keys())

    def _counted(self, aid: PriorAid) -> tuple[Decimal, set[Rule]]:
        """Return the euro of ``aid`` that fall on the single undertaking, and the doubts."""
        doubts: set[Rule] = set()
        if aid.regulation in self.version.review:
            doubts.add(Rule.REVIEW_360_2012)
        if not aid.transparent:
            doubts.add(Rule.NOT_TRANSPARENT)
        eur = worth_eur(aid, self.law, self.on)
        if eur is None:
            return ZERO, doubts | {Rule.FX_RATE_MISSING}
        if not self.past:
            return eur, doubts
        held = holders(aid, eur, self.past)
        ours = sum((part for who, part in held.eur.items() if who in self.members), ZERO)
        if ours >= eur:  # shares rounded up never make an aid larger than it was
            return eur, doubts
        return ours, doubts.union(*(held.doubts.get(who, ()) for who in self.members))


def worth_eur(aid: PriorAid, law: Law, on: date) -> Decimal | None:
    """Return what ``aid`` is worth on the day ``on``; None if no exchange rate is known.

    A euro amount in the granter's notice wins over a conversion. If aid in kronor was notified in
    euro and then reduced, the notice's own rate serves.
    """
    reduced = aid.reduced_to if aid.status is AidStatus.REDUCED and aid.changed_by(on) else None
    amount = aid.amount if reduced is None else reduced
    if aid.notified_eur is not None:
        if reduced is None:
            return aid.notified_eur
        if aid.currency is Currency.EUR:
            return min(aid.notified_eur, reduced)
        return scaled(aid.notified_eur, reduced, aid.amount) if aid.amount else ZERO
    if aid.currency is Currency.EUR or not amount:
        return amount
    if aid.granted_on is None:
        return None
    rate = rate_of(law.sek_per_eur, aid.granted_on, max_age_days=law.policies.fx_max_age_days)
    return None if rate is None else in_euro(amount, rate)
