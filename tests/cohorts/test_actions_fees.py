"""What a priced round costs each person, the yes that binds, and aid granted under the ceiling."""

from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.db import transaction

from accounts.rules import MoveRefused
from accounts.steps import CLOCK
from cohorts.actions import fees as actions
from cohorts.models import CourseRound, FeeDecision, Participation
from cohorts.rules import CohortState, FeeKind, RoundState
from cohorts.rules.fees import ConfirmRefusal
from cohorts.steps.fees import offer_round
from companies.models import Company
from deminimis.models import LedgerEntry
from deminimis.steps import NotGrantable, assess, grant, lock_ledger
from outbox.models import Message
from tests.aftermath import everything, history, letters, read_again
from tests.factories import (
    NOW,
    TODAY,
    make_certificate,
    make_cohort,
    make_company,
    make_course,
    make_declared_aid,
    make_enrolment,
    make_entry,
    make_interest,
    make_rate,
    make_user,
)

pytestmark = pytest.mark.django_db(transaction=True)

DAY = timedelta(days=1)
SECOND = timedelta(seconds=1)
PRICE_SEK = Decimal(11000)  # a thousand euro at the rate of 11
CEILING_EUR = Decimal(300_000)


@pytest.fixture
def round_() -> CourseRound:
    """The fee check of a course that costs 11 000 kronor."""
    make_rate()
    cohort = make_cohort(
        course=make_course(price_sek=PRICE_SEK),
        state=CohortState.RUNNING,
        round_state=RoundState.FEE_CHECK,
    )
    return cohort.rounds.get()


def offered(round_: CourseRound, company: Company | None = None) -> Participation:
    """Return the offer of the round to one more person of a company."""
    interest = make_interest(company=company or make_company())
    enrolment = make_enrolment(cohort=round_.cohort, interest=interest)
    with transaction.atomic():
        return offer_round(round_, enrolment, actor=CLOCK, now=NOW)


def certified(**fields: Any) -> Company:
    return make_certificate(**fields).company


def current(participation: Participation) -> FeeDecision:
    return participation.fee_decisions.get(is_current=True)


def confirm(participation: Participation, **fields: Any) -> ConfirmRefusal | None:
    told = {"seen_decision_id": current(participation).pk, "now": NOW, **fields}
    by = participation.enrolment.user
    return actions.confirm_place(participation_id=participation.pk, by=by, **told)


def kinds(participation: Participation) -> list[tuple[str, bool]]:
    decisions = participation.fee_decisions.order_by("id")
    return list(decisions.values_list("kind", "is_current"))


def test_without_a_certificate_one_is_asked_for_and_the_person_is_told(round_: CourseRound) -> None:
    participation = offered(round_)
    decision = current(participation)
    assert (decision.kind, decision.fee_sek, decision.value_sek) == (
        FeeKind.CERTIFICATE_REQUESTED,
        Decimal(0),
        PRICE_SEK,
    )
    certificate = participation.enrolment.interest.company.certificates.get()
    assert certificate.state == "draft"
    assert letters() == [
        f"certificate/{certificate.pk}/asked/1",
        f"fee-decision/{decision.pk}",
    ]


def test_a_free_place_is_granted_noted_and_due_in_the_register(round_: CourseRound) -> None:
    participation = offered(round_, certified())
    assert current(participation).kind == FeeKind.FREE_AS_AID
    assert confirm(participation) is None
    bound = read_again(participation)
    assert (bound.state, bound.confirmed_on) == ("not_started", TODAY)
    assert history(participation) == [
        ("", "offered", "clock"),
        ("offered", "confirmed", "user"),
        ("confirmed", "not_started", "clock"),
    ]
    entry = LedgerEntry.objects.get()
    assert (entry.case, entry.granted_on) == (f"participation/{participation.pk}", TODAY)
    assert (entry.amount_sek, entry.amount_eur) == (PRICE_SEK, Decimal("1000.00"))
    # Twenty working days after 10 March 2026, with Good Friday and Easter Monday off.
    assert entry.register_due_on == date(2026, 4, 9)
    notice = f"ledger/{entry.pk}/notice/{participation.enrolment.interest.email}"
    assert letters()[1:] == [notice, f"participation/{participation.pk}/confirmed"]
    told = Message.objects.get(key=notice).text
    assert "intyg till någon annan som ger stöd ska det här stödet finnas med" in told
    assert "Hos oss räknas det redan och ska inte stå i intyget." in told


def test_saying_yes_twice_is_one_grant(round_: CourseRound) -> None:
    participation = offered(round_, certified())
    seen = current(participation).pk
    assert confirm(participation) is None
    before = everything()
    assert confirm(participation, seen_decision_id=seen, now=NOW + DAY) is None
    assert everything() == before


@pytest.mark.parametrize("state", ["started", "finished", "verified"])
def test_who_studies_already_is_bound_and_nothing_is_decided_anew(
    state: str, round_: CourseRound
) -> None:
    company = certified()
    participation = offered(round_, company)
    confirm(participation)
    Participation.objects.update(state=state)
    make_entry(company=company, amount_eur=CEILING_EUR)
    before = everything()
    assert confirm(participation) is None
    assert everything() == before


@pytest.mark.parametrize(
    ("state", "refusal"),
    [
        ("sat_out", ConfirmRefusal.ANSWERED_ALREADY),
        ("dropped", ConfirmRefusal.ANSWERED_ALREADY),
        ("lapsed", ConfirmRefusal.TOO_LATE),
    ],
)
def test_who_has_answered_otherwise_is_not_bound_and_nothing_is_decided_anew(
    state: str, refusal: ConfirmRefusal, round_: CourseRound
) -> None:
    company = certified()
    participation = offered(round_, company)
    Participation.objects.update(state=state)
    make_entry(company=company, amount_eur=CEILING_EUR)
    before = everything()
    assert confirm(participation) is refusal
    assert everything() == before


