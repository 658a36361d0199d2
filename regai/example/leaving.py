"""Somebody who has gone through a group asks to be erased: the officer's first task."""

from datetime import datetime

from cohorts.actions.erasure import ask_for_erasure
from cohorts.models import Enrolment
from cohorts.rules import EnrolmentState
from regai.example.people import EVERYBODY


def ask_to_be_erased(now: datetime) -> None:
    """Let the one who completed a group last, and whom nobody plays, ask for it."""
    played = [somebody.email for somebody in EVERYBODY]
    done = Enrolment.objects.filter(state=EnrolmentState.COMPLETED).exclude(user__email__in=played)
    last = done.order_by("-id").first()
    if last is not None:
        ask_for_erasure(user_id=last.user_id, now=now)
