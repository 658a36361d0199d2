"""Two hundred vote and change while web processes are killed: each receipt counts, once.

They come as anybody does: by the link in their letter and a code, over HTTP, each from an address
of their own; whoever gets no answer sends the same again. Whenever so many have been answered, the
web process that has run longest is ended with -9, and the site puts another in its place.
"""

import csv
import io
import json
import os
import re
import signal
import subprocess
import time
from collections import Counter
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from http.client import HTTPException
from pathlib import Path
from threading import Lock

import psycopg
import pytest

from tests.prodlike import Answer, Site
from tests.regai.roll_call import VOTERS, address_of
from tests.regai.window import Window, led_to
from voting.counting import check_value, letters_of
from voting.rules import NONE_OF_THESE

pytestmark = pytest.mark.postgresql

AT_ONCE = 24
ANSWERS_BEFORE_A_KILL, FEWEST_KILLS = 120, 8
# A busy machine is no fault: only a part that is broken makes anybody wait so long.
WAITS_SECONDS = 400
CODE = re.compile(r"^[A-Z]{4}-[A-Z]{4}$", re.MULTILINE)
RECEIPT = re.compile(r'name="receipt" value="([0-9A-Z-]{24})"')
TO = re.compile(r"^To: (\S+)$", re.MULTILINE)
MARKS_AND_VOTES = """
SELECT (SELECT count(*) FROM voting_rollentry WHERE ballot_id = %(it)s AND has_voted),
    (SELECT count(*) FROM voting_vote WHERE ballot_id = %(it)s)
"""


@dataclass
class Killer:
    """Ends a web process after so many answers, wherever it is in its work."""

    web: subprocess.Popen[bytes]
    answers: int = 0
    killed: list[int] = field(default_factory=list)
    lock: Lock = field(default_factory=Lock)

    def answered(self) -> None:
        """Count one more answer."""
        with self.lock:
            self.answers += 1
            alive = self.alive() if self.answers % ANSWERS_BEFORE_A_KILL == 0 else []
            if len(alive) > 1:  # the one before has been replaced
                os.kill(alive[0], signal.SIGKILL)
                self.killed.append(alive[0])

    def alive(self) -> list[int]:
        """Return the processes that answer, the eldest first: each is a copy of the one above."""
        children = Path(f"/proc/{self.web.pid}/task/{self.web.pid}/children").read_text().split()
        own, *others = (Path(f"/proc/{n}/cmdline") for n in (self.web.pid, *children))
        words = own.read_bytes()
        return [int(one.parent.name) for one in others if one.read_bytes() == words]


@dataclass
class Voter:
    """One of the two hundred, and what came of all that they asked for."""

    site: Site
    killer: Killer
    number: int
    receipt: str = ""
    lost: int = 0
    unclear: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        place = f"198.18.{self.number // 250}.{self.number % 250}"
        self.window = Window(self.site, address=place)

    def ask_for_code(self, letter: str) -> None:
        """Follow the link in a letter, which asks who one is."""
        (wanted,) = re.findall(r"^https://[^/]+(/rosta/\d+/)$", letter, re.MULTILINE)
        door = led_to(self.window.open(wanted))
        self.window.open(door)
        self.window.send(door, email=address_of(self.number))

    def log_in(self, code: str, wanted: str) -> None:
        """Come in by the code that has arrived."""
        at = f"/logga-in/kod/?next={wanted}"
        assert led_to(self.window.send(at, code=code)) == wanted

    def cast(self, ballot: int, order: list[str]) -> None:
        """Rank in this order on the page, look at the confirmation, and cast what stands there."""
        at = f"/rosta/{ballot}/"
        places = {f"plats-{key}": str(place) for place, key in enumerate(order, start=1)}
        self.asked(lambda: self.window.open(at))
        shown = self.asked(
            lambda: self.window.send(at, do="preview", receipt=self.receipt, **places)
        )
        found = RECEIPT.search(shown.text)
        assert found, shown.text
        self.receipt = found[1]
        taken = self.asked(lambda: self.window.send(at, do="cast", receipt=self.receipt, **places))
        assert "Din röst är lagd" in taken.text
        assert self.receipt in taken.text

    def asked(self, ask: Callable[[], Answer]) -> Answer:
        """Return the answer; ask the same again while none comes, or one that says to wait."""
        until = time.monotonic() + WAITS_SECONDS
        while time.monotonic() < until:
            try:
                answer = ask()
            except (OSError, HTTPException):
                self.lost += 1
                time.sleep(0.05)
                continue
            if answer.status == 200:
                self.killer.answered()
                return answer
            if answer.status != 503 or "är inte sparat" not in answer.text:
                self.unclear.append(f"{answer.status}: {answer.text[:500]}")
                return answer
            time.sleep(0.2)
        raise TimeoutError


