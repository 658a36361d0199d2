"""Meetings: a series in its rhythm, moved, called off, answered, attended, reminded of."""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from accounts.rules import MoveRefused
from cohorts.actions import answers, attendance
from cohorts.actions import meetings as actions
from cohorts.actions import series as planning
from cohorts.actions.series import PlannedMeeting, RhythmBroken
from cohorts.models import Cohort, Meeting, Presence
from cohorts.rules import AnswerKind, CohortState
from cohorts.rules.meetings import AnswerRefusal, GapRefusal
from tests.aftermath import (
    everything,
    history,
    letters,
    members_letters,
    members_receivers,
    read_again,
    whys,
)
from tests.factories import NOW, make_cohort, make_enrolment, make_meeting, make_place

pytestmark = pytest.mark.django_db(transaction=True)

STOCKHOLM = ZoneInfo("Europe/Stockholm")
DAY = timedelta(days=1)
FIRST = datetime(2026, 4, 7, 12, tzinfo=STOCKHOLM)
STAMP = f"{NOW:%Y%m%dT%H%M%S}"


def planned(*days: int, first: datetime = FIRST, place: str = "umea") -> list[PlannedMeeting]:
    """Return meetings at noon, so many days after the first one's day."""
    return [
        PlannedMeeting(
            starts_at=datetime.combine(first.date() + n * DAY, first.time(), STOCKHOLM),
            duration_minutes=60,
            place=place,
        )
        for n in days
    ]


@pytest.fixture
def cohort() -> Cohort:
    """A running cohort of two with its round."""
    cohort = make_cohort(state=CohortState.RUNNING, round_state="running")
    for _ in range(2):
        make_enrolment(cohort=cohort)
    make_enrolment(cohort=cohort, state="withdrawn")
    return cohort


def plan(cohort: Cohort, series: Sequence[PlannedMeeting]) -> list[Meeting]:
    return planning.plan_series(
        round_id=cohort.rounds.get().pk, series=series, by=cohort.facilitator, now=NOW
    )


def move(meeting: Meeting, to: PlannedMeeting, *, reason: str = "") -> None:
    planning.change_meeting(
        meeting_id=meeting.pk, to=to, gap_reason=reason, by=meeting.facilitator, now=NOW
    )


def members(cohort: Cohort) -> list[int]:
    return list(
        cohort.enrolments.filter(state="active").order_by("id").values_list("pk", flat=True)
    )


def test_a_series_is_saved_and_every_member_gets_one_letter_with_all_dates(cohort: Cohort) -> None:
    fresh = plan(cohort, planned(0, 14, 42))
    assert [meeting.state for meeting in Meeting.objects.all()] == ["scheduled"] * 3
    assert [read_again(one).starts_at for one in fresh] == [
        datetime(2026, 4, 7, 10, tzinfo=UTC),
        datetime(2026, 4, 21, 10, tzinfo=UTC),
        datetime(2026, 5, 19, 10, tzinfo=UTC),
    ]
    assert {history(one)[0] for one in fresh} == {("", "scheduled", "user")}
    assert sorted(members_letters()) == sorted(
        f"meetings-planned/{pk}/{STAMP}" for pk in members(cohort)
    )
    assert len({one.uid for one in fresh}) == 3


def test_noon_stays_noon_across_the_clock_changes(cohort: Cohort) -> None:
    autumn = plan(cohort, planned(0, 14, first=datetime(2026, 10, 20, 12, tzinfo=STOCKHOLM)))
    assert [read_again(one).starts_at.hour for one in autumn] == [10, 11]


