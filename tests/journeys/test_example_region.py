"""The example region as it lies in the database: played through the real actions, every state."""

from collections import Counter
from collections.abc import Iterator
from datetime import date, timedelta
from decimal import Decimal
from io import StringIO
from typing import Any

import pytest
from django.apps import apps
from django.core.management import CommandError, call_command
from django.db.models import Count, F, Max
from django.test import Client
from django.utils import timezone

from accounts.models import Change, RoleHeld, User
from accounts.rules import Role
from cohorts.models import (
    Access,
    AgendaItem,
    Cohort,
    DropOut,
    Fee,
    FeeDecision,
    Hindrance,
    Interest,
    Invitation,
    Meeting,
    Participation,
    Presence,
    Programme,
    ProviderOrder,
)
from cohorts.queries.fees import current_decision
from cohorts.rules import CohortState, FeeKind, InterestState, InvitationState
from cohorts.rules.meetings import gap_refusal
from companies.models import Company, CompanyChange
from deminimis.models import Certificate, LedgerEntry, Paper, Rate, Recovery, Settlement
from deminimis.rules import CertificateState
from outbox import steps as outbox
from outbox.models import Message
from regai.example.people import CONTACT, EVERYBODY, PAYER, SECOND_OFFICER, VOTER
from voting.models import Ballot, Vote
from voting.rules import BallotState

DAY = date(2026, 11, 22)
# What is drawn by lot or sealed anew each time, and the words that hold it.
BY_LOT = {
    "accounts.User": {"password"},
    "companies.Company": {"sealed_number"},
    "cohorts.Meeting": {"uid"},
    "deminimis.Paper": {"stored_as"},
    "outbox.Message": {"lease", "calendars"},
    "voting.Ballot": {"lot_id", "seed", "seed_digest", "result", "receipt_key"},
    "voting.RollEntry": {"id"},
    "voting.Vote": {"id", "receipt_hash"},
}
APPS = ("accounts", "companies", "cohorts", "deminimis", "outbox", "voting")


def dump() -> dict[str, list[str]]:
    """Return every row of the domain as text, in an order of its own, without what is by lot."""
    told = {}
    for app in APPS:
        for model in apps.get_app_config(app).get_models():
            hidden = BY_LOT.get(model._meta.label, set())
            columns = [f.attname for f in model._meta.concrete_fields if f.attname not in hidden]
            told[model._meta.label] = sorted(
                map(repr, model._default_manager.values_list(*columns))
            )
    return told


def load(**words: Any) -> str:
    said = StringIO()
    call_command("load_example", day=DAY, stdout=said, **words)
    return said.getvalue()


@pytest.fixture(scope="module")
def twice(
    django_db_setup: None,  # noqa: ARG001 -- asked for so that there is a database
    django_db_blocker: Any,
) -> Iterator[tuple[dict[str, Any], ...]]:
    """Load the region, forget it, load it again; the tests of this file read the second."""
    with django_db_blocker.unblock():
        call_command("flush", interactive=False, verbosity=0)
        load()
        first = dump()
        call_command("flush", interactive=False, verbosity=0)
        load()
        yield first, dump()
        call_command("flush", interactive=False, verbosity=0)


@pytest.fixture
def region(twice: object, db: None) -> None:
    """See to it that the region is there."""


def states(rows: Any) -> set[str]:
    return set(rows.values_list("state", flat=True))


def test_two_databases_with_the_same_number_and_day_are_equal(
    twice: tuple[dict[str, Any], ...],
) -> None:
    first, second = twice
    assert {label: len(rows) for label, rows in first.items()} == {
        label: len(rows) for label, rows in second.items()
    }
    assert first == second


