"""``check_invariants`` finds each thing that must never be, once somebody has made it so."""

import io
from collections.abc import Callable, Iterator
from datetime import timedelta
from decimal import Decimal

import pytest
from django.core.management import call_command
from django.db import connection, transaction
from django.utils import timezone

from accounts.models import Change
from accounts.steps import CLOCK, record
from cohorts.models import Cohort, FeeDecision, Participation
from cohorts.rules import EnrolmentState, FeeKind, ParticipationState
from companies.models import Company
from deminimis.models import LedgerEntry
from deminimis.rules import EntryKind
from deminimis.steps import assess, grant, lock_ledger
from outbox.models import Message
from outbox.rules import LetterState
from regai.invariants import PARTS, Violation, violations
from tests.factories import (
    NOW,
    TODAY,
    make_certificate,
    make_cohort,
    make_company,
    make_enrolment,
    make_interest,
    make_invitation,
    make_rate,
    make_user,
)
from voting.models import Ballot, RollEntry, Vote

VIOLATED = 2
# In the middle of the window that the law counts.
PRICE = Decimal(4000)
NO_ATOMIC = pytest.mark.django_db(transaction=True)


def found(*parts: str) -> list[str]:
    return [violation.what for violation in violations(parts)]


def command(*parts: str) -> tuple[int, list[str]]:
    """Return the exit status and the lines of the command."""
    out = io.StringIO()
    try:
        call_command("check_invariants", *parts, stdout=out, stderr=out)
    except SystemExit as ended:
        return int(str(ended.code)), out.getvalue().splitlines()
    return 0, out.getvalue().splitlines()


# --- the command ---


@pytest.mark.django_db
def test_an_empty_site_has_no_violations() -> None:
    assert command() == (0, [f"0 violations in {', '.join(PARTS)}."])


@pytest.mark.django_db
def test_a_violation_is_a_line_and_ends_the_command_with_two() -> None:
    cohort = full_cohort()
    status, said = command("seats")
    assert status == VIOLATED
    assert said == [
        f"seats: cohort/{cohort.pk}: 2 enrolled and 1 invited, 2 seats",
        "1 violations in seats.",
    ]


@pytest.mark.django_db
def test_only_the_parts_asked_for_are_looked_at() -> None:
    full_cohort()
    assert command("votes") == (0, ["0 violations in votes."])
    assert command("fishes")[0] == 1


@pytest.mark.django_db
def test_a_letter_that_was_given_up_is_a_note_and_no_violation() -> None:
    letter(state=LetterState.GIVEN_UP, ended_at=NOW)
    assert command("letters") == (
        0,
        ["note: 1 letters were given up; staff see which", "0 violations in letters."],
    )


@NO_ATOMIC
@pytest.mark.postgresql
def test_the_check_reads_one_snapshot_and_could_not_write() -> None:
    PARTS["test"] = (settings_of_transaction,)
    try:
        assert found("test") == ["repeatable read", "on"]
    finally:
        del PARTS["test"]


def settings_of_transaction() -> list[str]:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT current_setting('transaction_isolation'),"
            " current_setting('transaction_read_only')"
        )
        return [*cursor.fetchone()]


# --- seats ---


def full_cohort() -> Cohort:
    cohort = make_cohort(seats=2, least=1)
    for _ in range(2):
        make_enrolment(cohort=cohort)
    make_invitation(cohort=cohort)
    return cohort


@pytest.mark.django_db
def test_a_seat_that_was_given_up_or_not_yet_offered_counts_for_nothing() -> None:
    cohort = make_cohort(seats=1, least=1)
    make_enrolment(cohort=cohort)
    make_enrolment(cohort=cohort, state=EnrolmentState.WITHDRAWN)
    make_invitation(cohort=cohort, state="draft")
    make_invitation(cohort=cohort, state="declined")
    assert found("seats") == []


@pytest.mark.django_db
def test_a_seat_or_an_offer_in_what_is_over_is_found() -> None:
    done, off = make_cohort(state="completed"), make_cohort(state="cancelled")
    seat, kept = make_enrolment(cohort=done), make_enrolment(cohort=off)
    offer = make_invitation(cohort=off)
    assert kept.state == EnrolmentState.ACTIVE
    assert found("seats") == [
        f"enrolment/{seat.pk}: active in a cohort that is completed",
        f"invitation/{offer.pk}: open to a cohort that is over",
    ]