def letters_with(site: Site, wanted: re.Pattern[str]) -> dict[str, str]:
    """Wait until every voter has a letter with this in it; return the latest one of each."""
    addresses = {address_of(number) for number in range(VOTERS)}
    until = time.monotonic() + WAITS_SECONDS
    found: dict[str, str] = {}
    while not addresses <= found.keys():
        assert time.monotonic() < until, f"{len(found)} of {VOTERS} letters have come"
        time.sleep(0.5)
        letters = (letter for letter in site.letters if wanted.search(letter))
        found = {to[1]: letter for letter in letters if (to := TO.search(letter))}
    return found


def ran(site: Site, what: str) -> str:
    """Return what our own code says, run inside the site."""
    ended = site.run("shell", "-v", "0", "-c", f"from tests.regai import roll_call; {what}")
    assert (ended.returncode, ended.stderr) == (0, "")
    return ended.stdout


def test_every_receipt_answered_with_success_is_counted_once_while_web_processes_are_killed(
    site: Site,
) -> None:
    told = json.loads(ran(site, "roll_call.call()"))
    ballot, titles = told["ballot"], {key: title for title, key in told["titles"].items()}
    keys = [key for key in titles if key != NONE_OF_THESE]
    at = f"/rosta/{ballot}/"
    killer = Killer(site.processes["web"])
    voters = [Voter(site, killer, number) for number in range(VOTERS)]
    calls = letters_with(site, re.compile(f"^https://.*{at}$", re.MULTILINE))

    def liked(voter: Voter) -> list[str]:
        first = voter.number % len(keys)
        return keys[first:] + keys[:first]

    def wanted(voter: Voter) -> list[str]:
        return [NONE_OF_THESE, *reversed(liked(voter))]  # then nobody is offered a course

    def vote(voter: Voter) -> None:
        voter.cast(ballot, liked(voter))
        first = voter.receipt
        voter.cast(ballot, wanted(voter))
        assert voter.receipt == first

    with ThreadPoolExecutor(AT_ONCE) as people:
        list(people.map(lambda one: one.ask_for_code(calls[address_of(one.number)]), voters))
        codes = letters_with(site, CODE)
        typed = [CODE.findall(codes[address_of(number)])[0] for number in range(VOTERS)]
        list(people.map(lambda one, code: one.log_in(code, at), voters, typed))
        list(people.map(vote, voters))
    assert [fault for voter in voters for fault in voter.unclear] == []
    lost = sum(voter.lost for voter in voters)
    assert (len(killer.killed) >= FEWEST_KILLS, lost > 0) == (True, True)

    ran(site, f"roll_call.close({ballot})")
    page = voters[0].asked(lambda: voters[0].window.open(f"{at}resultat/"))
    assert f"{VOTERS} av {VOTERS} röstade." in page.text
    mine = voters[0].window.send(f"{at}resultat/", receipt=voters[0].receipt)
    assert "Ja, en röst med det kvittot är räknad." in mine.text
    head, *published = voters[0].window.open(f"{at}resultat/kvitton.txt").text.splitlines()
    values = [check_value(head.split()[1], letters_of(voter.receipt)) for voter in voters]
    assert Counter(published) == Counter(values)
    assert len(set(values)) == VOTERS
    beside = voters[0].window.open(f"{at}resultat/kvitton-och-roster.csv").text
    counted = {row["receipt"]: row["ranking"] for row in csv.DictReader(io.StringIO(beside))}
    assert counted == {
        value: " > ".join(titles[key] for key in wanted(voter))
        for value, voter in zip(values, voters, strict=True)
    }
    with psycopg.connect(site.env["DATABASE_URL"]) as connection:
        assert connection.execute(MARKS_AND_VOTES, {"it": ballot}).fetchone() == (VOTERS, VOTERS)
    checked = site.run("check_invariants", "votes")
    assert (checked.returncode, checked.stdout) == (0, "0 violations in votes.\n")
