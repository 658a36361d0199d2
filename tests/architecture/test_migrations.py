"""Every app's migrations are one line of numbered files, and the models are all in them."""

import re

import pytest
from django.apps import apps
from django.core.management import call_command
from django.db.migrations.loader import MigrationLoader

from tests.architecture.layers import APPS

LOADER = MigrationLoader(None, ignore_no_migrations=True)
WITH_TABLES = sorted(
    app for app in APPS if apps.is_installed(app) and list(apps.get_app_config(app).get_models())
)


@pytest.mark.parametrize("app", WITH_TABLES)
def test_an_app_has_one_leaf_and_numbers_without_gaps(app: str) -> None:
    names = sorted(name for label, name in LOADER.disk_migrations if label == app)
    assert [int(re.match(r"\d{4}", name).group()) for name in names] == list(  # type: ignore[union-attr]  # a name without a number fails too
        range(1, len(names) + 1)
    )
    assert LOADER.graph.leaf_nodes(app) == [(app, names[-1])]


@pytest.mark.parametrize("app", WITH_TABLES)
def test_each_migration_follows_the_one_before_it(app: str) -> None:
    names = sorted(name for label, name in LOADER.disk_migrations if label == app)
    before = {
        name: [
            there for label, there in LOADER.disk_migrations[app, name].dependencies if label == app
        ]
        for name in names
    }
    assert before == {name: names[i - 1 : i] if i else [] for i, name in enumerate(names)}


@pytest.mark.django_db
def test_no_model_has_changed_without_a_migration() -> None:
    call_command("makemigrations", check=True, dry_run=True, verbosity=0)
