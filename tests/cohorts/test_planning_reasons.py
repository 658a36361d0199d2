"""What a person reads where there is no plan, or one that hangs by a thread."""

from typing import Any

import pytest

from tests.cohorts.planning_builders import Json, case, cohort, planned

pytestmark = pytest.mark.pure


def lines(built: Json) -> list[str]:
    return [str(line) for line in planned(built).because]


def two(**changes: Any) -> Json:
    return cohort(meetings=2, first=["2026-12-10", "2026-12-10"], **changes)


def winter(**changes: Any) -> Json:
    return case(**{"horizon": ["2026-12-10", "2027-01-29"], "cohorts": {"A": two()}} | changes)


def test_closed_days_that_take_every_date_are_counted() -> None:
    closed = ["2026-12-24", "2026-12-31", "2027-01-07"]

    assert lines(winter(closed_dates=closed)) == [
        "Träff 2 av 2 får inget datum.",
        "Den måste stå 24 december 2026 till 7 januari 2027, 14 till 28 dagar efter den förra.",
        "3 av 11 vardagar är helgdagar eller lov.",
        "8 av 11 vardagar är ingen handledare ledig.",
    ]


def test_the_end_of_the_period_the_rooms_and_too_few_people_are_told_apart() -> None:
    mondays = [[0, "lunch"]]
    few = {f"p{n}": {"home": "mala", "can": mondays} for n in range(4)}
    busy = [["2026-12-24", "lunch"]]
    built = winter(
        horizon=["2026-12-10", "2027-01-04"],
        rooms=[{"id": "M1", "place": "mala", "capacity": 12, "busy": busy}],
        cohorts={
            "A": two(
                participants={**few, "p9": {"home": "mala", "away": ["2026-12-31"]}}, min_attend=1
            )
        },
    )

    assert lines(built) == [
        "Träff 2 av 2 får inget datum.",
        "Den måste stå 24 december 2026 till 7 januari 2027, 14 till 28 dagar efter den förra.",
        "3 av 11 vardagar ligger utanför perioden som planeras.",
        "6 av 11 vardagar är ingen handledare ledig.",
        "1 av 11 vardagar finns ingen ledig lokal som rymmer gruppen.",
        "1 av 11 vardagar kan för få komma.",
    ]


def test_days_that_only_another_facilitator_could_lead_are_told() -> None:
    dated = {
        "f1": {"base": "mala", "dates": ["2026-12-10"]},
        "f2": {"base": "mala", "dates": ["2026-12-31"]},
    }

    assert lines(winter(facilitators=dated, cohorts={"A": two(facilitators=["f1", "f2"])})) == [
        "Träff 2 av 2 får inget datum.",
        "Den måste stå 24 december 2026 till 7 januari 2027, 14 till 28 dagar efter den förra.",
        "10 av 11 vardagar är ingen handledare ledig.",
        "1 av 11 vardagar går bara om gruppen byter handledare.",
    ]


def test_a_new_date_that_would_be_too_soon_is_told() -> None:
    assert lines(case(not_before="2027-02-01")) == [
        "Träff 1 av 1 får inget datum.",
        "Den måste stå 11 januari 2027 till 15 januari 2027.",
        "5 av 5 vardagar är för nära för ett nytt datum.",
    ]


def test_a_locked_meeting_at_a_forbidden_distance_is_told() -> None:
    standing = [
        {"date": day, "slot": "lunch", "place": "mala"} for day in ("2026-12-10", "2027-01-14")
    ]

    assert lines(
        winter(objective="repair", existing={"A": standing}, locked_until="2027-01-14")
    ) == [
        "Träff 2 av 2 får inget datum.",
        "Den måste stå 24 december 2026 till 7 januari 2027, 14 till 28 dagar efter den förra.",
        "Den är låst till 14 januari 2027.",
    ]


def test_a_quota_that_cannot_be_kept_is_told() -> None:
    assert lines(winter(cohorts={"A": two(quota={"mala": [0, 1]})})) == [
        "Det finns datum för alla 2 träffar, men inte så att antalet per ort och per vecka stämmer."
    ]


def test_a_cohort_without_a_facilitator_is_told() -> None:
    assert lines(winter(cohorts={"A": two(facilitators=[])})) == ["Ingen handledare är vald."]


def test_each_line_names_its_cohort_where_there_are_several() -> None:
    assert lines(winter(cohorts={"A": two(facilitators=[]), "B": two()})) == [
        "A: Ingen handledare är vald."
    ]


def test_a_thursday_cohort_is_told_that_10_december_leaves_only_7_january() -> None:
    plan = planned(winter(closed_dates=["2026-12-24", "2026-12-31"]))

    assert [str(note) for note in plan.notes] == [
        "Efter 10 december 2026 går det bara att ses 7 januari 2027."
    ]


def test_nothing_is_noted_where_there_is_a_choice() -> None:
    assert planned(winter()).notes == ()
