"""What is there afterwards: the letters, the history, every row of ours."""

from typing import Any

from django.apps import apps

from accounts.models import Change
from accounts.steps import subject
from deminimis.models import LedgerLock
from outbox.models import Message
from tests.architecture.layers import APPS

OF_LEADERS = "led/"  # test_letters_leaders.py looks at these
History = list[tuple[str, str, str]]


def letters() -> list[str]:
    """Return the keys of all letters, in the order they were promised."""
    return list(Message.objects.order_by("id").values_list("key", flat=True))


def receivers() -> list[str]:
    """Return to whom all letters go, in the order they were promised."""
    return list(Message.objects.order_by("id").values_list("to", flat=True))


def members_letters() -> list[str]:
    """Return the keys of all letters but those for leaders' calendars, as ``letters``."""
    return [key for key in letters() if not key.startswith(OF_LEADERS)]


def members_receivers() -> list[str]:
    """Return to whom all letters go but those for leaders' calendars, as ``receivers``."""
    others = Message.objects.exclude(key__startswith=OF_LEADERS).order_by("id")
    return list(others.values_list("to", flat=True))


def history(row: Any) -> History:
    """Return what has happened to a row: from, to, by whom."""
    changes = Change.objects.filter(subject=subject(row)).order_by("id")
    return list(changes.values_list("was", "became", "by"))


def whys(row: Any) -> list[str]:
    """Return the reasons given for what has happened to a row."""
    changes = Change.objects.filter(subject=subject(row)).order_by("id")
    return list(changes.values_list("why", flat=True))


def everything() -> dict[str, list[tuple[Any, ...]]]:
    """Return every row of every table of ours: equal before and after means nothing was written.

    The ledger's lock is left out: its one row comes with the first who waits for it.
    """
    models = [
        model
        for app in APPS
        if apps.is_installed(app)
        for model in apps.get_app_config(app).get_models()
    ]
    return {
        model._meta.label: list(model._default_manager.order_by("pk").values_list())
        for model in models
        if model is not LedgerLock
    }


def read_again(row: Any) -> Any:
    """Return the row as it is in the database now."""
    return type(row).objects.get(pk=row.pk)
