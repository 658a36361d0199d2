"""The database joins no person to a ranking: every way is tried, and shown to find a leak."""

import time

import pytest
from django.db import connection

from tests.factories import NOW
from tests.voting.booths import CLOSES, close
from tests.voting.spying import (
    A_LEAK,
    WAYS,
    as_we_do,
    by_equal_values,
    dumped,
    file_of,
    found_by,
    hits,
    in_turn,
    the_leaky_way,
)
from voting.actions import sweep_up
from voting.models import Ballot, RollEntry, Vote

WAITS_SECONDS = 60
pytestmark = [pytest.mark.postgresql, pytest.mark.django_db(transaction=True)]


@pytest.fixture(autouse=True)
def _files_made_anew() -> None:
    """Leave no room in the tables' files from rows of other tests: the order there is looked at.

    Nor may PostgreSQL tidy them up by itself in the middle of a test, or hold them while it does.
    """
    with connection.cursor() as cursor:
        cursor.execute("TRUNCATE voting_rollentry, voting_vote")
        for table in ("voting_rollentry", "voting_vote"):
            cursor.execute(f"ALTER TABLE {table} SET (autovacuum_enabled = off)")


def swept() -> int:
    """Sweep, as the clock does again and again while something older runs on the server."""
    until = time.monotonic() + WAITS_SECONDS
    while not (done := sweep_up(now=CLOSES)) and time.monotonic() < until:
        time.sleep(0.05)
    return done


def test_no_way_joins_the_roll_and_the_votes_while_the_ballot_is_open_or_after() -> None:
    ballot, truth = in_turn(as_we_do)
    assert found_by(ballot, truth) == {}
    close(ballot)
    assert found_by(ballot, truth) == {}
    assert swept() == 1
    assert found_by(ballot, truth) == {}


def test_each_way_finds_the_pairs_where_a_cast_is_written_as_most_would_write_it() -> None:
    ballot, truth = in_turn(the_leaky_way)
    assert set(found_by(ballot, truth)) == set(WAYS)


def test_a_dump_taken_after_the_close_joins_nobody_and_has_no_old_receipt() -> None:
    ballot, truth = in_turn(as_we_do)
    earlier = set(ballot.votes.values_list("receipt_hash", "pk"))
    close(ballot)
    assert swept() == 1
    tables = dumped()
    assert in_the_same_line(tables, truth) == 0
    assert hits(lines_of_both(tables, ballot), truth) < A_LEAK
    keys = {str(pk) for _, pk in earlier}
    assert [table for table, text in tables.items() if any(key in text for key in keys)] == []
    receipts = {receipt for receipt, _ in earlier}
    holding = {t for t, text in tables.items() if any(r in text for r in receipts)}
    assert holding == {"voting_vote"}


def test_a_dump_of_the_leaky_way_joins_everybody() -> None:
    ballot, truth = in_turn(the_leaky_way)
    assert hits(lines_of_both(dumped(), ballot), truth) == len(truth)
    assert hits(by_equal_values(ballot), truth) == len(truth)


def lines_of_both(tables: dict[str, str], ballot: Ballot) -> list[tuple[int, str]]:
    """Pair the lines of the two tables as they follow each other in the dump."""
    with connection.cursor() as cursor:
        columns = {
            model: [c.name for c in connection.introspection.get_table_description(cursor, model)]
            for model in ("voting_rollentry", "voting_vote")
        }
    rows = {
        table: [
            dict(zip(names, line.split("\t"), strict=True)) for line in tables[table].splitlines()
        ]
        for table, names in columns.items()
    }
    people = [int(r["voter_id"]) for r in rows["voting_rollentry"] if r["has_voted"] == "t"]
    rankings = [r["ranking"] for r in rows["voting_vote"]]
    assert {r["ballot_id"] for r in rows["voting_vote"]} == {str(ballot.pk)}
    return list(zip(people, rankings, strict=True))


def in_the_same_line(tables: dict[str, str], truth: dict[int, str]) -> int:
    """Return how many lines of any table hold a whole ranking: not the votes, nor the result."""
    others = [text for t, text in tables.items() if t not in {"voting_vote", "voting_ballot"}]
    lines = [line for text in others for line in text.splitlines()]
    return sum(any(ranking in line for ranking in truth.values()) for line in lines)


def test_old_versions_of_rows_are_gone_from_the_files_once_the_ballot_is_swept() -> None:
    ballot, _ = in_turn(as_we_do)
    old = [pk.bytes for pk in ballot.votes.values_list("pk", flat=True)]
    close(ballot)
    before = file_of(Vote)
    # The control: until then the old versions are there for whoever reads the disk.
    assert all(pk in before for pk in old)
    assert swept() == 1
    after = file_of(Vote)
    assert [pk for pk in old if pk in after] == []
    assert all(pk.bytes in after for pk in ballot.votes.values_list("pk", flat=True))
    roll = [pk.bytes for pk in ballot.roll.values_list("pk", flat=True)]
    assert {file_of(RollEntry).count(pk) for pk in roll} == {1}


def test_a_sweep_waits_for_whoever_reads_since_before_the_last_vote() -> None:
    reads = connection.copy()
    with reads.cursor() as cursor:
        cursor.execute("BEGIN ISOLATION LEVEL REPEATABLE READ")
        cursor.execute("SELECT count(*) FROM voting_ballot")
    ballot, _ = in_turn(as_we_do)
    close(ballot)
    assert sweep_up(now=CLOSES) == 0
    assert Ballot.objects.get().swept_at is None
    reads.close()
    assert swept() == 1


def test_a_sweep_happens_once_and_only_after_the_close() -> None:
    ballot, _ = in_turn(as_we_do)
    assert sweep_up(now=NOW) == 0
    close(ballot)
    assert [swept(), sweep_up(now=CLOSES)] == [1, 0]
    assert Ballot.objects.get().swept_at == CLOSES
