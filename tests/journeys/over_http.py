"""The main path walked over real HTTP, against the processes of a site that runs as in production.

``python -m tests.journeys.over_http LETTERS [sv|en]`` in the environment of that site: its database
is first emptied of the catalogue. The letters are those that its worker has sent by SMTP into the
folder LETTERS. Only the end of a vote is brought about here, since nobody waits ten days for it.
"""

import http.client
import os
import sys
import time
from dataclasses import dataclass, field
from datetime import datetime
from email import message_from_string, policy
from http.cookies import SimpleCookie
from pathlib import Path
from typing import Any
from urllib.parse import urlencode, urlsplit

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "regai.settings")
REDIRECTS = frozenset({301, 302, 303})
ARRIVES_WITHIN_SECONDS = 120


@dataclass(frozen=True, slots=True)
class Response:
    """What ``tests.journeys.visitor.Visitor`` looks at."""

    status_code: int
    content: bytes
    redirect_chain: list[tuple[str, int]]


@dataclass
class Browser:
    """One person's cookies and connection; every request comes as through the proxy."""

    port: int
    cookies: dict[str, str] = field(default_factory=dict)

    def get(self, path: str, data: dict[str, list[str]] | None = None, **_: Any) -> Response:
        asked = f"{path}?{urlencode(data, doseq=True)}" if data else path
        return self._followed("GET", asked, None)

    def post(self, path: str, data: dict[str, list[str]], **_: Any) -> Response:
        return self._followed("POST", path, urlencode(data, doseq=True))

    def _followed(self, method: str, path: str, body: str | None) -> Response:
        chain: list[tuple[str, int]] = []
        while True:
            status, headers, content = self._asked(method, path, body)
            if status not in REDIRECTS:
                return Response(status, content, chain)
            path = urlsplit(headers["location"])._replace(scheme="", netloc="").geturl()
            chain.append((path, status))
            method, body = "GET", None

    def _asked(
        self, method: str, path: str, body: str | None
    ) -> tuple[int, http.client.HTTPMessage, bytes]:
        host = f"localhost:{self.port}"
        told = {
            "Host": host,
            "X-Forwarded-Proto": "https",
            "X-Forwarded-For": "192.0.2.1",
            "Cookie": "; ".join(f"{name}={value}" for name, value in self.cookies.items()),
            "Sec-Fetch-Site": "same-origin",
            "Referer": f"https://{host}/",
            "Origin": f"https://{host}",
        }
        if body is not None:
            told["Content-Type"] = "application/x-www-form-urlencoded"
        door = http.client.HTTPConnection("127.0.0.1", self.port, timeout=120)
        try:
            door.request(method, path, body=body, headers=told)
            answer = door.getresponse()
            content = answer.read()
        finally:
            door.close()
        for line in answer.headers.get_all("Set-Cookie") or []:
            for name, morsel in SimpleCookie(line).items():
                self.cookies[name] = morsel.value
        return answer.status, answer.headers, content


@dataclass(frozen=True, slots=True)
class Letter:
    """One letter as it came by SMTP."""

    to: list[str]
    subject: str
    body: str


class SentBySmtp:
    """Letters that the site's own worker sends; the clock is helped where one would wait."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def post(self, now: datetime) -> None:  # noqa: ARG002 -- it is always now on a real site
        from django.utils import timezone  # noqa: PLC0415 -- after the set-up

        from outbox.models import Message  # noqa: PLC0415 -- same
        from regai.doorbell import ring  # noqa: PLC0415 -- same

        waiting = Message.objects.filter(state="waiting")
        waiting.filter(next_try_at__gt=timezone.now()).update(next_try_at=timezone.now())
        until, rings_at = time.monotonic() + ARRIVES_WITHIN_SECONDS, 0.0
        while waiting.exists():
            assert time.monotonic() < until, "letters wait"
            if time.monotonic() > rings_at:
                ring()
                rings_at = time.monotonic() + 2
            time.sleep(0.05)

    def arrived(self) -> list[Any]:
        found = []
        for file in sorted(self.folder.iterdir()):
            letter = message_from_string(file.read_text("utf-8"), policy=policy.default)
            text = letter.get_body(("plain",))
            assert text is not None
            to, subject = [str(letter["To"])], str(letter["Subject"])
            found.append(Letter(to, subject, text.get_content()))
        return found


def main(words: list[str]) -> int:
    """Walk the path; every step that is not as told ends it with a trace."""
    import django  # noqa: PLC0415 -- the settings come from the environment

    django.setup()
    from cohorts.models import Course, Lesson, Programme  # noqa: PLC0415 -- after the set-up
    from tests.journeys import letters  # noqa: PLC0415 -- same
    from tests.journeys.main_path import MainPath  # noqa: PLC0415 -- same
    from tests.journeys.visitor import Visitor  # noqa: PLC0415 -- same
    from tests.journeys.world import prepare  # noqa: PLC0415 -- same

    port = int(os.environ["PORT"])

    class HttpVisitor(Visitor):
        def __init__(self, email: str = "", *, prefix: str = "") -> None:
            super().__init__(email, prefix=prefix)
            self.client: Any = Browser(port)

    for model in (Lesson, Course, Programme):
        model.objects.all().delete()
    prepare()
    letters.box = SentBySmtp(Path(words[0]))
    MainPath(HttpVisitor, words[1] if len(words) > 1 else "sv").walk()
    print("The main path is walked.")  # noqa: T201 -- the result
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
