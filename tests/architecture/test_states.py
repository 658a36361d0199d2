"""Every table of moves: complete, everything in it can be reached, and its ends are ends."""

from collections.abc import Mapping
from enum import EnumType, StrEnum

import pytest
from django.apps import apps
from django.db.models import CheckConstraint, Q

from tests.architecture.layers import modules

Table = Mapping[StrEnum, frozenset[StrEnum]]

# Where each life begins, and the states that nothing leaves.
LIVES = {
    "CohortState": ("draft", {"archived"}),
    "RoundState": ("proposed", {"closed", "dropped"}),
    "InterestState": ("unverified", {"anonymised"}),
    "InvitationState": ("draft", {"accepted", "declined", "revoked"}),
    "EnrolmentState": ("active", {"completed", "withdrawn", "removed", "transferred"}),
    "ParticipationState": ("offered", {"verified", "dropped"}),
    "MeetingState": ("draft", {"closed"}),
    "BallotState": ("draft", {"decided", "void"}),
    "CertificateState": ("draft", {"rejected", "withdrawn", "superseded"}),
    "ErasureState": ("asked", {"done", "taken_back"}),
    "SettlementState": ("proposed", {"refused", "taken_back"}),
    "RecoveryState": ("opened", {"paid", "dropped"}),
    "LetterState": ("waiting", {"sent"}),
    "PlanJobState": ("waiting", {"failed", "stopped", "saved"}),
    "FeeState": ("asked", {"credited", "cancelled"}),
    "AccessState": ("reserved", {"used", "returned"}),
    "ProofState": ("waiting", {"verified"}),
}
# How long the words are in the tables that hold them.
HELD_BY = {
    "CohortState": "cohorts.Cohort",
    "RoundState": "cohorts.CourseRound",
    "InterestState": "cohorts.Interest",
    "InvitationState": "cohorts.Invitation",
    "EnrolmentState": "cohorts.Enrolment",
    "ParticipationState": "cohorts.Participation",
    "MeetingState": "cohorts.Meeting",
    "BallotState": "voting.Ballot",
    "CertificateState": "deminimis.Certificate",
    "ErasureState": "cohorts.Erasure",
    "SettlementState": "deminimis.Settlement",
    "RecoveryState": "deminimis.Recovery",
    "LetterState": "outbox.Message",
    "PlanJobState": "cohorts.PlanJob",
    "FeeState": "cohorts.Fee",
    "AccessState": "cohorts.Access",
    "ProofState": "cohorts.Proof",
}


def tables() -> dict[str, Table]:
    """Return every table of moves by the name of its states."""
    found: dict[str, Table] = {}
    for module in modules("rules"):
        for name, value in vars(module).items():
            if name == "NEXT" or name.endswith("_NEXT"):
                found[type(next(iter(value))).__name__] = value
    return found


TABLES = tables()


def test_every_table_of_moves_is_known_here() -> None:
    assert set(TABLES) == set(LIVES) == set(HELD_BY)


@pytest.mark.parametrize("life", sorted(LIVES))
def test_every_state_has_its_row_and_leads_only_to_states_of_its_kind(life: str) -> None:
    states = type(next(iter(TABLES[life])))
    assert isinstance(states, EnumType)
    assert set(TABLES[life]) == set(states)
    assert {type(to) for ways in TABLES[life].values() for to in ways} == {states}


@pytest.mark.parametrize("life", sorted(LIVES))
def test_every_state_can_be_reached_from_where_a_life_begins(life: str) -> None:
    start, _ = LIVES[life]
    reached: set[str] = set()
    frontier = {start}
    while frontier:
        reached |= frontier
        frontier = {to.value for state in frontier for to in _ways(life, state)} - reached
    assert reached == {state.value for state in TABLES[life]}


@pytest.mark.parametrize("life", sorted(LIVES))
def test_nothing_leaves_a_final_state_and_something_leaves_every_other(life: str) -> None:
    assert {state.value for state, ways in TABLES[life].items() if not ways} == LIVES[life][1]


@pytest.mark.parametrize("life", sorted(LIVES))
def test_no_state_leads_to_itself(life: str) -> None:
    assert [state for state, ways in TABLES[life].items() if state in ways] == []


@pytest.mark.parametrize("life", sorted(LIVES))
def test_the_database_knows_the_states_and_has_words_for_them(life: str) -> None:
    model = apps.get_model(HELD_BY[life])
    field = model._meta.get_field("state")
    words = {state.value for state in TABLES[life]}
    assert {code for code, _ in field.choices} == words
    known = [
        set(child[1])
        for check in model._meta.constraints
        if isinstance(check, CheckConstraint) and isinstance(check.condition, Q)
        for child in check.condition.children
        if isinstance(child, tuple) and child[0] == "state__in"
    ]
    assert words in known


def _ways(life: str, state: str) -> frozenset[StrEnum]:
    return next(ways for here, ways in TABLES[life].items() if here.value == state)
