"""One person's way through the site by its links, read over HTTP as without any script."""

import http.client
import re
from collections import deque
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from http.cookies import SimpleCookie
from itertools import islice, product
from typing import Any
from urllib.parse import urlencode, urljoin, urlsplit

from django.urls import Resolver404, resolve
from django.utils import translation

from accounts.gates import BY_LINK, PUBLIC
from tests.architecture.addresses import addresses
from tests.journeys.forms import Form, forms_in, links_on

ENGLISH = "/en"
# These are the same in every language, or no pages at all.
FORM = "application/x-www-form-urlencoded"
OUTSIDE = ("/drift/admin/", "/static/", "/healthz", "/readyz")
DJANGOS_OWN = "drift/admin/"
LETTERS = "brevladan/<"
OF_A_LETTER = "brevladan/<int:message_id>/html/"
MOST_READ = 4
MOST_LOOKED_AT = 2
TRIES = 6
NOT_BY_GET = 405
HEADING = re.compile(r"<h1[\s>]")
MARK = re.compile(r'<(\w+)[^>]*? class="([^"]*)"')
Mark = tuple[str, str]
ARGUMENT = re.compile(r"<(?:\w+:)?(\w+)>")


@dataclass(frozen=True, slots=True)
class Seen:
    """One page as it came. A page that is made of the same marks shows nothing new."""

    path: str
    pattern: str
    html: str
    marks: frozenset[Mark]


@cache
def gates() -> dict[str, str]:
    """Return the gate of each address of ours, the operator's tables in Django's admin left out."""
    return {
        path: getattr(view, "gate", "")
        for path, view in addresses()
        if not path.startswith(DJANGOS_OWN)
    }


@dataclass(frozen=True, slots=True)
class Answer:
    """What came, and from where in the end."""

    status: int
    path: str
    is_page: bool
    html: str


class Door:
    """One person's connection to the site, with their cookies."""

    def __init__(self, base: str) -> None:
        self.base = base
        self.cookies: dict[str, str] = {}
        self._open = http.client.HTTPConnection(urlsplit(base).netloc)

    def close(self) -> None:
        """Hang up."""
        self._open.close()

    def log_in(self, email: str) -> str:
        """Become the person with this address; return where they begin."""
        self.ask("/brevladan/logga-in/")
        return self.ask("/brevladan/logga-in/", {"email": email}).path

    def ask(self, path: str, posted: dict[str, str] | None = None) -> Answer:
        """Return the page at an address, after all that it leads on to."""
        headers = {"Cookie": "; ".join(f"{name}={value}" for name, value in self.cookies.items())}
        if posted is not None:
            headers |= {"Content-Type": FORM, "Origin": self.base}
        body = urlencode(posted) if posted is not None else None
        self._open.request("GET" if posted is None else "POST", path, body, headers)
        answer = self._open.getresponse()
        html = answer.read().decode(errors="replace")
        for told in answer.headers.get_all("Set-Cookie", []):
            self.cookies |= {name: one.value for name, one in SimpleCookie(told).items()}
        if onward := answer.headers.get("Location"):
            return self.ask(urljoin(self.base + path, onward).removeprefix(self.base))
        kind = answer.headers.get("Content-Type", "")
        return Answer(answer.status, path, kind.startswith("text/html"), html)


