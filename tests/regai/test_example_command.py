"""When the example region is refused: never beside anything real."""

from datetime import date
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from accounts.models import User
from cohorts.models import Cohort, Interest, Programme
from tests.factories import make_interest, make_programme

pytestmark = pytest.mark.django_db


def test_a_region_is_loaded_in_example_mode_only(settings: Any) -> None:
    settings.EXAMPLE_MODE = False
    with pytest.raises(CommandError, match="in example mode only"):
        call_command("load_example")
    assert (User.objects.count(), Programme.objects.count()) == (0, 0)


def test_a_region_is_not_loaded_where_somebody_is_interested_already() -> None:
    make_interest()
    with pytest.raises(CommandError, match="There are interests in the database already"):
        call_command("load_example")
    call_command("load_example", if_empty=True)
    assert (Interest.objects.count(), Cohort.objects.count()) == (1, 0)


def test_a_region_is_not_loaded_into_a_real_programme() -> None:
    make_programme(slug="eget", starts_on=date(2027, 1, 1), is_example=False)
    with pytest.raises(CommandError, match="A real programme takes interests here"):
        call_command("load_example")
    assert (Interest.objects.count(), User.objects.count()) == (0, 0)
