from collections.abc import Callable
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ground.reading import Malformed, Node, parse


def node(value: Any) -> Node:
    return Node(value)


@pytest.mark.parametrize(
    ("read", "value", "result"),
    [
        (Node.text, "Malå", "Malå"),
        (Node.flag, False, False),
        (Node.whole, 0, 0),
        (Node.whole, 10**15, 10**15),
        (Node.decimal, "12.50", Decimal("12.50")),
        (Node.decimal, "-0.01", Decimal("-0.01")),
        (Node.decimal, 300000, Decimal(300000)),
        (Node.decimal, Decimal("1.5"), Decimal("1.5")),
        (Node.day, "2024-02-29", date(2024, 2, 29)),
    ],
)
def test_a_value_of_the_asked_kind_is_given(
    read: Callable[[Node], object], value: object, result: object
) -> None:
    asked = node(value)
    assert read(asked) == result
    assert asked.faults == []


@pytest.mark.parametrize(
    ("read", "value"),
    [
        (Node.text, ""),
        (Node.text, None),
        (Node.text, 5),
        (Node.text, "\ud800"),
        (Node.flag, 1),
        (Node.flag, "true"),
        (Node.whole, True),
        (Node.whole, 1.0),
        (Node.whole, "1"),
        (Node.whole, 10**15 + 1),
        (Node.decimal, "1e3"),
        (Node.decimal, "01"),
        (Node.decimal, "1,5"),
        (Node.decimal, "NaN"),
        (Node.decimal, True),
        (Node.decimal, "٣"),
        (Node.decimal, "1" * 16),
        (Node.day, "2026-02-29"),
        (Node.day, "20260301"),
        (Node.day, "2026-3-1"),
        (Node.day, 20260301),
        (Node.day, "0000-01-01"),
    ],
)
def test_a_value_of_another_kind_is_one_fault_and_a_harmless_stand_in(
    read: Callable[[Node], object], value: object
) -> None:
    asked = node(value)
    read(asked)
    assert len(asked.faults) == 1
    assert asked.faults[0].startswith("$: expected ")


def test_every_fault_of_a_file_is_found_in_one_go_with_its_place() -> None:
    root = parse('{"name": "", "list": [{"n": 1}, {"n": "x"}], "day": "2026-13-01"}')
    root.get("name").text()
    for one in root.get("list").items():
        one.get("n").whole()
    root.get("day").day()
    root.get("gone").text()
    with pytest.raises(Malformed) as refused:
        root.refuse_if_faulty()
    assert refused.value.faults == [
        '$.name: expected a text, found ""',
        '$.list[1].n: expected a whole number, found "x"',
        '$.day: expected a date such as 2026-11-22, found "2026-13-01"',
        "$.gone: expected a value, found nothing",
    ]


def test_what_is_missing_is_one_fault_however_deep_one_asks_on() -> None:
    root = parse("{}")
    assert root.get("a").get("b").get("c").text() == ""
    assert root.faults == ["$.a: expected a value, found nothing"]


def test_a_default_stands_in_for_what_was_left_out_and_null_is_not_left_out() -> None:
    root = parse('{"told": null}')
    assert root.get("left_out", default="x").text() == "x"
    assert (root.has("told"), root.given("told")) == (True, False)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "{",
        "[1,]",
        '{"a": 1, "a": 2}',
        "NaN",
        '{"a": Infinity}',
        "1e9999999999999999999",
        "[" * 100_000,
    ],
)
def test_what_is_no_json_is_refused_whole(text: str) -> None:
    with pytest.raises(Malformed):
        parse(text)


def test_what_stands_twice_or_is_no_number_is_named_with_its_place_and_all_at_once() -> None:
    with pytest.raises(Malformed) as refused:
        parse('{"a": [{"b": 1, "b": 2, "c": NaN}, -Infinity], "d": {"e": {"f": 1, "f": {}}}}')
    assert refused.value.faults == [
        '$.a[0]: expected each name once, found "b" twice',
        "$.a[0].c: expected a number, found NaN",
        "$.a[1]: expected a number, found -Infinity",
        '$.d.e: expected each name once, found "f" twice',
    ]


def test_a_number_with_a_point_is_read_exactly() -> None:
    assert parse("0.1").decimal() == Decimal("0.1")


def test_a_choice_is_one_of_the_allowed_words() -> None:
    asked = node("c")
    assert asked.choice({"b", "a"}) == ""
    assert asked.faults == ['$: expected one of a, b, found "c"']


@given(st.recursive(st.none() | st.booleans() | st.integers() | st.text(), st.lists))
def test_no_question_to_any_value_is_a_fault_of_ours(value: object) -> None:
    asked = node(value)
    for read in (Node.text, Node.flag, Node.whole, Node.decimal, Node.day, Node.pair, Node.keys):
        read(asked)
    list(asked.items())
    assert asked.faults == [fault for fault in asked.faults if fault.startswith("$")]
