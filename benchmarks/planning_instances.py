"""Invented meetings to plan and people to place: the same for the same seed."""

import json
import random
from datetime import date, timedelta
from typing import Any

from cohorts.planning.closed import closed_days
from cohorts.planning.facts import Case
from cohorts.planning.formation.facts import FormingCase
from cohorts.planning.formation.reading import read_forming_cases
from cohorts.planning.reading import read_cases

Json = dict[str, Any]
TOWNS = ("umea", "skelleftea", "mala")
SHARES = (0.5, 0.35, 0.15)
SLOTS = {"am": ["09:00", "10:30"], "lunch": ["11:30", "13:00"], "pm": ["14:00", "15:30"]}
WEEK = [(weekday, slot) for weekday in range(5) for slot in SLOTS]
START = date(2027, 1, 11)
WEEKS = 30
DAYS = [START + timedelta(day) for day in range(WEEKS * 7)]
MEETINGS = 6
SECOND_TOWN, ALSO_DIGITAL, AT_HOME, NOT_DIGITAL = 0.2, 0.5, 0.85, 0.15


def meetings_case(cohorts: int, facilitators: int, *, choices: int, objective: str) -> Case:
    """Return cohorts of 6 to 12 people with six meetings each, ``choices`` facilitators to each."""
    dice = random.Random(cohorts * 1000 + facilitators)
    town_of = _towns(facilitators)
    leaders = {f"f{i:03}": _facilitator(dice, town_of[i]) for i in range(facilitators)}
    groups = {}
    for i, town in enumerate(_towns(cohorts)):
        near = [key for key in leaders if leaders[key]["base"] == town] or list(leaders)
        others = [key for key in leaders if key not in near]
        offered = [near[(i + step) % len(near)] for step in range(min(choices, len(near)))]
        offered += dice.sample(others, min(choices - len(offered), len(others)))
        groups[f"c{i:03}"] = _cohort(dice, town, offered)
    case = {
        "id": f"{cohorts}-{facilitators}-{choices}-{objective}",
        "gap": [14, 28],
        "horizon": [str(DAYS[0]), str(DAYS[-1])],
        "slots": SLOTS,
        "km": {"umea-skelleftea": 135, "skelleftea-mala": 130, "umea-mala": 200},
        "travel_min": {"umea-skelleftea": 105, "skelleftea-mala": 110, "umea-mala": 165},
        "closed_dates": sorted(str(day) for day in closed_days(DAYS[0], DAYS[-1], BREAKS)),
        "facilitators": leaders,
        "rooms": [_room(dice, town, i) for town in TOWNS for i in range(3 + cohorts // 40)],
        "cohorts": groups,
        "objective": objective,
    }
    return read_cases(json.dumps(case))[0]


def forming_case(people: int) -> FormingCase:
    """Return people who would like to take part, with wishes, and some who are to be apart."""
    dice = random.Random(people)
    companies = [f"k{i}" for i in range(max(3, people // 4))]
    weights = [1 / (1 + i) ** 0.5 for i in range(len(companies))]
    times = [f"{day}-{slot}" for day in ("mon", "tue", "wed", "thu", "fri") for slot in SLOTS]
    places = (*TOWNS, "digital")
    everybody = {}
    for i in range(people):
        home = dice.choices(TOWNS, SHARES)[0]
        wishes = {place: 4 for place in dice.sample(TOWNS, 1) if dice.random() < SECOND_TOWN}
        if dice.random() < ALSO_DIGITAL:
            wishes["digital"] = dice.choice([3, 5, 7])
        everybody[f"p{i:05}"] = {
            "places": {**wishes, home: 10},
            "langs": dice.choices((["sv"], ["sv", "en"], ["en"]), (0.8, 0.12, 0.08))[0],
            "slots": {time: dice.choice([1, 2, 3]) for time in dice.sample(times, 3)},
            "company": dice.choices(companies, weights)[0],
        }
    capacity = {f"{place}|{time}": 1 + people // 200 for place in places for time in times}
    case = {
        "id": str(people),
        "min": 6,
        "max": 12,
        "company_max": 3,
        "capacity": capacity,
        "people": everybody,
        "apart": [dice.sample(sorted(everybody), 2) for _ in range(people // 100)],
    }
    return read_forming_cases(json.dumps(case))[0]


BREAKS = ((date(2027, 3, 1), date(2027, 3, 5)), (date(2027, 6, 14), date(2027, 8, 13)))


def _towns(count: int) -> list[str]:
    """Return a town for each of ``count``, by the shares of the towns."""
    skelleftea, mala = (round(share * count) for share in SHARES[1:])
    umea = count - skelleftea - mala
    return [*[TOWNS[0]] * umea, *[TOWNS[1]] * skelleftea, *[TOWNS[2]] * mala]


def _facilitator(dice: random.Random, base: str) -> Json:
    away = dice.choice(DAYS)
    return {
        "base": base,
        "weekly": [list(one) for one in dice.sample(WEEK, dice.randint(5, 8))],
        "off": sorted({str(away + timedelta(day)) for day in range(5)}),
        "busy": [[str(dice.choice(DAYS)), dice.choice(list(SLOTS))] for _ in range(8)],
        "max_per_week": dice.choice([3, 4]),
    }


def _cohort(dice: random.Random, town: str, offered: list[str]) -> Json:
    liked = dice.sample(WEEK, 8)
    first = START + timedelta(weeks=dice.randint(0, 4))
    return {
        "meetings": MEETINGS,
        "first": [str(first), str(first + timedelta(20))],
        "places": [town, "digital"],
        "facilitators": offered,
        "participants": {
            f"p{i:02}": _person(dice, town, liked) for i in range(dice.randint(6, 12))
        },
        "quota": {"digital": [0, 2]},
        "min_attend": 2,
    }


def _person(dice: random.Random, town: str, liked: list[tuple[int, str]]) -> Json:
    can = {*dice.sample(WEEK, dice.randint(3, 8)), *dice.sample(liked, 4)}
    away: set[str] = set()
    for _ in range(dice.randint(0, 2)):
        first = dice.choice(DAYS)
        away |= {str(first + timedelta(day)) for day in range(dice.choice([3, 7, 14]))}
    return {
        "home": town if dice.random() < AT_HOME else dice.choice(TOWNS),
        "can": sorted([list(one) for one in can]),
        "away": sorted(away),
        "max_km": dice.choice([None, 50, 140]),
        "digital": dice.random() > NOT_DIGITAL,
    }


def _room(dice: random.Random, town: str, number: int) -> Json:
    return {
        "id": f"{town}{number}",
        "place": town,
        "capacity": (20, 14, 12, 8, 12, 16)[number % 6],
        "busy": [[str(dice.choice(DAYS)), dice.choice(list(SLOTS))] for _ in range(20)],
    }