@pytest.mark.parametrize(
    ("days", "place", "refusal"),
    [
        ((0, 13), 2, GapRefusal.TOO_CLOSE),
        ((0, 14, 43), 3, GapRefusal.TOO_FAR),
        ((0, 28, 28), 3, GapRefusal.OUT_OF_ORDER),
        ((14, 0), 2, GapRefusal.OUT_OF_ORDER),
    ],
)
def test_a_series_out_of_rhythm_is_refused_whole(
    cohort: Cohort, days: tuple[int, ...], place: int, refusal: GapRefusal
) -> None:
    before = everything()
    with pytest.raises(RhythmBroken) as broken:
        plan(cohort, planned(*days))
    assert (broken.value.place, broken.value.refusal) == (place, refusal)
    assert everything() == before


def test_new_meetings_keep_the_rhythm_with_those_that_stand(cohort: Cohort) -> None:
    plan(cohort, planned(0, 14))
    plan(cohort, planned(28))
    with pytest.raises(RhythmBroken):
        plan(cohort, planned(41))
    assert Meeting.objects.count() == 3


def test_a_meeting_called_off_leaves_its_day_free(cohort: Cohort) -> None:
    first, _ = plan(cohort, planned(0, 14))
    planning.cancel_meeting(meeting_id=first.pk, why="", by=cohort.facilitator, now=NOW)
    plan(cohort, planned(28))
    assert Meeting.objects.filter(state="scheduled").count() == 2


def test_another_hour_the_same_day_keeps_the_answers_and_raises_the_sequence(
    cohort: Cohort,
) -> None:
    (meeting,) = plan(cohort, planned(0))
    said = Presence.objects.create(
        meeting=meeting, enrolment_id=members(cohort)[0], answer="on_site", answered_at=NOW
    )
    (later,) = planned(0, first=FIRST.replace(hour=15))
    move(meeting, later)
    moved = read_again(meeting)
    assert (moved.sequence, moved.revised_at, moved.uid) == (1, NOW, meeting.uid)
    assert read_again(said).answer == "on_site"
    assert members_letters()[2:] == [
        f"meeting/{meeting.pk}/changed/1/{pk}" for pk in members(cohort)
    ]
    assert history(meeting)[-1] == ("scheduled", "scheduled", "user")


@pytest.mark.parametrize(("days", "place"), [(1, "umea"), (0, "mala")])
def test_another_day_or_town_asks_for_the_answers_again(
    cohort: Cohort, days: int, place: str
) -> None:
    make_place("mala")
    (meeting,) = plan(cohort, planned(0))
    said = Presence.objects.create(
        meeting=meeting, enrolment_id=members(cohort)[0], answer="on_site", answered_at=NOW
    )
    move(meeting, planned(days, place=place)[0])
    assert (read_again(said).answer, read_again(said).answered_at) == (None, None)
    assert read_again(meeting).place_id == place


def test_midnight_in_stockholm_decides_what_another_day_is(cohort: Cohort) -> None:
    (meeting,) = plan(cohort, planned(0, first=FIRST.replace(hour=0)))
    said = Presence.objects.create(
        meeting=meeting, enrolment_id=members(cohort)[0], answer="no", answered_at=NOW
    )
    # From 22:00 UTC the day before to 21:30 UTC: the same day in Stockholm.
    move(meeting, planned(0, first=FIRST.replace(hour=23, minute=30))[0])
    assert read_again(said).answer == "no"


def test_a_move_that_breaks_the_rhythm_needs_a_written_reason(cohort: Cohort) -> None:
    plan(cohort, planned(0, 14))
    second = Meeting.objects.order_by("starts_at")[1]
    before = everything()
    with pytest.raises(RhythmBroken):
        move(second, planned(13)[0])
    assert everything() == before
    move(second, planned(13)[0], reason="Lokalen är bokad.")
    assert read_again(second).gap_reason == "Lokalen är bokad."
    assert whys(second)[-1] == "Lokalen är bokad."


def test_two_moves_are_two_letters_each(cohort: Cohort) -> None:
    (meeting,) = plan(cohort, planned(0))
    for hour in (13, 14):
        move(meeting, planned(0, first=FIRST.replace(hour=hour))[0])
    assert (read_again(meeting).sequence, len(members_letters())) == (2, 6)


