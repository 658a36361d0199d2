"""What every answer tells the browser: what it may run, keep and pass on."""

import pytest
from django.contrib.sessions.models import Session
from django.test import Client

from tests.factories import make_user
from tests.prodlike import Site

OURS_ONLY = {
    "default-src 'self'",
    "object-src 'none'",
    "base-uri 'none'",
    "form-action 'self'",
    "frame-ancestors 'none'",
}
A_LINK = "/anmalan/1.1.1.forged/"
PUBLIC = "/for-arbetsgivare/"


@pytest.mark.django_db
@pytest.mark.parametrize("path", [PUBLIC, A_LINK, "/min-sida/", "/nowhere/", "/healthz"])
def test_every_answer_keeps_the_browser_to_our_own_site(client: Client, path: str) -> None:
    told = client.get(path).headers
    assert set(told["Content-Security-Policy"].split("; ")) == OURS_ONLY
    assert told["Cross-Origin-Opener-Policy"] == "same-origin"
    assert told["Cross-Origin-Resource-Policy"] == "same-origin"
    assert told["X-Content-Type-Options"] == "nosniff"
    assert told["X-Frame-Options"] == "DENY"
    assert "camera=()" in told["Permissions-Policy"].split(", ")
    assert len(told["X-Request-ID"]) == 32


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("path", "policy"),
    [
        (A_LINK, "no-referrer"),
        ("/inbjudan/1.1.1.forged/", "no-referrer"),
        ("/intyg/1.1.1.forged/", "no-referrer"),
        (f"/en{A_LINK}", "no-referrer"),
        (PUBLIC, "same-origin"),
    ],
)
def test_no_page_learns_the_address_of_a_link(client: Client, path: str, policy: str) -> None:
    assert client.get(path).headers["Referrer-Policy"] == policy


@pytest.mark.django_db
@pytest.mark.parametrize("path", [A_LINK, "/intyg/1.1.1.forged/", "/min-sida/", "/drift/admin/"])
def test_a_personal_page_is_kept_nowhere(client: Client, path: str) -> None:
    assert "no-store" in client.get(path).headers["Cache-Control"]


@pytest.mark.django_db
def test_a_public_page_may_be_kept_for_strangers_but_not_for_who_is_logged_in(
    client: Client,
) -> None:
    assert "Cache-Control" not in client.get(PUBLIC).headers
    client.force_login(make_user())
    assert client.get(PUBLIC).headers["Cache-Control"] == "no-store, private"


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("path", "told", "status"),
    [
        # A page that tells no referrer sends "null"; older browsers say nothing more.
        (A_LINK, {"Origin": "null"}, 404),
        (A_LINK, {"Origin": "null", "Sec-Fetch-Site": "same-origin"}, 404),
        (A_LINK, {"Origin": "null", "Sec-Fetch-Site": "cross-site"}, 403),
        (A_LINK, {"Origin": "https://elsewhere.example"}, 403),
        (A_LINK, {}, 403),
        ("/anmalan/", {"Origin": "http://testserver"}, 200),
        ("/anmalan/", {"Origin": "null"}, 403),
        ("/anmalan/", {"Origin": "null", "Sec-Fetch-Site": "cross-site"}, 403),
    ],
)
def test_a_form_is_taken_from_our_own_pages_and_a_link_also_from_a_hidden_one(
    path: str, told: dict[str, str], status: int
) -> None:
    client = Client(enforce_csrf_checks=True)
    assert client.post(path, {}, headers=told).status_code == status


@pytest.mark.django_db
def test_sessions_live_in_the_database(client: Client) -> None:
    client.force_login(make_user())
    assert Session.objects.count() == 1


@pytest.mark.postgresql
def test_production_asks_for_https_for_a_year(site: Site) -> None:
    told = site.ask("/").headers
    assert told["strict-transport-security"] == "max-age=31536000; includeSubDomains; preload"


@pytest.mark.postgresql
def test_a_public_page_sets_no_cookie(site: Site) -> None:
    assert "set-cookie" not in site.ask("/anmalan/").headers
