"""What everybody may read: courses, meetings, programmes. No cookie, no name, few statements."""

import re
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from cohorts.rules import CohortState, MeetingState
from cohorts.views.public.facts import facts_told
from cohorts.views.public.goals import goals_told
from cohorts.views.public.meetings import by_week
from regai.reference.files import entries
from regai.reference.rows import programmes as programmes_in
from tests.factories import make_cohort, make_course, make_meeting, make_programme, make_user

pytestmark = pytest.mark.django_db
MOST_STATEMENTS = 4


@pytest.fixture
def read(client: Client) -> Callable[[str], str]:
    """Return what opens a page and gives its words, tags and runs of space taken away."""

    def words(address: str) -> str:
        response = client.get(address)
        assert (response.status_code, dict(response.cookies)) == (200, {})
        main = response.content.decode().split("<main", 1)[1].split("</main>")[0]
        return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", main))

    return words


def coming(days: int = 3, **fields: Any) -> None:
    cohort = make_cohort(
        state=fields.pop("cohort_state", CohortState.RUNNING),
        course=make_course(title="Grunderna"),
        facilitator=make_user(name="Hemliga Handledaren"),
        name="Hemliga gruppen",
    )
    make_meeting(
        round=cohort.rounds.get(),
        starts_at=timezone.now() + timedelta(days=days),
        join_link="https://example.org/hemlig",
        **fields,
    )


def test_the_catalogue_tells_price_hours_language_level_and_access(
    read: Callable[[str], str],
) -> None:
    make_course(title="Gratiskursen", hours=30, accessibility="Text, ingen video.")
    make_course(
        title="Priskursen", price_sek=Decimal("481.50"), language="en", level="fortsättning"
    )
    words = read("/kurser/")
    assert "2 kurser" in words
    assert (
        "Gratiskursen Pris gratis för alla Tid ungefär 30 timmar Kursspråk svenska"
        " Nivå grundnivå Tillgänglighet Text, ingen video." in words
    )
    assert (
        "Priskursen Pris 481,50 kr exkl. moms, kan bli gratis för dig Tid ungefär 10 timmar"
        " Kursspråk engelska Nivå fortsättning Tillgänglighet inte känd" in words
    )


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ("", ["A", "B", "C", "D"]),
        ("?pris=gratis", ["A", "C", "D"]),
        ("?pris=pris", ["B"]),
        ("?sprak=en", ["B", "C"]),
        ("?niva=fördjupning", ["D"]),
        ("?pris=gratis&sprak=en", ["C"]),
        ("?niva=grund&pris=pris", ["B"]),
        ("?pris=hittepå&sprak=xx", ["A", "B", "C", "D"]),
    ],
)
def test_the_address_narrows_the_catalogue_easy_and_free_first(
    client: Client, asked: str, found: list[str]
) -> None:
    make_course(title="D", level="fördjupning")
    make_course(title="C", level="fortsättning", language="en")
    make_course(title="B", price_sek=Decimal(10), language="en")
    make_course(title="A")
    make_course(title="Borta", is_offered=False)
    html = client.get(f"/kurser/{asked}").content.decode()
    assert re.findall(r'href="/kurser/kurs-\d+/">(\w+)</a>', html) == found


def test_a_filter_that_nothing_passes_offers_all_courses(read: Callable[[str], str]) -> None:
    make_course()
    words = read("/kurser/?pris=pris")
    assert "0 kurser" in words
    assert "Ingen kurs passar filtret" in words
    assert "Visa alla kurser" in words


def test_a_priced_course_says_how_it_can_be_free_and_lists_its_chapters(
    read: Callable[[str], str],
) -> None:
    course = make_course(title="X", price_sek=Decimal(481), price_note="Ungefär.", lessons=2)
    words = read(f"/kurser/{course.slug}/")
    assert "Kursgivarens pris är 481 kr utan moms. Ungefär." in words
    assert "de minimis-intyg" in words
    assert "stå över just den här kursen" in words
    assert "Kapitel 1 Kapitel 2" in words


def test_a_free_course_asks_for_no_certificate(read: Callable[[str], str]) -> None:
    course = make_course()
    words = read(f"/kurser/{course.slug}/")
    assert "du behöver inte lämna något intyg" in words
    assert "de minimis" not in words


def test_a_course_that_is_not_offered_any_more_says_so_and_an_unknown_one_is_not_found(
    client: Client, read: Callable[[str], str]
) -> None:
    course = make_course(is_offered=False)
    assert "Kursen går inte att välja längre" in read(f"/kurser/{course.slug}/")
    assert client.get("/kurser/finns-inte/").status_code == 404


def test_coming_meetings_are_listed_without_any_name_or_link(read: Callable[[str], str]) -> None:
    coming()
    words = read("/traffar/")
    assert "1 träff är planerad" in words
    assert "Träff i Umeå, Grunderna . Gruppen talar svenska." in words
    assert re.findall(r"Hemlig\w+|hemlig", words) == []


@pytest.mark.parametrize(
    ("days", "fields"),
    [
        (-1, {}),
        (3, {"state": MeetingState.CANCELLED}),
        (3, {"cohort_state": CohortState.CANCELLED}),
    ],
)
def test_what_is_over_or_off_is_not_among_the_coming(
    read: Callable[[str], str], days: int, fields: dict[str, str]
) -> None:
    coming(days, **fields)
    assert "Inga träffar är planerade just nu" in read("/traffar/")


