"""People who open pages and sign up: so many at once, each with a connection that stays open."""

import http.client
import threading
import time
from collections.abc import Callable
from itertools import count
from urllib.parse import urlencode

Door = http.client.HTTPConnection
Visit = Callable[[Door], None]
FORM = {"Content-Type": "application/x-www-form-urlencoded", "Sec-Fetch-Site": "same-origin"}
numbers = count(1)


class Refused(Exception):
    """The site did not answer as it should."""


def visits(port: int, visit: Visit, *, many: int, at_once: int) -> list[float]:
    """Return how many seconds each of ``many`` visits took."""
    left = iter(range(many))
    took: list[float] = []
    faults: list[Exception] = []

    def visitor() -> None:
        door = Door("127.0.0.1", port, timeout=120)
        try:
            for _ in left:
                began = time.perf_counter()
                visit(door)
                took.append(time.perf_counter() - began)
        except Exception as fault:  # noqa: BLE001 -- raised below
            faults.append(fault)
        finally:
            door.close()

    threads = [threading.Thread(target=visitor) for _ in range(at_once)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    if faults:
        raise faults[0]
    return took


def asked(door: Door, path: str, *, body: str | None = None, cookie: str = "") -> tuple[int, str]:
    """Return the status of an answer and where it leads."""
    told = {"Host": "localhost", "X-Forwarded-Proto": "https", "X-Forwarded-For": "192.0.2.1"}
    told |= {"Cookie": cookie} if cookie else {}
    told |= FORM if body is not None else {}
    door.request("GET" if body is None else "POST", path, body=body, headers=told)
    answer = door.getresponse()
    answer.read()
    return answer.status, answer.getheader("Location", "") or ""


def opens(path: str, *, cookie: str = "") -> Visit:
    """Return a visit that opens one page; with a cookie it is never answered from the cache."""

    def visit(door: Door) -> None:
        status, _ = asked(door, path, cookie=cookie)
        if status != http.client.OK:
            raise Refused(f"{path}: {status}")

    return visit


def signs_up(door: Door) -> None:
    """Open the form, send it, and read the thanks: three requests."""
    number = next(numbers)
    form = {
        "name": f"Person {number}",
        "email": f"p{number}@example.org",
        "company": f"Bolag {number}",
        "place": "umea",
        "language": "sv",
    }
    status, _ = asked(door, "/anmalan/")
    if status != http.client.OK:
        raise Refused(f"form: {status}")
    status, there = asked(door, "/anmalan/", body=urlencode(form))
    if status != http.client.FOUND:
        raise Refused(f"sign-up: {status}")
    status, _ = asked(door, there)
    if status != http.client.OK:
        raise Refused(f"thanks: {status}")
