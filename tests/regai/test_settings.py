"""The environment as the settings read it, where it is right. What is refused: test_production."""

import pytest
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured

from regai.environment import Environment

pytestmark = pytest.mark.pure


def test_without_a_word_it_is_the_example() -> None:
    assert Environment({}).is_example
    assert Environment({"REGAI_MODE": "example"}).is_example
    assert not Environment({"REGAI_MODE": "production"}).is_example


@pytest.mark.parametrize("mode", ["prod", "Production", "exampel"])
def test_a_mode_that_is_none_is_refused_by_name(mode: str) -> None:
    with pytest.raises(ImproperlyConfigured, match=r"^REGAI_MODE is "):
        Environment({"REGAI_MODE": mode})


def test_the_example_has_a_stand_in_for_what_production_must_set() -> None:
    example = Environment({})
    assert example.needed("REGAI_SECRET_KEY", "stand-in") == "stand-in"
    example.refuse_if_missing()
    production = Environment({"REGAI_MODE": "production"})
    assert production.needed("REGAI_SECRET_KEY", "stand-in") == ""
    with pytest.raises(ImproperlyConfigured, match="REGAI_SECRET_KEY"):
        production.refuse_if_missing()


@pytest.mark.parametrize(("told", "value"), [("1", True), ("0", False), ("", False)])
def test_a_flag_is_one_or_nought(told: str, *, value: bool) -> None:
    assert Environment({"F": told}).flag("F") is value


@pytest.mark.parametrize("told", ["yes", "true", "2"])
def test_a_flag_that_is_neither_is_refused(told: str) -> None:
    with pytest.raises(ImproperlyConfigured):
        Environment({"F": told}).flag("F")


def test_requests_are_never_wrapped_in_a_transaction() -> None:
    assert settings.DATABASES["default"].get("ATOMIC_REQUESTS", False) is False


def test_a_broker_that_is_away_is_noticed_in_half_a_second_and_not_tried_again() -> None:
    assert settings.CELERY_TASK_PUBLISH_RETRY is False
    if settings.REDIS_URL:
        waits = settings.CELERY_BROKER_TRANSPORT_OPTIONS
        assert (waits["socket_timeout"], waits["socket_connect_timeout"]) == (0.5, 0.5)
