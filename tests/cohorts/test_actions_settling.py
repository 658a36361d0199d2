"""What two officers settle by word, and what becomes of aid that was granted."""

from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.utils import timezone

from accounts.models import User
from accounts.rules import Role
from cohorts.actions import register, settling
from cohorts.actions.aid import ToldChange, decide_anew, take_change_back, tell_change
from cohorts.actions.settling import Word
from cohorts.models import Participation
from companies.models import Company, CompanyChange
from companies.numbers import read
from companies.rules import Restructuring, RestructuringRefusal
from deminimis.engine import replay
from deminimis.models import Recovery, Settlement
from deminimis.queries.invariants import ledger_lines_that_do_not_follow
from deminimis.queries.ledger import standing
from deminimis.rules import (
    CorrectionRefusal,
    EntryKind,
    RecoveryState,
    SettlementRefusal,
    SettlementState,
)
from tests.aftermath import everything, letters
from tests.cohorts.aid_world import approved, confirm, make_round, offer, today
from tests.factories import make_company, make_declared_aid, make_entry, make_user

pytestmark = pytest.mark.django_db(transaction=True)


def officer() -> User:
    return make_user(role=Role.AID_OFFICER)


def kind(participation: Participation) -> str:
    return participation.fee_decisions.get(is_current=True).kind


def in_review(**line: Any) -> tuple[Participation, str]:
    """Return an offer that waits for a person, and the key of the aid that nobody is sure about."""
    company = make_company()
    certificate = approved(company, none_received=False)
    unsure = make_declared_aid(
        certificate=certificate,
        **{"regulation": "360/2012", "granted_on": today() - timedelta(days=400), **line},
    )
    participation = offer(company)
    assert kind(participation) == "in_review"
    return participation, f"declared-{unsure.pk}"


def propose(
    participation: Participation, key: str, eur: str | None, by: User
) -> SettlementRefusal | None:
    counts = None if eur is None else Decimal(eur)
    word = Word(
        key=key,
        counts_eur=counts,
        reason="Enligt besked från den som gav stödet.",
        without_conflict=True,
    )
    return settling.propose_settlement(
        participation_id=participation.pk, word=word, by=by, now=timezone.now()
    )


def decide(to: SettlementState, by: User) -> SettlementRefusal | None:
    return settling.decide_settlement(
        settlement_id=Settlement.objects.latest("id").pk,
        to=to,
        without_conflict=True,
        by=by,
        now=timezone.now(),
    )


@pytest.mark.parametrize(
    ("eur", "becomes"),
    [("0.00", "free_as_aid"), ("299000.00", "free_as_aid"), ("299000.01", "fee")],
)
def test_two_people_settle_a_doubt_and_the_ceiling_holds_all_the_same(
    eur: str, becomes: str
) -> None:
    participation, key = in_review()
    one, other = officer(), officer()
    assert propose(participation, key, eur, one) is None
    assert kind(participation) == "in_review"
    assert decide(SettlementState.APPROVED, one) is SettlementRefusal.SAME_PERSON
    assert decide(SettlementState.APPROVED, other) is None
    assert kind(participation) == becomes
    decision = participation.fee_decisions.get(is_current=True)
    assert (decision.decided_by, "besked" in decision.why) == (other, True)
    assert replay(decision.evidence) == decision.evidence
    if becomes == "free_as_aid":
        confirm(participation)
        assert list(ledger_lines_that_do_not_follow()) == []


def test_a_refusal_changes_nothing_and_a_word_taken_back_opens_the_case_again() -> None:
    participation, key = in_review()
    one, other = officer(), officer()
    propose(participation, key, "0", one)
    assert decide(SettlementState.REFUSED, other) is None
    assert kind(participation) == "in_review"
    assert decide(SettlementState.APPROVED, other) is SettlementRefusal.OVER
    propose(participation, key, "0", one)
    assert propose(participation, key, "1", other) is SettlementRefusal.STANDS_ALREADY
    decide(SettlementState.APPROVED, other)
    assert kind(participation) == "free_as_aid"
    decide(SettlementState.TAKEN_BACK, one)
    assert kind(participation) == "in_review"


@pytest.mark.parametrize(
    "fields",
    [{"signed_on": today() - timedelta(days=91)}, {"signer_authorised": False}],
)
def test_a_fault_of_the_declaration_may_be_settled_and_only_that_fault(
    fields: dict[str, Any],
) -> None:
    company = make_company()
    approved(company, **fields)
    participation = offer(company)
    assert kind(participation) == "certificate_requested"
    propose(participation, "declaration", None, officer())
    decide(SettlementState.APPROVED, officer())
    assert kind(participation) == "free_as_aid"


