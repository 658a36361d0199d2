"""The example region as it is thought out: the same for one number and day, and all invented."""

from collections import Counter
from datetime import date, timedelta
from decimal import Decimal
from itertools import pairwise
from random import Random

import pytest

from companies.numbers import read
from companies.rules import Kind, SizeClass
from regai.example.cast import PLANTED, Paper
from regai.example.dates import first_day, is_closed, series_from
from regai.example.firms import plain
from regai.example.loading import invented
from regai.example.numbers import TEST_BIRTH_NUMBERS, legal_number, test_number
from regai.example.people import COACH, EVERYBODY, PAYER, VOTER, is_invented, logins
from regai.example.rates import rates_after
from regai.example.region import Region
from regai.example.signups import FIRST_SIGN_UP, Fate
from regai.example.stories import STORIES
from regai.example.story import Stage

DAY = date(2026, 11, 22)
test_number.__test__ = False  # type: ignore[attr-defined]  # a number for tests, no test


@pytest.fixture(scope="module", params=[1, 2, 7])
def region(request: pytest.FixtureRequest) -> Region:
    return invented(request.param, DAY)


def test_the_same_number_and_day_give_the_same_region(region: Region) -> None:
    assert invented(region.number, DAY) == region


def test_another_number_gives_other_people() -> None:
    one, other = invented(1, DAY), invented(2, DAY)
    assert {p.name for p in one.people} != {p.name for p in other.people}


def test_another_day_keeps_the_people_and_their_companies() -> None:
    one, other = invented(1, DAY), invented(1, DAY + timedelta(days=100))
    assert other.people == one.people
    assert [firm.name for firm in other.firms] == [firm.name for firm in one.firms]


def test_there_are_120_companies_15_in_a_hundred_of_them_sole_traders(region: Region) -> None:
    kinds = Counter(firm.kind for firm in region.firms)
    assert (len(region.firms), kinds[Kind.SOLE_TRADER]) == (120, 18)
    assert set(kinds) == set(Kind)
    assert len({firm.name for firm in region.firms}) == 120
    assert len({firm.number for firm in region.firms}) == 120


def test_some_companies_are_large_some_controlled_and_some_out_of_the_county(
    region: Region,
) -> None:
    by_key = {firm.key: firm for firm in region.firms}
    large = [f for f in region.firms if f.size is SizeClass.LARGE and f.kind is Kind.ENTERPRISE]
    assert len(large) == 7
    assert sum(firm.seat is None for firm in region.firms) == 4
    owned = [firm for firm in region.firms if firm.owner]
    assert len(owned) >= 9
    assert all(firm.owner in by_key and firm.owner != firm.key for firm in owned)


def test_every_municipality_has_a_company_and_umea_more_than_any_but_skelleftea(
    region: Region,
) -> None:
    seats = Counter(firm.seat for firm in region.firms if firm.seat)
    assert len(seats) == 15
    assert {code for code, _ in seats.most_common(2)} == {"2480", "2482"}


def test_every_number_passes_the_check_and_belongs_to_nobody(region: Region) -> None:
    for firm in region.firms:
        number = read(firm.number)
        assert number.digits == firm.number
        assert number.is_personal == (firm.kind is Kind.SOLE_TRADER)
        if number.is_personal:
            assert int(firm.number[6:9]) in TEST_BIRTH_NUMBERS
        else:
            assert firm.number.startswith("599")


def test_check_digits_are_those_of_known_numbers() -> None:
    assert test_number(date(2012, 12, 12), 121) == "1212121212"
    assert legal_number(0) == "5990000001"


def test_260_sign_ups_are_all_under_example_org(region: Region) -> None:
    assert len(region.people) == 260
    assert [p.email for p in region.people if not is_invented(p.email)] == []
    assert all(1 <= p.days_ago <= FIRST_SIGN_UP for p in region.people)
    assert {p.coach for p in region.people} >= {"", COACH.email}


def test_places_are_ranked_without_repetition(region: Region) -> None:
    assert all(p.places and len(set(p.places)) == len(p.places) for p in region.people)
    assert {p.places[0] for p in region.people} == {"umea", "skelleftea", "mala", "digital"}


def test_doubles_are_planted_letter_case_twins_among_them(region: Region) -> None:
    addresses = Counter(p.email.lower() for p in region.people)
    written = Counter(p.email for p in region.people)
    shared = [email for email, many in addresses.items() if many > 1]
    twins = [email for email in shared if written[email] < addresses[email]]
    names = Counter(p.name for p in region.people)
    assert (len(shared) >= 5, len(twins) >= 3) == (True, True)
    assert sum(many - 1 for many in names.values()) >= 3


def test_every_fate_befalls_somebody(region: Region) -> None:
    assert {p.fate for p in region.people} == set(Fate)


def test_the_people_to_log_in_as_are_in_the_region(region: Region) -> None:
    assert [(p.name, p.cohort) for p in region.people if p.email == VOTER.email] == [
        (VOTER.name, "u2")
    ]
    assert [(p.name, p.firm) for p in region.people if p.email == PAYER.email] == [
        (PAYER.name, "ceiling")
    ]


def test_logins_name_each_role_once_in_order() -> None:
    assert logins()[0] == ("coordinator", "samordnare@example.org")
    assert len({email for _, email in logins()}) == len(EVERYBODY) == len(logins())


def test_no_two_cohorts_meet_in_one_place_at_one_time_and_all_stages_are_told() -> None:
    assert len({(story.place, story.time) for story in STORIES}) == len(STORIES)
    assert {story.stage for story in STORIES} == set(Stage)
    assert len({story.name for story in STORIES}) == len(STORIES)


def test_who_is_planted_fills_the_cohorts_that_are_asked_to_pay() -> None:
    planted = Counter(p.cohort for p in PLANTED for _ in p.people)
    cores = {story.code: story.core for story in STORIES if story.code in planted}
    assert cores == dict(planted)
    assert {p.paper for p in PLANTED} == set(Paper)


@pytest.mark.parametrize("on", [DAY, date(2027, 6, 1), date(2026, 12, 20), date(2028, 2, 29)])
def test_meetings_are_14_to_28_days_apart_on_the_weekday_of_the_cohort(on: date) -> None:
    for story in STORIES:
        first = first_day(story, on, story.starts)
        days = series_from(first, 5)
        assert [day for day in days if is_closed(day)] == []
        assert {day.weekday() for day in days} == {int(story.time[0])}
        gaps = [(later - day).days for day, later in pairwise(days)]
        assert min(gaps) >= 14
        assert max(gaps) <= 28


def test_a_name_stands_in_an_address_without_its_marks() -> None:
    assert plain("Åsbäckens Mät & Kart AB") == "asbackens-mat-kart-ab"
    assert plain("Sára Nguyễn") == "sara-nguyen"


def test_invented_rates_fall_on_weekdays_after_the_last_known_and_move_little() -> None:
    friday = date(2026, 10, 30)
    rates = list(rates_after(friday, Decimal("10.978"), until=date(2026, 11, 9), chance=Random(1)))
    assert [on.isoformat() for on, _ in rates] == [
        *(f"2026-11-0{day}" for day in range(2, 7)),
        "2026-11-09",
    ]
    steps = zip([Decimal("10.978"), *(rate for _, rate in rates)], rates, strict=False)
    assert max(abs(rate / before - 1) for before, (_, rate) in steps) <= Decimal("0.0031")
    assert list(rates_after(friday, Decimal(11), until=friday, chance=Random(1))) == []
