"""An open invitation ends before the first meeting, also when that is planned or moved later on."""

from collections.abc import Callable
from datetime import date, datetime, time, timedelta
from functools import partial
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from cohorts.actions import absences, seats
from cohorts.actions import series as planning
from cohorts.actions.absences import MeetingMove, Settled
from cohorts.actions.series import PlannedMeeting
from cohorts.models import Cohort, Invitation, Meeting
from cohorts.rules import InvitationState
from cohorts.rules.enrolments import SeatRefusal
from outbox.models import Message
from tests.aftermath import everything, history, members_letters, read_again, whys
from tests.at_once import at_once, faults
from tests.factories import NOW, make_cohort, make_invitation, make_meeting

pytestmark = pytest.mark.django_db(transaction=True)

DAY = timedelta(days=1)
STOCKHOLM = ZoneInfo("Europe/Stockholm")
BEFORE, AFTER = date(2026, 3, 17), date(2026, 3, 24)  # of the day an invitation of today ends
STAMP = f"{NOW:%Y%m%dT%H%M%S}"


def noon(day: date) -> datetime:
    return datetime.combine(day, time(12), STOCKHOLM)


def sit(day: date) -> PlannedMeeting:
    return PlannedMeeting(starts_at=noon(day), duration_minutes=60, place="umea")


def plan(cohort: Cohort, *days: date) -> list[Meeting]:
    return planning.plan_series(
        round_id=cohort.rounds.get().pk,
        series=[sit(day) for day in days],
        by=cohort.facilitator,
        now=NOW,
    )


def move(meeting: Meeting, day: date) -> None:
    planning.change_meeting(
        meeting_id=meeting.pk, to=sit(day), gap_reason="", by=meeting.facilitator, now=NOW
    )


def test_planning_the_first_meeting_shortens_what_is_open_and_says_so() -> None:
    cohort = make_cohort()
    late = make_invitation(cohort=cohort)
    soon = make_invitation(cohort=cohort, expires_at=NOW + DAY)
    draft = make_invitation(cohort=cohort, state=InvitationState.DRAFT)
    elsewhere = make_invitation()
    plan(cohort, BEFORE, BEFORE + 14 * DAY)
    assert read_again(late).expires_at == noon(BEFORE)
    assert (history(late), whys(late)) == ([("released", "released", "user")], ["shortened"])
    assert [read_again(one).expires_at for one in (soon, draft, elsewhere)] == [
        NOW + DAY,
        None,
        NOW + 10 * DAY,
    ]
    assert members_letters() == [f"invitation/{late.pk}/shortened/{STAMP}"]
    letter = Message.objects.get(to=late.interest.email)
    assert "Svara före dess" in letter.text
    assert letter.links["invitation"]["last_day"] == BEFORE.isoformat()


def test_a_meeting_moved_to_an_earlier_day_shortens_and_a_later_one_gives_nothing_back() -> None:
    cohort = make_cohort()
    invitation = make_invitation(cohort=cohort)
    (meeting,) = plan(cohort, AFTER)
    assert read_again(invitation).expires_at == NOW + 10 * DAY
    move(meeting, BEFORE)
    assert read_again(invitation).expires_at == noon(BEFORE)
    move(meeting, AFTER)
    assert read_again(invitation).expires_at == noon(BEFORE)
    assert len(whys(invitation)) == 1


def test_a_meeting_brought_back_shortens() -> None:
    cohort = make_cohort()
    (meeting,) = plan(cohort, BEFORE)
    planning.cancel_meeting(meeting_id=meeting.pk, why="", by=cohort.facilitator, now=NOW)
    invitation = make_invitation(cohort=cohort)
    planning.restore_meeting(meeting_id=meeting.pk, by=cohort.facilitator, now=NOW)
    assert read_again(invitation).expires_at == noon(BEFORE)


def test_a_meeting_moved_because_its_leader_is_away_shortens() -> None:
    cohort = make_cohort()
    invitation = make_invitation(cohort=cohort)
    (meeting,) = plan(cohort, AFTER)
    leader = cohort.facilitator
    absences.settle_absence(
        leader_id=leader.pk,
        off=(noon(AFTER), noon(AFTER + DAY)),
        settled=Settled(moves=[MeetingMove(meeting_id=meeting.pk, seen=0, starts_at=noon(BEFORE))]),
        by=leader,
        now=NOW,
    )
    assert read_again(invitation).expires_at == noon(BEFORE)


def test_nobody_gets_ten_days_more_once_the_first_meeting_has_begun() -> None:
    cohort = make_cohort()
    make_meeting(round=cohort.rounds.get(), starts_at=NOW)
    invitation = make_invitation(cohort=cohort, expires_at=NOW + DAY)
    before = everything()
    refusal = seats.extend_invitation(invitation_id=invitation.pk, by=cohort.facilitator, now=NOW)
    assert (refusal, everything()) == (SeatRefusal.DEADLINE_PASSED, before)


@pytest.mark.postgresql
def test_an_invitation_sent_while_the_meeting_is_planned_does_not_outlive_it() -> None:
    cohorts = [make_cohort() for _ in range(6)]
    drafts = [make_invitation(cohort=one, state=InvitationState.DRAFT) for one in cohorts]
    calls: list[Callable[[], Any]] = [partial(plan, one, BEFORE) for one in cohorts]
    calls += [
        partial(
            seats.release_invitations,
            cohort_id=draft.cohort_id,
            invitation_ids=[draft.pk],
            by=draft.cohort.facilitator,
            now=NOW,
        )
        for draft in drafts
    ]
    assert faults(at_once(calls)) == []
    ends = Invitation.objects.values_list("state", "expires_at")
    assert set(ends) == {("released", noon(BEFORE))}
