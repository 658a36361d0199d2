"""Leaders and rooms booked once: the rules a typed meeting touches, and two at the same moment."""

from datetime import date, datetime, time, timedelta
from functools import partial
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from django.db import IntegrityError, transaction

from cohorts.actions import series as planning
from cohorts.actions.rooms import RoomTold, add_room, end_room, take_room
from cohorts.actions.series import PlannedMeeting
from cohorts.actions.substitutes import hand_over_meeting
from cohorts.actions.working import Terms, set_terms, take_time_off
from cohorts.models import Break, Cohort, Meeting, Room
from cohorts.rules import CohortState
from cohorts.rules.rooms import RoomRefusal, RoomTimeKind
from cohorts.rules.sittings import ChangedMeanwhile, HandOverRefusal, RulesTouched, Touched
from companies.models import Distance
from tests.aftermath import everything, members_letters
from tests.at_once import at_once, faults
from tests.factories import (
    NOW,
    make_cohort,
    make_enrolment,
    make_meeting,
    make_place,
    make_user,
)

pytestmark = pytest.mark.django_db(transaction=True)

STOCKHOLM = ZoneInfo("Europe/Stockholm")
TUESDAY = date(2026, 4, 14)
DAY = timedelta(days=1)


def at(day: date, clock: str = "12:00") -> datetime:
    return datetime.combine(day, time.fromisoformat(clock), STOCKHOLM)


def sit(day: date = TUESDAY, clock: str = "12:00", **fields: Any) -> PlannedMeeting:
    told = {"starts_at": at(day, clock), "duration_minutes": 60, "place": "umea", **fields}
    return PlannedMeeting(**told)


def running(**fields: Any) -> Cohort:
    cohort = make_cohort(state=CohortState.RUNNING, round_state="running", **fields)
    for _ in range(2):
        make_enrolment(cohort=cohort)
    return cohort


def save(cohort: Cohort, *series: PlannedMeeting) -> list[Meeting]:
    return planning.plan_series(
        round_id=cohort.rounds.get().pk, series=series, by=cohort.facilitator, now=NOW
    )


def touched(cohort: Cohort, *series: PlannedMeeting) -> list[tuple[Touched, int]]:
    with pytest.raises(RulesTouched) as refused:
        save(cohort, *series)
    return [(one.rule, one.number) for one in refused.value.touches]


def room(**fields: Any) -> Room:
    told = {"place": make_place(), "name": "Älven", "seats": 12, **fields}
    return Room.objects.create(**told)


def works(cohort: Cohort, **fields: Any) -> None:
    terms = {"hours": {}, "base": None, "serves": [], "most_a_week": None, **fields}
    leader = cohort.facilitator
    set_terms(user_id=leader.pk, told=Terms(**terms), by=leader, now=NOW)


@pytest.mark.parametrize(
    ("day", "rules"),
    [
        (date(2026, 4, 30), []),
        (date(2026, 5, 1), [Touched.CLOSED_DAY]),  # första maj
        (date(2026, 5, 2), [Touched.CLOSED_DAY]),  # Saturday
        (date(2026, 5, 4), []),
        (date(2026, 6, 19), [Touched.CLOSED_DAY]),  # midsommarafton, a holiday in fact only
        (date(2026, 3, 9), [Touched.PAST]),
    ],
)
def test_holidays_weekends_and_the_past_take_no_meeting(day: date, rules: list[Touched]) -> None:
    cohort = running()
    if not rules:
        save(cohort, sit(day))
    else:
        assert touched(cohort, sit(day)) == [(rule, 0) for rule in rules]


def test_a_break_closes_its_municipality_and_no_other() -> None:
    umea = make_place()
    assert umea.municipality is not None
    Break.objects.create(
        municipality=umea.municipality, name="lov", first_on=TUESDAY, last_on=TUESDAY
    )
    make_place("mala")
    cohort = running()
    assert touched(cohort, sit()) == [(Touched.CLOSED_DAY, 0)]
    save(cohort, sit(place="mala"))


def test_every_rule_of_a_leader_is_named_at_the_meeting_that_touches_it() -> None:
    cohort = running()
    works(cohort, hours={1: (time(8), time(13)), 2: (time(8), time(13))})
    days = [TUESDAY + n * DAY for n in (0, 21, 42)]
    leader = cohort.facilitator
    off: dict[str, Any] = {"starts_at": at(days[1], "08:00"), "ends_at": at(days[1], "12:30")}
    take_time_off(user_id=leader.pk, **off, by=leader, now=NOW)
    make_meeting(round=make_cohort(facilitator=leader).rounds.get(), starts_at=at(days[2], "11:30"))
    told = touched(cohort, sit(days[0], "12:01"), sit(days[1]), sit(days[2]))
    assert told == [
        (Touched.OUTSIDE_HOURS, 0),
        (Touched.LEADER_OFF, 1),
        (Touched.LEADS_ANOTHER, 2),
    ]
    assert Meeting.objects.filter(round__cohort=cohort).count() == 0


