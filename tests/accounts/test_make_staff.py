"""The first people with a role come in by a command, once, with a line of history each."""

from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from accounts.models import Change, RoleHeld, User
from accounts.queries import roles_of
from accounts.rules import Role
from tests.aftermath import everything
from tests.factories import make_user

pytestmark = pytest.mark.django_db(transaction=True)


def make_staff(*words: str) -> str:
    out = StringIO()
    call_command("make_staff", *words, stdout=out)
    return out.getvalue()


def test_a_person_is_made_with_the_roles_and_told_of_in_the_history() -> None:
    said = make_staff(
        "Chef@Example.org", "--name", "Chris Chef", "--role", "coordinator", "--role", "coach"
    )
    user = User.objects.get()
    assert said == "Chef@Example.org: coach, coordinator.\n"
    assert (user.email, user.name, user.language) == ("chef@example.org", "Chris Chef", "sv")
    assert roles_of(user) == {Role.COACH, Role.COORDINATOR}
    assert (user.is_staff, user.is_superuser, user.has_usable_password()) == (False, False, False)
    assert list(Change.objects.order_by("id").values_list("subject", "became", "why")) == [
        (f"user/{user.pk}", "role coach", "given on the command line"),
        (f"user/{user.pk}", "role coordinator", "given on the command line"),
    ]


def test_a_second_run_gives_nothing() -> None:
    words = ("chef@example.org", "--name", "Chris Chef", "--role", "coordinator")
    make_staff(*words)
    before = everything()
    assert make_staff(*words).endswith("nothing new: every role was held already.\n")
    assert everything() == before


def test_somebody_who_is_known_keeps_name_and_language() -> None:
    user = make_user(email="anna@example.org", name="Anna", language="en")
    make_staff("ANNA@example.org", "--name", "Other", "--role", "facilitator")
    user.refresh_from_db()
    assert (user.name, user.language) == ("Anna", "en")
    assert list(RoleHeld.objects.values_list("user", "role")) == [(user.pk, "facilitator")]


def test_an_operator_may_open_the_admin() -> None:
    make_staff("drift@example.org", "--name", "Dag", "--role", "operator")
    user = User.objects.get()
    assert (user.is_staff, user.is_superuser) == (True, True)


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (("nobody", "--name", "N", "--role", "coach"), "nobody is no e-mail address."),
        (("n@example.org", "--name", "  ", "--role", "coach"), "--name is empty"),
        (("n@example.org", "--name", "N", "--role", "king"), "invalid choice: 'king'"),
        (("n@example.org", "--name", "N"), "--role"),
    ],
)
def test_what_cannot_be_meant_is_refused_and_nothing_is_written(
    words: tuple[str, ...], sentence: str
) -> None:
    with pytest.raises(CommandError, match=sentence):
        make_staff(*words)
    assert User.objects.count() == 0
