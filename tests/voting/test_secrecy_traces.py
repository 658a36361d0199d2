"""Nothing beside the two tables knows of a vote: each place is searched, and shown to tell.

A person votes through the site; then their receipt and their ranking are looked for wherever the
site writes. Each search is also made where somebody has let it slip, and must find it.
"""

import io
import json
import logging.config
import sys
from collections.abc import Callable, Iterator
from typing import Any
from urllib.parse import urlsplit

import pytest
import structlog
from django.conf import settings as django_settings
from django.contrib.sessions.models import Session
from django.core import mail
from django.core.signals import got_request_exception
from django.db import connection, transaction
from django.test import Client
from django.utils import timezone
from django.utils.log import AdminEmailHandler
from django.views.debug import ExceptionReporter, SafeExceptionReporterFilter
from redis import Redis

from accounts.models import Change, User
from accounts.steps import acting, record
from outbox.models import Message
from regai import logs
from tests.factories import make_cohort, make_user
from tests.voting.booths import DAY, ballot_among, close, voters
from voting.models import Ballot, Option
from voting.queries import receipt_hash

pytestmark = pytest.mark.django_db(transaction=True)

RECEIPT = "3467-9ACD-EFGH-JKMN-PQRT"
LETTERS = RECEIPT.replace("-", "")
OPTIONS = ("nattviol", "ljungpipare", "orrspel")
RANKING = [["orrspel"], ["nattviol", "ljungpipare"]]


@pytest.fixture
def ballot() -> Ballot:
    """A ballot that is open now, with options that no other text holds."""
    now = timezone.now()
    made = ballot_among(3, options="abc")
    make_cohort().rounds.update(ballot=made)
    Ballot.objects.update(opens_at=now - DAY, closes_at=now + DAY)
    for option, key in zip(made.options.order_by("key"), OPTIONS, strict=True):
        Option.objects.filter(pk=option.pk).update(key=key, title=key)
    return Ballot.objects.get()


@pytest.fixture
def voter(ballot: Ballot) -> User:
    """One of those on the roll."""
    return voters(ballot)[0]


def marks_of(ballot: Ballot) -> list[str]:
    """Return what a place may not hold: the receipt, its check value, the choice."""
    return [RECEIPT, LETTERS, receipt_hash(ballot, LETTERS), *OPTIONS]


def said(text: str, ballot: Ballot) -> list[str]:
    """Return which marks a text holds, however JSON or HTML may have written it."""
    written = text.encode().decode("unicode_escape", "ignore") + text
    return [mark for mark in marks_of(ballot) if mark in written]


def vote_through_the_site(client: Client, ballot: Ballot, voter: User) -> Any:
    """Log in, look, preview and cast as a browser does; return the last answer."""
    client.force_login(voter)
    address = f"/rosta/{ballot.pk}/"
    places = {"plats-orrspel": "1", "plats-nattviol": "2", "plats-ljungpipare": "2"}
    client.get(address)
    client.post(address, {**places, "do": "preview"})
    return client.post(address, {**places, "receipt": RECEIPT, "do": "cast"})


def tables() -> dict[str, str]:
    """Return every table of the database as text."""
    with connection.cursor() as cursor:
        names = connection.introspection.table_names(cursor)
        found = {}
        for name in names:
            cursor.execute(f'SELECT * FROM "{name}"')  # noqa: S608 -- our own tables
            found[name] = "\n".join(sorted(map(str, cursor.fetchall())))
    return found


def changed(before: dict[str, str], after: dict[str, str]) -> set[str]:
    return {name for name in after if before.get(name) != after[name]}


def holding(ballot: Ballot) -> set[str]:
    """Return the tables that hold a mark of the vote."""
    return {name for name, text in tables().items() if said(text, ballot)}


def slip_into_history(ballot: Ballot, voter: User) -> None:
    with transaction.atomic():
        record(ballot, was="", became="voted", actor=acting(voter), now=timezone.now())


def slip_into_a_letter(ballot: Ballot, voter: User) -> None:
    now = timezone.now()
    Message.objects.create(
        key=f"slip/{ballot.pk}",
        to=voter.email,
        subject="x",
        text=RECEIPT,
        state="waiting",
        queued_at=now,
        next_try_at=now,
    )


def test_a_cast_writes_in_the_two_tables_and_in_no_other(
    client: Client, ballot: Ballot, voter: User
) -> None:
    client.force_login(voter)
    client.get(f"/rosta/{ballot.pk}/")
    before = tables()
    assert "Din röst är lagd" in vote_through_the_site(client, ballot, voter).content.decode()
    wrote = changed(before, tables()) - {"django_session", "accounts_user"}
    assert wrote == {"voting_vote", "voting_rollentry"}
    slip_into_history(ballot, voter)
    slip_into_a_letter(ballot, voter)
    found = changed(before, tables()) - wrote
    assert found >= {"accounts_change", "outbox_message"}


def test_no_history_row_and_no_letter_holds_the_vote_before_or_after_the_close(
    client: Client, ballot: Ballot, voter: User
) -> None:
    vote_through_the_site(client, ballot, voter)
    assert holding(ballot) == {"voting_vote", "voting_option"}
    assert not Change.objects.filter(by_user=voter).exists()
    close(ballot, now=timezone.now() + 2 * DAY)
    # The result holds the winner's key; a receipt or a check value stands nowhere else.
    assert holding(ballot) == {"voting_vote", "voting_option", "voting_ballot"}
    slip_into_a_letter(ballot, voter)
    assert "outbox_message" in holding(ballot)


