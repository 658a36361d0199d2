"""Forgetting a person: the registry of personal data is walked, nothing else is known here."""

from cohorts.queries.personal import PERSONAL, Person
from ground.steps import step


@step
def forget_person(person: Person) -> None:
    """Take the person out of every row that the registry names, also rows of the apps below.

    What finds the rows (an address, a name of a row) is read before anything is changed.
    """
    found = [(one, list(one.rows(person).values_list("pk", flat=True))) for one in PERSONAL]
    for one, pks in found:
        rows = one.model._default_manager.filter(pk__in=pks)  # noqa: SLF001 -- Django's name
        if one.becomes:
            rows.update(**one.becomes)
        else:
            rows.delete()
