"""The rules between cohorts: facilitators, their weeks, and rooms."""

from collections import defaultdict
from collections.abc import Iterator
from datetime import date, datetime, timedelta
from itertools import combinations

from cohorts.planning.checker.breach import Breach, Rule
from cohorts.planning.checker.facts import fits, touch
from cohorts.planning.facts import DIGITAL, Case, Meeting, Meetings


def facilitator_faults(case: Case, meetings: Meetings) -> Iterator[Breach]:
    """Yield the days and weeks of which a facilitator cannot lead all meetings."""
    led = defaultdict(list)
    for series in meetings.values():
        for meeting in series:
            led[meeting.facilitator, meeting.on].append(meeting)
    weeks: dict[tuple[str, int, int], int] = defaultdict(int)
    for (leader, on), day in led.items():
        weeks[leader, on.isocalendar().year, on.isocalendar().week] += len(day)
        for one, other in combinations(day, 2):
            if not _both(case, one, other):
                text = f"{leader} cannot lead {one} and {other}"
                yield Breach(Rule.LEADS_ANOTHER, text, on=on)
    for leader, year, week in list(weeks):
        elsewhere = case.facilitators[leader].also_leads
        weeks[leader, year, week] += sum(on.isocalendar()[:2] == (year, week) for on in elsewhere)
    for (leader, year, week), count in weeks.items():
        most = case.facilitators[leader].max_per_week
        if most is not None and count > most:
            text = f"{leader} has {count} meetings in week {week} of {year}, at most {most}"
            yield Breach(Rule.WEEK_FULL, text, on=date.fromisocalendar(year, week, 1))


def room_faults(case: Case, meetings: Meetings) -> Iterator[Breach]:
    """Yield the times at which the meetings in a town need more rooms than there are."""
    if case.enough_rooms:
        return
    needs: dict[tuple[date, str], list[tuple[int, Meeting]]] = defaultdict(list)
    for key, series in meetings.items():
        size = len(case.cohorts[key].participants)
        for meeting in series:
            if meeting.place != DIGITAL:
                needs[meeting.on, meeting.place].append((size, meeting))
    for (on, place), wanted in needs.items():
        for slot in {meeting.slot for _, meeting in wanted}:
            at_once = [
                [room.id for room in case.rooms if fits(case, room, size, meeting)]
                for size, meeting in wanted
                if touch(case, slot, meeting.slot)
            ]
            # A locked meeting that fits no room has its seats from elsewhere.
            if not _all_seated([rooms for rooms in at_once if rooms]):
                many = f"{len(at_once)} meetings at once"
                text = f"{on} {slot}: too few rooms at {place} for {many}"
                yield Breach(Rule.ROOMS_TAKEN, text, on=on)


def _all_seated(choices: list[list[str]]) -> bool:
    """Return whether each can have a room of its own, by augmenting paths."""
    holder: dict[str, int] = {}

    def seat(one: int, tried: set[str]) -> bool:
        for room in choices[one]:
            if room not in tried:
                tried.add(room)
                if room not in holder or seat(holder[room], tried):
                    holder[room] = one
                    return True
        return False

    return all(seat(one, set()) for one in range(len(choices)))


def _both(case: Case, one: Meeting, other: Meeting) -> bool:
    """Return whether one person can lead both of two meetings of a day."""
    earlier, later = sorted((one, other), key=lambda meeting: case.slots[meeting.slot].start)
    towns = earlier.place, later.place
    minutes = 0
    if case.travels and towns[0] != towns[1] and DIGITAL not in towns:
        minutes = case.travel_minutes.get(towns, 0)
    end = datetime.combine(one.on, case.slots[earlier.slot].end)
    start = datetime.combine(one.on, case.slots[later.slot].start)
    return end + timedelta(minutes=minutes) <= start
