"""``manage.py make_staff EMAIL --name NAME --role ROLE ...``: the first people with a role."""

from argparse import ArgumentParser
from typing import Any

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError
from django.core.validators import validate_email
from django.utils import timezone

from accounts import actions
from accounts.rules import Role


class Command(BaseCommand):
    """Gives roles to the person who logs in with an address; makes the person if need be."""

    help = "Trust somebody with roles, for instance the first coordinator of a new site."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("email", help="the address they log in with, by a code sent to it")
        parser.add_argument("--name", required=True, help="their name, as colleagues read it")
        parser.add_argument(
            "--role",
            dest="roles",
            action="append",
            required=True,
            choices=[role.value for role in Role],
            help="may be given more than once",
        )
        parser.add_argument("--language", choices=["sv", "en"], default="sv")

    def handle(
        self, *_: Any, email: str, name: str, roles: list[str], language: str, **__: Any
    ) -> None:
        try:
            validate_email(email)
        except ValidationError as wrong:
            raise CommandError(f"{email} is no e-mail address.") from wrong
        if not name.strip():
            raise CommandError("--name is empty: colleagues must be able to read who it is.")
        new = actions.make_staff(
            email=email,
            name=name.strip(),
            language=language,
            roles={Role(role) for role in roles},
            now=timezone.now(),
        )
        given = ", ".join(sorted(new)) or "nothing new: every role was held already"
        self.stdout.write(f"{email}: {given}.")
