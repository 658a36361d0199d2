"""The reference data: loaded once, loaded again without change, and following its files."""

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.forms.models import model_to_dict
from django.utils import translation
from django.utils.translation import gettext

from accounts.models import User
from cohorts.models import Course, Lesson, LessonMark, Participation, Programme
from cohorts.queries import current_programme
from cohorts.queries.programmes import programmes_closed, programmes_open
from companies.models import Distance, Municipality, Place
from deminimis.models import Rate
from regai import reference
from regai.reference.files import entries, workplaces
from regai.reference.words import NOTES
from tests.factories import make_cohort, make_enrolment

pytestmark = pytest.mark.django_db
MODELS = (Municipality, Place, Distance, Programme, Course, Lesson, Rate)
OWN = """
- slug: eget
  name: Eget projekt
  owner: Vår region
  period: [2027-01-01, 2029-12-31]
  runs_cohorts: true
"""


@pytest.fixture
def own_file(tmp_path: Path) -> Callable[[str], Path]:
    """Return what writes a programme's file and gives its path."""

    def written(text: str) -> Path:
        file = tmp_path / "eget.yaml"
        file.write_text(text, "utf-8")
        return file

    return written


def rows() -> list[list[dict[str, object]]]:
    return [
        [{**model_to_dict(row), "pk": row.pk} for row in model.objects.order_by("pk")]
        for model in MODELS
    ]


def changes() -> dict[str, tuple[int, int]]:
    return {part.what: (part.new, part.changed) for part in reference.load()}


def test_the_county_its_places_and_the_roads_between_them_are_loaded() -> None:
    reference.load()
    assert Municipality.objects.count() == 15
    assert list(Place.objects.order_by("position").values_list("code", "municipality")) == [
        ("umea", "2480"),
        ("skelleftea", "2482"),
        ("mala", "2418"),
        ("digital", None),
    ]
    assert set(Distance.objects.values_list("one", "other", "km")) == {
        ("skelleftea", "umea", 135),
        ("mala", "skelleftea", 130),
        ("mala", "umea", 200),
    }


def test_the_rates_of_the_european_central_bank_are_loaded() -> None:
    reference.load()
    assert Rate.objects.get(on=date(2024, 1, 2)).sek_per_eur == Decimal("11.1545")
    assert set(Rate.objects.values_list("source", flat=True)) == {"ecb"}


def test_a_second_run_changes_nothing() -> None:
    assert [what for what, (new, _) in changes().items() if not new] == []
    before = rows()
    assert set(changes().values()) == {(0, 0)}
    assert rows() == before


def test_a_row_that_differs_from_its_file_follows_the_file() -> None:
    reference.load()
    Course.objects.filter(slug="ai-for-good").update(price_sek=Decimal(1))
    Lesson.objects.filter(course__slug="ai-for-good", number=1).update(title_sv="?")
    told = changes()
    assert (told["courses"], told["lessons"], told["places"]) == ((0, 1), (0, 1), (0, 0))
    assert Course.objects.get(slug="ai-for-good").price_sek == Decimal(963)


def test_a_meeting_place_keeps_the_address_that_has_been_written_for_it() -> None:
    reference.load()
    Place.objects.filter(code="mala").update(address="Torget 1")
    assert changes()["places"] == (0, 0)
    assert Place.objects.get(code="mala").address == "Torget 1"


def test_a_chapter_that_is_gone_from_its_file_goes_unless_somebody_has_marked_it() -> None:
    reference.load()
    course = Course.objects.get(slug="ai-for-good")
    surplus = [
        Lesson.objects.create(course=course, number=number, title_sv="Gammalt", title_en="Old")
        for number in (20, 21)
    ]
    cohort = make_cohort(course=course)
    taking_part = Participation.objects.create(
        round=cohort.rounds.get(), enrolment=make_enrolment(cohort=cohort)
    )
    LessonMark.objects.create(
        participation=taking_part, lesson=surplus[0], marked_at=cohort.created_at
    )
    reference.load()
    assert list(course.lessons.filter(number__gte=20)) == [surplus[0]]


