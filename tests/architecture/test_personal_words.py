"""Every column that can hold words is personal and goes when a person is erased, or is harmless.

A new text column fails here until somebody has decided which: in ``cohorts.queries.personal``, or
below with a reason.
"""

from collections.abc import Iterator

import pytest
from django.apps import apps
from django.db import models

from cohorts import words
from cohorts.queries.personal import KEPT, PERSONAL

WORDS = (models.CharField, models.TextField, models.JSONField, models.BinaryField)
# Tables about things, not people, and tables of Django's that hold no word of ours.
HARMLESS_TABLES = {
    "account.EmailConfirmation": "a random key; nobody is asked to confirm an address",
    "admin.LogEntry": "the admin changes nothing, so it writes nothing",
    "auth.Group": "not used",
    "auth.Permission": "Django's own names",
    "cohorts.Break": "a school's break",
    "cohorts.Cohort": "a group's name, which staff choose",
    "cohorts.Course": "the catalogue",
    "cohorts.DropOut": "an officer's reason; the law on aid keeps it ten years",
    "cohorts.Erasure": "numbers by kind",
    "cohorts.Forming": "numbers of rows and codes",
    "cohorts.Invitation": "codes of reasons",
    "cohorts.Lesson": "the catalogue",
    "cohorts.Meeting": "where a meeting is, why its date was moved, and what was said, by no name",
    "cohorts.PlanJob": "numbers of rows, days and codes",
    "cohorts.Programme": "what is public of a programme",
    "cohorts.ProviderOrder": "a provider's own number",
    "cohorts.Room": "a room",
    "cohorts.RoomTime": "who else has a room, in a coordinator's words",
    "cohorts.Voucher": "a provider's code",
    "deminimis.Paper": "a signed paper; the law on aid keeps it ten years",
    "deminimis.Recovery": "aid paid back; kept ten years",
    "deminimis.Settlement": "facts that two officers settled; kept ten years",
    "companies.Municipality": "the county",
    "companies.Place": "the county",
    "contenttypes.ContentType": "Django's own names",
    "deminimis.RegisterMark": "the register's own number",
    "socialaccount.SocialApp": "the employers' log-in, in the settings",
    "socialaccount.SocialToken": "goes with its account; none is kept",
    "voting.Ballot": "a question and its public count",
    "voting.Option": "what can be voted for",
    "voting.Vote": "a ranking that nothing joins to a person",
}
# Columns beside personal ones that say nothing of anybody, or must stay without a name.
HARMLESS = {
    "accounts.Change.became": "a state",
    "accounts.Change.by": "a kind of actor",
    "accounts.Change.subject": "the name of a row",
    "accounts.Change.was": "a state",
    "accounts.User.language": "sv or en",
    "accounts.User.password": "nobody has one",
    "cohorts.AgendaItem.topic": "a point of the agenda, which staff name",
    "cohorts.Fee.asked_language": "sv or en",
    "cohorts.Fee.invoice_number": "a number; kept for the accounts seven years",
    "cohorts.FeeDecision.evidence": "numbers of rows; the law on aid keeps it ten years",
    "cohorts.FeeDecision.rule": "a rule's version",
    "cohorts.FeeDecision.why": "the officer's reason; the law on aid keeps it ten years",
    "cohorts.Hindrance.text": "what hinders somebody in a group; who said so is not kept",
    "cohorts.Interest.language": "sv or en",
    "companies.Company.nace": "a code",
    "deminimis.Certificate.against": "what an officer objects to; kept ten years",
    "deminimis.Certificate.answer": "the company's answer; kept ten years",
    "deminimis.Certificate.nace": "a code",
    "deminimis.LedgerEntry.why": "an officer's reason; kept ten years",
    "deminimis.Certificate.asked_language": "sv or en",
    "deminimis.Certificate.decision_note": "the officer's reason; kept ten years",
    "deminimis.Certificate.group_names": "names of companies; kept ten years",
    "deminimis.Certificate.sector": "a code",
    "deminimis.Certificate.signer_name": "a signed declaration; kept ten years",
    "deminimis.DeclaredAid.currency": "a code",
    "deminimis.DeclaredAid.granter": "an authority; kept ten years",
    "deminimis.DeclaredAid.regulation": "a code",
    "deminimis.LedgerEntry.case": "the name of a row",
    "deminimis.LedgerEntry.evidence": "numbers of rows; kept ten years",
    "deminimis.LedgerEntry.regulation": "a code",
    "deminimis.Rate.source": "a code",
    "outbox.Message.language": "sv or en",
    "outbox.Message.last_fault": "a kind of fault",
    "sessions.Session.session_key": "random",
}


def columns() -> Iterator[str]:
    """Yield every column that can hold words, but for those of a few known codes."""
    for model in apps.get_models():
        for field in model._meta.concrete_fields:
            if isinstance(field, WORDS) and not field.choices:
                yield f"{model._meta.label}.{field.name}"


def registered() -> set[str]:
    """Return every column that the registry empties, or deletes with its row."""
    return {
        f"{one.model._meta.label}.{name}"
        for one in PERSONAL
        for name in one.columns or tuple(one.becomes)
    }


def test_every_column_with_words_is_erased_or_harmless_for_a_reason() -> None:
    known = registered() | set(HARMLESS)
    unknown = {
        name
        for name in columns()
        if name not in known and name.rpartition(".")[0] not in HARMLESS_TABLES
    }
    assert unknown == set()


def test_nothing_is_both_and_nothing_is_named_that_is_not_there() -> None:
    there = set(columns())
    tables = {name.rpartition(".")[0] for name in there}
    assert registered() & set(HARMLESS) == set()
    assert set(HARMLESS) - there == set()
    assert set(HARMLESS_TABLES) - tables == set()
    assert {name.rpartition(".")[0] for name in registered() | set(HARMLESS)} & set(
        HARMLESS_TABLES
    ) == set()


def test_rows_that_are_deleted_say_what_they_hold_and_others_what_stands_there_afterwards() -> None:
    assert [one.code for one in PERSONAL if bool(one.becomes) == bool(one.columns)] == []


@pytest.mark.parametrize("said", [words.KEPT, words.KEPT_FOR])
def test_what_goes_and_what_stays_has_words(said: dict[str, str]) -> None:
    assert [one.code for one in PERSONAL] == list(words.PERSONAL)
    assert list(KEPT) == list(said)
