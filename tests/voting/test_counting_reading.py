"""Files that somebody else wrote: every fault with its line, and nothing counted."""

import json
from pathlib import Path

import pytest

from ground.reading import Malformed
from voting.counting import Election, count
from voting.management.reading import Faults, elections_in
from voting.management.reading.faults import MOST_FAULTS
from voting.management.reading.stream import LARGEST_VALUE, READ_BYTES

pytestmark = pytest.mark.pure

HEADER = "# NUMBER ALTERNATIVES: 2\n# NUMBER VOTERS: 3\n# ALTERNATIVE NAME 1: a\n"


def read(folder: Path, text: str | bytes, name: str = "vote.json") -> list[Election]:
    """Return the elections, counted, or raise what is wrong with the file."""
    file = folder / name
    file.write_bytes(text.encode("utf-8") if isinstance(text, str) else text)
    faults = Faults()
    found = elections_in(file, faults)
    for one in found:
        count(one)
    faults.refuse_if_any()
    return found


def faults_of(folder: Path, text: str | bytes, name: str = "vote.json") -> list[str]:
    with pytest.raises(Malformed) as refused:
        read(folder, text, name)
    return refused.value.faults


def test_one_election_is_read_with_its_defaults(tmp_path: Path) -> None:
    (found,) = read(tmp_path, '{"options":["a","b"],"ballots":[[2,[["a"]]],[1,[]]]}')

    assert (found.id, found.unranked, found.options) == ("vote", "last", ("a", "b"))
    assert list(found.ballots) == [(2, (("a",),)), (1, ())]


def test_ballots_may_stand_before_the_options_and_other_names_are_passed_over(
    tmp_path: Path,
) -> None:
    text = (
        '\ufeff{"cases":[ {"ballots":[[1,[["å"]]]],"notes":{"x":[1,{}]},'
        '"id":"v","options":["å"],\r\n"unranked":"no_opinion"} ],"about":null}\n'
    )
    (found,) = read(tmp_path, text)

    assert (found.id, found.unranked, list(found.ballots)) == ("v", "no_opinion", [(1, (("å",),))])


@pytest.mark.parametrize("size", range(READ_BYTES - 40, READ_BYTES + 8))
def test_a_file_may_be_cut_anywhere_by_the_reading(tmp_path: Path, size: int) -> None:
    start = '{"notes":"' + "å" * 9 + "x" * (size - 60) + '","options":["å","b"],"ballots":['
    (found,) = read(tmp_path, start + '[123,[["å"],["b"]]],\n [45,[]] , [6,[["b"]]]]}')

    assert list(found.ballots) == [(123, (("å",), ("b",))), (45, ()), (6, (("b",),))]


def test_no_cases_are_no_elections(tmp_path: Path) -> None:
    assert read(tmp_path, '{"cases":[]}') == []


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("", "line 1: expected an object, found the end"),
        ("hello", "line 1: expected an object, found h"),
        ("[]", "line 1: expected an object, found ["),
        ('{"options"', "line 1: expected a colon, found the end"),
        ('{\n"options":[}', "line 2: expected JSON, found a fault: Expecting value"),
        ('{"options":[]', "line 1: expected a comma or }, found the end"),
        ('{"options":[],}', "line 1: expected a name in quotation marks, found }"),
        ('{"options":[],"ballots":[]} x', "line 1: expected the end of the file, found x"),
        ('{"options":[],\n"options":[]}', 'line 2: expected each name once, found "options" twice'),
        ('{"cases":{}}', "line 1: expected a list, found {"),
        ('{"cases":[1]}', "line 1: expected an object, found 1"),
        ('{"options":["a]}', "line 1: expected JSON, found a fault: Unterminated "),
        ('{"options":[],"ballots":[[1,[]] [1,[]]]}', "line 1: expected a comma or ], found ["),
        ('{"id":NaN}', "line 1: expected JSON, found NaN"),
        ('{"x":{"a":1,"a":2}}', "line 1: expected JSON, found a name twice in one object"),
        ('{"x":' + "[" * 100_000, "line 1: expected JSON, found maximum recursion depth exceeded"),
        ('{"x":' + "9" * 5000 + "}", "line 1: expected JSON, found Exceeds the limit"),
    ],
)
def test_what_is_not_json_is_refused_where_reading_stops(
    tmp_path: Path, text: str, fault: str
) -> None:
    (found,) = faults_of(tmp_path, text)

    assert found.startswith(fault)