def test_regai_is_history_and_the_invented_successor_takes_interests() -> None:
    reference.load()
    regai = Programme.objects.get(slug="regai")
    assert (regai.ends_on, regai.is_example) == (date(2022, 5, 31), False)
    assert regai in programmes_open(date(2022, 5, 31))
    assert regai in programmes_closed(date(2022, 6, 1))
    successor = current_programme()
    assert successor is not None
    assert (successor.is_example, successor.name) == (True, "RegAI 2 (exempel)")


def test_a_programme_of_ones_own_takes_over_from_the_invented_one(
    own_file: Callable[[str], Path],
) -> None:
    call_command("load_reference", programme=own_file(OWN), stdout=StringIO())
    assert list(Programme.objects.filter(is_example=True, runs_cohorts=True)) == []
    assert (programme := current_programme()) is not None
    assert programme.slug == "eget"
    reference.load()
    assert list(Programme.objects.filter(is_example=True, runs_cohorts=True)) == []


@pytest.mark.parametrize(
    ("text", "faults"),
    [
        ("- {slug: x", "eget.yaml: expected YAML"),
        (
            "- {slug: x, owner: y, period: [2027-01-01, 2027-12-31]}",
            "eget.yaml[x].name: expected a value, found nothing",
        ),
        (
            "- {slug: x, name: x, owner: y, period: [2027-01-01, 2026-12-31]}",
            "eget.yaml[x].period[1]: expected a day that is not before the first",
        ),
        (
            "- {slug: regai, name: x, owner: y, period: [2027-01-01, 2027-12-31]}",
            "regai: expected a slug of its own",
        ),
        ("- bara ord", "eget.yaml[0]: expected an object, found"),
    ],
)
def test_a_programme_that_cannot_be_read_is_refused_whole(
    own_file: Callable[[str], Path], text: str, faults: str
) -> None:
    with pytest.raises(CommandError) as refused:
        call_command("load_reference", programme=own_file(text))
    assert str(refused.value).startswith(faults)
    assert (Programme.objects.count(), User.objects.count()) == (0, 0)


def test_the_catalogue_holds_15_to_25_courses_and_begins_with_a_free_swedish_one() -> None:
    reference.load()
    assert 15 <= Course.objects.count() <= 25
    first = Course.objects.get(slug="elements-of-ai-sv")
    assert (first.price_sek, first.language, first.lessons.count()) == (Decimal(0), "sv", 6)
    assert Course.objects.filter(lessons=None).count() == 0
    assert Course.objects.filter(price_sek__gt=0).count() > 5


def test_every_note_of_the_catalogue_has_the_english_that_its_file_states() -> None:
    stated = {
        entry.get(note).text(): entry.get(f"{note}_en").text()
        for entry in entries("courses.yaml")
        for note in ("price_note", "accessibility")
    }
    stated.pop("okänt")
    with translation.override("sv"):
        assert {str(note) for note in NOTES} == set(stated)
    with translation.override("en"):
        assert {note: gettext(note) for note in stated} == stated


def test_no_text_of_a_programme_is_cut_at_a_comma() -> None:
    cut = [
        (entry.path, goal.keys())
        for name in ("programmes.yaml", "successor.yaml")
        for entry in entries(name)
        for goal in entry.get("goals", []).items()
        if None in goal.value.values()
    ]
    assert cut == []


def test_workplaces_are_known_or_a_third_of_the_people_in_the_seat() -> None:
    known = workplaces()
    assert (known["2480"], known["2418"], known["2401"]) == (15623, 762, 2671 // 3)


def test_the_command_says_what_became_of_each_file() -> None:
    said = StringIO()
    call_command("load_reference", stdout=said)
    assert "25 courses: 25 new, 0 changed." in said.getvalue()
