"""A rhythm that is broken goes on: what stands is settled, and a written reason is enough."""

from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from cohorts.actions import series as planning
from cohorts.actions.series import PlannedMeeting, RhythmBroken
from cohorts.actions.substitutes import hand_over_meeting
from cohorts.models import Cohort, Meeting
from cohorts.rules import CohortState
from cohorts.rules.sittings import ChangedMeanwhile
from outbox.models import Message
from tests.aftermath import everything, history, members_letters, read_again, whys
from tests.factories import NOW, make_cohort, make_enrolment, make_place, make_user

pytestmark = pytest.mark.django_db(transaction=True)

FIRST = datetime(2026, 4, 7, 12, tzinfo=ZoneInfo("Europe/Stockholm"))
WHY = "Sommaruppehåll."


@pytest.fixture
def cohort() -> Cohort:
    cohort = make_cohort(state=CohortState.RUNNING, round_state="running")
    make_enrolment(cohort=cohort)
    return cohort


def sit(day: int, **told: Any) -> PlannedMeeting:
    """Return a meeting at noon, so many days after the first one's day."""
    starts_at = FIRST + timedelta(days=day)
    return PlannedMeeting(starts_at=starts_at, duration_minutes=60, place="umea", **told)


def plan(cohort: Cohort, *days: int, why: str = "") -> list[Meeting]:
    return planning.plan_series(
        round_id=cohort.rounds.get().pk,
        series=[sit(day) for day in days],
        gap_reason=why,
        by=cohort.facilitator,
        now=NOW,
    )


def change(meeting: Meeting, to: PlannedMeeting, *, why: str = "") -> bool:
    return planning.change_meeting(
        meeting_id=meeting.pk, to=to, gap_reason=why, by=meeting.facilitator, now=NOW
    )


def cancel(meeting: Meeting, **told: Any) -> None:
    planning.cancel_meeting(meeting_id=meeting.pk, why="", by=meeting.facilitator, now=NOW, **told)


def test_after_a_meeting_in_the_middle_is_called_off_more_can_be_planned(cohort: Cohort) -> None:
    _, middle, _ = plan(cohort, 0, 21, 42)
    cancel(middle)
    plan(cohort, 63)
    plan(cohort, 22)
    assert Meeting.objects.filter(state="scheduled", gap_reason="").count() == 4


def test_after_a_move_with_a_reason_the_others_are_planned_moved_and_restored(
    cohort: Cohort,
) -> None:
    first, second, third = plan(cohort, 0, 14, 28)
    change(third, sit(49), why=WHY)
    (fourth,) = plan(cohort, 63)
    assert change(fourth, sit(64))
    cancel(first)
    planning.restore_meeting(meeting_id=first.pk, by=first.facilitator, now=NOW)
    with pytest.raises(RhythmBroken):
        change(fourth, sit(78))
    assert (read_again(second).gap_reason, read_again(third).gap_reason) == ("", WHY)


def test_after_a_long_pause_a_reason_is_kept_with_the_meeting_that_breaks_the_rhythm(
    cohort: Cohort,
) -> None:
    plan(cohort, 0)
    before = everything()
    with pytest.raises(RhythmBroken):
        plan(cohort, 70, 84)
    assert everything() == before
    after_pause, next_one = plan(cohort, 70, 84, why=WHY)
    assert (read_again(after_pause).gap_reason, read_again(next_one).gap_reason) == (WHY, "")
    assert (whys(after_pause), whys(next_one)) == ([WHY], [""])


@pytest.mark.parametrize("days", [(70, 83), (84, 70), (0,)])
def test_no_reason_excuses_a_series_that_is_out_of_rhythm_itself(
    cohort: Cohort, days: tuple[int, ...]
) -> None:
    plan(cohort, 0)
    before = everything()
    with pytest.raises(RhythmBroken):
        plan(cohort, *days, why=WHY)
    assert everything() == before


def test_a_move_to_where_it_is_writes_nothing(cohort: Cohort) -> None:
    (meeting,) = plan(cohort, 0)
    before = everything()
    assert not change(meeting, sit(0))
    assert everything() == before


def test_another_reason_alone_is_kept_and_nobody_gets_a_letter(cohort: Cohort) -> None:
    (meeting,) = plan(cohort, 0)
    told = members_letters()
    assert not change(meeting, sit(0), why=WHY)
    after = read_again(meeting)
    assert (after.gap_reason, after.sequence, whys(meeting)[-1]) == (WHY, 0, WHY)
    assert members_letters() == told


@pytest.mark.parametrize("deed", ["cancel", "hand over"])
def test_who_calls_off_or_hands_over_what_was_changed_meanwhile_hears_it(
    cohort: Cohort, deed: str
) -> None:
    (meeting,) = plan(cohort, 0)
    other = make_user(role="facilitator")
    change(meeting, sit(1))

    def do(seen: int) -> None:
        if deed == "cancel":
            cancel(meeting, seen=seen)
        else:
            who: dict[str, Any] = {"to_id": other.pk, "by": meeting.facilitator, "now": NOW}
            assert hand_over_meeting(meeting_id=meeting.pk, seen=seen, **who) is None

    before = everything()
    with pytest.raises(ChangedMeanwhile):
        do(seen=0)
    assert everything() == before
    do(seen=1)
    assert len(history(meeting)) == 3


def letter_of(cohort: Cohort, to: PlannedMeeting, **stood: Any) -> list[str]:
    """Return the lines of the letter about a change, up to the answer."""
    make_place("digital")
    (meeting,) = plan(cohort, 0)
    Meeting.objects.update(**stood)
    change(meeting, to)
    text = Message.objects.get(key__startswith=f"meeting/{meeting.pk}/changed/").text
    lines = [line for line in text.replace("\xa0", " ").splitlines() if line]
    [answer] = [n for n, line in enumerate(lines) if "ditt svar" in line.lower()]
    return lines[1:answer] if lines[0].startswith("Hej") else lines[:answer]


SAME = "Tid och ort är som förut: tisdag 7 april 2026 kl. 12.00, v. 15, Umeå."


@pytest.mark.parametrize(
    ("stood", "to", "lines"),
    [
        (
            {"address": "Älven, Storgatan 1"},
            sit(0, address="Skogen, Storgatan 1"),
            [
                SAME,
                "Tidigare adress och lokal: Älven, Storgatan 1",
                "Ny adress och lokal: Skogen, Storgatan 1",
            ],
        ),
        ({}, sit(0, address="Storgatan 1"), [SAME, "Ny adress och lokal: Storgatan 1"]),
        (
            {"join_link": "https://example.org/a"},
            sit(0, join_link="https://example.org/b", dial_in="090-123 45 67"),
            [
                SAME,
                "Ny länk för att ansluta: https://example.org/b",
                "Nytt nummer för att ringa in: 090-123 45 67",
            ],
        ),
        (
            {"duration_minutes": 90},
            sit(0),
            [SAME, "Träffen är nu 60 minuter lång, tidigare 90 minuter."],
        ),
        (
            {"address": "Storgatan 1"},
            sit(1, address="Storgatan 1"),
            [
                "Tidigare: tisdag 7 april 2026 kl. 12.00, v. 15, Umeå.",
                "Nu gäller: onsdag 8 april 2026 kl. 12.00, v. 15, Umeå.",
                "Adress: Storgatan 1",
            ],
        ),
    ],
)
def test_the_letter_says_what_is_another_and_only_that(
    cohort: Cohort, stood: dict[str, Any], to: PlannedMeeting, lines: list[str]
) -> None:
    assert letter_of(cohort, to, **stood) == lines