@pytest.mark.usefixtures("region")
class TestTheRegion:
    def test_there_are_260_interests_and_every_state_a_person_or_the_clock_gives(self) -> None:
        assert Interest.objects.count() == 260
        merged_or_erased = {InterestState.MERGED, InterestState.ANONYMISED}
        assert states(Interest.objects.all()) == set(InterestState) - merged_or_erased

    def test_cohorts_stand_in_every_state(self) -> None:
        assert states(Cohort.objects.all()) == set(CohortState)
        draft = Cohort.objects.get(name="Umeå fredagslunch")
        assert states(draft.invitations.all()) == {InvitationState.DRAFT}
        forming = Cohort.objects.filter(state=CohortState.FORMING)
        assert {cohort.place_id for cohort in forming} == {"skelleftea", "mala", "digital"}
        open_ones = Invitation.objects.filter(state=InvitationState.RELEASED)
        assert {open_one.cohort for open_one in open_ones} >= set(forming)

    def test_no_cohort_has_more_people_than_seats(self) -> None:
        full = Cohort.objects.annotate(many=Count("enrolments")).filter(many__gt=F("seats"))
        assert list(full) == []

    def test_nothing_has_happened_on_the_day_or_later(self) -> None:
        latest = [
            Change.objects.aggregate(at=Max("at"))["at"],
            Message.objects.aggregate(at=Max("queued_at"))["at"],
            Presence.objects.aggregate(at=Max("marked_at"))["at"],
        ]
        assert max(timezone.localdate(moment) for moment in latest) == DAY - timedelta(days=1)

    def test_every_change_of_state_has_its_line_of_history(self) -> None:
        for cohort in Cohort.objects.all():
            lines = Change.objects.filter(subject=f"cohort/{cohort.pk}").order_by("id")
            assert [lines[0].was, lines.reverse()[0].became] == ["", cohort.state]
        told = Change.objects.filter(subject__startswith="interest/", was="").count()
        assert told == Interest.objects.count()

    def test_every_letter_has_left_and_no_worker_was_woken(self) -> None:
        assert states(Message.objects.all()) == {"sent"}
        assert (
            Message.objects.exclude(to__endswith="example.org")
            .exclude(to__iendswith="example.org")
            .count()
            == 0
        )
        assert [bell.__name__ for bell in outbox.doorbell] == ["ring"]

    def test_a_vote_is_open_in_which_the_person_to_log_in_as_has_yet_to_vote(self) -> None:
        ballot = Ballot.objects.get(state=BallotState.OPEN, asked_as=None)
        roll = ballot.roll.values_list("voter__email", "has_voted")
        assert (len(roll), dict(roll)[VOTER.email]) == (12, False)
        # Ten votes can be counted again by anybody: one more will do.
        assert sum(voted for _, voted in roll) == ballot.votes.count() == 9
        assert timezone.localdate(ballot.closes_at) == DAY + timedelta(days=3)

    def test_decided_votes_have_a_winner_without_any_lot(self) -> None:
        decided = Ballot.objects.filter(state=BallotState.DECIDED, asked_as=None)
        assert decided.count() == 4
        for ballot in decided:
            options = {option.key: option.title for option in ballot.options.all()}
            first = Counter(vote.ranking[0][0] for vote in Vote.objects.filter(ballot=ballot))
            key, votes = first.most_common(1)[0]
            assert votes * 2 > sum(first.values())
            chosen = ballot.rounds.exclude(state="dropped").get()
            assert options[key] == chosen.course.title

    def test_a_group_is_asked_about_its_lunch_and_another_has_answered(self) -> None:
        asked = Ballot.objects.exclude(asked_as=None).order_by("state")
        assert [ballot.state for ballot in asked] == [BallotState.DECIDED, BallotState.OPEN]
        assert asked[0].turnout == asked[0].roll.count() - 2
        voter = asked[1].roll.get(voter__email=VOTER.email)
        assert (voter.has_voted, timezone.localdate(asked[1].closes_at)) == (
            False,
            DAY + timedelta(days=2),
        )

    def test_a_vote_is_coming_with_what_hinders_and_one_did_not_hold(self) -> None:
        coming = Ballot.objects.get(state=BallotState.DRAFT)
        assert timezone.localdate(coming.opens_at) == DAY + timedelta(days=5)
        hindered = Hindrance.objects.order_by("kind").values_list("kind", flat=True)
        assert list(hindered) == ["accessibility", "language"]
        advisory = Ballot.objects.get(state=BallotState.VOID)
        assert (advisory.turnout, advisory.result is None) == (2, False)

    def test_fees_are_decided_in_every_way(self) -> None:
        current = FeeDecision.objects.filter(is_current=True)
        assert set(current.values_list("kind", flat=True)) == set(FeeKind)
        rules = dict(current.values_list("company__name", "rule"))
        assert rules["Kråkbergets Maskin & Schakt AB"] == "CEILING_EXCEEDED"
        assert rules["Ängsmyrans Lantbruk HB"] == "SECTOR_EXCLUDED"
        assert rules["Dimforsens Taxi & Bud AB"] == "REVIEW_360_2012"
        assert rules["Exempelkommunen, samhällsbyggnad"] == "NOT_UNDERTAKING"
        assert rules["Rävhedens Åkeri AB"] == "DECLARATION_EXPIRED"
        assert rules["Uvbergets Elteknik AB"] == "DECLARATION_MISSING"

    def test_the_person_with_a_fee_has_not_answered_yet(self) -> None:
        waiting = Participation.objects.get(
            enrolment__user__email=PAYER.email, round__price_sek__gt=0
        )
        decision = current_decision(waiting)
        assert decision is not None
        assert (waiting.state, decision.kind, decision.fee_sek) == ("offered", "fee", Decimal(481))

    def test_one_fee_is_paid_one_invoiced_and_one_waits_for_the_companys_answer(self) -> None:
        fees = Fee.objects.order_by("state").values_list("state", "payer")
        assert list(fees) == [("asked", "company"), ("invoiced", "self"), ("paid", "company")]

    def test_places_are_ordered_and_one_who_is_in_waits_for_a_code(self) -> None:
        order = ProviderOrder.objects.get()
        assert order.free_until is not None
        assert DAY < order.free_until <= DAY + timedelta(days=10)
        inside = Access.objects.filter(participation__round=order.round_id)
        waiting = inside.filter(state="reserved")
        assert (order.vouchers.filter(access=None).count(), waiting.count()) == (0, 1)
        assert order.places == inside.count() + 1

    def test_certificates_stand_in_every_state_and_none_is_asked_of_a_public_body(self) -> None:
        assert states(Certificate.objects.all()) == set(CertificateState)
        assert Certificate.objects.filter(company__kind="public_body").count() == 0

    def test_aid_is_granted_mostly_registered_and_one_register_date_is_soon(self) -> None:
        due = LedgerEntry.objects.filter(mark=None).order_by("register_due_on")
        assert LedgerEntry.objects.exclude(mark=None).count() >= 5
        assert DAY < due[0].register_due_on <= DAY + timedelta(days=5)
        assert LedgerEntry.objects.filter(mark=None, register_due_on__lte=DAY).count() == 0

    def test_officers_have_something_of_each_kind_to_do(self) -> None:
        merger = CompanyChange.objects.get()
        assert (merger.source.name, merger.target.name) == ("Frostnäs Stål AB", "Frostnäs Plåt AB")
        proposal = Settlement.objects.get()
        assert (proposal.state, proposal.proposed_by.email) == ("proposed", SECOND_OFFICER.email)
        assert Recovery.objects.get().state == "opened"
        assert DropOut.objects.get().judged_at is None
        assert Paper.objects.get().certificate.signed_by is None

    def test_meetings_keep_the_rhythm_and_one_waits_for_its_attendance(self) -> None:
        for cohort in Cohort.objects.all():
            for round_ in cohort.rounds.all():
                held = round_.meetings.exclude(state="cancelled").order_by("starts_at")
                assert gap_refusal([timezone.localdate(m.starts_at) for m in held]) is None
        over = Meeting.objects.filter(starts_at__lt=Message.objects.latest("queued_at").queued_at)
        assert [m.round.cohort.name for m in over.filter(state="scheduled")] == [
            "Malå onsdag eftermiddag"
        ]
        assert AgendaItem.objects.filter(answered_in=None).count() > 0
        assert AgendaItem.objects.exclude(answered_in=None).filter(answer="").count() == 0

    def test_rates_go_on_for_thirty_days_marked_as_examples(self) -> None:
        last = Rate.objects.order_by("-on")[0]
        assert (last.on >= DAY + timedelta(days=28), last.source) == (True, "example")
        known = Rate.objects.filter(source="ecb").aggregate(on=Max("on"))["on"]
        assert Rate.objects.filter(source="example", on__lte=known).count() == 0

    def test_sole_traders_numbers_lie_sealed(self) -> None:
        traders = Company.objects.filter(kind="sole_trader")
        assert (traders.count(), traders.exclude(number=None).count()) == (18, 0)

    def test_everybody_to_log_in_as_is_there_with_the_role(self) -> None:
        for somebody in EVERYBODY:
            user = User.objects.get(email=somebody.email)
            held = RoleHeld.objects.filter(user=user, ended_at=None)
            assert {Role(code) for code in held.values_list("role", flat=True)} == set(
                somebody.roles
            )
        contact = User.objects.get(email=CONTACT.email)
        assert contact.speaks_for.get().company.name == "Isälvens Data AB"

    def test_the_programme_is_the_invented_one_and_spans_the_day(self) -> None:
        programme = Programme.objects.get(is_example=True)
        assert (programme.starts_on, programme.ends_on) == (date(2026, 1, 1), date(2028, 12, 31))
        assert Interest.objects.exclude(programme=programme).count() == 0
        assert timezone.localdate(Interest.objects.earliest("registered_at").registered_at) >= (
            programme.starts_on
        )

    def test_everybody_can_log_in_and_read_their_start_page(self, client: Client) -> None:
        for somebody in EVERYBODY:
            answer = client.post(
                "/brevladan/logga-in/",
                {"email": somebody.email},
                headers={"Origin": "http://testserver"},
            )
            assert answer.status_code == 302
            assert client.get(answer["Location"]).status_code == 200

    def test_a_second_region_is_refused_and_passed_over_if_not_empty(self) -> None:
        with pytest.raises(CommandError, match="There are interests in the database already"):
            load()
        assert load(if_empty=True) == ""