@pytest.mark.parametrize("state", ["cancelled", "held", "closed", "draft"])
def test_only_a_planned_meeting_is_moved(cohort: Cohort, state: str) -> None:
    (meeting,) = plan(cohort, planned(0))
    Meeting.objects.update(state=state)
    before = everything()
    with pytest.raises(MoveRefused):
        move(meeting, planned(1)[0])
    assert everything() == before


def test_a_meeting_is_called_off_once_with_a_letter_to_each_member(cohort: Cohort) -> None:
    (meeting,) = plan(cohort, planned(0))
    off: dict[str, Any] = {
        "meeting_id": meeting.pk,
        "why": "sjuk",
        "by": cohort.facilitator,
        "now": NOW,
    }
    planning.cancel_meeting(**off)
    assert (read_again(meeting).state, read_again(meeting).sequence) == ("cancelled", 1)
    assert (history(meeting)[-1], whys(meeting)[-1]) == (("scheduled", "cancelled", "user"), "sjuk")
    assert len(members_letters()) == 4
    before = everything()
    with pytest.raises(MoveRefused):
        planning.cancel_meeting(**off)
    assert everything() == before


def test_an_answer_is_kept_and_may_be_changed(cohort: Cohort) -> None:
    (meeting,) = plan(cohort, planned(0))
    member = members(cohort)[0]
    for answer in (AnswerKind.ON_SITE, AnswerKind.NO):
        answers.answer_meeting(meeting_id=meeting.pk, enrolment_id=member, answer=answer, now=NOW)
    presence = Presence.objects.get()
    assert (presence.answer, presence.answered_at, presence.was_there) == ("no", NOW, None)


def test_no_answer_is_taken_once_the_meeting_has_begun_or_is_off(cohort: Cohort) -> None:
    (meeting,) = plan(cohort, planned(0))
    asked: dict[str, Any] = {
        "meeting_id": meeting.pk,
        "enrolment_id": members(cohort)[0],
        "answer": AnswerKind.ON_SITE,
    }
    before = everything()
    late = answers.answer_meeting(**asked, now=meeting.starts_at)
    assert (late, everything()) == (AnswerRefusal.MEETING_OVER, before)
    planning.cancel_meeting(meeting_id=meeting.pk, why="", by=cohort.facilitator, now=NOW)
    before = everything()
    off = answers.answer_meeting(**asked, now=NOW)
    assert (off, everything()) == (AnswerRefusal.MEETING_OFF, before)


def test_marking_who_was_there_says_that_the_meeting_was_held(cohort: Cohort) -> None:
    (meeting,) = plan(cohort, planned(0))
    one, other = members(cohort)
    marked: dict[str, Any] = {"meeting_id": meeting.pk, "by": cohort.facilitator}
    assert (
        attendance.mark_attendance(
            **marked, was_there={one: True, other: None}, now=meeting.starts_at
        )
        is None
    )
    assert dict(Presence.objects.values_list("enrolment", "was_there")) == {one: True, other: None}
    assert history(meeting)[-1] == ("scheduled", "held", "user")
    late = meeting.starts_at + 14 * DAY
    assert attendance.mark_attendance(**marked, was_there={other: False}, now=late) is None
    assert dict(Presence.objects.values_list("enrolment", "was_there")) == {one: True, other: False}
    before = everything()
    too_late = attendance.mark_attendance(
        **marked, was_there={other: True}, now=late + timedelta(seconds=1)
    )
    assert (too_late, everything()) == (AnswerRefusal.LOCKED, before)


def test_attendance_is_not_marked_before_the_start(cohort: Cohort) -> None:
    (meeting,) = plan(cohort, planned(0))
    before = everything()
    early = attendance.mark_attendance(
        meeting_id=meeting.pk,
        was_there={members(cohort)[0]: True},
        by=cohort.facilitator,
        now=meeting.starts_at - timedelta(seconds=1),
    )
    assert (early, everything()) == (AnswerRefusal.NOT_STARTED, before)


