"""Small cases to plan, as the JSON that a file holds, and ways to run them."""

import json
from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

from hypothesis import strategies as st

from cohorts.planning import plan_meetings
from cohorts.planning.facts import Case, Plan
from cohorts.planning.reading import read_cases

Json = dict[str, Any]
MONDAY = date(2027, 1, 11)
TOWNS = ["umea", "skelleftea", "mala"]
SLOTS = {"am": ["08:30", "10:00"], "lunch": ["11:30", "13:00"], "pm": ["14:30", "16:00"]}


def people(count: int, home: str = "mala", **wishes: Any) -> Json:
    """Return so many participants who are alike."""
    return {f"p{n}": {"home": home, **wishes} for n in range(1, count + 1)}


def cohort(**changes: Any) -> Json:
    """Return a cohort of four in Malå that needs one meeting in the week of 11 January 2027."""
    return {
        "meetings": 1,
        "first": ["2027-01-11", "2027-01-15"],
        "places": ["mala"],
        "facilitators": ["f1"],
        "participants": people(4),
        **changes,
    }


def case(**changes: Any) -> Json:
    """Return a case of one cohort, whose facilitator works at lunch on Thursdays."""
    return {
        "id": "case",
        "gap": [14, 28],
        "horizon": ["2027-01-11", "2027-04-30"],
        "slots": {"lunch": SLOTS["lunch"]},
        "km": {"umea-skelleftea": 135, "skelleftea-mala": 130, "umea-mala": 200},
        "travel_min": {"umea-skelleftea": 105, "skelleftea-mala": 110, "umea-mala": 165},
        "closed_dates": [],
        "facilitators": {"f1": {"base": "mala", "weekly": [[3, "lunch"]]}},
        "rooms": [
            {"id": "U1", "place": "umea", "capacity": 20},
            {"id": "M1", "place": "mala", "capacity": 12},
        ],
        "cohorts": {"A": cohort()},
        "objective": "seats",
        **changes,
    }


def read(built: Json) -> Case:
    """Return the case as the planner sees it."""
    return read_cases(json.dumps(built))[0]


def planned(built: Json) -> Plan:
    """Return the plan for a case."""
    return plan_meetings(read(built), seconds=30)


def dates(plan: Plan, key: str = "A") -> list[str]:
    """Return the dates of a cohort's meetings, none without a plan."""
    return [str(meeting.on) for meeting in (plan.meetings or {}).get(key, ())]


@st.composite
def small_cases(draw: Callable[..., Any], objectives: tuple[str, ...], cohorts: int = 1) -> Json:
    """Draw cases small enough for every plan to be tried."""
    horizon = [MONDAY + timedelta(days) for days in range(draw(st.integers(16, 40)))]
    slots = draw(st.lists(st.sampled_from(sorted(SLOTS)), min_size=1, max_size=2, unique=True))
    some_days = st.lists(st.sampled_from([str(day) for day in horizon]), max_size=3, unique=True)
    weekly = st.lists(
        st.tuples(st.integers(0, 5), st.sampled_from(slots)), min_size=1, max_size=3, unique=True
    ).map(lambda pairs: [list(pair) for pair in pairs])
    dated = st.lists(
        st.tuples(st.sampled_from([str(day) for day in horizon]), st.sampled_from(slots)),
        max_size=3,
        unique=True,
    ).map(lambda pairs: [list(pair) for pair in pairs])
    facilitator = st.fixed_dictionaries(
        {"base": st.sampled_from(TOWNS), "weekly": weekly},
        optional={"off": some_days, "busy": dated, "max_per_week": st.integers(1, 2)},
    )
    person = st.fixed_dictionaries(
        {"home": st.sampled_from(TOWNS)},
        optional={
            "can": weekly,
            "away": some_days,
            "max_km": st.sampled_from([0, 140]),
            "digital": st.booleans(),
        },
    )
    leaders = {"f1": draw(facilitator), "f2": draw(facilitator)}
    groups = {}
    for key in "ABC"[:cohorts]:
        first = draw(st.integers(0, 5))
        places = draw(
            st.lists(st.sampled_from([*TOWNS, "digital"]), min_size=1, max_size=2, unique=True)
        )
        groups[key] = {
            "meetings": draw(st.integers(1, 3 if cohorts == 1 else 2)),
            "first": [str(horizon[first]), str(horizon[min(first + 12, len(horizon) - 1)])],
            "places": places,
            "facilitators": draw(
                st.lists(st.sampled_from(sorted(leaders)), min_size=1, max_size=2, unique=True)
            ),
            "participants": {f"p{n}": draw(person) for n in range(draw(st.integers(1, 3)))},
            "quota": {places[0]: draw(st.sampled_from([[0, 1], [1, 2], [0, 3], [1, 1]]))},
            "min_attend": draw(st.integers(0, 1)),
        }
    built = case(
        gap=draw(st.sampled_from([[14, 28], [14, 28], [7, 14], [3, 9]])),
        horizon=[str(horizon[0]), str(horizon[-1])],
        slots={slot: SLOTS[slot] for slot in slots},
        closed_dates=draw(some_days),
        facilitators=leaders,
        rooms=[
            {"id": f"{town}{n}", "place": town, "capacity": seats, "busy": draw(dated)}
            for town in TOWNS
            for n, seats in enumerate((2, 3))
        ],
        cohorts=groups,
        objective=draw(st.sampled_from(objectives)),
    )
    if built["objective"] == "repair":
        built["existing"] = {key: draw(_existing(built, key)) for key in groups}
        built["locked_until"] = str(draw(st.sampled_from(horizon)))
        built["not_before"] = str(draw(st.sampled_from(horizon)))
    return built


@st.composite
def _existing(draw: Callable[..., Any], built: Json, key: str) -> list[Json]:
    """Draw a plan that is in force, which may have come to break the rules."""
    group = built["cohorts"][key]
    day = date.fromisoformat(group["first"][0]) + timedelta(draw(st.integers(0, 4)))
    meetings = []
    for _ in range(group["meetings"]):
        slot = draw(st.sampled_from(sorted(built["slots"])))
        place = draw(st.sampled_from(group["places"]))
        meetings.append({"date": str(day), "slot": slot, "place": place})
        day += timedelta(draw(st.integers(*built["gap"])))
    return meetings
