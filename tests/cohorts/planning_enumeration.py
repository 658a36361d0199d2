"""Every plan of a small case, by trying everything: what the planner's answers are held against.

Written from the rules alone; shares no code with the planner or its checker.
"""

from collections import Counter, defaultdict
from collections.abc import Iterator
from datetime import date, timedelta
from itertools import combinations, permutations, product
from typing import Any

Json = dict[str, Any]
Series = tuple[str, tuple[tuple[date, str, str], ...]]


def all_plans(case: Json) -> Iterator[dict[str, Series]]:
    """Yield each plan that keeps every rule."""
    cohorts = sorted(case["cohorts"])
    for chosen in product(*(list(_series(case, key)) for key in cohorts)):
        plan = dict(zip(cohorts, chosen, strict=True))
        if _leaders_hold(case, plan) and _rooms_hold(case, plan):
            yield plan


def best_score(case: Json) -> list[int] | None:
    """Return the best score of all plans, None if there is no plan."""
    return max((score(case, plan) for plan in all_plans(case)), default=None)


def score(case: Json, plan: dict[str, Series]) -> list[int]:
    """Return the score of a plan by the objective of the case."""
    seats = km = changes = shift = 0
    worst = []
    for key, (leader, meetings) in plan.items():
        people = case["cohorts"][key]["participants"].values()
        for meeting in meetings:
            there = [one["home"] for one in people if _comes(case, one, meeting)]
            seats += len(there)
            homes = [*there, case["facilitators"][leader]["base"]]
            km += 2 * sum(_km(case, home, meeting[2]) for home in homes)
        worst += [sum(_comes(case, one, meeting) for meeting in meetings) for one in people]
        for old, new in zip(case.get("existing", {}).get(key, []), meetings, strict=False):
            changes += (old["date"], old["slot"], old["place"]) != (str(new[0]), *new[1:])
            shift += abs((date.fromisoformat(old["date"]) - new[0]).days)
    return {
        "seats": [seats],
        "worst_then_seats": [min(worst, default=0), seats],
        "seats_then_km": [seats, -km],
        "repair": [-changes, -shift, seats],
    }[case["objective"]]


def _series(case: Json, key: str) -> Iterator[Series]:
    cohort = case["cohorts"][key]
    for leader in cohort["facilitators"]:
        rows = [list(_options(case, key, leader, number)) for number in range(cohort["meetings"])]
        for path in _paths(case, rows, ()):
            places = Counter(place for _, _, place in path)
            quota = cohort.get("quota", {}).items()
            if all(low <= places[place] <= high for place, (low, high) in quota):
                yield leader, path


def _paths(case: Json, rows: list[Any], path: tuple[Any, ...]) -> Iterator[tuple[Any, ...]]:
    if len(path) == len(rows):
        yield path
        return
    low, high = case["gap"]
    for option in rows[len(path)]:
        if not path or low <= (option[0] - path[-1][0]).days <= high:
            yield from _paths(case, rows, (*path, option))


def _options(case: Json, key: str, leader: str, number: int) -> Iterator[tuple[date, str, str]]:
    cohort = case["cohorts"][key]
    existing = case.get("existing", {}).get(key, [])
    old = existing[number] if number < len(existing) else None
    if old and case.get("locked_until") and old["date"] <= case["locked_until"]:
        yield date.fromisoformat(old["date"]), old["slot"], old["place"]
        return
    day, last = (date.fromisoformat(end) for end in case["horizon"])
    while day <= last:
        iso = str(day)
        window = number or cohort["first"][0] <= iso <= cohort["first"][1]
        notice = iso >= case.get("not_before", iso) or bool(old and old["date"] == iso)
        if window and notice and day.weekday() <= 4 and iso not in case["closed_dates"]:
            for slot, place in product(case["slots"], cohort["places"]):
                if _possible(case, cohort, leader, (day, slot, place)):
                    yield day, slot, place
        day += timedelta(1)


def _possible(case: Json, cohort: Json, leader: str, meeting: tuple[date, str, str]) -> bool:
    day, slot, place = meeting
    one = case["facilitators"][leader]
    people = cohort["participants"].values()
    return (
        str(day) in one.get("dates", [str(day)])
        and [day.weekday(), slot] in one.get("weekly", [[day.weekday(), slot]])
        and str(day) not in one.get("off", [])
        and [str(day), slot] not in one.get("busy", [])
        and (place == "digital" or any(_rooms(case, meeting, len(people))))
        and sum(_comes(case, person, meeting) for person in people) >= cohort.get("min_attend", 0)
    )


def _rooms(case: Json, meeting: tuple[date, str, str], size: int) -> list[str]:
    return [
        room["id"]
        for room in case["rooms"]
        if room["place"] == meeting[2]
        and room["capacity"] >= size
        and [str(meeting[0]), meeting[1]] not in room.get("busy", [])
    ]


def _comes(case: Json, person: Json, meeting: tuple[date, str, str]) -> bool:
    day, slot, place = meeting
    if str(day) in person.get("away", []):
        return False
    if [day.weekday(), slot] not in person.get("can", [[day.weekday(), slot]]):
        return False
    if place == "digital":
        return bool(person.get("digital", True))
    return bool(_km(case, person["home"], place) <= person.get("max_km", 10**9))


def _km(case: Json, one: str, other: str) -> int:
    return _between(case["km"], one, other)


def _between(table: dict[str, int], one: str, other: str) -> int:
    if one == other or "digital" in (one, other):
        return 0
    return table.get(f"{one}-{other}", table.get(f"{other}-{one}", 0))


def _leaders_hold(case: Json, plan: dict[str, Series]) -> bool:
    led = [(leader, meeting) for leader, meetings in plan.values() for meeting in meetings]
    weeks = Counter((leader, meeting[0].isocalendar()[:2]) for leader, meeting in led)
    for (leader, _), count in weeks.items():
        if count > case["facilitators"][leader].get("max_per_week", count):
            return False
    return all(
        one != other or a[0] != b[0] or _both(case, a, b)
        for (one, a), (other, b) in combinations(led, 2)
    )


def _both(case: Json, one: tuple[date, str, str], other: tuple[date, str, str]) -> bool:
    earlier, later = sorted((one, other), key=lambda meeting: case["slots"][meeting[1]][0])
    end, start = (
        int(clock[:2]) * 60 + int(clock[3:])
        for clock in (case["slots"][earlier[1]][1], case["slots"][later[1]][0])
    )
    return end + _between(case["travel_min"], earlier[2], later[2]) <= start


def _rooms_hold(case: Json, plan: dict[str, Series]) -> bool:
    at_once = defaultdict(list)
    for key, (_, meetings) in plan.items():
        for meeting in meetings:
            if meeting[2] != "digital":
                size = len(case["cohorts"][key]["participants"])
                rooms = _rooms(case, meeting, size)
                if rooms:
                    at_once[meeting].append(rooms)
    return all(
        any(
            all(room in fitting for room, fitting in zip(given, choices, strict=True))
            for given in permutations([room["id"] for room in case["rooms"]], len(choices))
        )
        for choices in at_once.values()
    )
