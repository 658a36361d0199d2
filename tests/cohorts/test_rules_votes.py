import pytest

from cohorts.rules.votes import OpenRefusal, open_refusal

READY = {
    "is_running": True,
    "courses": 3,
    "voters": 8,
    "has_open_vote": False,
    "closes_later": True,
}


@pytest.mark.parametrize(
    ("changed", "refusal"),
    [
        ({}, None),
        ({"is_running": False}, OpenRefusal.NOT_RUNNING),
        ({"courses": 1}, OpenRefusal.TOO_FEW_COURSES),
        ({"courses": 2}, None),
        ({"courses": 12}, None),
        ({"courses": 13}, OpenRefusal.TOO_MANY_COURSES),
        ({"voters": 1}, OpenRefusal.TOO_FEW_VOTERS),
        ({"voters": 2}, None),
        ({"has_open_vote": True}, OpenRefusal.ONE_IS_OPEN),
        ({"closes_later": False}, OpenRefusal.CLOSES_IN_THE_PAST),
        ({"is_running": False, "courses": 0, "voters": 0}, OpenRefusal.NOT_RUNNING),
    ],
)
def test_a_vote_opens_with_two_to_twelve_courses_and_two_voters(
    changed: dict[str, int | bool], refusal: OpenRefusal | None
) -> None:
    assert open_refusal(**READY | changed) is refusal  # type: ignore[arg-type]  # mixed values by name