def test_a_place_without_a_certificate_is_not_confirmed(round_: CourseRound) -> None:
    participation = offered(round_)
    before = everything()
    assert confirm(participation) is ConfirmRefusal.NOT_DECIDED
    assert everything() == before


def test_nobody_is_bound_to_a_fee_by_a_click(round_: CourseRound) -> None:
    participation = offered(round_, certified(sector="primary_agriculture"))
    assert (current(participation).kind, current(participation).fee_sek) == ("fee", PRICE_SEK)
    before = everything()
    assert confirm(participation) is ConfirmRefusal.HAS_A_FEE
    assert everything() == before


def test_a_cost_that_has_changed_since_the_page_was_opened_binds_nobody(
    round_: CourseRound,
) -> None:
    company = certified()
    participation = offered(round_, company)
    seen = current(participation).pk
    make_entry(company=company, amount_eur=CEILING_EUR)
    refusal = confirm(participation, seen_decision_id=seen)
    assert refusal is ConfirmRefusal.COST_CHANGED
    assert read_again(participation).state == "offered"
    assert kinds(participation) == [("free_as_aid", False), ("fee", True)]
    assert letters()[-1] == f"fee-decision/{current(participation).pk}"
    assert confirm(participation) is ConfirmRefusal.HAS_A_FEE


@pytest.mark.parametrize(
    ("earlier_eur", "kind"),
    [
        (CEILING_EUR - 1000, FeeKind.FREE_AS_AID),
        (CEILING_EUR - 1000 + Decimal("0.01"), FeeKind.FEE),
    ],
)
def test_a_place_may_fill_the_ceiling_to_the_cent(
    earlier_eur: Decimal, kind: FeeKind, round_: CourseRound
) -> None:
    certificate = make_certificate(none_received=False)
    make_declared_aid(certificate=certificate, amount=earlier_eur)
    assert current(offered(round_, certificate.company)).kind == kind


def test_of_two_colleagues_with_room_for_one_the_second_reads_a_new_answer(
    round_: CourseRound,
) -> None:
    certificate = make_certificate(none_received=False)
    make_declared_aid(certificate=certificate, amount=CEILING_EUR - 1000)
    first, second = (offered(round_, certificate.company) for _ in range(2))
    assert {current(one).kind for one in (first, second)} == {"free_as_aid"}
    assert confirm(first) is None
    assert confirm(second) is ConfirmRefusal.COST_CHANGED
    assert [entry.case for entry in LedgerEntry.objects.all()] == [f"participation/{first.pk}"]
    assert kinds(second) == [("free_as_aid", False), ("fee", True)]


def test_an_old_certificate_on_the_day_of_the_yes_is_asked_for_anew(round_: CourseRound) -> None:
    participation = offered(round_, certified(signed_on=TODAY - 90 * DAY))
    assert current(participation).kind == "free_as_aid"
    make_rate(on=TODAY + DAY)
    refusal = confirm(participation, now=NOW + DAY)
    assert refusal is ConfirmRefusal.COST_CHANGED
    assert current(participation).kind == "certificate_requested"
    assert LedgerEntry.objects.count() == 0


def test_a_public_body_has_nothing_to_pay_and_gets_no_aid(round_: CourseRound) -> None:
    participation = offered(round_, make_company(kind="public_body"))
    assert (current(participation).kind, current(participation).fee_sek) == ("waived", Decimal(0))
    assert confirm(participation) is None
    assert LedgerEntry.objects.count() == 0


def test_without_a_rate_a_person_has_to_look(round_: CourseRound) -> None:
    company = certified(signed_on=TODAY + 30 * DAY)
    participation = offered(round_, company)
    Participation.objects.update(answer_by=NOW + 60 * DAY)
    refusal = confirm(participation, now=NOW + 30 * DAY)
    assert refusal in {ConfirmRefusal.COST_CHANGED, ConfirmRefusal.NOT_DECIDED}
    assert current(participation).kind == "in_review"


def test_a_person_stands_over_one_course_and_twice_is_once(round_: CourseRound) -> None:
    participation = offered(round_)
    for _ in range(2):
        actions.sit_out(participation_id=participation.pk, by=make_user(), now=NOW)
    assert history(participation)[1:] == [("offered", "sat_out", "user")]
    assert read_again(participation.enrolment).state == "active"


def test_who_is_bound_cannot_stand_over(round_: CourseRound) -> None:
    participation = offered(round_, certified())
    confirm(participation)
    by = make_user()
    before = everything()
    with pytest.raises(MoveRefused):
        actions.sit_out(participation_id=participation.pk, by=by, now=NOW)
    assert everything() == before


def test_nothing_is_granted_that_the_rule_does_not_allow(round_: CourseRound) -> None:
    company = offered(round_).enrolment.interest.company
    before = everything()
    with transaction.atomic():
        lock_ledger()
        asked: dict[str, Any] = {
            "company": company,
            "case": "participation/0",
            "value_sek": PRICE_SEK,
        }
        assessment = assess(**asked, on=TODAY)
        with pytest.raises(NotGrantable):
            grant(**asked, assessment=assessment, now=NOW)
    assert everything()["deminimis.LedgerEntry"] == before["deminimis.LedgerEntry"] == []
