"""Foreign keys point the same way as imports.

import-linter sees ``import`` lines only; a relation named by a string ("cohorts.Cohort") is
invisible to it.
"""

from collections.abc import Iterator

from django.apps import apps

from tests.architecture.layers import HEIGHT


def relations() -> Iterator[tuple[str, str, str]]:
    """Yield every relation between our apps as (field, app it is in, app it points to)."""
    for model in apps.get_models():
        for field in model._meta.get_fields():
            if field.auto_created or not isinstance(field.related_model, type):
                continue
            here, there = model._meta.app_label, field.related_model._meta.app_label
            if here != there and {here, there} <= HEIGHT.keys():
                yield f"{model._meta.label}.{field.name}", here, there


def test_relations_point_downwards() -> None:
    assert [r for r in relations() if HEIGHT[r[2]] >= HEIGHT[r[1]]] == []


def test_there_are_relations_to_look_at() -> None:
    assert ("cohorts.CourseRound.ballot", "cohorts", "voting") in set(relations())
