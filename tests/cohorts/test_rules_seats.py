from datetime import UTC, datetime, timedelta

import pytest

from cohorts.rules.cohorts import ConfirmRefusal, confirm_refusal
from cohorts.rules.enrolments import free_seats, invitation_deadline

NOW = datetime(2026, 3, 10, 12, 0, tzinfo=UTC)
SECOND = timedelta(seconds=1)
TEN_DAYS = NOW + timedelta(days=10)


@pytest.mark.parametrize(
    ("first_meeting_at", "deadline"),
    [
        (None, TEN_DAYS),
        (TEN_DAYS + SECOND, TEN_DAYS),
        (TEN_DAYS, TEN_DAYS),
        (TEN_DAYS - SECOND, TEN_DAYS - SECOND),
        (NOW + SECOND, NOW + SECOND),
    ],
)
def test_an_invitation_holds_ten_days_and_never_past_the_first_meeting(
    first_meeting_at: datetime | None, deadline: datetime
) -> None:
    assert invitation_deadline(now=NOW, first_meeting_at=first_meeting_at) == deadline


@pytest.mark.parametrize(
    ("seats", "enrolled", "invited", "left"),
    [(12, 0, 0, 12), (12, 11, 0, 1), (12, 6, 5, 1), (12, 6, 6, 0), (12, 12, 1, 0), (0, 0, 0, 0)],
)
def test_open_invitations_take_seats_as_enrolments_do_and_nothing_is_below_zero(
    seats: int, enrolled: int, invited: int, left: int
) -> None:
    assert free_seats(seats=seats, enrolled=enrolled, invited=invited) == left


@pytest.mark.parametrize(
    ("accepted", "least", "meetings", "refusal"),
    [
        (5, 6, 1, ConfirmRefusal.TOO_FEW_ACCEPTED),
        (6, 6, 0, ConfirmRefusal.NO_MEETING),
        (6, 6, 1, None),
        (5, 6, 0, ConfirmRefusal.TOO_FEW_ACCEPTED),
        (0, 0, 1, None),
    ],
)
def test_a_cohort_is_confirmed_with_enough_people_and_one_meeting(
    accepted: int, least: int, meetings: int, refusal: ConfirmRefusal | None
) -> None:
    assert confirm_refusal(accepted=accepted, least=least, meetings=meetings) is refusal
