"""Ways in which somebody with the whole database would try to join a person to a ranking.

``hits`` counts how many of the pairs that a way gives are right. By chance alone one is, of
however many; a way that gives ten of twenty right is a leak.
"""

import json
from collections.abc import Callable, Iterable
from itertools import permutations
from typing import Any

from django.db import connection, transaction

from accounts.models import User
from tests.factories import NOW
from tests.voting.booths import DAY, ballot_among, cast, voters
from voting.models import Ballot, RollEntry, Vote
from voting.queries import receipt_hash
from voting.rules import Ranking, new_receipt, receipt_letters

VOTERS = 20
A_LEAK = 10
Truth = dict[int, str]
Pairs = Iterable[tuple[int, str]]


def own_ranking(place: int) -> Ranking:
    """Return a ranking that only one of the voters casts."""
    return [[option] for option in list(permutations("abcd"))[place]]


def in_turn(voting: Callable[[Ballot, User, Ranking, int], None]) -> tuple[Ballot, Truth]:
    """Let everybody vote in turn, each in their own way; return who voted how."""
    ballot = ballot_among(VOTERS, options="abcd")
    people = voters(ballot)
    for place, voter in enumerate(people):
        voting(ballot, voter, own_ranking(place), place)
    return ballot, {voter.pk: json.dumps(own_ranking(place)) for place, voter in enumerate(people)}


def as_we_do(ballot: Ballot, voter: User, ranking: Ranking, _: int) -> None:
    """Cast as the site does."""
    assert cast(ballot, voter, ranking, receipt=new_receipt(), now=NOW + DAY) is None


def the_leaky_way(ballot: Ballot, voter: User, ranking: Ranking, place: int) -> None:
    """Cast as most would write it: mark the one row, insert the one row."""
    letters = str(receipt_letters(new_receipt()))
    with transaction.atomic():
        RollEntry.objects.filter(ballot=ballot, voter=voter).update(has_voted=True)
        vote = Vote(ballot=ballot, ranking=ranking, receipt_hash=receipt_hash(ballot, letters))
        vote.save(force_insert=True)
        # Keys that grow, as an autoincrement would give.
        grown = f"{place:08}-0000-4000-8000-000000000000"
        Vote.objects.filter(pk=vote.pk).update(id=grown)
        RollEntry.objects.filter(ballot=ballot, voter=voter).update(id=grown)


def hits(pairs: Pairs, truth: Truth) -> int:
    """Return how many of the pairs are right."""
    return sum(truth.get(person) == ranking for person, ranking in pairs)


def side_by_side(order: str) -> Callable[[Ballot], Pairs]:
    """Return the way that reads both tables in an order and pairs what stands in the same row."""

    def pairs(ballot: Ballot) -> Pairs:
        people = _read("voter_id", RollEntry, ballot, order)
        rankings = _read("ranking", Vote, ballot, order)
        return [(int(p), str(r)) for (p,), (r,) in zip(people, rankings, strict=False)]

    return pairs


def by_transaction(ballot: Ballot) -> Pairs:
    """Pair what was written by one transaction and by no other of its table."""
    people = _read("voter_id, xmin::text", RollEntry, ballot, "id")
    rankings = _read("ranking, xmin::text", Vote, ballot, "id")
    return [
        (int(person), str(ranking))
        for person, age in people
        for ranking, other in rankings
        if age == other and [a for _, a in rankings].count(other) == 1
    ]


def by_equal_values(ballot: Ballot) -> Pairs:
    """Pair rows of the two tables that share a value in any column, as a dump shows them."""
    people = _read("voter_id, r.*", RollEntry, ballot, "id")
    rankings = _read("ranking, r.*", Vote, ballot, "id")
    shared = {str(ballot.pk), "True", "False", "0", "1", "2"}
    return [
        (int(person[0]), str(ranking[0]))
        for person in people
        for ranking in rankings
        if {str(v) for v in person[1:]} & {str(v) for v in ranking[1:]} - shared
    ]


WAYS: dict[str, Callable[[Ballot], Pairs]] = {
    "row order": side_by_side("none"),
    "ids": side_by_side("id"),
    "ctid": side_by_side("ctid"),
    "xmin, then ctid": side_by_side("xmin::text::bigint, ctid"),
    "xmin": by_transaction,
    "equal values": by_equal_values,
}


def found_by(ballot: Ballot, truth: Truth) -> dict[str, int]:
    """Return by way how many pairs it gets right, where that is a leak."""
    found = {name: hits(way(ballot), truth) for name, way in WAYS.items()}
    return {name: right for name, right in found.items() if right >= A_LEAK}


def dumped() -> dict[str, str]:
    """Return every table of the database as COPY writes it, in the order that rows lie in."""
    copied = {}
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            with cursor.cursor.copy(f'COPY "{table}" TO STDOUT') as rows:
                copied[table] = b"".join(map(bytes, rows)).decode()
    return copied


def file_of(model: type[Any]) -> bytes:
    """Return the file that holds a table, old versions of its rows and all."""
    with connection.cursor() as cursor:
        cursor.execute("CHECKPOINT")
        cursor.execute(
            "SELECT pg_read_binary_file(pg_relation_filepath(%s))", [model._meta.db_table]
        )
        row = cursor.fetchone()
    return bytes(row[0])


def _read(columns: str, model: type[Any], ballot: Ballot, order: str) -> list[tuple[Any, ...]]:
    last = "" if order == "none" else f" ORDER BY {order}"
    table = model._meta.db_table
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT {columns} FROM {table} r WHERE ballot_id = %s{last}",  # noqa: S608 -- our own names
            [ballot.pk],
        )
        return list(cursor.fetchall())
