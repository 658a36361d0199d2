"""Forgetting a person: the registry of personal data is walked, nothing else is known here."""

from functools import partial

from django.core.files.storage import default_storage
from django.db import transaction

from cohorts.queries.personal import PERSONAL, Person
from ground.steps import step


@step
def forget_person(person: Person) -> None:
    """Take the person out of every row that the registry names, also rows of the apps below.

    What finds the rows (an address, a name of a row) is read before anything is changed. Files go
    after the commit.
    """
    files = [
        name
        for one in PERSONAL
        if one.file
        for name in one.rows(person).exclude(**{one.file: ""}).values_list(one.file, flat=True)
    ]
    found = [(one, list(one.rows(person).values_list("pk", flat=True))) for one in PERSONAL]
    for one, pks in found:
        rows = one.model._default_manager.filter(pk__in=pks)  # noqa: SLF001 -- Django's name
        if one.becomes:
            rows.update(**one.becomes)
        else:
            rows.delete()
    transaction.on_commit(partial(_delete_files, files), robust=True)


def _delete_files(names: list[str]) -> None:
    for name in names:
        default_storage.delete(name)
