"""The site as it runs in production, on this machine, with secrets and data of the moment.

``python -m tests.prodlike`` starts the processes of docker-compose.yml with production's settings,
on the PostgreSQL and Redis that DATABASE_URL and REDIS_URL name or on servers of its own, and a
mail server that keeps what it is sent in a folder. It listens without TLS on PORT (8100): send
``X-Forwarded-Proto: https`` as a proxy would. Ctrl-C stops it all and leaves nothing.
"""

import http.client
import os
import shlex
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Collection, Iterator, Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from itertools import count
from pathlib import Path
from urllib.parse import urlencode

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session

from regai.starting.commands import BUILD, SERVICES, serve
from regai.starting.keys import new_keys
from regai.starting.supervisor import run_together
from tests.services import Missing, postgresql, redis_server

ROOT = Path(__file__).parents[1]
STARTS_WITHIN_SECONDS = 60
STOPS_WITHIN_SECONDS = 30
STAFF = "samordnare@example.org"
TAKEN = "250 Message accepted for delivery"


class LettersToFolder:
    """Takes every letter and writes it into a folder."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.numbers = count(len(list(folder.iterdir())) + 1)

    async def handle_DATA(self, _: SMTP, __: Session, envelope: Envelope) -> str:  # noqa: N802 -- aiosmtpd's name
        number = next(self.numbers)
        content = envelope.content or b""
        letter = content if isinstance(content, bytes) else content.encode()
        (self.folder / f"{number:05}-{os.urandom(4).hex()}.eml").write_bytes(letter)
        return TAKEN


def take_letters(port: int, folder: Path) -> None:
    """Be a mail server on a local port until stopped."""
    server = Controller(LettersToFolder(folder), hostname="127.0.0.1", port=port)
    server.start()
    try:
        signal.sigwait({signal.SIGTERM, signal.SIGINT})
    finally:
        server.stop()


def free_port() -> int:
    """Return a port that nobody listens on."""
    with socket.create_server(("127.0.0.1", 0)) as probe:
        return int(probe.getsockname()[1])


def environment(folder: Path, **named: str) -> dict[str, str]:
    """Return the whole environment of a production site that keeps its things in ``folder``."""
    port = named.setdefault("PORT", str(free_port()))
    letters = folder / "letters"
    letters.mkdir(parents=True)
    return {
        **{name: os.environ[name] for name in ("PATH", "HOME", "LC_ALL") if name in os.environ},
        **new_keys(),
        "REGAI_MODE": "production",
        "REGAI_VAR": str(folder / "var"),
        "REGAI_STATIC": str(folder / "static"),
        "REGAI_SITE_URL": f"https://localhost:{port}",
        "REGAI_HOSTS": "localhost 127.0.0.1",
        "REGAI_CONTROLLER": "Exempelregionen (påhittad)",
        "REGAI_GRANTING_AUTHORITY": "Exempelregionen (påhittad)",
        "REGAI_DELEGATION": "delegationsordningen (påhittad)",
        "REGAI_LEGAL_BASIS": "projektbeslut (påhittat)",
        "REGAI_CASE_SERIES": "EX",
        "REGAI_APPEAL": "omprövning (påhittad)",
        "REGAI_CONTACT_NAME": "Exempel Kontaktsson",
        "REGAI_CONTACT_EMAIL": "hej@example.org",
        "REGAI_CONTACT_PHONE": "090-123 45 67",
        "REGAI_DPO_EMAIL": "dataskydd@example.org",
        "REGAI_FROM_EMAIL": "RegAI <regai@example.org>",
        "EMAIL_HOST": "127.0.0.1",
        "EMAIL_PORT": str(free_port()),
        "PYTHONUNBUFFERED": "1",
        # In a container of tests everybody is root.
        "PYTHONWARNINGS": "ignore:You're running the worker",
        **named,
    }


def command(*words: str) -> list[str]:
    """Return the words of a command with this Python in the place of any other."""
    return [sys.executable, *(words[1:] if words[0] == "python" else words)]


def lines(env: Mapping[str, str], folder: Path) -> dict[str, list[str]]:
    """Return the processes by name: the mail server, and those of docker-compose.yml."""
    sink = command("-m", "tests.prodlike", "--letters", env["EMAIL_PORT"], str(folder / "letters"))
    return {"mail": sink, **{name: command(*serve(name)) for name in SERVICES}}


def prepare(env: Mapping[str, str]) -> None:
    """Do what an image is built with, and what the migrate service does.

    :raises subprocess.CalledProcessError: if one of the commands refuses.
    """
    for words in (*BUILD, ("manage.py", "upgrade")):
        subprocess.run(  # noqa: S603 -- our own words
            command(*words), env=dict(env), cwd=ROOT, check=True, stdout=subprocess.DEVNULL
        )


@dataclass(frozen=True, slots=True)
class Answer:
    """What the site said: status, headers in lower case, text."""

    status: int
    headers: dict[str, str]
    text: str


@dataclass(frozen=True, slots=True)
class Site:
    """A running site."""

    folder: Path
    env: dict[str, str]
    processes: dict[str, subprocess.Popen[bytes]]

    @property
    def said(self) -> str:
        """All that the processes have written so far."""
        return "".join(
            file.read_text("utf-8", "replace") for file in sorted(self.folder.glob("*.out"))
        )

    @property
    def letters(self) -> list[str]:
        """The letters that have arrived, the oldest first."""
        return [file.read_text("utf-8") for file in sorted((self.folder / "letters").iterdir())]

    def ask(self, path: str, *, form: Mapping[str, str] | None = None, **headers: str) -> Answer:
        """Return the answer to a GET, or to a POST of ``form`` from one of the site's own pages."""
        return ask(int(self.env["PORT"]), path, form=form, **headers)

    def run(self, *words: str) -> subprocess.CompletedProcess[str]:
        """Return what became of a command of manage.py."""
        asked = command("manage.py", *words)
        return subprocess.run(  # noqa: S603 -- our own words
            asked, env=self.env, cwd=ROOT, capture_output=True, text=True, check=False, timeout=60
        )


