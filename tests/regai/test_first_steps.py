"""Kom igång: what is left to do, for whom, and how the example ends."""

import pytest
from django.apps import apps
from django.test import Client

from accounts.models import Change, RoleHeld, User
from accounts.rules import Role
from cohorts.models import Course, Interest, Programme
from regai.example.removing import STAYS
from tests.aftermath import everything
from tests.cohorts.staff_world import log_in, read, running, send
from tests.factories import (
    make_certificate,
    make_contact,
    make_entry,
    make_interest,
    make_meeting,
    make_programme,
    make_user,
)

pytestmark = pytest.mark.django_db(transaction=True)

PAGE = "/kom-igang/"


def test_an_empty_site_has_all_its_steps_left(client: Client) -> None:
    log_in(client, Role.COORDINATOR)
    page = read(client, PAGE)
    assert "6 steg kvar" in page
    assert ("Ta bort exemplet" in page, client.post(PAGE).status_code) == (False, 404)


def test_what_is_done_is_told(client: Client) -> None:
    leader = log_in(client, Role.COORDINATOR)
    make_programme(slug="riktigt", is_example=False)
    make_user(role=Role.FACILITATOR)
    make_user(role=Role.AID_OFFICER)
    make_meeting(round=running(leader).rounds.get())
    assert "1 steg kvar" in read(client, PAGE)  # no letter has left yet


@pytest.mark.parametrize("role", [Role.FACILITATOR, Role.COACH, Role.AUDITOR])
def test_others_are_told_that_it_is_not_for_them(client: Client, role: Role) -> None:
    log_in(client, role)
    assert client.get(PAGE).status_code == 403


def test_the_example_goes_with_one_click_and_the_reference_data_stays(client: Client) -> None:
    me = log_in(client, Role.COORDINATOR)
    certificate = make_certificate()
    make_contact(certificate.company, make_user())
    make_entry(company=certificate.company)
    make_meeting(round=running(make_user(role=Role.FACILITATOR)).rounds.get())
    make_interest()
    stays = (Course.objects.count(), Programme.objects.count())
    assert f"Bara du kan logga in efteråt, med {me.email}." in read(client, PAGE)
    page = send(client, PAGE)
    assert "Exemplet är borttaget. Du är ensam kvar." in page
    assert (Course.objects.count(), Programme.objects.count()) == stays
    assert list(User.objects.all()) == [me]
    assert [held.role for held in RoleHeld.objects.all()] == [Role.COORDINATOR]
    assert Change.objects.get().became == "example removed"
    left = {
        model._meta.label
        for model in apps.get_models()
        if model._default_manager.exists() and model._meta.label not in STAYS
    }
    assert left == {"accounts.User", "accounts.RoleHeld", "accounts.Change"}


def test_production_has_no_example_to_remove(client: Client, settings: object) -> None:
    log_in(client, Role.COORDINATOR)
    make_interest()
    before = everything()
    settings.EXAMPLE_MODE = False  # type: ignore[attr-defined]  # pytest-django's wrapper
    assert "Ta bort exemplet" not in read(client, PAGE)
    assert client.post(PAGE).status_code == 404
    assert (everything(), Interest.objects.count()) == (before, 1)
