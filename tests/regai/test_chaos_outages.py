"""Redis and PostgreSQL stop while people sign up: nothing that was answered is lost."""

import threading
import time
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress

import psycopg
import pytest

from regai import breaker
from tests.prodlike import Answer, Site
from tests.regai.stoppable import StoppablePostgres, StoppableRedis

pytestmark = pytest.mark.postgresql

ANSWERED_WITHIN_SECONDS = 2
SIGN_UPS, AT_ONCE, USUAL = 200, 4, 20
LETTERS_WITHIN_SECONDS = 300


def sign_up(site: Site, name: str, number: int = 0) -> tuple[Answer, float]:
    """Return the answer to a sign-up from an address of its own, and how long it took."""
    form = {"name": name, "email": f"{name}@example.org", "company": f"Bolag {number}"}
    began = time.monotonic()
    answer = site.ask(
        "/anmalan/",
        form=form | {"place": "umea", "language": "sv"},
        X_Forwarded_For=f"198.51.{number // 250}.{number % 250}",
    )
    return answer, time.monotonic() - began


def arrived(site: Site, names: list[str]) -> Counter[str]:
    """Wait until a letter to each of ``names`` has arrived; return how many came to each."""
    wanted = {f"{name}@example.org" for name in names}
    until = time.monotonic() + LETTERS_WITHIN_SECONDS
    while time.monotonic() < until:
        came = Counter(
            line[4:]
            for told in site.letters
            for line in told.splitlines()[:20]
            if line.startswith("To: ") and line[4:] in wanted
        )
        if set(came) == wanted:
            return came
        time.sleep(0.2)
    return came


def test_two_hundred_sign_ups_are_answered_and_kept_while_redis_stops(
    site: Site, redis_to_stop: StoppableRedis
) -> None:
    names = [f"kvar{number}" for number in range(SIGN_UPS)]
    with ThreadPoolExecutor(AT_ONCE) as people:
        going = [people.submit(sign_up, site, name, n) for n, name in enumerate(names)]
        going[USUAL].result()
        with redis_to_stop.frozen():  # it takes connections and says nothing
            going[100].result()
        redis_to_stop.kill()
        try:
            said = [one.result() for one in going]
        finally:
            redis_to_stop.start()
    assert Counter(answer.status for answer, _ in said) == {302: SIGN_UPS}
    # Two seconds on top of what an answer takes on this machine while all is well.
    usual = max(took for _, took in said[:USUAL])
    slow = [round(took, 1) for _, took in said if took > usual + ANSWERED_WITHIN_SECONDS]
    assert slow == []
    time.sleep(breaker.RESTS_SECONDS)
    sign_up(site, "klockan", SIGN_UPS)  # rings again; in between the beat does
    assert arrived(site, names) == Counter(f"{name}@example.org" for name in names)
    with psycopg.connect(site.env["DATABASE_URL"]) as connection:
        kept = connection.execute(
            "SELECT count(*) FILTER (WHERE state = 'sent' AND NOT perhaps_twice), count(*)"
            " FROM outbox_message WHERE \"to\" LIKE 'kvar%'"
        ).fetchone()
    assert kept == (SIGN_UPS, SIGN_UPS)


def test_a_restart_of_postgresql_in_mid_request_keeps_what_was_typed(
    site: Site, postgres_to_stop: StoppablePostgres
) -> None:
    said: list[Answer] = []
    with psycopg.connect(site.env["DATABASE_URL"]) as holder:
        # The sign-up waits in the middle of its transaction for a row that somebody else holds.
        holder.execute("SELECT 1 FROM cohorts_programme FOR UPDATE")
        asking = threading.Thread(
            target=lambda: said.append(sign_up(site, "mitt-i", SIGN_UPS + 1)[0])
        )
        asking.start()
        wait_until_somebody_waits(site)
        postgres_to_stop.restart()
        asking.join()
        with suppress(psycopg.Error):  # this connection is gone too
            holder.rollback()
    assert [answer.status for answer in said] == [503]
    assert said[0].headers["retry-after"] == "30"
    assert '<input type="hidden" name="name" value="mitt-i">' in said[0].text
    assert "Det du just skickade är inte sparat" in said[0].text
    # Every thread of every process finds a new connection at the first try.
    tries = [sign_up(site, f"igen{n}", SIGN_UPS + 2 + n)[0].status for n in range(8)]
    assert (tries, sign_up(site, "mitt-i", SIGN_UPS + 1)[0].status) == ([302] * 8, 302)
    assert site.ask("/readyz").status == 200
    with psycopg.connect(site.env["DATABASE_URL"]) as connection:
        asked = "SELECT count(*) FROM cohorts_interest WHERE name = 'mitt-i'"
        assert connection.execute(asked).fetchone() == (1,)


def wait_until_somebody_waits(site: Site) -> None:
    """Wait until a connection of the site waits for a lock."""
    until = time.monotonic() + LETTERS_WITHIN_SECONDS
    waits = "SELECT count(*) FROM pg_stat_activity WHERE wait_event_type = 'Lock'"
    with psycopg.connect(site.env["DATABASE_URL"], autocommit=True) as connection:
        while connection.execute(waits).fetchone() == (0,) and time.monotonic() < until:
            time.sleep(0.02)
