"""What the operator does to a log-in: accounts and letters meet here, above both."""

from datetime import datetime

from allauth.mfa.models import Authenticator
from django.conf import settings
from django.db import transaction

from accounts.models import User
from accounts.steps import CLOCK, record
from outbox.letters import Reader, worded
from outbox.steps import queue


class NobodyLogsInSo(Exception):
    """No account logs in with that address."""


@transaction.atomic(durable=True)
def reset_second_factor(*, email: str, why: str, now: datetime) -> int:
    """Take away how somebody who has lost a device shows who they are; return how many ways.

    For whoever has the keys of the machine. Every session and every remembered browser of the
    person ends, and a letter tells them. May run twice.

    :raises NobodyLogsInSo: if there is no such account.
    """
    user = User.objects.select_for_update().filter(email=User.objects.canonical(email)).first()
    if user is None:
        raise NobodyLogsInSo(email)
    taken: int = Authenticator.objects.filter(user=user).delete()[0]
    # Sessions and remembered browsers are signed with it, though nobody has a password to type.
    user.set_unusable_password()
    user.save(update_fields=["password"])
    record(user, was="", became="second factor reset", actor=CLOCK, now=now, why=why)
    letter = worded(
        "accounts/emails/second_factor_reset.txt",
        key=f"user/{user.pk}/second-factor-reset/{now.isoformat()}",
        to=Reader(
            about=f"user/{user.pk}", email=user.email, name=user.name, language=user.language
        ),
        sender=str(settings.SITE["name"]),
    )
    queue(letter, now=now)
    return taken
