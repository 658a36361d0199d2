"""Cases for the planner of meetings, read from JSON with every fault of the file at once."""

from collections.abc import Collection, Iterable
from itertools import pairwise

from cohorts.planning.distances import missing_distances
from cohorts.planning.facts import (
    Case,
    Cohort,
    Facilitator,
    Objective,
    Participant,
    Room,
    Slot,
    Standing,
)
from cohorts.planning.values import (
    clock,
    dated_slots,
    day,
    days,
    distances,
    optional,
    span,
    weekly_slots,
)
from ground.reading import Node, parse

MOST_MEETINGS = 400  # a meeting a fortnight for fifteen years


def read_cases(text: str) -> list[Case]:
    """Return the cases of a file ``{"cases": [...]}``, or the one case that the file is.

    :raises Malformed: if anything in the file cannot be read; it names every fault.
    """
    root = parse(text)
    nodes = list(root.get("cases").items()) if root.has("cases") else [root]
    cases = [_case(node) for node in nodes]
    seen: set[str] = set()
    for node, case in zip(nodes, cases, strict=True):
        if case.id in seen:
            node.get("id").fault("an id that no other case has")
        seen.add(case.id)
    root.refuse_if_faulty()
    return cases


def _case(node: Node) -> Case:
    slots = {key: _slot(key, value) for key, value in node.get("slots").fields()}
    facilitators = {
        key: _facilitator(key, value, slots) for key, value in node.get("facilitators").fields()
    }
    cohorts = {
        key: _cohort(key, value, slots, facilitators) for key, value in node.get("cohorts").fields()
    }
    case = Case(
        id=node.get("id").text(),
        gap_days=span(node.get("gap"), lambda gap: gap.whole(1)),
        horizon=span(node.get("horizon"), day),
        slots=slots,
        km=distances(node.get("km")),
        travel_minutes=distances(node.get("travel_min")),
        closed=days(node.get("closed_dates")),
        facilitators=facilitators,
        rooms=_rooms(node.get("rooms"), slots),
        cohorts=cohorts,
        objective=_objective(node.get("objective")),
        existing=_existing(node, slots, cohorts),
        locked_until=optional(node, "locked_until", day),
        not_before=optional(node, "not_before", day),
    )
    for kind, pair in missing_distances(case) if not node.faults else ():
        node.get(kind).fault(f"a number for {pair[0]}-{pair[1]}")
    return case


def _slot(key: str, node: Node) -> Slot:
    start, end = span(node, clock)
    if start == end and not node.faults:
        node.fault("an end after the start")
    return Slot(key, start, end)


def _facilitator(key: str, node: Node, slots: Collection[str]) -> Facilitator:
    return Facilitator(
        id=key,
        base=node.get("base").text(),
        dates=optional(node, "dates", days),
        weekly=optional(node, "weekly", lambda weekly: weekly_slots(weekly, slots)),
        off=optional(node, "off", days) or frozenset(),
        busy=optional(node, "busy", lambda busy: dated_slots(busy, slots)) or frozenset(),
        max_per_week=optional(node, "max_per_week", lambda most: most.whole(0)),
    )


def _rooms(node: Node, slots: Collection[str]) -> tuple[Room, ...]:
    rooms: dict[str, Room] = {}
    for one in node.items():
        room = Room(
            id=one.get("id").text(),
            place=one.get("place").text(),
            capacity=one.get("capacity").whole(0),
            busy=optional(one, "busy", lambda busy: dated_slots(busy, slots)) or frozenset(),
        )
        if room.id in rooms:
            one.get("id").fault("an id that no other room has")
        rooms[room.id] = room
    return tuple(rooms.values())


def _cohort(key: str, node: Node, slots: Collection[str], facilitators: Collection[str]) -> Cohort:
    people = node.get("participants").fields()
    quota = node.get("quota").fields() if node.given("quota") else ()
    return Cohort(
        id=key,
        meetings=_meetings(node.get("meetings")),
        first=span(node.get("first"), day),
        places=_once(place.text() for place in node.get("places").items()),
        facilitators=_once(one.choice(facilitators) for one in node.get("facilitators").items()),
        participants=tuple(_participant(name, person, slots) for name, person in people),
        quota={place: span(most, lambda count: count.whole(0)) for place, most in quota},
        min_attend=optional(node, "min_attend", lambda least: least.whole(0)) or 0,
    )


def _meetings(node: Node) -> int:
    count = node.whole(1)
    if count > MOST_MEETINGS:
        node.fault(f"at most {MOST_MEETINGS} meetings")
    return count


def _participant(key: str, node: Node, slots: Collection[str]) -> Participant:
    return Participant(
        id=key,
        home=node.get("home").text(),
        can=optional(node, "can", lambda can: weekly_slots(can, slots)),
        away=optional(node, "away", days) or frozenset(),
        max_km=optional(node, "max_km", lambda most: most.whole(0)),
        digital=node.get("digital", default=True).flag(),
    )


def _objective(node: Node) -> Objective:
    chosen = node.choice([str(objective) for objective in Objective])
    return Objective(chosen or Objective.SEATS)


def _existing(
    node: Node, slots: Collection[str], cohorts: dict[str, Cohort]
) -> dict[str, tuple[Standing, ...]]:
    if not node.given("existing"):
        if node.get("objective").value == Objective.REPAIR:
            node.get("existing").fault("the meetings that stand, by cohort")
        return {}
    existing: dict[str, tuple[Standing, ...]] = {}
    for key, meetings in node.get("existing").fields():
        existing[key] = tuple(
            Standing(day(one.get("date")), one.get("slot").choice(slots), one.get("place").text())
            for one in meetings.items()
        )
        order = [one.on for one in existing[key]]
        if key not in cohorts:
            meetings.fault("meetings of a cohort in this case")
        elif len(order) > cohorts[key].meetings:
            meetings.fault(f"at most {cohorts[key].meetings} meetings")
        if any(later <= earlier for earlier, later in pairwise(order)):
            meetings.fault("meetings in the order of their dates")
    return existing


def _once(names: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(names))
