"""The end of the example: everything invented goes, and what the product ships with stays."""

from datetime import datetime
from typing import Any

from django.apps import apps
from django.db import DEFAULT_DB_ALIAS, transaction
from django.db.models import Model, QuerySet

from accounts.models import User
from accounts.steps import acting, record

# Reference data, and what belongs to the site itself.
STAYS = frozenset(
    {
        "auth.Group",
        "auth.Permission",
        "cohorts.Course",
        "cohorts.Lesson",
        "cohorts.Programme",
        "companies.Distance",
        "companies.Municipality",
        "companies.Place",
        "contenttypes.ContentType",
        "deminimis.LedgerLock",
        "deminimis.Rate",
        "sessions.Session",
    }
)
# Apps whose rows say who somebody is and how they log in.
OF_PEOPLE = frozenset({"accounts", "account", "mfa"})


@transaction.atomic(durable=True)
def remove_example(*, by: User, now: datetime) -> None:
    """Delete every person, company, cohort and letter; ``by`` alone can still log in.

    Rows go table by table without regard to what protects them from each other. The database asks
    at the end, when nothing is left that points at what is gone.
    """
    for model in apps.get_models():
        if model._meta.label not in STAYS:  # noqa: SLF001 -- Django's way to a model's name
            rows = _all_but(by, model)
            rows._raw_delete(DEFAULT_DB_ALIAS)  # noqa: SLF001 -- no cascade is wanted
    record(by, was="example", became="example removed", actor=acting(by), now=now)


def _all_but(person: User, model: type[Model]) -> QuerySet[Any]:
    rows = model._default_manager.all()  # noqa: SLF001 -- same
    if model is User:
        return rows.exclude(pk=person.pk)
    is_theirs = model._meta.app_label in OF_PEOPLE and any(  # noqa: SLF001 -- same
        field.name == "user"
        for field in model._meta.concrete_fields  # noqa: SLF001 -- same
    )
    return rows.exclude(user=person) if is_theirs else rows
