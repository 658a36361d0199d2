from collections.abc import Callable

import pytest
from django.db import IntegrityError, transaction

from accounts.models import Change, RoleHeld, User
from accounts.rules import Role
from tests.factories import NOW, make_user

pytestmark = pytest.mark.django_db


def refused(write: Callable[[], object]) -> bool:
    try:
        with transaction.atomic():
            write()
    except IntegrityError:
        return True
    return False


def test_nobody_has_a_password() -> None:
    user = make_user()
    assert not user.has_usable_password()
    assert not user.check_password("")


def test_an_address_is_kept_in_lower_case_and_found_in_any() -> None:
    user = make_user(email=" Anna@Example.ORG ")
    assert user.email == "anna@example.org"
    assert User.objects.get_by_natural_key("ANNA@example.org") == user


def test_two_people_never_log_in_with_one_address_whatever_its_case() -> None:
    make_user(email="anna@example.org")
    assert refused(lambda: make_user(email="ANNA@example.org"))
    assert refused(lambda: User.objects.create(email="Anna@example.org", created_at=NOW))


def test_a_role_is_held_once_at_a_time_and_may_be_given_again() -> None:
    user = make_user(role=Role.COACH)
    again = {"user": user, "role": Role.COACH, "given_at": NOW}
    assert refused(lambda: RoleHeld.objects.create(**again))
    user.roles_held.update(ended_at=NOW)
    assert not refused(lambda: RoleHeld.objects.create(**again))


def test_a_role_that_is_not_known_is_refused() -> None:
    user = make_user()
    assert refused(lambda: RoleHeld.objects.create(user=user, role="king", given_at=NOW))


@pytest.mark.parametrize(("by", "has_user"), [("user", False), ("link", True), ("ghost", False)])
def test_a_change_names_a_user_exactly_when_a_user_made_it(by: str, has_user: bool) -> None:
    user = make_user() if has_user else None
    fields = {"subject": "interest/1", "became": "active", "at": NOW}
    assert refused(lambda: Change.objects.create(by=by, by_user=user, **fields))


def test_a_users_name_in_logs_is_a_number() -> None:
    user = make_user(name="Anna Ek", email="anna@example.org")
    assert str(user) == f"user {user.pk}"
    assert (user.get_full_name(), user.get_short_name()) == ("Anna Ek", "Anna")
