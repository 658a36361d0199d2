"""A slip in the year of a day: said at the field, and nothing falls over far from now."""

import pytest
from django.test import Client

from accounts.rules import Role
from tests.aftermath import everything
from tests.cohorts.staff_world import forming, log_in, send
from tests.cohorts.test_views_staff_series import post_of
from tests.journeys.forms import words_in

pytestmark = pytest.mark.django_db
SAID = "Skriv ett år mellan 1900 och 2199."
FAR = "9999-12-31"


@pytest.mark.parametrize("day", [FAR, "2200-01-01", "1899-12-31", "0001-01-01"])
@pytest.mark.parametrize(
    "page",
    [
        "/handledare/grupper/{}/traffar/?many=3&first_on={day}",
        "/handledare/borta/?first_on={day}&last_on={day}",
    ],
)
def test_a_page_that_is_asked_about_a_far_day_says_so(client: Client, page: str, day: str) -> None:
    cohort = forming(log_in(client))
    answer = client.get(page.format(cohort.pk, day=day))
    assert (answer.status_code, SAID in words_in(answer.content.decode())) == (200, True)


@pytest.mark.parametrize("do", ["save", "check"])
def test_a_far_day_in_a_series_is_pointed_out_at_its_row(client: Client, do: str) -> None:
    cohort = forming(log_in(client))
    before = everything()
    said = send(client, f"/handledare/grupper/{cohort.pk}/traffar/", post_of(FAR, do=do))
    assert f"Ny träff 1, Dag – {SAID}" in said
    assert everything() == before


@pytest.mark.parametrize(
    ("page", "told"),
    [
        ("/handledare/tider/", {"do": "off", "off-first_on": FAR}),
        ("/samordna/planering/", {"first_on": FAR}),
        ("/samordna/lov/", {"municipality": "2480", "name": "x", "first_on": FAR, "last_on": FAR}),
        ("/handledare/grupper/ny/", {"starts_on": FAR}),
    ],
)
def test_a_far_day_in_a_form_is_pointed_out(
    client: Client, page: str, told: dict[str, str]
) -> None:
    forming(log_in(client, Role.COORDINATOR))
    before = everything()
    assert SAID in send(client, page, told)
    assert everything() == before
