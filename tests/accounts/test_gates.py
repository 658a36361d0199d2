"""A gate answers for the kind of person: the log-in page, a plain no, or the page."""

import pytest
from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.test import RequestFactory

from accounts.gates import anyone, link_in_hand, logged_in, role_needed
from accounts.models import User
from accounts.rules import Role
from tests.factories import NOW, make_user

pytestmark = pytest.mark.django_db


def page(request: HttpRequest) -> HttpResponse:  # noqa: ARG001 -- a view takes a request
    return HttpResponse("the page")


def asked_by(user: User | AnonymousUser) -> HttpRequest:
    request = RequestFactory().get("/hemligt/?sida=2")
    request.user = user
    return request


def test_the_gates_name_themselves() -> None:
    views = [anyone(page).gate, link_in_hand(page).gate, logged_in(page).gate]  # type: ignore[attr-defined]  # the mark
    assert views == ["anyone", "link", "logged_in"]
    both = role_needed(Role.FACILITATOR, Role.COORDINATOR)(page)
    assert both.gate == "role:coordinator,facilitator"  # type: ignore[attr-defined]  # the mark


@pytest.mark.parametrize("gate", [logged_in, role_needed(Role.COACH)])
def test_who_has_not_logged_in_is_sent_to_do_so_and_back(gate: object) -> None:
    answer = gate(page)(asked_by(AnonymousUser()))  # type: ignore[operator]  # two kinds of gate
    assert answer.status_code == 302
    assert answer["Location"] == "/logga-in/?next=/hemligt/%3Fsida%3D2"


def test_whoever_has_logged_in_passes_the_log_in_gate() -> None:
    assert logged_in(page)(asked_by(make_user())).content == b"the page"


@pytest.mark.parametrize("role", [role for role in Role if role is not Role.AID_OFFICER])
def test_another_role_is_told_no(role: Role) -> None:
    gate = role_needed(Role.AID_OFFICER)
    with pytest.raises(PermissionDenied):
        gate(page)(asked_by(make_user(role=role)))


def test_the_role_that_is_asked_for_passes() -> None:
    gate = role_needed(Role.AID_OFFICER, Role.AUDITOR)
    assert gate(page)(asked_by(make_user(role=Role.AUDITOR))).content == b"the page"


def test_a_role_that_has_ended_opens_nothing() -> None:
    user = make_user(role=Role.AID_OFFICER)
    user.roles_held.update(ended_at=NOW)
    with pytest.raises(PermissionDenied):
        role_needed(Role.AID_OFFICER)(page)(asked_by(user))