def ask(port: int, path: str, *, form: Mapping[str, str] | None = None, **headers: str) -> Answer:
    """Return the answer of the site on ``port``, as a proxy asks. It must come in a minute."""
    door = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
    told = {"Host": f"localhost:{port}", "X-Forwarded-Proto": "https"}
    told |= {name.replace("_", "-"): value for name, value in headers.items()}
    try:
        if form is None:
            door.request("GET", path, headers=told)
        else:
            told |= {
                "Sec-Fetch-Site": "same-origin",
                "Content-Type": "application/x-www-form-urlencoded",
            }
            door.request("POST", path, body=urlencode(form), headers=told)
        response = door.getresponse()
        text = response.read().decode("utf-8", "replace")
        known = {name.lower(): value for name, value in response.getheaders()}
        return Answer(response.status, known, text)
    finally:
        door.close()


@contextmanager
def running(folder: Path, env: dict[str, str], *services: str) -> Iterator[Site]:
    """Run ``services`` of a prepared site until the block ends, each writing to a file."""
    started: dict[str, subprocess.Popen[bytes]] = {}
    with ExitStack() as files:
        try:
            for name in services:
                out = files.enter_context((folder / f"{name}.out").open("ab"))
                words = lines(env, folder)[name]
                started[name] = subprocess.Popen(  # noqa: S603 -- our own words
                    words, env=env, cwd=ROOT, stdout=out, stderr=out
                )
            site = Site(folder, env, started)
            _wait_for(site)
            yield site
        finally:
            stop(started.values())


def stop(processes: Collection[subprocess.Popen[bytes]]) -> None:
    """Stop processes as their supervisor would, and wait for each."""
    for process in processes:
        if process.poll() is None:
            process.terminate()
    for process in processes:
        try:
            process.wait(STOPS_WITHIN_SECONDS)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


def _wait_for(site: Site) -> None:
    until = time.monotonic() + STARTS_WITHIN_SECONDS
    while time.monotonic() < until:
        if any(process.poll() is not None for process in site.processes.values()):
            break
        try:
            if "web" not in site.processes or site.ask("/healthz").status == http.client.OK:
                return
        except OSError:
            pass
        time.sleep(0.05)
    raise Missing(f"The site did not start:\n{site.said}")


def main(words: list[str]) -> int:
    """Do what the command line says and return the exit status."""
    if words[:1] == ["--letters"]:
        take_letters(int(words[1]), Path(words[2]))
        return 0
    signal.signal(signal.SIGTERM, lambda *_: signal.raise_signal(signal.SIGINT))
    try:
        return _run()
    except (Missing, subprocess.CalledProcessError) as reason:
        print(reason, file=sys.stderr)  # noqa: T201 -- the reason
        return 2
    except KeyboardInterrupt:
        return 0


def _run() -> int:
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="regai-")))
        url = os.environ.get("DATABASE_URL")
        url = url or stack.enter_context(postgresql(folder / "postgresql"))
        broker = os.environ.get("REDIS_URL") or stack.enter_context(redis_server(folder / "redis"))
        sizes = ("REGAI_LIMIT", "REGAI_WEB_", "REGAI_WORKER_", "REGAI_METRICS_")
        chosen = {name: value for name, value in os.environ.items() if name.startswith(sizes)}
        port = os.environ.get("PORT") or "8100"
        env = environment(folder, PORT=port, DATABASE_URL=url, REDIS_URL=broker, **chosen)
        print("Preparing the site ...", flush=True)  # noqa: T201 -- this is the console
        prepare(env)
        staff = ("make_staff", STAFF, "--name", "Sam Ordnare", "--role", "coordinator")
        subprocess.run(  # noqa: S603 -- our own words
            command("manage.py", *staff, "--role", "facilitator"), env=env, cwd=ROOT, check=True
        )
        told = "".join(f"{name}={shlex.quote(value)}\n" for name, value in env.items())
        (folder / "env").write_text(told)
        print(_welcome(folder, port), flush=True)  # noqa: T201 -- same
        return run_together(lines(env, folder), cwd=ROOT, env=env, say=print)


def _welcome(folder: Path, port: str) -> str:
    return f"""
As in production, on http://127.0.0.1:{port}   (Ctrl-C stops it and forgets everything)
  curl -H 'X-Forwarded-Proto: https' http://127.0.0.1:{port}/readyz
Letters arrive in {folder}/letters; {STAFF} may log in.
For manage.py beside it:  set -a; . {folder}/env
"""


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