def test_attendance_of_people_outside_the_cohort_is_not_marked(cohort: Cohort) -> None:
    (meeting,) = plan(cohort, planned(0))
    stranger = make_enrolment()
    attendance.mark_attendance(
        meeting_id=meeting.pk,
        was_there={stranger.pk: True},
        by=cohort.facilitator,
        now=meeting.starts_at,
    )
    assert Presence.objects.count() == 0


def remind_at(*clock: int) -> list[str]:
    """Return to whom reminders have gone after a run on 5 April at this time in Stockholm."""
    day, hour, minute = clock
    now = datetime(2026, 4, day, hour, minute, tzinfo=STOCKHOLM)
    actions.remind_of_meetings(now=now)
    return members_receivers()[2:]


def test_a_reminder_goes_two_days_before_at_nine_and_once(cohort: Cohort) -> None:
    plan(cohort, planned(0))
    two = sorted(members_receivers())
    assert remind_at(4, 23, 59) == []
    assert remind_at(5, 8, 59) == []
    assert sorted(remind_at(5, 9, 0)) == two
    assert sorted(remind_at(5, 18, 0)) == two
    assert sorted(remind_at(6, 9, 0)) == two


def test_who_said_no_is_not_reminded(cohort: Cohort) -> None:
    (meeting,) = plan(cohort, planned(0))
    one, other = members(cohort)
    answers.answer_meeting(meeting_id=meeting.pk, enrolment_id=one, answer=AnswerKind.NO, now=NOW)
    expected = cohort.enrolments.get(pk=other).interest.email
    assert remind_at(5, 9, 0) == [expected]


def test_who_joined_after_the_reminders_went_is_not_reminded(cohort: Cohort) -> None:
    plan(cohort, planned(0))
    remind_at(5, 9, 0)
    make_enrolment(cohort=cohort, enrolled_at=datetime(2026, 4, 5, 9, 1, tzinfo=STOCKHOLM))
    assert len(remind_at(5, 10, 0)) == 2


def test_after_an_outage_the_reminder_goes_late_and_still_once(cohort: Cohort) -> None:
    plan(cohort, planned(0))
    two = sorted(members_receivers())
    assert sorted(remind_at(7, 11, 59)) == two
    assert sorted(remind_at(7, 11, 59)) == two


def test_nobody_is_reminded_of_a_meeting_that_has_begun(cohort: Cohort) -> None:
    plan(cohort, planned(0))
    assert remind_at(7, 12, 0) == []


def test_a_change_of_hours_after_the_reminder_is_not_reminded_of_again(cohort: Cohort) -> None:
    (meeting,) = plan(cohort, planned(0))
    remind_at(5, 9, 0)
    planning.change_meeting(
        meeting_id=meeting.pk,
        to=planned(0, first=FIRST.replace(hour=15))[0],
        gap_reason="",
        by=cohort.facilitator,
        now=datetime(2026, 4, 5, 10, tzinfo=STOCKHOLM),
    )
    before = letters()
    remind_at(5, 11, 0)
    assert letters() == before


def test_a_meeting_planned_after_the_hour_has_its_own_letter_and_no_reminder(
    cohort: Cohort,
) -> None:
    make_meeting(
        round=cohort.rounds.get(),
        starts_at=FIRST,
        revised_at=datetime(2026, 4, 5, 9, 1, tzinfo=STOCKHOLM),
    )
    assert actions.remind_of_meetings(now=datetime(2026, 4, 6, 12, tzinfo=STOCKHOLM)) == 0


@pytest.mark.parametrize("state", ["cancelled", "held", "closed", "draft"])
def test_nobody_is_reminded_of_what_is_not_to_be_held(cohort: Cohort, state: str) -> None:
    make_meeting(round=cohort.rounds.get(), starts_at=FIRST, state=state)
    actions.remind_of_meetings(now=datetime(2026, 4, 5, 9, tzinfo=STOCKHOLM))
    assert letters() == []
