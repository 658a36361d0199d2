"""How many statements the pages that many people open may take."""

import pytest
from django.core.cache import cache
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from outbox.models import Message
from tests import factories
from tests.factories import legal_number

pytestmark = pytest.mark.django_db(transaction=True)

SIGN_UP = 12  # begin and commit counted
PUBLIC_PAGE = 4


def test_a_sign_up_with_its_letter_takes_at_most_twelve_statements(
    client: Client, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    factories.make_programme()
    factories.make_place("umea")

    with django_assert_max_num_queries(SIGN_UP):
        client.post(
            "/anmalan/",
            {
                "name": "Anna",
                "email": "anna@example.org",
                "company": "Såg AB",
                "number": legal_number(5),
                "place": "umea",
                "language": "sv",
            },
        )

    assert Message.objects.get().to == "anna@example.org"


@pytest.mark.parametrize("cohorts", [1, 50])
@pytest.mark.parametrize(
    "page",
    ["/", "/anmalan/", "/kurser/", "/traffar/", "/projekt/", "/projekt/avslutade/", "/integritet/"],
)
def test_a_public_page_takes_at_most_four_statements(
    client: Client, page: str, cohorts: int, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    course, facilitator = factories.make_course(), factories.make_user()
    for _ in range(cohorts):
        cohort = factories.make_cohort(course=course, facilitator=facilitator)
        factories.make_meeting(round=cohort.rounds.get())
    cache.clear()

    with django_assert_max_num_queries(PUBLIC_PAGE):
        response = client.get(page)

    assert response.cookies == {}
    assert b"</html>" in response.content
