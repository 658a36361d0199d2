"""The map of interest: fifteen municipalities, and no number that points at a person."""

import csv
import io

import pytest
from django.core.management import call_command
from django.test import Client

from cohorts.queries import current_programme
from cohorts.rules import InterestState
from companies.models import Municipality
from regai.county import outlines, shade_of
from reports.rules import without_small
from tests.factories import make_interest
from tests.journeys.forms import words_in

UMEA, LYCKSELE, MALA = "2480", "2481", "2418"


@pytest.fixture
def county(db: None) -> None:  # noqa: ARG001 -- asked for so that there is a database
    call_command("load_reference", stdout=io.StringIO())


def interested(code: str, many: int, **fields: object) -> None:
    for _ in range(many):
        make_interest(programme=current_programme(), municipality_id=code, **fields)


def rows(client: Client) -> dict[str, str]:
    content = client.get("/karta/intresse.csv").content.decode("utf-8-sig")
    return dict(list(csv.reader(io.StringIO(content), delimiter=";"))[1:])


@pytest.mark.pure
@pytest.mark.parametrize(
    ("numbers", "shown"),
    [
        ({}, {}),
        ({"a": 0, "b": 5}, {"a": 0, "b": 5}),
        ({"a": 4, "b": 1, "c": 9}, {"a": None, "b": None, "c": 9}),
        # One alone could be worked out from the sum: the next smallest goes with it.
        ({"a": 4, "b": 5, "c": 9}, {"a": None, "b": None, "c": 9}),
        ({"a": 1, "b": 0}, {"a": None, "b": 0}),
    ],
)
def test_a_number_that_could_point_at_a_person_is_not_shown(
    numbers: dict[str, int], shown: dict[str, int | None]
) -> None:
    assert without_small(numbers) == shown


@pytest.mark.pure
def test_one_that_is_hidden_has_the_colour_of_a_few() -> None:
    assert shade_of(None) == shade_of(1) == shade_of(4) != shade_of(5)
    assert shade_of(0) != shade_of(1)


@pytest.mark.usefixtures("county")
def test_every_municipality_has_its_outline() -> None:
    assert set(outlines()) == set(Municipality.objects.values_list("code", flat=True))


@pytest.mark.usefixtures("county")
def test_the_map_and_the_file_tell_the_same_and_hide_the_same(client: Client) -> None:
    interested(UMEA, 6)
    interested(LYCKSELE, 4)
    interested(MALA, 3)
    interested(MALA, 9, state=InterestState.UNVERIFIED, confirmed_at=None)
    page = client.get("/karta/").content.decode()
    assert page.count('<path d="M') == 15
    words = words_in(page)
    assert ("Umeå 6" in words, "Lycksele visas inte" in words) == (True, True)
    told = rows(client)
    assert (told["Umeå"], told["Lycksele"], told["Malå"], told["Åsele"]) == (
        "6",
        "visas inte",
        "visas inte",
        "0",
    )
    assert list(told)[-1] == "Åsele"


@pytest.mark.usefixtures("county")
def test_without_anybody_the_map_is_white(client: Client) -> None:
    assert set(rows(client).values()) == {"0"}


@pytest.mark.django_db
def test_without_a_programme_the_page_says_so(client: Client) -> None:
    assert "Inget att visa just nu" in words_in(client.get("/karta/").content.decode())
    assert rows(client) == {}
