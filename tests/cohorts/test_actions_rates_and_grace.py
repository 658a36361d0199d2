"""What keeps a case from being decided without being anybody's fault: no rate, no regulation."""

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.test import Client
from django.utils import timezone

from accounts.models import User
from accounts.rules import Role
from cohorts.actions.aid import decide_anew, decide_for_new_rates
from cohorts.actions.certificates import approve_certificates
from cohorts.actions.settling import Word, decide_settlement, propose_settlement
from cohorts.models import FeeDecision, Participation
from deminimis import engine
from deminimis.engine import replay
from deminimis.models import Certificate, Rate, Settlement
from deminimis.queries.settled import open_to_a_word, settled
from deminimis.rules import SettledKey, SettlementRefusal, SettlementState
from deminimis.steps import ConflictOfInterest
from tests.aftermath import everything
from tests.cohorts.aid_world import approved, confirm, handed_in, make_round, offer, today
from tests.deminimis.asking import LAW, asking
from tests.deminimis.pages import text_of, words_in
from tests.factories import make_company, make_declared_aid, make_user

pytestmark = pytest.mark.django_db(transaction=True)


def officer() -> User:
    return make_user(role=Role.AID_OFFICER)


def without_a_rate(**line: object) -> Participation:
    """Return an offer on a day of which no rate is known."""
    company, round_ = make_company(), make_round()
    certificate = approved(company, none_received=not line)
    if line:
        make_declared_aid(certificate=certificate, **line)
    Rate.objects.all().delete()
    return offer(company, to=round_)


def current(participation: Participation) -> FeeDecision:
    return participation.fee_decisions.get(is_current=True)


def settle(participation: Participation, key: str, eur: str | None = None) -> None:
    counts = None if eur is None else Decimal(eur)
    word = Word(key=key, counts_eur=counts, reason="Besked.", without_conflict=True)
    refused = propose_settlement(
        participation_id=participation.pk, word=word, by=officer(), now=timezone.now()
    )
    assert refused is None
    yes = decide_settlement(
        settlement_id=Settlement.objects.latest("id").pk,
        to=SettlementState.APPROVED,
        without_conflict=True,
        by=officer(),
        now=timezone.now(),
    )
    assert yes is None


def test_newer_rates_decide_what_waited_for_them_and_twice_is_once() -> None:
    waiting = without_a_rate()
    assert current(waiting).rule == "FX_RATE_MISSING"
    assert decide_for_new_rates(now=timezone.now()) == 0
    make_round()
    assert decide_for_new_rates(now=timezone.now()) == 1
    assert current(waiting).kind == "free_as_aid"
    rows = everything()
    assert (decide_for_new_rates(now=timezone.now()), everything()) == (0, rows)


def test_two_people_say_what_a_place_is_worth_on_a_day_without_a_rate() -> None:
    waiting = without_a_rate()
    settle(waiting, SettledKey.PLACE, "1004.20")
    assert current(waiting).kind == "free_as_aid"
    assert replay(current(waiting).evidence) == current(waiting).evidence
    confirm(waiting)
    entry = waiting.enrolment.interest.company.ledger.get()
    assert (entry.amount_eur, entry.amount_sek) == (Decimal("1004.20"), Decimal(11000))


def test_the_ceiling_holds_for_a_worth_that_people_have_said() -> None:
    waiting = without_a_rate(granted_on=today(), amount=Decimal("299000.00"), currency="EUR")
    settle(waiting, SettledKey.PLACE, "1000.01")
    assert (current(waiting).kind, current(waiting).rule) == ("fee", "CEILING_EXCEEDED")


def test_nobody_says_what_a_place_is_worth_while_its_rate_is_known() -> None:
    company, round_ = make_company(), make_round()
    certificate = approved(company, none_received=False)
    old = today() - timedelta(days=400)
    line = make_declared_aid(
        certificate=certificate, granted_on=old, amount=Decimal(9000), currency="SEK"
    )
    waiting = offer(company, to=round_)
    assert open_to_a_word(current(waiting).evidence) == [f"declared-{line.pk}"]
    word = Word(key=SettledKey.PLACE, counts_eur=Decimal(1), reason="x", without_conflict=True)
    refused = propose_settlement(
        participation_id=waiting.pk, word=word, by=officer(), now=timezone.now()
    )
    assert refused is SettlementRefusal.NO_SUCH_LINE