def test_a_second_fault_of_the_declaration_stands_after_the_first_is_settled() -> None:
    company = make_company()
    approved(company, signed_on=today() - timedelta(days=91), covers_group=False)
    participation = offer(company)
    propose(participation, "declaration", None, officer())
    decide(SettlementState.APPROVED, officer())
    decision = participation.fee_decisions.get(is_current=True)
    assert decision.rule == "DECLARATION_INCOMPLETE_GROUP"


@pytest.mark.parametrize(
    ("company", "line"),
    [
        ({}, {"amount": Decimal(299_999)}),
        ({"sector": "primary_agriculture"}, None),
    ],
)
def test_no_word_goes_past_the_ceiling_or_an_excluded_sector(
    company: dict[str, Any], line: dict[str, Any] | None
) -> None:
    firm = make_company(**company)
    certificate = approved(firm, none_received=line is None)
    if line is not None:
        make_declared_aid(certificate=certificate, granted_on=today(), **line)
    participation, by = offer(firm), officer()
    assert kind(participation) == "fee"
    before = everything()
    refused = propose(participation, "declaration", None, by)
    assert (refused, everything() == before) == (SettlementRefusal.NOT_OPEN_TO_A_WORD, True)


def test_a_word_about_something_else_than_what_is_unclear_is_refused() -> None:
    participation, _ = in_review()
    assert propose(participation, "declared-987654", "0", officer()) is (
        SettlementRefusal.NO_SUCH_LINE
    )
    assert propose(participation, "declaration", None, officer()) is SettlementRefusal.NO_SUCH_LINE


def granted() -> tuple[Company, Participation]:
    company = make_company()
    approved(company)
    participation = offer(company)
    confirm(participation)
    return company, participation


@pytest.mark.parametrize(
    ("what", "becomes", "left"),
    [
        (EntryKind.ANNULMENT, "0", "0.00"),
        (EntryKind.REDUCTION, "400.00", "400.00"),
        (EntryKind.CORRECTION, "999.99", "999.99"),
    ],
)
def test_a_grant_is_changed_by_a_new_line_and_the_company_is_told(
    what: EntryKind, becomes: str, left: str
) -> None:
    company, _ = granted()
    entry, by = company.ledger.get(), officer()
    correct = {"entry_id": entry.pk, "kind": what, "why": "Hon slutade.", "by": by}
    assert (
        settling.correct_aid(
            **correct,  # type: ignore[arg-type]  # by name
            becomes_eur=Decimal(becomes),
            now=timezone.now(),
        )
        is None
    )
    assert standing(entry).eur == Decimal(left)
    assert company.ledger.get(pk=entry.pk).amount_eur == entry.amount_eur
    line = company.ledger.exclude(pk=entry.pk).get()
    assert (line.kind, line.of, line.why) == (what, entry, "Hon slutade.")
    assert f"ledger/{line.pk}/changed" in letters()
    confirm(offer(company))
    assert list(ledger_lines_that_do_not_follow()) == []


@pytest.mark.parametrize(
    ("what", "becomes", "refusal"),
    [
        (EntryKind.REDUCTION, "1000.00", CorrectionRefusal.NOT_LESS),
        (EntryKind.CORRECTION, "1000.01", CorrectionRefusal.NOT_LESS),
        (EntryKind.REDUCTION, "0", CorrectionRefusal.NOT_LESS),
        (EntryKind.ANNULMENT, "1", CorrectionRefusal.NOT_LESS),
        (EntryKind.GRANT, "1", CorrectionRefusal.NOT_A_GRANT),
    ],
)
def test_a_line_never_raises_the_sum(
    what: EntryKind, becomes: str, refusal: CorrectionRefusal
) -> None:
    entry, by = make_entry(), officer()
    before = everything()
    found = settling.correct_aid(
        entry_id=entry.pk,
        kind=what,
        becomes_eur=Decimal(becomes),
        why="x",
        by=by,
        now=timezone.now(),
    )
    assert (found, everything() == before) == (refusal, True)