@pytest.mark.django_db
def test_an_offer_to_somebody_who_has_ended_the_interest_is_found() -> None:
    make_invitation(interest=make_interest(state="paused"))
    offer = make_invitation(interest=make_interest(state="withdrawn"))
    line = f"invitation/{offer.pk}: open to interest/{offer.interest_id}, which has ended"
    assert found("seats") == [line]


# --- fees and ledger ---


def participation(**fields: object) -> Participation:
    enrolment = make_enrolment()
    round_ = enrolment.cohort.rounds.get()
    return Participation.objects.create(round=round_, enrolment=enrolment, **fields)


def decided(taking_part: Participation, kind: FeeKind, **fields: object) -> FeeDecision:
    return FeeDecision.objects.create(
        **{
            "participation": taking_part,
            "kind": kind,
            "fee_sek": 0,
            "value_sek": PRICE,
            "rule": "test",
            "decided_at": NOW,
            **fields,
        }
    )


@pytest.mark.django_db
def test_a_participation_without_a_current_decision_is_found() -> None:
    undecided = participation()
    superseded = participation()
    decided(superseded, FeeKind.FEE, is_current=False)
    decided(participation(), FeeKind.NOT_NEEDED)
    assert found("fees") == [
        f"participation/{one.pk}: 0 current fee decisions" for one in (undecided, superseded)
    ]


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("state", "is_found"),
    [
        (ParticipationState.OFFERED, False),
        (ParticipationState.NOT_STARTED, True),
        (ParticipationState.VERIFIED, True),
        (ParticipationState.DROPPED, False),
    ],
)
def test_a_free_place_that_nobody_granted_is_found_once_the_person_is_bound(
    state: ParticipationState, *, is_found: bool
) -> None:
    taking_part = participation(state=state)
    decided(taking_part, FeeKind.FREE_AS_AID)
    line = f"participation/{taking_part.pk}: free as aid, and no grant in the ledger"
    assert found("fees") == ([line] if is_found else [])


@pytest.mark.django_db
def test_a_fee_decision_whose_evidence_was_changed_is_found() -> None:
    decision = decided(participation(), FeeKind.FEE, evidence='{"format":1}')
    assert found("fees") == [
        f"feedecision/{decision.pk}: its evidence does not replay to the same bytes"
    ]


def granted(company: Company | None = None, case: str = "participation/1") -> LedgerEntry:
    """Return a grant as the step makes it, to a company whose certificate is in order."""
    make_rate()
    company = company or make_company()
    if not company.certificates.exists():
        make_certificate(company=company)
    with transaction.atomic():
        lock_ledger()
        assessment = assess(company=company, value_sek=PRICE, case=case, on=TODAY)
        return grant(company=company, case=case, value_sek=PRICE, assessment=assessment, now=NOW)


@NO_ATOMIC
def test_grants_that_follow_from_their_evidence_are_in_order() -> None:
    company = make_company()
    for number in range(3):
        granted(company, f"participation/{number}")
    granted(case="participation/9")
    assert found("ledger") == []


@NO_ATOMIC
def test_an_annulled_grant_is_not_missed_by_those_after_it() -> None:
    company = make_company()
    first = granted(company, "participation/1")
    LedgerEntry.objects.create(
        company=company,
        kind=EntryKind.ANNULMENT,
        case=first.case,
        of=first,
        granted_on=TODAY,
        amount_sek=-first.amount_sek,
        amount_eur=-first.amount_eur,
        regulation=first.regulation,
        evidence="",
        register_due_on=first.register_due_on,
        entered_at=NOW,
    )
    granted(company, "participation/2")
    assert found("ledger") == []


@NO_ATOMIC
def test_a_grant_that_did_not_see_the_one_before_it_is_found() -> None:
    company = make_company()
    make_certificate(company=company)
    make_rate()
    with transaction.atomic():
        early = assess(company=company, value_sek=PRICE, case="participation/2", on=TODAY)
    granted(company, "participation/1")
    with transaction.atomic():
        late = grant(
            company=company, case="participation/2", value_sek=PRICE, assessment=early, now=NOW
        )
    assert found("ledger") == [
        f"ledgerentry/{late.pk}: counted 0 EUR granted here before, the ledger has 363.64 EUR"
    ]