@pytest.mark.parametrize(
    ("ballot", "fault"),
    [
        ("7", "expected [number of ballots, ranking]"),
        ("[1]", "expected [number of ballots, ranking]"),
        ("[1,[],0]", "expected [number of ballots, ranking]"),
        ("[-1,[]]", "expected a whole number of ballots, at least 0, found -1"),
        ("[1.0,[]]", "expected a whole number of ballots, at least 0, found 1.0"),
        ("[true,[]]", "expected a whole number of ballots, at least 0, found True"),
        ('["1",[]]', "expected a whole number of ballots, at least 0, found '1'"),
        (
            "[9999999999999,[]]",
            "expected a whole number of ballots, at least 0, found 9999999999999",
        ),
        ('[1,"ab"]', "expected a list of lists of options, found 'ab'"),
        ('[1,["a","b"]]', "expected a list of lists of options, found ['a', 'b']"),
        ("[1,null]", "expected a list of lists of options, found None"),
        ('[1,[["a"],[]]]', "expected at least one option in each place, found [['a'], []]"),
        ('[1,[["a","a"]]]', "expected each option once, found 'a' twice"),
        ('[1,[["a"],["b"],["a"]]]', "expected each option once, found 'a' twice"),
        ('[1,[["x"]]]', "expected one of the options, found 'x'"),
        ("[1,[[1]]]", "expected the name of an option, found 1"),
        ('[1,[[["a"]]]]', "expected the name of an option, found ['a']"),
        ('[1,[[""]]]', "expected the name of an option, found ''"),
    ],
)
def test_a_ballot_of_another_form_is_a_fault_on_its_line(
    tmp_path: Path, ballot: str, fault: str
) -> None:
    text = f'{{"options":["a","b"],\n"ballots":[\n[1,[["a"]]],\n{ballot}\n]}}'

    assert faults_of(tmp_path, text) == [f"line 4: ballots[1]: {fault}"]


@pytest.mark.parametrize(
    ("part", "fault"),
    [
        ('"options":["a","a"]', "options: expected each option once"),
        ('"options":["a",""]', "options: expected a name for each option"),
        ('"options":["a",1]', "options: expected texts"),
        ('"options":"ab"', "options: expected a list of options"),
        ('"options":["\\ud800"]', "options: expected names of whole characters, found half a pair"),
        ('"options":[],"id":""', "id: expected a text that is not empty"),
        ('"options":[],"id":7', "id: expected a text that is not empty"),
        ('"options":[],"unranked":"first"', "unranked: expected one of last, no_opinion"),
        ('"options":[],"unranked":["last"]', "unranked: expected one of last, no_opinion"),
    ],
)
def test_a_part_of_another_form_is_a_fault_on_its_line(
    tmp_path: Path, part: str, fault: str
) -> None:
    text = f'{{"cases":[{{"options":[],"ballots":[]}},\n{{"ballots":[],\n{part}}}]}}'

    assert faults_of(tmp_path, text) == [f"line 3: cases[1].{fault}"]


def test_all_faults_of_all_elections_are_said_at_once(tmp_path: Path) -> None:
    text = '{"cases":[\n{"options":["a"],"ballots":[[1,[["b"]]],[-1,[]]]},\n{"ballots":[0]},\n{}]}'

    assert faults_of(tmp_path, text) == [
        "line 2: cases[0].ballots[0]: expected one of the options, found 'b'",
        "line 2: cases[0].ballots[1]: expected a whole number of ballots, at least 0, found -1",
        "line 3: cases[1].options: expected a list of options",
        "line 3: cases[1].ballots[0]: expected [number of ballots, ranking]",
        "line 4: cases[2].options: expected a list of options",
        "line 4: cases[2].ballots: expected a list, found nothing",
    ]


def test_a_great_many_faults_are_cut_off_and_counted(tmp_path: Path) -> None:
    text = json.dumps({"options": [], "ballots": [0] * (MOST_FAULTS + 5)})
    found = faults_of(tmp_path, text)

    assert (len(found), found[-1]) == (MOST_FAULTS + 1, "and 5 more")


def test_a_huge_value_is_refused_before_it_fills_the_memory(tmp_path: Path) -> None:
    (fault,) = faults_of(tmp_path, '{"notes":\n"' + "x" * (2 * LARGEST_VALUE))

    assert fault == f'line 2: expected a value of at most {LARGEST_VALUE} characters, found "'


def test_a_fault_in_a_huge_value_is_found_where_it_is(tmp_path: Path) -> None:
    (fault,) = faults_of(tmp_path, '{"notes":[1,\n2 3,' + "4," * LARGEST_VALUE)

    assert fault == "line 2: expected JSON, found a fault: Expecting ',' delimiter"


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("vote.json", b'{\n\n"\xe5":1}'),
        ("vote.json", b'{\n\n"options":["\xe5'),
        ("vote.json", b'{"x":"' + b"x" * READ_BYTES + b'"\n,\n"y":"\xe5"}'),
        ("vote.jsonl", b'{"count":1,"ranking":[]}\n' * 2 + b"\xe5\n"),
        ("vote.soi", b"#\n#\n# \xe5"),
    ],
)
def test_what_is_not_utf_8_is_refused_on_its_line(tmp_path: Path, name: str, text: bytes) -> None:
    (fault,) = faults_of(tmp_path, text, name)

    assert fault.startswith("line 3: expected UTF-8 text, found ")