def test_hours_hold_a_meeting_that_ends_as_they_end() -> None:
    cohort = running()
    works(cohort, hours={1: (time(12), time(13))})
    save(cohort, sit())


def test_two_towns_on_one_day_need_the_way_between_them() -> None:
    cohort = running()
    umea, other = make_place(), make_place("skelleftea")
    Distance.objects.create(one=other, other=umea, km=135, minutes=105)
    leads = make_cohort(facilitator=cohort.facilitator, place="skelleftea").rounds.get()
    make_meeting(round=leads, starts_at=at(TUESDAY, "09:00"), place=other)  # ends at ten
    assert touched(cohort, sit(clock="11:44")) == [(Touched.LEADS_ANOTHER, 0)]
    save(cohort, sit(clock="11:45"))


def test_no_more_meetings_in_an_iso_week_than_the_leader_takes() -> None:
    cohort = running()
    works(cohort, most_a_week=1)
    other = make_cohort(facilitator=cohort.facilitator).rounds.get()
    make_meeting(round=other, starts_at=at(date(2026, 4, 17)))  # Friday of the same week
    assert touched(cohort, sit()) == [(Touched.WEEK_FULL, 0)]
    save(cohort, sit(date(2026, 4, 20)))  # Monday of the next


def test_a_room_must_hold_the_group_be_free_and_be_in_town() -> None:
    cohort = running()
    small, taken, free = room(seats=1), room(name="Bäcken"), room(name="Norr", seats=2)
    away = room(name="Malågården", place=make_place("mala"))
    take_room(
        room_id=taken.pk,
        kind=RoomTimeKind.CLOSED,
        starts_at=at(TUESDAY + 21 * DAY, "08:00"),
        ends_at=at(TUESDAY + 21 * DAY, "12:01"),
        note="",
        by=cohort.facilitator,
        now=NOW,
    )
    days = [TUESDAY + n * DAY for n in (0, 21, 42)]
    told = touched(
        cohort,
        sit(days[0], room_id=small.pk),
        sit(days[1], room_id=taken.pk),
        sit(days[2], room_id=away.pk),
    )
    assert told == [
        (Touched.ROOM_TOO_SMALL, 0),
        (Touched.ROOM_TAKEN, 1),
        (Touched.ROOM_ELSEWHERE, 2),
    ]
    save(cohort, sit(days[0], room_id=free.pk), sit(days[1], "12:01", room_id=taken.pk))


def test_a_room_with_meetings_is_neither_taken_nor_ended() -> None:
    cohort, one = running(), room()
    save(cohort, sit(room_id=one.pk))
    by = cohort.facilitator
    then: dict[str, Any] = {"starts_at": at(TUESDAY, "12:59"), "ends_at": at(TUESDAY, "14:00")}
    who: dict[str, Any] = {"room_id": one.pk, "by": by, "now": NOW}
    taken = take_room(kind=RoomTimeKind.BOOKED, note="", **then, **who)
    assert (taken, end_room(**who)) == (RoomRefusal.HAS_MEETING_THEN, RoomRefusal.HAS_MEETINGS)
    twin = RoomTold(place="umea", name="Älven", address="", seats=5, is_step_free=True)
    assert add_room(told=twin, by=by, now=NOW) is RoomRefusal.NAME_TAKEN


def test_a_meeting_that_keeps_its_time_answers_only_for_its_place() -> None:
    cohort = running()
    [meeting] = save(cohort, sit())
    works(cohort, hours={4: (time(8), time(9))})
    make_place("digital")
    planning.change_meeting(
        meeting_id=meeting.pk,
        to=sit(place="digital", join_link="https://example.org/a", dial_in="+46 8 1"),
        gap_reason="",
        by=cohort.facilitator,
        now=NOW,
    )
    with pytest.raises(RulesTouched):
        planning.change_meeting(
            meeting_id=meeting.pk,
            to=sit(clock="12:30"),
            gap_reason="",
            by=cohort.facilitator,
            now=NOW,
        )


