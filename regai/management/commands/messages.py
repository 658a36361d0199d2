"""``manage.py messages``: the words in other languages, without GNU gettext."""

import sys
from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand

from regai.messages.compiling import compile_stale
from regai.messages.extraction import used_in
from regai.messages.faults import faults_of
from regai.messages.parts import merged, read_parts


class Command(BaseCommand):
    """Merges the English parts into ``django.po`` and compiles it; needs no database."""

    help = "Collect the msgids, merge locale/en/LC_MESSAGES/parts/*.po, and compile."
    requires_system_checks = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        mode = parser.add_mutually_exclusive_group()
        mode.add_argument("--compile", action="store_true", help="only .po to .mo, where stale")
        mode.add_argument(
            "--check", action="store_true", help="change nothing; exit 1 if English is not complete"
        )

    def handle(self, *_: Any, check: bool, **options: Any) -> None:
        locale = settings.BASE_DIR / "locale"
        if options["compile"]:
            compile_stale(locale)
            return
        used = used_in(settings.BASE_DIR)
        parts = read_parts(locale / "en/LC_MESSAGES/parts")
        faults = faults_of(used, parts)
        whole = locale / "en/LC_MESSAGES/django.po"
        text = merged(used, parts)
        changed = not whole.exists() or whole.read_bytes() != text
        if check and changed:
            faults.append(f"{whole.relative_to(settings.BASE_DIR)}: run make messages")
        for fault in faults:
            self.stderr.write(fault)
        if not check:
            if changed:
                whole.write_bytes(text)
            compile_stale(locale)
        self.stdout.write(f"{len(used)} messages, {len(faults)} faults.")
        if check and faults:
            sys.exit(1)
