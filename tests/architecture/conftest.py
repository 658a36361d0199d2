"""What the walk over all addresses starts from, built once."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.db import transaction

from tests.architecture.access_world import World, build


@pytest.fixture(scope="module")
def access_world(django_db_setup: None, django_db_blocker: Any) -> Iterator[World]:  # noqa: ARG001 -- the database must be there
    """Everybody and two of everything, for all tests of a file; gone with its last."""
    with django_db_blocker.unblock():
        atomic = transaction.atomic()
        atomic._from_testcase = True  # type: ignore[attr-defined]  # as in Django's own TestCase
        with atomic:
            yield build()
            transaction.set_rollback(True)