def test_who_changes_what_somebody_else_has_changed_hears_it_and_saves_nothing() -> None:
    cohort = running()
    [meeting] = save(cohort, sit())
    change: dict[str, Any] = {
        "meeting_id": meeting.pk,
        "gap_reason": "",
        "by": cohort.facilitator,
        "now": NOW,
    }
    planning.change_meeting(to=sit(clock="13:00"), seen=0, **change)
    before = everything()
    with pytest.raises(ChangedMeanwhile):
        planning.change_meeting(to=sit(clock="14:00"), seen=0, **change)
    assert everything() == before


def test_a_meeting_called_off_is_held_after_all_with_its_answers() -> None:
    cohort = running()
    [meeting] = save(cohort, sit())
    planning.cancel_meeting(meeting_id=meeting.pk, why="", by=cohort.facilitator, now=NOW)
    planning.restore_meeting(meeting_id=meeting.pk, by=cohort.facilitator, now=NOW)
    meeting.refresh_from_db()
    assert (meeting.state, meeting.sequence) == ("scheduled", 2)
    assert len([key for key in members_letters() if "/restored/" in key]) == 2


def test_a_meeting_is_not_restored_into_anothers_time() -> None:
    cohort = running()
    [meeting] = save(cohort, sit())
    planning.cancel_meeting(meeting_id=meeting.pk, why="", by=cohort.facilitator, now=NOW)
    make_meeting(
        round=make_cohort(facilitator=cohort.facilitator).rounds.get(), starts_at=at(TUESDAY)
    )
    before = everything()
    with pytest.raises(RulesTouched):
        planning.restore_meeting(meeting_id=meeting.pk, by=cohort.facilitator, now=NOW)
    assert everything() == before


def test_a_substitute_who_is_off_is_no_substitute() -> None:
    cohort = running()
    [meeting] = save(cohort, sit())
    other = make_user(role="facilitator")
    off: dict[str, Any] = {"starts_at": at(TUESDAY, "00:00"), "ends_at": at(TUESDAY + DAY, "00:00")}
    take_time_off(user_id=other.pk, **off, by=other, now=NOW)
    who: dict[str, Any] = {
        "meeting_id": meeting.pk,
        "to_id": other.pk,
        "by": cohort.facilitator,
        "now": NOW,
    }
    assert hand_over_meeting(**who) is HandOverRefusal.IS_OFF


@pytest.mark.postgresql
@pytest.mark.parametrize("scarce", ["leader", "room"])
def test_of_two_who_save_at_once_one_wins_and_the_other_hears_the_rule(scarce: str) -> None:
    leader = make_user(role="facilitator")
    shared = room() if scarce == "room" else None
    cohorts = [running(**({"facilitator": leader} if scarce == "leader" else {})) for _ in range(2)]
    starts = [sit(room_id=shared and shared.pk), sit(clock="12:30", room_id=shared and shared.pk)]
    outcomes = at_once(
        [partial(save, cohort, one) for cohort, one in zip(cohorts, starts, strict=True)]
    )
    assert faults(outcomes, but=RulesTouched) == []
    [refused] = [one for one in outcomes if isinstance(one, RulesTouched)]
    rule = Touched.LEADS_ANOTHER if scarce == "leader" else Touched.ROOM_TAKEN
    assert [one.rule for one in refused.touches] == [rule]
    assert Meeting.objects.count() == 1


@pytest.mark.postgresql
@pytest.mark.parametrize("scarce", ["leader", "room"])
def test_the_database_itself_refuses_a_double_booking(scarce: str) -> None:
    one = room()
    leader = make_user(role="facilitator")
    rounds = [make_cohort().rounds.get() for _ in range(2)]
    shared: dict[str, Any] = {"room": one} if scarce == "room" else {"facilitator": leader}

    def write(number: int) -> None:
        with transaction.atomic():
            make_meeting(
                round=rounds[number], starts_at=at(TUESDAY, f"12:{30 * number:02}"), **shared
            )

    outcomes = at_once([partial(write, number) for number in range(2)])
    [fault] = faults(outcomes)
    # Of two that look at each other's row PostgreSQL may end one as a deadlock: one stands anyway.
    named = f"meeting_{scarce}_once_at_a_time"
    assert named in str(fault) or "deadlock detected" in str(fault)
    assert Meeting.objects.count() == 1
    with pytest.raises(IntegrityError, match="once_at_a_time"):
        write(0)
    make_meeting(round=rounds[0], starts_at=at(TUESDAY, "13:30"), **shared)  # half-open
