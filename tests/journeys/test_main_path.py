"""The whole main path through HTTP, in Swedish and in English, on whichever database is set."""

import pytest
from django.test import override_settings

from tests.journeys.main_path import MainPath
from tests.journeys.visitor import Visitor
from tests.journeys.world import prepare

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.mark.parametrize("language", ["sv", "en"])
@override_settings(STAFF_SECOND_FACTOR=True)
def test_a_person_comes_from_an_interest_to_a_confirmed_place(language: str) -> None:
    prepare()

    MainPath(Visitor, language).walk()
