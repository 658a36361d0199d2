"""The published lines and the forms for other programs."""

import csv
import io
import json
from hashlib import sha256
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.voting.elections import election, elections, plain_pairwise
from voting.counting import (
    Election,
    NotABallot,
    NotExportable,
    PreflibKind,
    Unranked,
    ballot_from_line,
    ballots_digest,
    canonical_text,
    csv_text,
    preflib_text,
)
from voting.management.reading import Faults, elections_in

pytestmark = pytest.mark.pure

NASTY = ['"', '",', "a", "a!", 'a"', "a]", "b\\", "å", "\n", "𝄞", "[["]


def test_options_in_one_place_are_sorted_by_name_not_by_how_it_is_written() -> None:
    counted = Election(("AI", "AI grund"), [(1, (("AI grund", "AI"),))])

    assert canonical_text(counted) == '{"count":1,"ranking":[["AI","AI grund"]]}\n'


def test_a_canonical_line_has_sorted_names_no_spaces_and_sorted_places() -> None:
    counted = election("abå", [(2, "b åa"), (1, "b aå"), (10, "a"), (4, ""), (0, "b")])

    assert canonical_text(counted) == (
        '{"count":10,"ranking":[["a"]]}\n'
        '{"count":3,"ranking":[["b"],["a","å"]]}\n'
        '{"count":4,"ranking":[]}\n'
    )
    assert ballots_digest(counted) == sha256(canonical_text(counted).encode("utf-8")).hexdigest()


@given(st.data())
def test_lines_are_in_the_order_of_their_text_whatever_the_names(data: st.DataObject) -> None:
    options = data.draw(st.lists(st.sampled_from(NASTY), min_size=1, max_size=5, unique=True))
    plain = data.draw(elections(least=len(options), most=len(options)))
    names = dict(zip(plain.options, options, strict=True))
    ballots = [(n, tuple(tuple(names[o] for o in t) for t in tiers)) for n, tiers in plain.ballots]
    merged: dict[str, int] = {}
    for n, tiers in ballots:
        key = json.dumps(
            [sorted(tier) for tier in tiers], ensure_ascii=False, separators=(",", ":")
        )
        merged[key] = merged.get(key, 0) + n
    lines = sorted(f'{{"count":{n},"ranking":{key}}}\n' for key, n in merged.items())

    assert canonical_text(Election(tuple(options), ballots)) == "".join(lines)


@pytest.mark.parametrize(
    "line",
    [
        "",
        "[]",
        "{}",
        "null",
        '{"count":1}',
        '{"count":1,"ranking":[],"voter":"x"}',
        '{"count":1,"count":1,"ranking":[]}',
        '{"count":-1,"ranking":[]}',
        '{"count":true,"ranking":[]}',
        '{"count":1.0,"ranking":[]}',
        '{"count":NaN,"ranking":[]}',
        '{"count":1,"ranking":["a"]}',
        '{"count":1,"ranking":[["a",["b"]]]}',
        '{"count":1,"ranking":[[{"a":1}]]}',
        '{"count":1,"ranking":[["a"],["a"]]}',
        '{"count":1,"ranking":[["x"]]}',
        '{"count":1,"ranking":[[]]}',
        '{"count":1,"ranking":[[""]]}',
        '{"count":1,"ranking":' + "[" * 100_000,
    ],
)
def test_a_line_of_another_form_is_refused(line: str) -> None:
    with pytest.raises(NotABallot, match=r"^expected "):
        ballot_from_line(line, {"a", "b"})


@given(elections(unranked="last"), st.sampled_from([PreflibKind.TOC, PreflibKind.TOI]))
def test_a_preflib_file_reads_back_as_the_same_duels(counted: Election, kind: PreflibKind) -> None:
    back = read(preflib_text(counted, kind), f"x.{kind}")

    assert plain_pairwise(back) == plain_pairwise(counted)
    assert sum(n for n, _ in back.ballots) == sum(n for n, _ in counted.ballots)


def read(text: str, name: str) -> Election:
    with TemporaryDirectory() as folder:
        file = Path(folder) / name
        file.write_text(text, encoding="utf-8")
        faults = Faults()
        (found,) = elections_in(file, faults)
        kept = Election(found.options, list(found.ballots), found.unranked, found.id)
        faults.refuse_if_any()
        return kept


def test_a_preflib_file_has_its_header_and_the_most_common_order_first() -> None:
    counted = election("abc", [(1, "c ab"), (3, "a"), (2, "")])

    assert preflib_text(counted, PreflibKind.TOI, name="kurs").splitlines() == [
        "# FILE NAME: kurs.toi",
        "# TITLE: kurs",
        "# DATA TYPE: toi",
        "# MODIFICATION TYPE: original",
        "# NUMBER ALTERNATIVES: 3",
        "# NUMBER VOTERS: 6",
        "# NUMBER UNIQUE ORDERS: 3",
        "# ALTERNATIVE NAME 1: a",
        "# ALTERNATIVE NAME 2: b",
        "# ALTERNATIVE NAME 3: c",
        "3: 1",
        "2:",
        "1: 3, {1,2}",
    ]
    assert preflib_text(counted, PreflibKind.TOC).splitlines()[-3:] == [
        "3: 1, {2,3}",
        "2: {1,2,3}",
        "1: 3, {1,2}",
    ]


@pytest.mark.parametrize(
    ("written", "unranked", "refusals"),
    [
        ("a b c", "last", []),
        ("a b", "last", []),
        ("a", "last", ["soc"]),
        ("a bc", "last", ["soc", "soi"]),
        ("a b", "no_opinion", ["soc", "toc"]),
    ],
)
def test_a_format_that_cannot_say_what_the_ballots_say_is_refused(
    written: str, unranked: str, refusals: list[str]
) -> None:
    counted = election("abc", [(1, written)], unranked)
    refused = []
    for kind in PreflibKind:
        try:
            preflib_text(counted, kind)
        except NotExportable:
            refused.append(kind.value)

    assert refused == refusals


@pytest.mark.parametrize("name", ["a\nb", " a", "a\u2028"])
def test_a_name_that_would_break_a_preflib_header_is_refused(name: str) -> None:
    with pytest.raises(NotExportable):
        preflib_text(Election((name,), ()), PreflibKind.TOI)


def test_csv_has_a_row_for_each_ranking_and_a_column_for_each_option() -> None:
    counted = Election(
        ("=1+1", "b, c", "å"), [(2, (("å", "b, c"), ("=1+1",))), (1, (("å",),))], Unranked.LAST
    )

    assert list(csv.reader(io.StringIO(csv_text(counted, heading="antal"), newline=""))) == [
        ["antal", "'=1+1", "b, c", "å"],
        ["1", "", "", "1"],
        ["2", "2", "1", "1"],
    ]