def test_aid_that_rested_on_a_false_declaration_is_claimed_back_with_interest() -> None:
    company, _ = granted()
    entry, by = company.ledger.get(), officer()
    open_it = {"entry_id": entry.pk, "why": "Stöd var utelämnat.", "by": by}
    assert settling.open_recovery(**open_it, now=timezone.now()) is None  # type: ignore[arg-type]  # by name
    true = approved(company, none_received=False)
    make_declared_aid(certificate=true, granted_on=today(), amount=Decimal("299000.01"))
    case = settling.open_recovery(**open_it, now=timezone.now())  # type: ignore[arg-type]  # by name
    assert case is not None
    assert (case.sum_sek, replay(case.evidence)) == (Decimal(11000), case.evidence)
    pay_by = entry.granted_on + timedelta(days=365)
    settling.demand_recovery(
        recovery_id=case.pk, percent=Decimal(4), pay_by=pay_by, by=by, now=timezone.now()
    )
    kept = Recovery.objects.get()
    assert (kept.state, kept.interest_sek) == ("demanded", Decimal("440.00"))
    assert standing(entry).eur == 0
    assert f"recovery/{kept.pk}/demanded" in letters()
    settling.end_recovery(recovery_id=kept.pk, to=RecoveryState.PAID, by=by, now=timezone.now())
    assert Recovery.objects.get().state == "paid"


def told(other: Company, **more: Any) -> ToldChange:
    return ToldChange(
        **{
            "kind": Restructuring.MERGER,
            "on": today(),
            "other_name": other.name,
            "other_number": read(other.number or ""),
            "is_source": False,
            "own_equity": None,
            "other_equity": None,
            "kept_here": None,
            **more,
        }
    )


def full_and_waiting() -> tuple[Company, Participation]:
    """Return a company that has had all aid there is, and an offer to another that has none."""
    full, plain = make_company(), make_company()
    certificate = approved(full, none_received=False)
    make_declared_aid(certificate=certificate, granted_on=today(), amount=Decimal(300_000))
    approved(plain, signed_on=today() - timedelta(days=1))
    participation = offer(plain)
    assert kind(participation) == "free_as_aid"
    return full, participation


@pytest.mark.parametrize(
    ("more", "becomes"),
    [
        ({}, "fee"),
        ({"kind": Restructuring.SPLIT, "kept_here": True}, "fee"),
        ({"kind": Restructuring.SPLIT, "kept_here": False}, "free_as_aid"),
        (
            {
                "kind": Restructuring.SPLIT,
                "own_equity": Decimal(1),
                "other_equity": Decimal(299),
            },
            "free_as_aid",
        ),
        (
            {"kind": Restructuring.SPLIT, "own_equity": Decimal(-1), "other_equity": Decimal(9)},
            "in_review",
        ),
        ({"kind": Restructuring.SPLIT}, "in_review"),
        ({"kind": Restructuring.ASSET_PURCHASE}, "in_review"),
    ],
)
def test_mergers_splits_and_purchases_move_earlier_aid_and_can_be_taken_back(
    more: dict[str, Any], becomes: str
) -> None:
    full, participation = full_and_waiting()
    company = participation.enrolment.interest.company
    by = officer()
    tell = {"company_id": company.pk, "told": told(full, **more), "by": by}
    assert tell_change(**tell, now=timezone.now()) is None  # type: ignore[arg-type]  # by name
    assert kind(participation) == becomes
    assert tell_change(**tell, now=timezone.now()) is (  # type: ignore[arg-type]  # by name
        RestructuringRefusal.STANDS_ALREADY
    )
    change = CompanyChange.objects.get()
    take_change_back(change_id=change.pk, why="Fel företag.", by=by, now=timezone.now())
    assert kind(participation) == "free_as_aid"


def test_a_certificate_signed_after_a_merger_speaks_for_all_of_it() -> None:
    full, participation = full_and_waiting()
    company = participation.enrolment.interest.company
    by = officer()
    tell_change(company_id=company.pk, told=told(full), by=by, now=timezone.now())
    assert kind(participation) == "fee"
    company.certificates.update(signed_on=today())
    decide_anew(
        participation_id=participation.pk,
        by=by,
        why="Nytt.",
        without_conflict=True,
        now=timezone.now(),
    )
    assert kind(participation) == "free_as_aid"


def test_what_has_not_happened_yet_or_concerns_the_same_company_is_refused() -> None:
    company, other, by = make_company(), make_company(), officer()
    for change, refusal in (
        (told(other, on=today() + timedelta(days=1)), RestructuringRefusal.AHEAD),
        (told(company), RestructuringRefusal.SAME_COMPANY),
    ):
        found = tell_change(company_id=company.pk, told=change, by=by, now=timezone.now())
        assert found is refusal


def test_officers_are_reminded_of_the_register_after_ten_and_fifteen_working_days() -> None:
    by, _round = officer(), make_round()
    now = timezone.now()
    young = make_entry(register_due_on=today() + timedelta(days=28))
    old = make_entry(register_due_on=today())
    assert register.remind_of_register(now=now) == 1
    register.remind_of_register(now=now)
    assert letters() == [f"ledger/{old.pk}/register-15/{by.pk}"]
    assert str(young.pk) != str(old.pk)
