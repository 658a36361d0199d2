"""Whether a process of production is well: exit status 0, or 1 with a word on standard error.

``python regai/starting/knock.py web|worker|beat``. Run by path and with the standard library only,
so that it costs next to nothing each time.
"""

import http.client
import os
import subprocess
import sys
import time
from pathlib import Path

ANSWERS_WITHIN_SECONDS = 5
WORKER_ANSWERS_WITHIN_SECONDS = 20
# Beat writes its schedule down every three minutes.
SCHEDULE_IS_OLD_AFTER_SECONDS = 600
OK = 200


def web() -> str:
    """Return what is wrong with the web process, or nothing."""
    host = os.environ.get("REGAI_HOSTS", "localhost").split()[0].lstrip(".*")
    port = int(os.environ.get("PORT") or "8000")
    door = http.client.HTTPConnection("127.0.0.1", port, timeout=ANSWERS_WITHIN_SECONDS)
    try:
        door.request("GET", "/healthz", headers={"Host": host})
        status = door.getresponse().status
    except (OSError, http.client.HTTPException) as fault:
        return f"no answer: {fault}"
    finally:
        door.close()
    return "" if status == OK else f"status {status}"


def worker() -> str:
    """Return what is wrong with the worker of this machine, or nothing."""
    words = ("-m", "celery", "--skip-checks", "--app", "regai", "inspect", "ping")
    here = ("--destination", f"celery@{os.uname().nodename}")
    ask = [sys.executable, *words, *here, "--timeout", str(ANSWERS_WITHIN_SECONDS)]
    try:
        asked = subprocess.run(  # noqa: S603 -- our own words
            ask, capture_output=True, check=False, timeout=WORKER_ANSWERS_WITHIN_SECONDS
        )
    except subprocess.TimeoutExpired:
        return "no answer"
    return "" if asked.returncode == 0 else "no answer"


def beat() -> str:
    """Return what is wrong with beat, or nothing: its schedule is written as long as it lives."""
    folder = Path(os.environ.get("REGAI_VAR") or "var")
    written = [file.stat().st_mtime for file in folder.glob("beat-schedule*")]
    if not written:
        return "no schedule"
    age = time.time() - max(written)
    return "" if age < SCHEDULE_IS_OLD_AFTER_SECONDS else f"schedule {age:.0f} s old"


if __name__ == "__main__":
    wrong = {"web": web, "worker": worker, "beat": beat}[sys.argv[1]]()
    if wrong:
        sys.exit(wrong)
