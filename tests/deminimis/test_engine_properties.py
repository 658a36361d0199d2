"""What must hold for any facts at all."""

from dataclasses import replace
from datetime import date
from decimal import Decimal
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from deminimis.engine import (
    AidStatus,
    Basis,
    Currency,
    Event,
    EventType,
    Facts,
    Link,
    Mode,
    NewAid,
    PriorAid,
    assess,
    evidence,
    replay,
)
from tests.deminimis.asking import LAW, asking, votes

pytestmark = pytest.mark.pure
calm = settings(deadline=None, max_examples=150)

IDS = "ABCNSXY"
who = st.sampled_from(IDS)
days = st.dates(date(2022, 1, 1), date(2028, 12, 31))
cents = st.decimals(0, 400_000, places=2)
bases = st.sampled_from(list(Basis))
regulations = st.sampled_from(
    ["2023/2831", "1407/2013", "1408/2013", "2023/2832", "360/2012", "GBER"]
)


@st.composite
def prior_aid(draw: st.DrawFn, name: str) -> PriorAid:
    amount = draw(cents)
    return PriorAid(
        id=name,
        beneficiary=draw(who),
        granted_on=draw(days),
        declared_by_year=False,
        amount=amount,
        currency=draw(st.sampled_from([Currency.EUR, Currency.EUR, Currency.SEK])),
        notified_eur=draw(st.none() | cents),
        regulation=draw(regulations),
        granting_state=draw(st.sampled_from(["SE", "SE", "FI"])),
        status=draw(st.sampled_from(list(AidStatus))),
        status_on=draw(days),
        confirmed=draw(st.booleans()),
        reduced_to=amount / 2 if amount % 2 == 0 else amount,
        transparent=draw(st.sampled_from([True, True, True, False])),
    )


@st.composite
def link(draw: st.DrawFn) -> Link:
    owner, owned = draw(st.permutations(IDS))[:2]
    since, until = sorted((draw(days), draw(days)))
    return Link(
        owner=owner,
        owned=owned,
        basis=draw(bases),
        pct=draw(st.decimals(0, 100, places=2)),
        since=draw(st.sampled_from([None, since])),
        until=draw(st.sampled_from([None, until])),
    )


@st.composite
def event(draw: st.DrawFn) -> Event:
    kind = draw(st.sampled_from(list(EventType)))
    source, *others = draw(st.permutations(IDS))[:3]
    equity = st.decimals(-5, 500, places=2)
    return Event(
        type=kind,
        on=draw(days),
        sources=(source,),
        into=(others[0],),
        equity={name: draw(equity) for name in others} if kind is EventType.SPLIT else {},
        attribution={"p0": others[0]} if draw(st.booleans()) else {},
    )


@st.composite
def any_facts(draw: st.DrawFn, *, events: bool = True) -> Facts:
    return asking(
        *(draw(prior_aid(f"p{n}")) for n in range(draw(st.integers(1, 5)))),
        regulation=draw(st.sampled_from(["2023/2831", "1407/2013"])),
        applicant=draw(who),
        links=tuple(draw(st.lists(link(), max_size=5))),
        events=tuple(draw(st.lists(event(), max_size=3))) if events else (),
        new_aid=NewAid(
            on=draw(days),
            amount=draw(st.decimals(1, 300_000, places=2)),
            currency=draw(st.sampled_from(list(Currency))),
        ),
        mode=draw(st.sampled_from(list(Mode))),
        declared_false=draw(st.booleans()),
    )


def headroom(facts: Facts) -> Decimal | None:
    return assess(facts, LAW).headroom_before_eur


def never_rises(before: Decimal | None, after: Decimal | None) -> bool:
    return before is None or after is None or after <= before


@calm
@given(any_facts(), prior_aid("extra"))
def test_headroom_never_rises_when_aid_is_added(facts: Facts, extra: PriorAid) -> None:
    more = replace(facts, prior_aid=(*facts.prior_aid, extra))
    assert never_rises(headroom(facts), headroom(more))


@calm
@given(any_facts(), who)
def test_headroom_never_rises_when_another_company_joins(facts: Facts, other: str) -> None:
    joined = replace(facts, links=(*facts.links, votes(facts.applicant, other)))
    assert never_rises(headroom(facts), headroom(joined))


@calm
@given(any_facts(events=False), who)
def test_headroom_never_rises_when_another_company_merges_into_the_applicant(
    facts: Facts, other: str
) -> None:
    merged = Event(
        type=EventType.MERGER, on=facts.new_aid.on, sources=(other,), into=(facts.applicant,)
    )
    alone = replace(facts, links=())
    assert never_rises(headroom(alone), headroom(replace(alone, events=(merged,))))


@calm
@given(any_facts(), st.randoms())
def test_the_order_of_earlier_aid_and_of_links_does_not_matter(
    facts: Facts, shuffled: Random
) -> None:
    prior, links = list(facts.prior_aid), list(facts.links)
    for rows in (prior, links):
        shuffled.shuffle(rows)
    one = assess(facts, LAW)
    other = assess(replace(facts, prior_aid=tuple(prior), links=tuple(links)), LAW)
    assert sorted(one.trace, key=str) == sorted(other.trace, key=str)
    assert replace(one, trace=()) == replace(other, trace=())


@calm
@given(any_facts())
def test_a_stored_decision_replays_to_the_same_bytes(facts: Facts) -> None:
    stored = evidence(facts, LAW, assess(facts, LAW))
    assert replay(stored).encode() == stored.encode()


@calm
@given(any_facts(events=False), st.data())
def test_an_aid_in_euro_may_be_written_as_two_of_the_same_day(
    facts: Facts, data: st.DataObject
) -> None:
    plain = tuple(
        replace(aid, currency=Currency.EUR, notified_eur=None, status=AidStatus.GRANTED)
        for aid in facts.prior_aid
    )
    halves: list[PriorAid] = []
    for aid in plain:
        part = data.draw(st.decimals(0, aid.amount, places=2))
        halves += [
            replace(aid, amount=part),
            replace(aid, id=f"{aid.id}b", amount=aid.amount - part),
        ]
    whole = assess(replace(facts, prior_aid=plain), LAW)
    parted = assess(replace(facts, prior_aid=tuple(halves)), LAW)
    assert replace(whole, trace=()) == replace(parted, trace=())


@calm
@given(any_facts())
def test_what_is_counted_and_what_is_left_add_up_to_the_ceiling(facts: Facts) -> None:
    decision = assess(facts, LAW)
    if decision.counted_eur is None or decision.ceiling_eur is None:
        assert (decision.trace, decision.headroom_before_eur) == ((), None)
        return
    assert decision.counted_eur == sum((line.eur for line in decision.trace), Decimal(0))
    left = max(Decimal(0), decision.ceiling_eur - decision.counted_eur)
    assert decision.headroom_before_eur == left
    assert decision.eligible == (
        decision.new_aid_eur is not None
        and decision.counted_eur + decision.new_aid_eur <= decision.ceiling_eur
    )
