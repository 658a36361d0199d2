"""When something goes wrong people read what happened, in words, and never a trace."""

import pytest
from django.conf import settings
from django.test import Client, RequestFactory

from regai.errors import server_error
from tests.aftermath import everything
from tests.factories import make_place, make_programme, make_user

pytestmark = pytest.mark.django_db

TEN_MEGABYTES = 10 * 1024 * 1024
OWN = {"Sec-Fetch-Site": "same-origin"}


def template_of(answer: object) -> str:
    return str(answer.templates[0].name)  # type: ignore[attr-defined]  # the test client's


@pytest.fixture
def browser() -> Client:
    """A browser whose requests are checked as in production, and that is shown errors."""
    make_programme()
    make_place("umea")
    return Client(enforce_csrf_checks=True, raise_request_exception=False)


@pytest.mark.parametrize(
    "kind", ["application/x-www-form-urlencoded", "multipart/form-data; boundary=x"]
)
def test_ten_megabytes_in_a_public_form_are_refused_in_words(browser: Client, kind: str) -> None:
    body = "name=" + "x" * TEN_MEGABYTES
    if kind.startswith("multipart"):
        part = 'Content-Disposition: form-data; name="name"'
        body = f"--x\r\n{part}\r\n\r\n{body}\r\n--x--\r\n"
    before = everything()
    answer = browser.generic("POST", "/anmalan/", body, content_type=kind, headers=OWN)
    assert (answer.status_code, template_of(answer)) == (413, "413.html")
    assert everything() == before


def test_ten_megabytes_behind_the_log_in_are_refused_in_words(browser: Client) -> None:
    browser.force_login(make_user())
    browser.cookies[settings.CSRF_COOKIE_NAME] = "a" * 32
    kind = "application/x-www-form-urlencoded"
    body = "csrfmiddlewaretoken=" + "x" * TEN_MEGABYTES
    answer = browser.generic("POST", "/mina-uppgifter/", body, content_type=kind)
    assert (answer.status_code, template_of(answer)) == (413, "413.html")


def test_three_thousand_fields_are_refused_in_words(browser: Client) -> None:
    body = "&".join(f"f{n}=1" for n in range(3000))
    kind = "application/x-www-form-urlencoded"
    answer = browser.generic("POST", "/anmalan/", body, content_type=kind, headers=OWN)
    assert (answer.status_code, template_of(answer)) == (400, "400.html")


@pytest.mark.parametrize("path", ["/not-there/", "/en/not-there/", "/kurser/not-there/"])
def test_a_page_that_is_not_there_is_said_in_words(browser: Client, path: str) -> None:
    answer = browser.get(path)
    assert (answer.status_code, template_of(answer)) == (404, "404.html")


@pytest.mark.parametrize(
    "path", ["/anmalan/x/", "/inbjudan/1.1.9999.x/", "/intyg/%00/", "/anmalan/" + "x" * 2000 + "/"]
)
def test_a_link_that_is_none_is_said_in_words(browser: Client, path: str) -> None:
    assert browser.get(path).status_code == 404


def test_somebody_elses_business_is_said_in_words(browser: Client) -> None:
    browser.force_login(make_user())
    answer = browser.get("/stod/")
    assert (answer.status_code, template_of(answer)) == (403, "403.html")


def test_a_foreign_host_is_refused(browser: Client) -> None:
    assert browser.get("/", headers={"Host": "elsewhere.example"}).status_code == 400


@pytest.mark.parametrize("method", ["put", "delete", "patch"])
def test_other_methods_change_nothing(browser: Client, method: str) -> None:
    before = everything()
    answer = getattr(browser, method)("/anmalan/", headers=OWN)
    assert answer.status_code in {200, 405}
    assert everything() == before


def test_a_fault_of_ours_is_a_page_without_a_trace() -> None:
    answer = server_error(RequestFactory().get("/"))
    assert answer.status_code == 500
    assert answer.content.decode().count("<h1") == 1
    assert answer.content.decode().count("Traceback") == 0


@pytest.mark.parametrize("status", ["400", "403", "404", "413"])
def test_error_pages_name_a_human(browser: Client, status: str) -> None:
    browser.force_login(make_user())
    huge = "name=" + "x" * TEN_MEGABYTES
    kind = "application/x-www-form-urlencoded"
    answers = {
        "400": lambda: browser.get("/", headers={"Host": "elsewhere.example"}),
        "403": lambda: browser.get("/stod/"),
        "404": lambda: browser.get("/not-there/"),
        "413": lambda: browser.generic("POST", "/anmalan/", huge, content_type=kind, headers=OWN),
    }
    answer = answers[status]()
    assert answer.status_code == int(status)
    assert answer.content.decode().count("hej@example.org") >= 1