def test_meetings_are_told_by_local_week_with_sunday_as_its_last_day() -> None:
    late_on_sunday = make_meeting(starts_at=datetime(2026, 11, 29, 22, 59, tzinfo=UTC))
    on_monday = make_meeting(starts_at=datetime(2026, 11, 29, 23, 0, tzinfo=UTC))
    weeks = by_week([late_on_sunday, on_monday])
    assert [(week.number, week.monday, week.sunday, week.meetings) for week in weeks] == [
        (48, date(2026, 11, 23), date(2026, 11, 29), (late_on_sunday,)),
        (49, date(2026, 11, 30), date(2026, 12, 6), (on_monday,)),
    ]


def test_more_than_fifty_meetings_are_told_on_several_pages(client: Client) -> None:
    round_ = make_cohort(state=CohortState.RUNNING).rounds.get()
    for days in range(1, 52):
        make_meeting(round=round_, starts_at=timezone.now() + timedelta(days=days))
    first, second = (client.get(f"/traffar/?page={page}").content.decode() for page in (1, 2))
    assert (first.count("Gruppen talar"), second.count("Gruppen talar")) == (50, 1)
    assert 'href="?page=2"' in first


def test_a_programme_is_running_until_its_last_day_and_closed_from_the_day_after(
    read: Callable[[str], str],
) -> None:
    today = timezone.localdate()
    make_programme(slug="slut", name="Slutar i dag", ends_on=today, is_example=False)
    yesterday = today - timedelta(days=1)
    make_programme(slug="over", name="Slutade i går", ends_on=yesterday, is_example=False)
    running, closed = read("/projekt/"), read("/projekt/avslutade/")
    assert ("Slutar i dag" in running, "Slutade i går" in running) == (True, False)
    assert ("Slutar i dag" in closed, "Slutade i går" in closed) == (False, True)


def test_empty_lists_of_programmes_lead_to_each_other(read: Callable[[str], str]) -> None:
    assert "Inget projekt pågår just nu" in read("/projekt/")
    assert "Inget projekt är avslutat ännu" in read("/projekt/avslutade/")


def test_an_invented_programme_is_marked_and_takes_interests(read: Callable[[str], str]) -> None:
    make_programme()
    assert "Exempel: projektet är påhittat" in read("/projekt/")
    words = read("/projekt/exempel/")
    assert "Det här är ett exempel. Projektet, ägaren och finansiärerna är påhittade." in words
    assert "Anmäl intresse" in words


def test_a_closed_programme_is_described_and_takes_no_interests(
    client: Client, read: Callable[[str], str]
) -> None:
    for programme in programmes_in(entries("programmes.yaml")):
        programme.save()
    words = read("/projekt/regai/")
    assert "Projektet avslutades 2022-05-31" in words
    assert "Region Västerbotten Tillväxtverket Europeiska regionala utvecklingsfonden" in words
    assert "0 kr för den som visar intyg om stöd av mindre betydelse" in words
    assert "Anmäl intresse" not in words
    assert "3 900 000 kr" in read("/projekt/exportfokus/")
    assert "SEK 3,900,000" in read("/en/projekt/exportfokus/")
    assert "30 företag : arbetar aktivt med den utländska marknaden" in read(
        "/projekt/exportfokus/"
    )
    assert "73 företag fick stöd, varav 70 räknas mot målen" in read("/projekt/nimr/")
    assert client.get("/projekt/finns-inte/").status_code == 404


def test_every_programme_that_comes_with_the_product_can_be_read_in_both_languages(
    read: Callable[[str], str],
) -> None:
    known = [*entries("programmes.yaml"), *entries("successor.yaml")]
    for programme in programmes_in(known):
        programme.save()
        for language in ("", "/en"):
            assert programme.name in read(f"{language}/projekt/{programme.slug}/")


def test_a_fact_of_another_shape_is_told_as_it_stands_and_an_unknown_one_is_left_out() -> None:
    sections = facts_told({"budget": "lagom", "phases": [{"name": "ett"}], "shoe_size": 43})
    assert [(fact.label, fact.lines) for section in sections for fact in section.facts] == [
        ("Budget", ("lagom",)),
        ("Faser", ("name: ett",)),
    ]


def test_goals_are_told_with_their_target_or_without() -> None:
    goals = [
        {"target": 30, "unit": "companies", "text": "a"},
        {"target_change_percent": 50, "unit": "guest_nights", "text": "b"},
        {"unit": "text", "text": "c", "horizon": "long"},
    ]
    told = [(goal.target, goal.text, goal.horizon) for goal in goals_told({"goals": goals})]
    assert told == [("30 företag", "a", ""), ("+50\u00a0%", "b", ""), ("", "c", "på lång sikt")]
    assert goals_told({"goals": "inga"}) == []


@pytest.mark.parametrize("address", ["/kurser/", "/traffar/", "/projekt/", "/projekt/avslutade/"])
@pytest.mark.parametrize("many", [1, 60])
def test_a_list_asks_the_database_at_most_four_times_however_long_it_is(
    client: Client, django_assert_max_num_queries: Any, address: str, many: int
) -> None:
    cohort = make_cohort(state=CohortState.RUNNING)
    for n in range(many):
        make_course()
        make_programme(slug=f"p{n}", ends_on=date(2026, 1, 2), is_example=False)
        make_programme(slug=f"q{n}", ends_on=date(2099, 1, 2), is_example=False)
        make_meeting(round=cohort.rounds.get(), starts_at=timezone.now() + timedelta(days=n + 1))
    with django_assert_max_num_queries(MOST_STATEMENTS):
        assert client.get(address).status_code == 200


def test_one_course_and_one_programme_take_at_most_four_statements(
    client: Client, django_assert_max_num_queries: Any
) -> None:
    course, programme = make_course(), make_programme()
    for address in (f"/kurser/{course.slug}/", f"/projekt/{programme.slug}/"):
        with django_assert_max_num_queries(MOST_STATEMENTS):
            assert client.get(address).status_code == 200
