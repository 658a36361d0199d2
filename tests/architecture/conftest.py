"""What the walk over all addresses starts from, built once."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.conf import settings
from django.db import transaction
from django.test.utils import override_settings

from tests.architecture.access_world import World, build


@pytest.fixture(scope="module")
def access_world(
    django_db_setup: None,  # noqa: ARG001 -- the database must be there
    django_db_blocker: Any,
    tmp_path_factory: pytest.TempPathFactory,
) -> Iterator[World]:
    """Everybody and two of everything, for all tests of a file; gone with its last."""
    files = {
        "BACKEND": "django.core.files.storage.FileSystemStorage",
        "OPTIONS": {"location": tmp_path_factory.mktemp("files")},
    }
    storages = {**settings.STORAGES, "default": files}
    with django_db_blocker.unblock(), override_settings(STORAGES=storages):
        atomic = transaction.atomic()
        atomic._from_testcase = True  # type: ignore[attr-defined]  # as in Django's own TestCase
        with atomic:
            yield build()
            transaction.set_rollback(True)
