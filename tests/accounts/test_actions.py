import pytest

from accounts.actions import change_own_details
from accounts.models import Change, User
from tests.factories import NOW, make_user

pytestmark = pytest.mark.django_db(transaction=True)


def test_somebody_corrects_their_own_name_and_language() -> None:
    user, other = make_user(name="Ana"), make_user(name="Bo")
    change_own_details(user_id=user.pk, name="Anna", language="en", now=NOW)
    assert list(User.objects.order_by("pk").values_list("name", "language")) == [
        ("Anna", "en"),
        ("Bo", "sv"),
    ]
    assert list(Change.objects.values_list("subject", "became", "by_user")) == [
        (f"user/{user.pk}", "details changed", user.pk)
    ]
    assert other.name == "Bo"
