#!/usr/bin/env python
"""The door for commands: ``python manage.py COMMAND``."""

import gc
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
    gc.set_threshold(100_000)  # else a fifth of the start goes to looking at what stays
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "regai.settings")
    from django.core.exceptions import ImproperlyConfigured  # noqa: PLC0415 -- after the line above
    from django.core.management import execute_from_command_line  # noqa: PLC0415 -- same
    from django.db import OperationalError, connection  # noqa: PLC0415 -- same

    try:
        execute_from_command_line(sys.argv)
    except ImproperlyConfigured as wrong:
        sys.exit(_refused(str(wrong)))
    except OperationalError as wrong:
        if connection.connection is not None:
            raise  # it was there, so this is no matter of where to find it
        sys.exit(_refused(f"The database cannot be used: {str(wrong).splitlines()[0]}"))


def _refused(sentence: str) -> int:
    """Say what is wrong with the settings instead of showing a trace."""
    print(sentence, file=sys.stderr)
    return 2


if __name__ == "__main__":
    main()
