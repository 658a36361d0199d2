"""Mail scanners open every link of every letter. A GET or HEAD changes nothing."""

from typing import Any

import pytest
from django.apps import apps
from django.test import Client

from tests.journeys.letters import all_links
from tests.journeys.main_path import MainPath
from tests.journeys.visitor import Visitor
from tests.journeys.world import prepare

pytestmark = pytest.mark.django_db(transaction=True)
NOT_OURS = {"sessions", "contenttypes"}
TIMES = 3


def everything() -> dict[str, list[dict[str, Any]]]:
    """Return every row of every table but sessions."""
    return {
        model._meta.label: list(model._default_manager.order_by("pk").values())
        for model in apps.get_models()
        if model._meta.app_label not in NOT_OURS
    }


def test_opening_the_links_of_all_letters_changes_nothing() -> None:
    prepare()
    path = MainPath(Visitor, "sv")
    path.walk()
    links = all_links()
    before = everything()

    for visitor in (Client(), path.people["anna"].client):
        for link in links * TIMES:
            assert visitor.get(link).status_code < 500, link
            assert visitor.head(link).status_code < 500, link

    assert len(links) > 15
    assert everything() == before