def test_a_file_that_is_not_there_or_is_a_folder_is_refused(tmp_path: Path) -> None:
    for file in (tmp_path / "none.json", tmp_path):
        with pytest.raises(Malformed, match="expected a readable file"):
            elections_in(file, Faults())


def test_published_lines_name_their_own_options_unless_told(tmp_path: Path) -> None:
    file = tmp_path / "ballots.jsonl"
    file.write_text('{"count":2,"ranking":[["b"],["a"]]}\n{"count":1,"ranking":[]}\n')
    (alone,) = elections_in(file, Faults())
    (told,) = elections_in(file, Faults(), vote_id="v", options=["c", "b", "a"])

    assert (alone.options, alone.id) == (("a", "b"), "ballots")
    assert (told.options, told.id) == (("c", "b", "a"), "v")
    assert list(told.ballots) == [(2, (("b",), ("a",))), (1, ())]


def test_published_lines_are_known_by_how_they_begin(tmp_path: Path) -> None:
    (found,) = read(tmp_path, '{"count":2,"ranking":[["b"],["a"]]}\n', "saved.txt")

    assert found.options == ("a", "b")


def test_a_faulty_published_line_is_a_fault_on_its_line(tmp_path: Path) -> None:
    text = '{"count":2,"ranking":[["b"]]}\n{"count":2,"ranking":["b"]}\n\n'

    assert faults_of(tmp_path, text, "ballots.jsonl") == [
        "line 2: expected a list of lists of options, found ['b']",
        "line 3: expected a line of JSON, found Expecting value: line 1 column 1 (char 0)",
    ]


def test_a_preflib_file_is_read(tmp_path: Path) -> None:
    text = HEADER + "# ALTERNATIVE NAME 2: b, c\n2: 1,2\n1: {1, 2}\n"
    (found,) = read(tmp_path, text, "00001.toc")

    assert (found.id, found.options) == ("00001", ("a", "b, c"))
    assert list(found.ballots) == [(2, (("a",), ("b, c",))), (1, (("a", "b, c"),))]


@pytest.mark.parametrize(
    ("ending", "last", "faults"),
    [
        ("toi", "x", ["line 5: expected an order such as \"3: 1,{2,4},3\", found 'x'"]),
        ("toi", "-3: 1", ["line 5: expected an order such as \"3: 1,{2,4},3\", found '-3: 1'"]),
        ("toi", "3: 1,{2", ["line 5: expected an order such as \"3: 1,{2,4},3\", found '3: 1,{2'"]),
        ("toi", "3: 1,,2", ["line 5: expected an order such as \"3: 1,{2,4},3\", found '3: 1,,2'"]),
        ("toi", "3: 1,9", ["line 5: expected one of the options, found '9'"]),
        ("toi", "3: 1,1", ["line 5: expected each option once, found 'a' twice"]),
        (
            "soi",
            "3: {1,2}",
            ["line 5: expected a strict order in a .soi file, found a shared place"],
        ),
        ("soc", "3: 2", ["line 5: expected all 2 options in a .soc file"]),
        ("toc", "3: {2}", ["line 5: expected all 2 options in a .toc file"]),
    ],
)
def test_a_faulty_preflib_order_is_a_fault_on_its_line(
    tmp_path: Path, ending: str, last: str, faults: list[str]
) -> None:
    text = HEADER.replace("VOTERS: 3", "VOTERS: 0") + f"# ALTERNATIVE NAME 2: b\n{last}\n"

    assert faults_of(tmp_path, text, f"vote.{ending}") == faults


@pytest.mark.parametrize(
    ("line", "faults"),
    [
        (
            "# ALTERNATIVE NAME 1: b",
            ["line 4: expected each option once, with a name, found '# ALTERNATIVE NAME 1: b'"],
        ),
        (
            "# ALTERNATIVE NAME 2: a",
            ["line 4: expected each option once, with a name, found '# ALTERNATIVE NAME 2: a'"],
        ),
        (
            "# ALTERNATIVE NAME two: b",
            ["line 4: expected \"# NAME: value\", found '# ALTERNATIVE NAME two: b'"],
        ),
    ],
)
def test_a_faulty_preflib_header_is_a_fault_on_its_line(
    tmp_path: Path, line: str, faults: list[str]
) -> None:
    text = HEADER.replace("IVES: 2", "IVES: 1") + f"{line}\n3: 1\n"

    assert faults_of(tmp_path, text, "vote.soi") == faults


def test_a_preflib_file_that_was_cut_off_is_refused(tmp_path: Path) -> None:
    text = HEADER + "2: 1\n"

    assert faults_of(tmp_path, text, "vote.soi") == [
        "line 1: expected \"# NUMBER ALTERNATIVES: 1\", as the file has, found '2'",
        "line 2: expected \"# NUMBER VOTERS: 2\", as the file has, found '3'",
    ]
