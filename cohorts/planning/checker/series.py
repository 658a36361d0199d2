"""The rules that one cohort's series keeps, whatever the others do."""

from collections.abc import Iterator, Sequence
from datetime import date
from itertools import pairwise

from cohorts.planning.checker.breach import Breach, Rule
from cohorts.planning.checker.facts import attends, fits, place_in_time, taken, weekly
from cohorts.planning.facts import DIGITAL, Case, Cohort, Meeting, Standing

SATURDAY = 5


def cohort_faults(case: Case, cohort: Cohort, series: Sequence[Meeting]) -> Iterator[Breach]:
    """Yield what is wrong with one cohort's series, looked at alone."""

    def breach(rule: Rule, text: str, on: date | None = None) -> Breach:
        return Breach(rule, text, cohort.id, on)

    if len(series) != cohort.meetings:
        yield breach(Rule.MEETINGS, f"{len(series)} meetings, not {cohort.meetings}")
        return
    leaders = {meeting.facilitator for meeting in series}
    if len(leaders) != 1 or not leaders <= set(cohort.facilitators):
        text = f"led by {sorted(leaders)}, not by one of {list(cohort.facilitators)}"
        yield breach(Rule.ONE_LEADER, text)
        return
    for rule, text, on in _rhythm_faults(case, cohort, series):
        yield breach(rule, text, on)
    existing = case.existing.get(cohort.id, ())
    for number, meeting in enumerate(series):
        old = existing[number] if number < len(existing) else None
        if old and case.locked_until and old.on <= case.locked_until:
            if place_in_time(meeting) != place_in_time(old):
                yield breach(Rule.LOCKED, f"the locked meeting on {old.on} was changed", old.on)
            continue
        for rule, text in _meeting_faults(case, cohort, meeting, old):
            yield breach(rule, f"{meeting.on} {meeting.slot} {meeting.place}: {text}", meeting.on)
        if number == 0 and not cohort.first[0] <= meeting.on <= cohort.first[1]:
            text = f"the first meeting, {meeting.on}, is outside its window"
            yield breach(Rule.WINDOW, text, meeting.on)


def _rhythm_faults(
    case: Case, cohort: Cohort, series: Sequence[Meeting]
) -> Iterator[tuple[Rule, str, date | None]]:
    for earlier, later in pairwise(series):
        gap = (later.on - earlier.on).days
        if not case.gap_days[0] <= gap <= case.gap_days[1]:
            yield Rule.GAP, f"{gap} days from {earlier.on} to {later.on}", later.on
    for place, (least, most) in cohort.quota.items():
        count = sum(meeting.place == place for meeting in series)
        if not least <= count <= most:
            yield Rule.QUOTA, f"{count} meetings at {place}, not {least} to {most}", None


def _meeting_faults(
    case: Case, cohort: Cohort, meeting: Meeting, old: Standing | None
) -> Iterator[tuple[Rule, str]]:
    if not case.horizon[0] <= meeting.on <= case.horizon[1]:
        yield Rule.HORIZON, "outside the horizon"
    if meeting.on in case.closed or meeting.on.weekday() >= SATURDAY:
        yield Rule.CLOSED_DAY, "a closed day"
    kept = old is not None and old.on == meeting.on
    if case.not_before and meeting.on < case.not_before and not kept:
        yield Rule.NOTICE, f"a new date before {case.not_before}"
    if meeting.slot not in case.slots or meeting.place not in cohort.places:
        yield Rule.PLACE, "not a slot or place of the cohort"
        return
    if cohort.times is not None and weekly(meeting) not in cohort.times:
        yield Rule.TIME, "not a time of the cohort"
    leader = case.facilitators[meeting.facilitator]
    if (
        (leader.dates is not None and meeting.on not in leader.dates)
        or (leader.weekly is not None and weekly(meeting) not in leader.weekly)
        or meeting.on in leader.off
        or taken(case, leader.busy, meeting)
    ):
        yield Rule.LEADER_NOT_FREE, f"{leader.id} is not free"
    if sum(attends(case, person, meeting) for person in cohort.participants) < cohort.min_attend:
        yield Rule.TOO_FEW_COME, f"fewer than {cohort.min_attend} can come"
    size = len(cohort.participants)
    roomed = any(fits(case, room, size, meeting) for room in case.rooms)
    if meeting.place != DIGITAL and not case.enough_rooms and not roomed:
        yield Rule.NO_ROOM, "no free room is large enough"
