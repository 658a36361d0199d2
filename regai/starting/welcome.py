"""What a person reads once the site answers: where it is and who may log in."""

import http.client
import signal
import time
from collections.abc import Sequence

ANSWERS_WITHIN_SECONDS = 60
BETWEEN_KNOCKS_SECONDS = 0.1
# Written out: to ask for them would import every page first, which takes a second.
LOGIN_PATH, LETTERS_PATH = "/logga-in/", "/brevladan/"


def welcome(
    *, url: str, login_url: str, letters_url: str, logins: Sequence[tuple[str, str]]
) -> str:
    """Return the text with the address and one log-in per role."""
    width = max((len(role) for role, _address in logins), default=0)
    return "\n".join(
        [
            "",
            f"RegAI answers at {url}   (Ctrl-C stops it)",
            "",
            f"Log in at {login_url} with one of these addresses.",
            f"No letter leaves this computer: the log-in code is in Brevlådan, {letters_url}",
            "",
            *(f"  {role.ljust(width)}  {address}" for role, address in logins),
            "",
        ]
    )


def first_answer(port: int) -> int | None:
    """Return the HTTP status of the front page as soon as there is one, or None after a minute."""
    until = time.monotonic() + ANSWERS_WITHIN_SECONDS
    while time.monotonic() < until:
        door = http.client.HTTPConnection("127.0.0.1", port, timeout=ANSWERS_WITHIN_SECONDS)
        try:
            door.request("GET", "/", headers={"Host": f"localhost:{port}"})
            return door.getresponse().status
        except (OSError, http.client.HTTPException):
            time.sleep(BETWEEN_KNOCKS_SECONDS)
        finally:
            door.close()
    return None


def greet(port: int, text: str) -> None:
    """Print the text once the front page is there; runs in a process of its own."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the supervisor ends it
    status = first_answer(port)
    if status == http.client.OK:
        print(text, flush=True)  # noqa: T201 -- this is the console
    else:
        print(  # noqa: T201 -- same
            f"The front page does not show (status {status}): read the lines above.", flush=True
        )
