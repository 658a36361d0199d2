#!/usr/bin/env python
"""The door for commands: ``python manage.py COMMAND``."""

import os
import sys
from importlib import import_module

# These read one file and print one result. They need no settings, no database and no checks, so
# that anybody can run them on a bare copy of the code.
FILE_COMMANDS = {
    "assess_aid": "deminimis.management.commands.assess_aid",
    "count_votes": "voting.management.commands.count_votes",
    "plan_meetings": "cohorts.management.commands.plan_meetings",
    "form_cohorts": "cohorts.management.commands.form_cohorts",
}


def main() -> None:
    """Run the command that the line names."""
    if len(sys.argv) > 1 and sys.argv[1] in FILE_COMMANDS:
        from django.conf import settings  # noqa: PLC0415 -- only these commands go without settings

        settings.configure()
        import_module(FILE_COMMANDS[sys.argv[1]]).Command().run_from_argv(sys.argv)
        return
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "regai.settings")
    from django.core.management import execute_from_command_line  # noqa: PLC0415 -- after the line above

    execute_from_command_line(sys.argv)


if __name__ == "__main__":
    main()