class Walk:
    """Reads pages breadth first, a few of each pattern, and notes what is wrong with any.

    ``roles`` are those of the person who walks; None for somebody who is not logged in.
    """

    def __init__(
        self,
        door: Door,
        *,
        english: bool,
        roles: frozenset[str] | None = None,
    ) -> None:
        self.door = door
        self.base = door.base
        self.english = english
        self.roles = roles
        self.pages: list[Seen] = []
        self.patterns: set[str] = set()
        self.faults: list[str] = []
        self._read: dict[str, int] = {}
        self._met: set[str] = set()
        self._values: dict[str, dict[str, None]] = {}

    def go(self, *starts: str) -> "Walk":
        """Follow every link from the start pages, which are read however many there are."""
        always = [self.here(start) for start in starts]
        waiting = deque(always)
        while waiting:
            path = waiting.popleft()
            if path not in self._met and (self._is_wanted(path) or path in always):
                waiting += self._open(path)
        self._try_the_rest()
        return self

    def to_look_at(self, shown: dict[str, set[Mark]]) -> Iterator[Seen]:
        """Yield where this person begins, and of each pattern what shows something new.

        ``shown`` holds the marks of each pattern that somebody has looked at; it is added to.
        """
        many: dict[str, int] = {}
        for number, page in enumerate(self.pages):
            known = shown.setdefault(page.pattern, set())
            is_new = not page.marks <= known and many.get(page.pattern, 0) < MOST_LOOKED_AT
            if is_new or number == 0:
                many[page.pattern] = many.get(page.pattern, 0) + 1
                known |= page.marks
                yield page

    def here(self, path: str) -> str:
        """Return the address of the same page in the language of this walk."""
        if path.startswith(OUTSIDE):
            return path
        return ENGLISH + in_swedish(path) if self.english else in_swedish(path)

    def _is_wanted(self, path: str) -> bool:
        pattern, told = kind_of(path)
        for name, value in told.items():
            self._values.setdefault(name, {})[str(value)] = None
        # A public page is the same for everybody, but for the frame around it.
        is_known = self.roles is not None and gates().get(pattern) in {PUBLIC, BY_LINK}
        return self._read.get(pattern, 0) < (1 if is_known else MOST_READ)

    def _open(self, path: str, *, is_linked: bool = True) -> list[str]:
        """Read one page; return where it leads."""
        self._met.add(path)
        answer = self.door.ask(path)
        pattern, _told = kind_of(path)
        self._read[pattern] = self._read.get(pattern, 0) + 1
        if answer.status == NOT_BY_GET and not is_linked:
            self.patterns.add(pattern)
        elif answer.status >= 400:
            self.faults += [f"{path}: {answer.status}"] if is_linked or answer.status >= 500 else []
        else:
            self.patterns.add(pattern)
            if answer.is_page and (answer.path == path or answer.path not in self._met):
                return self._read_page(answer.path, answer.html)
        return []

    def _read_page(self, path: str, html: str) -> list[str]:
        self._met.add(path)
        pattern, _told = kind_of(path)
        self.patterns.add(pattern)
        if path.startswith(OUTSIDE):
            return []
        page = Seen(path, pattern, html, frozenset(MARK.findall(html)))
        if pattern != OF_A_LETTER:  # that has the language of its reader, and no frame
            self.pages.append(page)
            self.faults += [f"{path}: {fault}" for fault in self._faults_of(page)]
        is_somebody_elses = self.roles is not None and pattern.startswith(LETTERS)
        return [] if is_somebody_elses else list(self._onward(page))

    def _faults_of(self, page: Seen) -> Iterator[str]:
        language = "en" if self.english else "sv"
        if f'<html lang="{language}"' not in page.html:
            yield f"is not marked as {language}"
        if len(HEADING.findall(page.html)) != 1:
            yield f"has {len(HEADING.findall(page.html))} h1"
        if "Traceback" in page.html:
            yield "shows a trace"

    def _onward(self, page: Seen) -> Iterator[str]:
        addresses = [address for _words, address in links_on(page.html)]
        addresses += [asked(form) for form in forms_in(page.html) if form.method == "get"]
        for address in addresses:
            whole = urlsplit(urljoin(self.base + page.path, address))
            if f"{whole.scheme}://{whole.netloc}" == self.base:
                yield self.here(whole.path + (f"?{whole.query}" if whole.query else ""))

    def _try_the_rest(self) -> None:
        """Try what no link led to, with the numbers that were met in other addresses."""
        for pattern in sorted(gates().keys() - self.patterns):
            if self._may_open(gates()[pattern]):
                names = ARGUMENT.findall(pattern)
                known = product(*(self._values.get(name, {"1": None}) for name in names))
                for values in islice(known, TRIES):
                    self._open(self.here(filled(pattern, values)), is_linked=False)
                    if pattern in self.patterns:
                        break

    def _may_open(self, gate: str) -> bool:
        # Whoever is not logged in tries what is open to all; the others need not.
        if self.roles is None or gate in {PUBLIC, BY_LINK}:
            return self.roles is None and gate in {PUBLIC, BY_LINK}
        needed = gate.removeprefix("role:").split(",")
        return not gate.startswith("role:") or not self.roles.isdisjoint(needed)


def kind_of(path: str) -> tuple[str, dict[str, Any]]:
    """Return the pattern of an address as it is in Swedish, and what stands in it."""
    with translation.override("sv"):
        try:
            match = resolve(in_swedish(urlsplit(path).path))
        except Resolver404:
            return "", {}
    return match.route, match.kwargs


def in_swedish(path: str) -> str:
    """Return the address of the Swedish page of an address in either language."""
    return path[len(ENGLISH) :] if path.startswith(f"{ENGLISH}/") else path


def filled(pattern: str, values: Iterable[str]) -> str:
    """Return the address of a pattern with ``values`` in it."""
    path = f"/{pattern}"
    for value in values:
        path = ARGUMENT.sub(value, path, count=1)
    return path


def asked(form: Form) -> str:
    """Return the address that a form which only asks leads to as it stands.

    Where something must be chosen, the first choice is.
    """
    told = list(form.fields)
    for name, values in form.options.items():
        if not any(name == field for field, _value in told):
            told.append((name, values[0]))
    told += [(name, value) for _label, name, value in form.buttons[:1] if name]
    return f"{form.action}?{urlencode(told)}"
