"""Two hundred people vote and change their votes at once while web processes are killed.

Whoever gets no answer sends the same again. Every receipt that was answered with success is in the
count, once, with what was last said; the roll agrees; and nobody meets a page without a word.
"""

import json
import os
import signal
import threading
import time
from collections import Counter
from collections.abc import Iterator
from http.client import HTTPException
from pathlib import Path

import pytest

from tests.prodlike import Site, free_port, running
from voting.rules import new_receipt

pytestmark = [pytest.mark.postgresql, pytest.mark.xdist_group("production")]

VOTERS = 200
TRIES = 60
KILLS = 5
OPTIONS = "abc"
DONE = "Din röst är lagd"
CLEAR_WORDS = "röst"

PREPARE = f"""
import json
from datetime import timedelta
from importlib import import_module
from django.conf import settings
from django.utils import timezone
from tests.voting.booths import ballot_among, voters
now, day = timezone.now(), timedelta(days=1)
ballot = ballot_among({VOTERS}, options="{OPTIONS}", opens_at=now - day, closes_at=now + day)
Store = import_module(settings.SESSION_ENGINE).SessionStore
keys = []
for voter in voters(ballot):
    session = Store()
    session["_auth_user_id"] = str(voter.pk)
    session["_auth_user_backend"] = settings.AUTHENTICATION_BACKENDS[0]
    session["_auth_user_hash"] = voter.get_session_auth_hash()
    session.create()
    keys.append(session.session_key)
print(json.dumps([ballot.pk, settings.SESSION_COOKIE_NAME, keys]))
"""
LOOK = """
import json, sys
from voting.models import Ballot
from voting.queries import receipt_hash, turnout_of
from voting.rules import receipt_letters
ballot = Ballot.objects.get(pk=%d)
said = json.loads(%r)
held = dict(ballot.votes.values_list("receipt_hash", "ranking"))
found = {r: held.get(receipt_hash(ballot, receipt_letters(r))) for r in said}
print(json.dumps([turnout_of(ballot), ballot.votes.count(), found]))
"""


class Voter:
    """One person who votes, changes the vote, and sends again what got no answer."""

    def __init__(self, web: Site, ballot: int, cookie: str, place: int) -> None:
        self.web = web
        self.address = f"/rosta/{ballot}/"
        self.cookie = cookie
        self.receipt = new_receipt()
        self.choices = [OPTIONS[place % 3], OPTIONS[(place + 1) % 3]]
        self.answered = ""
        self.unanswered = 0
        self.odd: list[str] = []

    def vote_and_change(self) -> None:
        for choice in self.choices:
            for _ in range(TRIES):
                if self._sent(choice):
                    self.answered = choice
                    break
                time.sleep(0.3)

    def _sent(self, choice: str) -> bool:
        form = {f"plats-{choice}": "1", "receipt": self.receipt, "do": "cast"}
        try:
            answer = self.web.ask(self.address, form=form, Cookie=self.cookie)
        except (OSError, HTTPException):
            self.unanswered += 1
            return False
        if answer.status == 200 and DONE in answer.text:
            return True
        if answer.status != 503 or "</h1>" not in answer.text:
            self.odd.append(f"{answer.status}: {answer.text[:200]}")
        return False


@pytest.fixture
def web(site: Site, tmp_path: Path) -> Iterator[Site]:
    """Web processes of this test's own, beside those of the site, on the same database."""
    env = site.env | {"PORT": str(free_port()), "REGAI_WEB_THREADS": "4", "REGAI_WEB_WORKERS": "2"}
    with running(tmp_path, env, "web") as started:
        yield started


def workers_of(pid: int) -> list[int]:
    """Return the processes that serve requests: children of the one that was started."""
    said = Path(f"/proc/{pid}/task/{pid}/children").read_text(encoding="utf-8")
    return [int(child) for child in said.split()]


def kill_now_and_then(web: Site, done: threading.Event) -> int:
    """Kill one worker after the other as a power cut would; each is replaced. Return how many."""
    killed = 0
    while killed < KILLS and not done.wait(1.0):
        for pid in workers_of(web.processes["web"].pid)[:1]:
            os.kill(pid, signal.SIGKILL)
            killed += 1
    return killed


def test_every_answered_vote_is_counted_once_though_web_processes_are_killed(web: Site) -> None:
    ran = web.run("shell", "--no-imports", "-c", PREPARE)
    assert ran.returncode == 0, ran.stderr
    ballot, cookie, keys = json.loads(ran.stdout.splitlines()[-1])
    people = [Voter(web, ballot, f"{cookie}={key}", n) for n, key in enumerate(keys)]
    threads = [threading.Thread(target=person.vote_and_change) for person in people]
    done = threading.Event()
    killed: list[int] = []
    killer = threading.Thread(target=lambda: killed.append(kill_now_and_then(web, done)))
    for thread in [killer, *threads]:
        thread.start()
    for thread in threads:
        thread.join()
    done.set()
    killer.join()
    said = {person.receipt: person.answered for person in people if person.answered}
    looked = web.run("shell", "--no-imports", "-c", LOOK % (ballot, json.dumps(list(said))))
    turnout, votes, found = json.loads(looked.stdout.splitlines()[-1])

    assert killed[0] >= 1
    assert [odd for person in people for odd in person.odd] == []
    assert Counter(bool(person.answered) for person in people) == {True: VOTERS}
    assert found == {receipt: [[choice]] for receipt, choice in said.items()}
    assert (votes, turnout) == (VOTERS, [VOTERS, VOTERS])
    assert sum(person.unanswered for person in people) > 0
