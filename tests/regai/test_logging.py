"""No log line holds an address, a name, a number or a token, whatever happened."""

import io
import json
import logging
import logging.config
from collections.abc import Iterator
from typing import Any

import pytest
import structlog
from django.conf import settings
from django.db import IntegrityError
from django.test import Client, RequestFactory
from django.urls import resolve

from accounts.models import User
from regai import logs
from regai.paths import masked_path
from regai.tasks import check_invariants
from tests.factories import make_user
from tests.prodlike import Site

MARKED_NAME = "Märta-Planterad"
MARKED_EMAIL = "marta.planterad@example.org"
MARKED_NUMBER = "19121212-1212"
MARKED_TOKEN = "7.1.2000.qHn3cX2s8d0bQmZl5vY1kW9pR4tU6aEoJfGiLxNyBzM"
MARKS = (MARKED_NAME, "Planterad", MARKED_EMAIL, "marta", MARKED_NUMBER, "12121212", MARKED_TOKEN)


@pytest.fixture
def log() -> Iterator[io.StringIO]:
    """What production's log would say, from here on."""
    told = logs.configuration(as_json=True, level="DEBUG")
    written = io.StringIO()
    told["handlers"]["stderr"]["stream"] = written
    logging.config.dictConfig(told)
    yield written
    logging.config.dictConfig(settings.LOGGING)
    logs.configuration(as_json=False, level="WARNING")
    structlog.contextvars.clear_contextvars()


def lines(log: io.StringIO) -> list[dict[str, Any]]:
    return [json.loads(line) for line in log.getvalue().splitlines()]


def marks_in(text: str) -> list[str]:
    return [mark for mark in MARKS if mark.lower() in text.lower()]


# --- requests ---


@pytest.mark.django_db
def test_a_request_has_one_line_with_ids_only(client: Client, log: io.StringIO) -> None:
    user = make_user(email=MARKED_EMAIL, name=MARKED_NAME)
    client.force_login(user)
    answer = client.get("/min-sida/", {"q": MARKED_NAME})
    (line,) = lines(log)
    assert (line["event"], line["method"], line["status"]) == ("request", "GET", 200)
    assert (line["path"], line["user"]) == ("/min-sida/", user.pk)
    assert line["request_id"] == answer.headers["X-Request-ID"]
    assert line["ms"] > 0
    assert {"timestamp", "level", "logger"} <= line.keys()
    assert marks_in(log.getvalue()) == []


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("path", "shown"),
    [
        ("/", "/"),
        ("/anmalan/", "/anmalan/"),
        ("/anmalan/tack/", "/anmalan/tack/"),
        (f"/anmalan/{MARKED_TOKEN}/", "/anmalan/…/"),
        (f"/anmalan/{MARKED_TOKEN}/andra/", "/anmalan/…/andra/"),
        (f"/en/anmalan/{MARKED_TOKEN}/", "/en/anmalan/…/"),
        (f"/inbjudan/{MARKED_TOKEN}/", "/inbjudan/…/"),
        (f"/intyg/{MARKED_TOKEN}/", "/intyg/…/"),
        ("/grupp/7/", "/grupp/7/"),
        (f"/kurser/{MARKED_NAME}/", "/…"),
        (f"/anmaln/{MARKED_TOKEN}/", "/…"),
        (f"/{MARKED_EMAIL}", "/…"),
    ],
)
def test_a_path_shows_its_numbers_and_hides_the_rest(
    client: Client, log: io.StringIO, path: str, shown: str
) -> None:
    client.get(path)
    assert [line["path"] for line in lines(log) if line["event"] == "request"] == [shown]
    assert marks_in(log.getvalue()) == []


@pytest.mark.pure
def test_an_address_that_is_a_pattern_of_its_own_is_masked_too() -> None:
    request = RequestFactory().get("/drift/admin/accounts/user/7/change/")
    request.resolver_match = resolve(request.path)
    assert masked_path(request) == "/drift/admin/accounts/user/…/change/"


@pytest.mark.django_db
def test_health_checks_and_style_leave_no_line(client: Client, log: io.StringIO) -> None:
    assert client.get("/healthz").status_code == 200
    assert log.getvalue() == ""


