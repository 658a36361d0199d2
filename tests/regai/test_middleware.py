"""What changes something must come from our own pages; public pages set no cookie."""

import pytest
from django.test import Client

from cohorts.models import Interest
from tests.aftermath import everything
from tests.factories import make_place, make_programme, make_user

pytestmark = pytest.mark.django_db

FORM = {
    "name": "Anna Ek",
    "email": "anna@example.org",
    "company": "Malå Trä AB",
    "place": "umea",
    "language": "sv",
}
PUBLIC = [
    "/",
    "/for-arbetsgivare/",
    "/fragor-och-svar/",
    "/integritet/",
    "/kakor/",
    "/tillganglighet/",
    "/sprak/",
    "/kurser/",
    "/traffar/",
    "/anmalan/",
    "/anmalan/tack/",
    "/anmalan/not-a-token/",
    "/inbjudan/not-a-token/",
    "/intyg/not-a-token/",
    "/rosta/sa-skyddas-din-rost/",
    "/en/",
    "/en/anmalan/",
    "/not-there/",
]


@pytest.fixture
def browser() -> Client:
    """A browser whose requests are checked as in production."""
    make_programme()
    make_place("umea")
    return Client(enforce_csrf_checks=True)


@pytest.mark.parametrize(
    "told",
    [
        {"Sec-Fetch-Site": "same-origin"},
        {"Sec-Fetch-Site": "none"},
        {"Origin": "http://testserver"},
        {"Origin": "https://elsewhere.example", "Sec-Fetch-Site": "same-origin"},
    ],
)
def test_a_public_form_is_taken_from_our_own_page(browser: Client, told: dict[str, str]) -> None:
    answer = browser.post("/anmalan/", FORM, headers=told)
    assert (answer.status_code, answer["Location"]) == (302, "/anmalan/tack/")
    assert Interest.objects.count() == 1


@pytest.mark.parametrize(
    "told",
    [
        {},
        {"Sec-Fetch-Site": "cross-site"},
        {"Sec-Fetch-Site": "same-site"},
        {"Sec-Fetch-Site": ""},
        {"Origin": "https://elsewhere.example"},
        {"Origin": "http://testserver.elsewhere.example"},
        {"Origin": "http://testserver:8080"},
        {"Origin": "null"},
        {"Origin": ""},
        {"Origin": "http://testserver", "Sec-Fetch-Site": "cross-site"},
        {"Referer": "http://testserver/anmalan/"},
    ],
)
def test_a_public_form_from_anywhere_else_is_refused_and_nothing_written(
    browser: Client, told: dict[str, str]
) -> None:
    before = everything()
    answer = browser.post("/anmalan/", FORM, headers=told)
    assert answer.status_code == 403
    assert answer.templates[0].name == "403_csrf.html"
    assert everything() == before


def test_a_page_behind_the_log_in_wants_a_token_whatever_the_origin(browser: Client) -> None:
    browser.force_login(make_user())
    told = {"Origin": "http://testserver", "Sec-Fetch-Site": "same-origin"}
    assert browser.post("/mina-uppgifter/", {}, headers=told).status_code == 403


@pytest.mark.parametrize("path", PUBLIC)
def test_a_public_page_sets_no_cookie(browser: Client, path: str) -> None:
    answer = browser.get(path)
    assert answer.status_code in {200, 404}
    assert answer.cookies == {}


def test_a_sign_up_sets_no_cookie_from_the_form_to_the_thanks(browser: Client) -> None:
    own = {"Sec-Fetch-Site": "same-origin"}
    answers = [
        browser.post("/anmalan/", {**FORM, "email": "not an address"}, headers=own),
        browser.post("/anmalan/", FORM, headers=own),
        browser.get("/anmalan/tack/"),
    ]
    assert [answer.status_code for answer in answers] == [200, 302, 200]
    assert [answer.cookies for answer in answers] == [{}, {}, {}]
    assert browser.cookies == {}
