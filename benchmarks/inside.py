"""What is measured inside a site's own settings and database: each prints one line of JSON.

``python -m benchmarks.inside prepare|statements|letters|race`` in the environment of that site.
"""

import json
import os
import sys
import threading
import time
from datetime import timedelta
from typing import Any

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "regai.settings")

import django

django.setup()

from django.core.cache import cache  # noqa: E402 -- after the set-up
from django.db import connection, transaction  # noqa: E402 -- same
from django.test import Client  # noqa: E402 -- same
from django.test.utils import CaptureQueriesContext  # noqa: E402 -- same
from django.utils import timezone  # noqa: E402 -- same

from cohorts.actions.seats import release_invitations  # noqa: E402 -- same
from cohorts.models import Invitation  # noqa: E402 -- same
from cohorts.rules import InvitationState  # noqa: E402 -- same
from outbox.actions import deliver_waiting  # noqa: E402 -- same
from outbox.letters import Letter  # noqa: E402 -- same
from outbox.models import Message  # noqa: E402 -- same
from outbox.steps import doorbell, queue_all  # noqa: E402 -- same
from regai.invariants import violations  # noqa: E402 -- same
from tests.factories import (  # noqa: E402 -- same
    make_cohort,
    make_company,
    make_course,
    make_interest,
    make_invitation,
    make_meeting,
    make_place,
    make_programme,
    make_user,
)

LETTERS = 2_000
CLIENTS, SEATS, TIMES = 64, 20, 10
COHORTS = 5


def prepare() -> dict[str, int]:
    """Give the site a programme, its places and a few groups that form."""
    make_programme()
    make_place("umea")
    course, leader = make_course(), make_user()
    for weeks in range(COHORTS):
        starts_on = timezone.localdate() + timedelta(weeks=4 + weeks)
        cohort = make_cohort(course=course, facilitator=leader, starts_on=starts_on)
        make_meeting(
            round=cohort.rounds.get(), starts_at=timezone.now() + timedelta(weeks=4 + weeks)
        )
    return {"cohorts": COHORTS}


def statements() -> dict[str, int]:
    """Count what the database is asked for one page and for one sign-up, begin and commit too."""
    client = Client(HTTP_HOST="localhost", HTTP_X_FORWARDED_PROTO="https", HTTP_COOKIE="a=b")
    form = {"name": "S", "email": "s@example.org", "company": "S AB", "place": "umea"}
    return {
        "page": _asked(client, {}),
        "sign_up": _asked(client, form | {"language": "sv"}),
    }


def _asked(client: Client, form: dict[str, str]) -> int:
    cache.clear()
    with CaptureQueriesContext(connection) as asked:
        answer = client.post("/anmalan/", form) if form else client.get("/anmalan/")
    assert answer.status_code in {200, 302}  # noqa: S101 -- or nothing was measured
    return len(asked)


def letters() -> dict[str, float]:
    """Deliver two thousand letters on one connection after another, a mark for each."""
    doorbell.clear()
    Message.objects.filter(state="waiting").delete()
    now = timezone.now()
    with transaction.atomic():
        queue_all((letter(number) for number in range(LETTERS)), now=now)
    began = time.perf_counter()
    sent = 0
    while left := deliver_waiting(now=now):
        sent += left
    return {"letters": sent, "seconds": time.perf_counter() - began}


def letter(number: int) -> Letter:
    return Letter(
        key=f"bench/{number}",
        about="bench/1",
        to=f"b{number}@example.org",
        language="sv",
        subject="RegAI: Du är inbjuden",
        text="Hej!\n\nDet finns en plats för dig. Svara senast på fredag.\n",
    )


def race() -> dict[str, Any]:
    """Let 64 threads release 64 drafts for 20 seats, ten times; a violation ends it."""
    doorbell.clear()
    settled = []
    for _ in range(TIMES):
        cohort = make_cohort(seats=SEATS, least=1)
        company = make_company()
        drafts = [
            make_invitation(
                cohort=cohort, interest=make_interest(company=company), state=InvitationState.DRAFT
            )
            for _ in range(CLIENTS)
        ]
        settled.append(_raced(cohort.pk, [one.pk for one in drafts]))
        held = Invitation.objects.filter(cohort=cohort, state=InvitationState.RELEASED).count()
        assert (held, [*violations(["seats"])]) == (SEATS, [])  # noqa: S101 -- exact or nothing
    return {"exact": TIMES, "seconds": sorted(settled)}


def _raced(cohort_id: int, drafts: list[int]) -> float:
    leader = make_user()
    start = threading.Barrier(len(drafts) + 1)

    def release(draft: int) -> None:
        connection.ensure_connection()
        start.wait()
        release_invitations(
            cohort_id=cohort_id, invitation_ids=[draft], by=leader, now=timezone.now()
        )
        connection.close()

    threads = [threading.Thread(target=release, args=(draft,)) for draft in drafts]
    for thread in threads:
        thread.start()
    start.wait()
    began = time.perf_counter()
    for thread in threads:
        thread.join()
    return time.perf_counter() - began


if __name__ == "__main__":
    parts = {"prepare": prepare, "statements": statements, "letters": letters, "race": race}
    print(json.dumps(parts[sys.argv[1]]()))
