"""The checker finds each way in which a plan can break a rule."""

from datetime import date
from typing import Any

import pytest

from cohorts.planning.checker import broken_rules, measures, score
from cohorts.planning.facts import Measures, Meeting, Objective
from tests.cohorts.planning_builders import Json, case, cohort, people, read

pytestmark = pytest.mark.pure

TWO_WEEKS = (date(2027, 1, 14), date(2027, 1, 28))


def meeting(on: str, **changes: str) -> Meeting:
    facts = {"slot": "lunch", "place": "mala", "facilitator": "f1", **changes}
    return Meeting(date.fromisoformat(on), **facts)


def wrong(built: Json, *series: Meeting, **others: tuple[Meeting, ...]) -> list[str]:
    return broken_rules(read(built), {"A": series, **others})


def with_two(**changes: Any) -> Json:
    return case(cohorts={"A": cohort(meetings=2, **changes)})


def test_a_plan_that_keeps_the_rules_is_not_faulted() -> None:
    assert wrong(with_two(), meeting("2027-01-14"), meeting("2027-01-28")) == []


@pytest.mark.parametrize(("later", "days"), [("2027-01-27", 13), ("2027-02-12", 29)])
def test_a_gap_of_13_or_29_days_is_found(later: str, days: int) -> None:
    free = with_two() | {"facilitators": {"f1": {"base": "mala"}}}

    assert wrong(free, meeting("2027-01-14"), meeting(later)) == [
        f"A: {days} days from 2027-01-14 to {later}"
    ]


@pytest.mark.parametrize("later", ["2027-01-28", "2027-02-11"])
def test_gaps_of_14_and_28_days_are_allowed(later: str) -> None:
    assert wrong(with_two(), meeting("2027-01-14"), meeting(later)) == []


BREACHES: dict[str, tuple[Json, Meeting, str]] = {
    "outside the window of the first": (
        {},
        meeting("2027-01-21"),
        "A: the first meeting, 2027-01-21, is outside its window",
    ),
    "outside the horizon": (
        {"horizon": ["2027-01-15", "2027-04-30"]},
        meeting("2027-01-14"),
        "A: 2027-01-14 lunch mala: outside the horizon",
    ),
    "on a closed day": (
        {"closed_dates": ["2027-01-14"]},
        meeting("2027-01-14"),
        "A: 2027-01-14 lunch mala: a closed day",
    ),
    "on a Saturday": (
        {
            "facilitators": {"f1": {"base": "mala"}},
            "cohorts": {"A": cohort(first=["2027-01-11", "2027-01-17"])},
        },
        meeting("2027-01-16"),
        "A: 2027-01-16 lunch mala: a closed day",
    ),
    "when the facilitator does not work": (
        {},
        meeting("2027-01-13"),
        "A: 2027-01-13 lunch mala: f1 is not free",
    ),
    "on a day off": (
        {"facilitators": {"f1": {"base": "mala", "off": ["2027-01-14"]}}},
        meeting("2027-01-14"),
        "A: 2027-01-14 lunch mala: f1 is not free",
    ),
    "in a busy hour": (
        {"facilitators": {"f1": {"base": "mala", "busy": [["2027-01-14", "lunch"]]}}},
        meeting("2027-01-14"),
        "A: 2027-01-14 lunch mala: f1 is not free",
    ),
    "on another date than those named": (
        {"facilitators": {"f1": {"base": "mala", "dates": ["2027-01-15"]}}},
        meeting("2027-01-14"),
        "A: 2027-01-14 lunch mala: f1 is not free",
    ),
    "in a town that was not offered": (
        {},
        meeting("2027-01-14", place="umea"),
        "A: 2027-01-14 lunch umea: not a slot or place of the cohort",
    ),
    "too few can come": (
        {"cohorts": {"A": cohort(min_attend=5)}},
        meeting("2027-01-14"),
        "A: 2027-01-14 lunch mala: fewer than 5 can come",
    ),
    "the room is too small": (
        {"cohorts": {"A": cohort(participants=people(13))}},
        meeting("2027-01-14"),
        "A: 2027-01-14 lunch mala: no free room is large enough",
    ),
    "the room is booked": (
        {
            "rooms": [
                {"id": "M1", "place": "mala", "capacity": 12, "busy": [["2027-01-14", "lunch"]]}
            ]
        },
        meeting("2027-01-14"),
        "A: 2027-01-14 lunch mala: no free room is large enough",
    ),
    "a new date before the notice is over": (
        {"not_before": "2027-01-15"},
        meeting("2027-01-14"),
        "A: 2027-01-14 lunch mala: a new date before 2027-01-15",
    ),
    "too many in one place": (
        {"cohorts": {"A": cohort(quota={"mala": [0, 0]})}},
        meeting("2027-01-14"),
        "A: 1 meetings at mala, not 0 to 0",
    ),
    "led by a stranger": (
        {"facilitators": {"f1": {"base": "mala"}, "f2": {"base": "mala"}}},
        meeting("2027-01-14", facilitator="f2"),
        "A: led by ['f2'], not by one of ['f1']",
    ),
}


@pytest.mark.parametrize("name", BREACHES)
def test_each_breach_by_one_meeting_is_found(name: str) -> None:
    changes, one, fault = BREACHES[name]

    assert wrong(case(**changes), one) == [fault]