@pytest.mark.pure
@pytest.mark.parametrize(
    ("key", "rule"),
    [
        (SettledKey.HOLDS, engine.Rule.CEILING_OK),
        (SettledKey.ENDED, engine.Rule.NO_REGULATION_IN_FORCE),
    ],
)
def test_the_months_of_grace_are_open_to_a_yes_or_no(key: str, rule: engine.Rule) -> None:
    facts = asking(id="c", on="2031-03-01", register_complete=True)
    decision = engine.assess(facts, LAW)
    found = open_to_a_word(engine.evidence(facts, LAW, decision))
    assert found == [SettledKey.HOLDS, SettledKey.ENDED]
    said = settled(facts, [Settlement(key=key, rule=decision.rule)])
    assert engine.assess(said, LAW).rule is rule


@pytest.mark.pure
def test_nothing_is_open_where_the_rule_decides_without_a_doubt() -> None:
    farm = engine.Enterprise(id="A", sectors=("primary_agriculture",))
    for facts in (
        asking(id="c"),
        asking(id="c", enterprises=(farm,)),
        replace(
            asking(id="c"), new_aid=engine.NewAid(on=date(2026, 5, 4), amount=Decimal(300_001))
        ),
    ):
        stored = engine.evidence(facts, LAW, engine.assess(facts, LAW))
        assert open_to_a_word(stored) == []


def test_the_page_of_a_case_without_a_rate_leads_to_the_rates_and_back(client: Client) -> None:
    waiting = without_a_rate()
    client.force_login(officer())
    page = text_of(client, f"/stod/arenden/{waiting.pk}/")
    assert "Lämna nyare växelkurser" in page
    assert "Så mycket är platsen värd i euro" in page
    told = {"do": "settle", "key": "place", "reason": "Besked.", "no_conflict": "on"}
    said = client.post(f"/stod/arenden/{waiting.pk}/", told)
    assert "Skriv hur många euro som räknas." in words_in(said.content.decode())
    client.post(f"/stod/arenden/{waiting.pk}/", {**told, "counts_eur": "1004,20"})
    proposal = Settlement.objects.get()
    shown = text_of(client, f"/stod/forslag/{proposal.pk}/")
    assert "Så mycket är platsen värd i euro: 1 004,20 euro" in shown.replace("\xa0", " ")


@pytest.mark.parametrize("what", ["batch", "anew", "word", "yes"])
def test_no_decision_is_taken_without_the_word_on_a_conflict_of_interest(what: str) -> None:
    certificate = handed_in(make_company())
    waiting, by, now = without_a_rate(), officer(), timezone.now()
    if what == "yes":
        word = Word(key=SettledKey.PLACE, counts_eur=Decimal(1), reason="x", without_conflict=True)
        propose_settlement(participation_id=waiting.pk, word=word, by=officer(), now=now)
    rows = everything()
    if what == "batch":
        with pytest.raises(ConflictOfInterest):
            approve_certificates(
                certificate_ids=[certificate.pk], without_conflict=False, by=by, now=now
            )
    elif what == "anew":
        with pytest.raises(ConflictOfInterest):
            decide_anew(
                participation_id=waiting.pk, by=by, why="x", without_conflict=False, now=now
            )
    elif what == "word":
        word = Word(key=SettledKey.PLACE, counts_eur=Decimal(1), reason="x", without_conflict=False)
        refused = propose_settlement(participation_id=waiting.pk, word=word, by=by, now=now)
        assert refused is SettlementRefusal.CONFLICT
    else:
        found = decide_settlement(
            settlement_id=Settlement.objects.get().pk,
            to=SettlementState.APPROVED,
            without_conflict=False,
            by=by,
            now=now,
        )
        assert found is SettlementRefusal.CONFLICT
    assert everything() == rows


def test_the_word_is_kept_with_the_decision() -> None:
    certificate = handed_in(make_company())
    approve_certificates(
        certificate_ids=[certificate.pk], without_conflict=True, by=officer(), now=timezone.now()
    )
    assert Certificate.objects.get().without_conflict
