"""Which room each meeting of a plan gets: the largest meeting the largest free room."""

from collections import defaultdict
from collections.abc import Mapping

from cohorts.planning.facts import DIGITAL, Case, Meeting, Meetings, Room
from cohorts.planning.lookup import Lookup


def deal_rooms(case: Case, meetings: Meetings) -> Mapping[tuple[str, int], str]:
    """Return the room of each meeting on site, by cohort and number from 0.

    A meeting without a room in the case (a digital one, or one locked in a room of its own) is
    left out.
    """
    lookup = Lookup(case)
    wanted: dict[tuple[object, ...], list[tuple[int, str, int, Meeting]]] = defaultdict(list)
    for cohort, series in sorted(meetings.items()):
        for number, meeting in enumerate(series):
            size = len(case.cohorts[cohort].participants)
            key = meeting.on, lookup.band[meeting.slot], meeting.place
            if meeting.place != DIGITAL:
                wanted[key].append((-size, cohort, number, meeting))
    return {
        (cohort, number): room.id
        for those in wanted.values()
        for (size, cohort, number, _), room in zip(
            sorted(those), _free(lookup, those[0][3]), strict=False
        )
        if room.capacity >= -size
    }


def _free(lookup: Lookup, meeting: Meeting) -> list[Room]:
    times = {(meeting.on, slot) for slot in lookup.touching(meeting.slot)}
    free = (
        room for room in lookup.case.rooms if room.place == meeting.place and not room.busy & times
    )
    return sorted(free, key=lambda room: (-room.capacity, room.id))