def test_no_session_and_no_cookie_holds_the_vote(
    client: Client, ballot: Ballot, voter: User
) -> None:
    answer = vote_through_the_site(client, ballot, voter)

    def kept() -> list[str]:
        sessions = [json.dumps(one.get_decoded()) for one in Session.objects.all()]
        return said(" ".join([*sessions, client.cookies.output(), answer.cookies.output()]), ballot)

    assert Session.objects.exists()
    assert kept() == []
    session = client.session
    session["receipt"] = RECEIPT
    session.save()
    assert kept() == [RECEIPT]


@pytest.fixture
def log() -> Iterator[io.StringIO]:
    """What production's log says at its most talkative, from here on."""
    told = logs.configuration(as_json=True, level="DEBUG")
    written = io.StringIO()
    told["handlers"]["stderr"]["stream"] = written
    logging.config.dictConfig(told)
    yield written
    logging.config.dictConfig(django_settings.LOGGING)
    logs.configuration(as_json=False, level="WARNING")
    structlog.contextvars.clear_contextvars()


def test_no_line_of_the_log_holds_the_vote(
    client: Client, ballot: Ballot, voter: User, log: io.StringIO
) -> None:
    vote_through_the_site(client, ballot, voter)
    client.post(f"/rosta/{ballot.pk}/", {"plats-nattviol": "x", "receipt": "fel", "do": "cast"})
    assert log.getvalue().count("/rosta/") == 4
    assert said(log.getvalue(), ballot) == []
    structlog.get_logger("voting").info("cast", ranking=RANKING, receipt=RECEIPT)
    assert RECEIPT in said(log.getvalue(), ballot)


def test_no_error_report_holds_the_vote(
    client: Client, ballot: Ballot, voter: User, log: io.StringIO, settings: Any
) -> None:
    reports: list[str] = []
    unguarded: list[str] = []

    def report(sender: object, request: Any = None, **_: object) -> None:  # noqa: ARG001 -- Django's signal
        reports.append(ExceptionReporter(request, *sys.exc_info()).get_traceback_text())
        del request.sensitive_post_parameters  # as if the view had not asked for it
        unguarded.append(ExceptionReporter(request, *sys.exc_info()).get_traceback_text())

    got_request_exception.connect(report)
    client.raise_request_exception = False
    settings.RECEIPT_KEY = None  # the cast breaks where the receipt is hashed
    answer = vote_through_the_site(client, ballot, voter)
    got_request_exception.disconnect(report)
    assert (answer.status_code, len(reports), mail.outbox) == (500, 1, [])
    settings.RECEIPT_KEY = "k" * 50
    assert said(log.getvalue() + answer.content.decode(), ballot) == []
    assert set(said(reports[0], ballot)) <= set(OPTIONS)  # the names of fields, which all see
    told = {line.partition(" = ")[2] for line in reports[0].splitlines() if "plats-" in line}
    assert told == {f"'{SafeExceptionReporterFilter.cleansed_substitute}'"}
    assert RECEIPT in said(unguarded[0], ballot)
    handlers = {
        type(one)
        for name in ("", "django", "django.request")
        for one in logging.getLogger(name).handlers
    }
    assert AdminEmailHandler not in handlers


def redis_holds(ballot: Ballot) -> list[str]:
    """Return the marks in any key or value of any database of Redis: cache, queue, tasks."""
    found: set[str] = set()
    for number in range(16):
        store = Redis.from_url(django_settings.REDIS_URL, db=number)
        for key in store.scan_iter(count=1000):
            found |= set(said(f"{key!r} {read(store, key)!r}", ballot))
        store.close()
    return sorted(found)


def read(store: Any, key: bytes) -> Any:
    """Return the value of a key of whatever kind."""
    kinds: dict[bytes, Callable[[], Any]] = {
        b"string": lambda: store.get(key),
        b"list": lambda: store.lrange(key, 0, -1),
        b"set": lambda: store.smembers(key),
        b"hash": lambda: store.hgetall(key),
        b"zset": lambda: store.zrange(key, 0, -1),
    }
    return kinds[store.type(key)]()


@pytest.mark.postgresql
def test_neither_the_cache_nor_any_queue_in_redis_holds_the_vote(
    client: Client, ballot: Ballot, voter: User
) -> None:
    own = Redis.from_url(str(django_settings.REDIS_URL))
    in_cache = urlsplit(str(django_settings.CACHES["default"]["LOCATION"]))
    assert in_cache.netloc == urlsplit(django_settings.REDIS_URL).netloc
    vote_through_the_site(client, ballot, voter)
    close(ballot, now=timezone.now() + 2 * DAY)
    assert redis_holds(ballot) == []
    own.set("slip", f"{RANKING}")
    own.lpush("slips", json.dumps({"args": [RECEIPT]}))
    assert redis_holds(ballot) == sorted([RECEIPT, *OPTIONS])
    own.delete("slip", "slips")
    own.close()


def test_no_page_of_the_admin_and_no_page_of_staff_holds_the_vote_before_the_close(
    client: Client, ballot: Ballot, voter: User
) -> None:
    vote_through_the_site(client, ballot, voter)
    client.force_login(make_user(is_staff=True, is_superuser=True, role="coordinator"))

    def shown(*addresses: str) -> list[str]:
        pages = [client.get(address).content.decode() for address in addresses]
        return said(" ".join(pages), ballot)

    admin = "/drift/admin/"
    pages = [f"{admin}voting/ballot/", f"{admin}voting/ballot/{ballot.pk}/change/"]
    pages += [f"{admin}accounts/change/", f"{admin}outbox/message/", admin]
    assert shown(*pages, f"/rosta/{ballot.pk}/resultat/") == []
    assert client.get(f"{admin}voting/vote/").status_code == 404
    assert shown(f"{admin}voting/option/") == list(OPTIONS)
    for name in ("kvitton.txt", "roster.jsonl", "resultat.json"):
        assert client.get(f"/rosta/{ballot.pk}/resultat/{name}").status_code == 404
