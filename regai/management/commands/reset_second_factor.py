"""``manage.py reset_second_factor EMAIL --why REASON``: for somebody who has lost their device."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from regai import actions

MOST_LETTERS = 500


class Command(BaseCommand):
    """Takes away app, passkeys and spare codes; the person sets up a new factor at next log-in."""

    help = "Reset the second factor of somebody whom you have recognised, and end their sessions."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("email", help="the address they log in with")
        parser.add_argument(
            "--why", required=True, help="what happened and how you knew who it was; it is recorded"
        )

    def handle(self, *_: Any, email: str, why: str, **__: Any) -> None:
        if len(why) > MOST_LETTERS:
            raise CommandError(f"--why is longer than {MOST_LETTERS} letters.")
        if not why.strip():
            raise CommandError("--why is empty: the record must say how you knew who it was.")
        try:
            taken = actions.reset_second_factor(email=email, why=why.strip(), now=timezone.now())
        except actions.NobodyLogsInSo as unknown:
            raise CommandError(f"Nobody logs in with {email}.") from unknown
        self.stdout.write(
            f"{email}: {taken} taken away, all sessions ended, a letter is on its way."
        )
