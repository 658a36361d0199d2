"""Who could lead a meeting in somebody else's place."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import timedelta

from django.db.models import QuerySet
from django.utils import timezone

from accounts.models import User
from cohorts.models import Meeting
from cohorts.queries import occupied
from cohorts.queries.occupied import Period
from cohorts.queries.touched import Asked, rules_touched
from cohorts.rules.sittings import HandOverRefusal, Sitting, Touched

REFUSALS = {
    Touched.LEADS_ANOTHER: HandOverRefusal.LEADS_ANOTHER_THEN,
    Touched.LEADER_OFF: HandOverRefusal.IS_OFF,
    Touched.OUTSIDE_HOURS: HandOverRefusal.OUTSIDE_HOURS,
    Touched.WEEK_FULL: HandOverRefusal.WEEK_FULL,
}
LONG_AGO = timedelta(days=36500)
MOST_OFFERED = 4


@dataclass(frozen=True, slots=True)
class Substitute:
    """Somebody who may lead, and what stands in the way, if anything."""

    user: User
    refusal: HandOverRefusal | None
    serves: bool


def sitting_of(meeting: Meeting) -> Sitting:
    """Return what the checker is asked about a meeting that stands."""
    return Sitting(meeting.starts_at, meeting.duration_minutes, meeting.place_id, meeting.room_id)


def hand_over_refusal(meeting: Meeting, to: User) -> HandOverRefusal | None:
    """Return why a user cannot lead a planned meeting, or None."""
    if meeting.facilitator_id == to.pk:
        return HandOverRefusal.LEADS_IT_ALREADY
    asked = Asked(leader_id=to.pk, sittings=[sitting_of(meeting)], without=[meeting.pk])
    touched = {one.rule for one in rules_touched(asked, now=meeting.starts_at - LONG_AGO)}
    return next((refusal for rule, refusal in REFUSALS.items() if rule in touched), None)


def substitutes_for(meeting: Meeting, leaders: QuerySet[User]) -> list[Substitute]:
    """Return who could take over, those who are free and serve the town first."""
    others = leaders.exclude(pk=meeting.facilitator_id).prefetch_related("working_terms__serves")
    found = [
        Substitute(other, hand_over_refusal(meeting, other), _serves(other, meeting.place_id))
        for other in others
    ]
    return sorted(found, key=lambda one: (one.refusal is not None, not one.serves))


def free_for_all(meetings: Sequence[Meeting], leaders: QuerySet[User]) -> list[Substitute]:
    """Return a few who could lead all of the meetings, those who serve the towns first.

    Most are left out by what is read for all at once; only those who seem free are asked about.
    """
    others = {
        one.pk: one
        for one in leaders.exclude(pk__in={meeting.facilitator_id for meeting in meetings})
        .prefetch_related("working_terms__serves")
        .order_by("name", "pk")
    }
    seem_free = [others[pk] for pk in others if pk not in _busy(meetings, others)]
    found: list[Substitute] = []
    towns = {meeting.place_id for meeting in meetings}
    for other in sorted(seem_free, key=lambda one: not all(_serves(one, at) for at in towns)):
        if len(found) == MOST_OFFERED:
            break
        if not any(hand_over_refusal(meeting, other) for meeting in meetings):
            serves = all(_serves(other, town) for town in towns)
            found.append(Substitute(other, None, serves))
    return found


def _busy(meetings: Sequence[Meeting], leaders: Collection[int]) -> set[int]:
    """Return who leads something else or is off during one of the meetings; two statements."""
    days = [timezone.localdate(meeting.starts_at) for meeting in meetings]
    period = Period(min(days), max(days))
    taken = [occupied.led(leaders, period), occupied.off(leaders, period)]
    return {
        pk
        for pk in leaders
        for table in taken
        for one in table.get(pk, ())
        if any(one.touches(meeting.starts_at, meeting.ends_at) for meeting in meetings)
    }


def _serves(user: User, place: str) -> bool:
    terms = getattr(user, "working_terms", None)
    served = {one.pk for one in terms.serves.all()} if terms else set()
    return not served or place in served