@NO_ATOMIC
@pytest.mark.parametrize(
    ("change", "fault"),
    [
        ({"amount_eur": Decimal("1.00")}, "1.00 EUR, 363.64 EUR in its evidence"),
        ({"case": "participation/9"}, "its evidence is about another case, company or day"),
        (
            {"granted_on": TODAY - timedelta(days=1)},
            "its evidence is about another case, company or day",
        ),
        ({"evidence": "{}"}, "its evidence cannot be read"),
    ],
)
def test_a_line_of_the_ledger_that_was_changed_is_found(
    change: dict[str, object], fault: str
) -> None:
    entry = granted()
    LedgerEntry.objects.filter(pk=entry.pk).update(**change)
    assert found("ledger") == [f"ledgerentry/{entry.pk}: {fault}"]


@NO_ATOMIC
def test_evidence_with_another_rate_in_it_is_found() -> None:
    entry = granted()
    changed = entry.evidence.replace("363.64", "363.65")
    LedgerEntry.objects.filter(pk=entry.pk).update(evidence=changed)
    assert found("ledger") == [
        f"ledgerentry/{entry.pk}: its evidence does not replay to the same bytes"
    ]


# --- letters ---


def letter(**fields: object) -> Message:
    now = timezone.now()
    return Message.objects.create(
        **{
            "key": f"test/{Message.objects.count()}",
            "about": "test/1",
            "to": "x@example.org",
            "language": "sv",
            "subject": "s",
            "text": "t",
            "state": LetterState.WAITING,
            "queued_at": now,
            "next_try_at": now,
            **fields,
        }
    )


@pytest.mark.django_db
@pytest.mark.parametrize(("minutes", "is_found"), [(-5, False), (59, False), (61, True)])
def test_a_letter_left_in_a_dead_workers_hand_for_an_hour_is_found(
    minutes: int, *, is_found: bool
) -> None:
    stuck = letter(leased_until=timezone.now() - timedelta(minutes=minutes))
    line = f"message/{stuck.pk}: waits, with a lease that ended more than an hour ago"
    assert found("letters") == ([line] if is_found else [])


# --- votes ---


@pytest.mark.django_db
@pytest.mark.parametrize(("marks", "votes"), [(2, 2), (2, 1), (1, 2), (0, 0)])
def test_a_ballot_has_as_many_votes_as_marks(marks: int, votes: int) -> None:
    ballot = Ballot.objects.create(question="q", opens_at=NOW, closes_at=NOW + timedelta(days=7))
    for number in range(3):
        RollEntry.objects.create(ballot=ballot, voter=make_user(), has_voted=number < marks)
    for number in range(votes):
        Vote.objects.create(ballot=ballot, ranking=[], receipt_hash=str(number))
    line = f"ballot/{ballot.pk}: {marks} marks on the roll, {votes} votes"
    assert found("votes") == ([] if marks == votes else [line])


# --- states and history ---


@NO_ATOMIC
def test_a_state_is_told_by_the_newest_line_that_tells_of_one() -> None:
    interest = make_interest()
    assert found("history")[-1] == f"interest/{interest.pk}: active, its history says nothing"
    with transaction.atomic():
        record(interest, was="", became="unverified", actor=CLOCK, now=NOW)
        record(interest, was="unverified", became="active", actor=CLOCK, now=NOW)
        record(interest, was="active", became="note", actor=CLOCK, now=NOW)
    assert found("history") == []
    Change.objects.filter(became="active").delete()
    assert found("history") == [f"interest/{interest.pk}: active, its history says unverified"]


@pytest.mark.django_db
def test_a_state_that_the_code_does_not_know_is_found(without_checks: Callable[[], None]) -> None:
    without_checks()
    interest = make_interest()
    with connection.cursor() as cursor:
        cursor.execute("UPDATE cohorts_interest SET state = 'lost' WHERE id = %s", [interest.pk])
    assert [*violations(["states"])] == [
        Violation("states", f"interest/{interest.pk}: lost is no state")
    ]


@pytest.fixture
def without_checks() -> Iterator[Callable[[], None]]:
    """Return how to take the rule on an interest's state out of the database, for this test."""

    def take_out() -> None:
        with connection.cursor() as cursor:
            if connection.vendor == "sqlite":
                cursor.execute("PRAGMA ignore_check_constraints = ON")
            else:
                cursor.execute("ALTER TABLE cohorts_interest DROP CONSTRAINT interest_state_known")

    yield take_out
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA ignore_check_constraints = OFF")