@pytest.mark.django_db
def test_a_page_that_breaks_leaves_its_kind_and_place_but_not_its_message(
    log: io.StringIO, settings: Any
) -> None:
    settings.ROOT_URLCONF = "tests.regai.breaking_urls"
    client = Client(raise_request_exception=False)
    assert client.get(f"/bryt/{MARKED_EMAIL}/").status_code == 500
    broken = next(line for line in lines(log) if line["event"] == "django.request")
    assert broken["fault"] == "ValueError < KeyError"
    assert broken["where"][-1].endswith("breaks")
    assert broken["path"] == "/bryt/…/"
    assert broken["request_id"] == lines(log)[-1]["request_id"]
    assert marks_in(log.getvalue()) == []


@pytest.mark.django_db
def test_a_database_that_quotes_the_row_is_not_quoted(log: io.StringIO) -> None:
    make_user(email=MARKED_EMAIL)
    try:
        User.objects.create_user(MARKED_EMAIL, name=MARKED_NAME, created_at=None)
    except IntegrityError:
        logging.getLogger("django.request").exception("Internal Server Error: %s", MARKED_EMAIL)
        structlog.get_logger("regai").exception("broken")
    assert [line["fault"].startswith("IntegrityError < ") for line in lines(log)] == [True, True]
    assert marks_in(log.getvalue()) == []


# --- libraries ---


@pytest.mark.pure
@pytest.mark.parametrize(
    ("logger", "message", "values", "event"),
    [
        ("somebody.else", "cannot read %s", (MARKED_NAME,), "cannot read %s"),
        ("django.security", "%s looked at %s", (MARKED_EMAIL, 1), "%s looked at %s"),
        (
            "celery.worker",
            "Cannot connect to %s",
            ("redis://:pw@h:1//",),
            "Cannot connect to redis://…h:1//",
        ),
        ("outbox.actions", "letter to %s", (MARKED_EMAIL,), "letter to …"),
        ("regai.x", f"token {MARKED_TOKEN} of 121212-1212", (), "token … of …"),
    ],
)
def test_what_a_library_says_is_kept_without_its_values(
    log: io.StringIO, logger: str, message: str, values: tuple[Any, ...], event: str
) -> None:
    logging.getLogger(logger).warning(message, *values)
    assert [line["event"] for line in lines(log)] == [event]
    assert marks_in(log.getvalue()) == []


@pytest.mark.pure
def test_a_task_that_fails_leaves_its_name_and_what_kind_of_fault(log: io.StringIO) -> None:
    told = {"name": "outbox.tasks.deliver_waiting", "id": "1", "exc": MARKED_EMAIL}
    trace = logging.getLogger("celery.app.trace")
    try:
        raise LookupError(MARKED_EMAIL)  # noqa: TRY301 -- as a task raises
    except LookupError:
        trace.exception("Task %(name)s[%(id)s] failed: %(exc)s", told, extra={"data": told})
    (line,) = lines(log)
    assert (line["event"], line["task"]) == ("task_failed", "outbox.tasks.deliver_waiting")
    assert line["fault"] == "LookupError"
    assert marks_in(log.getvalue()) == []


@pytest.mark.django_db
def test_what_the_night_finds_is_a_line_each(log: io.StringIO) -> None:
    assert check_invariants() == 0
    assert lines(log) == []


# --- the whole site ---


@pytest.mark.postgresql
def test_nothing_that_was_planted_comes_up_in_any_line_of_any_process(site: Site) -> None:
    form = {"name": MARKED_NAME, "email": MARKED_EMAIL, "company": f"{MARKED_NAME} AB"}
    form |= {"number": MARKED_NUMBER, "place": "umea", "language": "sv", "without_number": "on"}
    assert site.ask("/anmalan/", form=form).status == 302
    assert site.ask("/logga-in/", form={"email": MARKED_EMAIL}).status == 302
    for path in (f"/anmalan/{MARKED_TOKEN}/", f"/intyg/{MARKED_TOKEN}/", f"/{MARKED_EMAIL}"):
        assert site.ask(path, Referer=f"https://x.example/{MARKED_TOKEN}").status == 404
    assert site.ask("/", Host=f"{MARKED_EMAIL}").status == 400
    own = [json.loads(line) for line in site.said.splitlines() if '"event"' in line]
    shown = [line["path"] for line in own if line["event"] == "request"]
    assert shown[-5:] == ["/logga-in/", "/anmalan/…/", "/intyg/…/", "/…", "/"]
    assert marks_in(site.said) == []
