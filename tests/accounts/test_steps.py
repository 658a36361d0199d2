import pytest
from django.db import transaction

from accounts.models import Change, RoleHeld, User
from accounts.queries import changes_of, people_with, roles_of
from accounts.rules import MoveRefused, Role
from accounts.steps import ANYONE, CLOCK, LINK, acting, give_role, move, record, subject, user_with
from cohorts.rules import InterestState
from cohorts.rules.interests import NEXT
from tests.factories import NOW, make_interest, make_user

pytestmark = pytest.mark.django_db


def lines(*subjects: str) -> list[tuple[str, str, str, int | None, str]]:
    return list(changes_of(*subjects).values_list("was", "became", "by", "by_user", "why"))


def test_a_move_writes_the_state_the_named_fields_and_one_line_of_history() -> None:
    interest, user = make_interest(), make_user()
    interest.withdrawn_at = NOW
    interest.name = "never saved"
    with transaction.atomic():
        move(
            interest,
            InterestState.WITHDRAWN,
            ways=NEXT,
            actor=acting(user),
            now=NOW,
            why="by phone",
            fields=("withdrawn_at",),
        )
    interest.refresh_from_db()
    assert (interest.state, interest.withdrawn_at) == (InterestState.WITHDRAWN, NOW)
    assert interest.name != "never saved"
    assert lines(subject(interest)) == [("active", "withdrawn", "user", user.pk, "by phone")]


@pytest.mark.parametrize("to", [InterestState.ACTIVE, InterestState.UNVERIFIED])
def test_a_move_that_is_not_in_the_table_is_refused_and_writes_nothing(to: InterestState) -> None:
    interest = make_interest()
    with pytest.raises(MoveRefused) as refused, transaction.atomic():
        move(interest, to, ways=NEXT, actor=LINK, now=NOW)
    assert (refused.value.was, refused.value.to) == ("active", to)
    interest.refresh_from_db()
    assert interest.state == InterestState.ACTIVE
    assert Change.objects.count() == 0


def test_a_line_of_history_names_the_row_and_who_acted() -> None:
    interest, user = make_interest(), make_user()
    with transaction.atomic():
        for actor in (ANYONE, LINK, CLOCK, acting(user)):
            record(interest, was="", became="told", actor=actor, now=NOW)
    assert [(by, by_user) for _, _, by, by_user, _ in lines(f"interest/{interest.pk}")] == [
        ("anyone", None),
        ("link", None),
        ("clock", None),
        ("user", user.pk),
    ]


def test_a_person_is_made_once_for_an_address_in_any_case() -> None:
    with transaction.atomic():
        first = user_with(email="Anna@Example.org", name="Anna", language="sv", now=NOW)
        again = user_with(email=" anna@example.ORG", name="Someone", language="en", now=NOW)
    assert first == again
    assert list(User.objects.values_list("email", "name", "language")) == [
        ("anna@example.org", "Anna", "sv")
    ]


def test_a_role_is_given_once_and_counts_until_it_ends() -> None:
    user = make_user()
    with transaction.atomic():
        give_role(user, Role.FACILITATOR, now=NOW)
        give_role(user, Role.FACILITATOR, now=NOW)
    assert RoleHeld.objects.count() == 1
    assert roles_of(user) == {Role.FACILITATOR}
    assert list(people_with(Role.FACILITATOR)) == [user]
    RoleHeld.objects.update(ended_at=NOW)
    assert roles_of(User.objects.get(pk=user.pk)) == frozenset()
    assert list(people_with(Role.FACILITATOR)) == []


def test_who_may_not_log_in_holds_no_role_for_others() -> None:
    make_user(role=Role.COACH, is_active=False)
    assert list(people_with(Role.COACH)) == []