def test_a_series_that_is_too_short_is_found() -> None:
    assert wrong(with_two(), meeting("2027-01-14")) == ["A: 1 meetings, not 2"]


def test_a_cohort_without_a_plan_is_found() -> None:
    assert broken_rules(read(case()), {}) == ["the plan is not for the cohorts of the case"]


def repaired(**changes: Any) -> Json:
    standing = [{"date": "2027-01-14", "slot": "lunch", "place": "mala"}]
    return case(objective="repair", existing={"A": standing}, **changes)


def test_a_locked_meeting_that_was_moved_is_found() -> None:
    locked = repaired(locked_until="2027-01-14", facilitators={"f1": {"base": "mala"}})

    assert wrong(locked, meeting("2027-01-15")) == [
        "A: the locked meeting on 2027-01-14 was changed"
    ]


def test_a_locked_meeting_may_stand_on_a_day_that_was_closed_since() -> None:
    locked = repaired(locked_until="2027-01-14", closed_dates=["2027-01-14"])

    assert wrong(locked, meeting("2027-01-14")) == []


def test_a_meeting_that_was_kept_needs_no_notice_but_a_free_facilitator() -> None:
    assert wrong(repaired(not_before="2027-02-01"), meeting("2027-01-14")) == []
    ill = {"f1": {"base": "mala", "off": ["2027-01-14"]}}
    assert wrong(repaired(not_before="2027-02-01", facilitators=ill), meeting("2027-01-14")) == [
        "A: 2027-01-14 lunch mala: f1 is not free"
    ]


def pair(**changes: Any) -> Json:
    """Return two cohorts whose only day is 14 January 2027, morning or lunch."""
    day = ["2027-01-14", "2027-01-14"]
    return case(
        **{
            "slots": {"am": ["08:30", "10:00"], "lunch": ["11:30", "13:00"]},
            "facilitators": {"f1": {"base": "mala"}, "f2": {"base": "mala"}},
            "cohorts": {
                key: cohort(
                    first=day,
                    places=["mala", "umea", "skelleftea", "digital"],
                    facilitators=["f1", "f2"],
                )
                for key in "AB"
            },
            "rooms": [
                {"id": "U1", "place": "umea", "capacity": 20},
                {"id": "M1", "place": "mala", "capacity": 12},
            ],
            "travel_min": {"umea-skelleftea": 105, "skelleftea-mala": 90, "umea-mala": 165},
        }
        | changes
    )


AM_MALA = meeting("2027-01-14", slot="am")


@pytest.mark.parametrize(
    ("other", "broken"),
    [
        ({"slot": "am", "facilitator": "f1", "place": "digital"}, True),
        ({"slot": "lunch", "facilitator": "f1", "place": "mala"}, False),
        ({"slot": "lunch", "facilitator": "f1", "place": "umea"}, True),
        ({"slot": "lunch", "facilitator": "f1", "place": "digital"}, False),
        ({"slot": "lunch", "facilitator": "f2", "place": "umea"}, False),
    ],
)
def test_a_facilitator_cannot_be_in_two_towns_without_time_to_travel(
    other: dict[str, str], broken: bool
) -> None:
    found = wrong(pair(), AM_MALA, B=(meeting("2027-01-14", **other),))

    assert bool(found) == broken


def test_exactly_enough_time_to_travel_is_enough() -> None:
    rooms = [{"id": place, "place": place, "capacity": 20} for place in ("skelleftea", "mala")]
    there = meeting("2027-01-14", place="skelleftea")

    assert wrong(pair(rooms=rooms), AM_MALA, B=(there,)) == []
    late = {"umea-skelleftea": 105, "skelleftea-mala": 91, "umea-mala": 165}
    assert wrong(pair(rooms=rooms, travel_min=late), AM_MALA, B=(there,)) != []


def test_two_meetings_at_once_need_two_rooms() -> None:
    other = meeting("2027-01-14", slot="am", facilitator="f2")

    assert wrong(pair(), AM_MALA, B=(other,)) == [
        "2027-01-14 am: too few rooms at mala for 2 meetings at once"
    ]


def test_a_week_runs_from_monday_to_sunday() -> None:
    week = pair(facilitators={"f1": {"base": "mala", "max_per_week": 1}, "f2": {"base": "mala"}})

    assert wrong(week, AM_MALA, B=(meeting("2027-01-14"),)) == [
        "f1 has 2 meetings in week 2 of 2027, at most 1"
    ]


def test_the_score_puts_the_numbers_of_each_objective_in_order() -> None:
    measured = Measures(seats=5, worst=1, km=300, changes=2, day_shift=9)

    assert {objective: score(objective, measured) for objective in Objective} == {
        Objective.SEATS: (5,),
        Objective.WORST_THEN_SEATS: (1, 5),
        Objective.SEATS_THEN_KM: (5, -300),
        Objective.REPAIR: (-2, -9, 5),
    }


def test_km_are_there_and_back_for_those_who_come_and_for_the_facilitator() -> None:
    built = case(
        facilitators={"f1": {"base": "umea"}},
        cohorts={
            "A": cohort(
                participants={
                    "near": {"home": "mala"},
                    "far": {"home": "umea"},
                    "kept": {"home": "umea", "away": ["2027-01-14"]},
                }
            )
        },
    )

    assert measures(read(built), {"A": (meeting("2027-01-14"),)}) == Measures(
        seats=2, worst=0, km=800, changes=0, day_shift=0
    )
