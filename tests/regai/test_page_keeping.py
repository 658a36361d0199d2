"""Public pages are made once a minute for visitors without a cookie, and never for anybody else."""

from collections.abc import Callable
from typing import Any

import pytest
from django.core.cache import cache
from django.test import Client, override_settings
from pytest_django import DjangoAssertNumQueries

from regai.paths import masked_path
from tests.factories import make_course, make_place, make_programme, make_user

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _kept(settings: Any) -> None:
    settings.PUBLIC_PAGES_KEPT_SECONDS = 60
    own = {"BACKEND": "django.core.cache.backends.locmem.LocMemCache", "LOCATION": "pages"}
    settings.CACHES = {"default": own}
    cache.clear()


@pytest.mark.parametrize("path", ["/kurser/", "/en/kurser/", "/", "/anmalan/"])
def test_the_second_visitor_is_answered_from_the_cache_with_the_same_page_and_headers(
    client: Client, path: str, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    first = client.get(path)
    with django_assert_num_queries(0):
        second = Client().get(path)
    assert (first.status_code, second.status_code) == (200, 200)
    assert second.content == first.content
    for name in ("Content-Security-Policy", "Permissions-Policy", "Content-Language"):
        assert second.headers[name] == first.headers[name]
    assert second.headers["X-Request-ID"] != first.headers["X-Request-ID"]


def test_each_language_has_its_own_page(client: Client) -> None:
    swedish, english = client.get("/kurser/"), client.get("/en/kurser/")
    assert b'lang="sv"' in swedish.content
    assert b'lang="en"' in Client().get("/en/kurser/").content
    assert swedish.content != english.content


def changed_after(look: Callable[[], str]) -> bool:
    """Return whether a course that is new now stands on the page that was looked at before."""
    look()
    make_course(title="Nyss tillagd")
    return "Nyss tillagd" in look()


@pytest.mark.parametrize(
    ("asked", "is_new"),
    [
        ({}, False),
        ({"query": "x=1"}, True),
        ({"cookie": "any=thing"}, True),
        ({"htmx": "true"}, True),
    ],
)
def test_who_asks_in_a_way_of_their_own_gets_a_page_of_their_own(
    client: Client, asked: dict[str, str], *, is_new: bool
) -> None:
    client.get("/kurser/")

    def look() -> str:
        headers = {}
        if "cookie" in asked:
            headers["Cookie"] = asked["cookie"]
        if "htmx" in asked:
            headers["HX-Request"] = asked["htmx"]
        query = f"?{asked['query']}" if "query" in asked else ""
        return Client(headers=headers).get(f"/kurser/{query}").content.decode()

    assert changed_after(look) is is_new


def test_nobody_who_has_logged_in_gets_or_leaves_a_kept_page(client: Client) -> None:
    client.force_login(make_user(name="Anna Ek"))
    own = client.get("/kurser/").content.decode()
    strangers = Client().get("/kurser/").content.decode()
    assert "Min sida" in own
    assert "Min sida" not in strangers
    assert "Min sida" in client.get("/kurser/").content.decode()


@pytest.mark.parametrize("path", ["/readyz", "/healthz", "/min-sida/", "/nej/", "/logga-in/"])
def test_what_is_not_a_public_page_is_never_kept(client: Client, path: str) -> None:
    client.get(path)
    assert cache.get(f"page/testserver{path}") is None


def test_a_form_that_is_sent_is_never_answered_from_the_cache(client: Client) -> None:
    make_programme()
    make_place("umea")
    shown = client.get("/anmalan/").content
    refused = client.post("/anmalan/", {"name": ""}, headers={"Sec-Fetch-Site": "same-origin"})
    assert refused.content.count(b"Fel:") > shown.count(b"Fel:")
    assert Client().get("/anmalan/").content == shown


def test_pages_come_while_redis_is_away(client: Client) -> None:
    away = {"BACKEND": "regai.caching.ForgivingCache", "LOCATION": "redis://127.0.0.1:1/0"}
    with override_settings(CACHES={"default": away}):
        assert client.get("/kurser/").status_code == 200
        assert client.get("/kurser/").status_code == 200


def test_the_log_names_a_kept_page_as_it_names_a_made_one(client: Client) -> None:
    asked = [client.get("/kurser/").wsgi_request for _ in range(2)]
    assert [masked_path(request) for request in asked] == ["/kurser/", "/kurser/"]
