"""The Django admin is a window: everything with a state or money can be seen, nothing changed."""

from typing import Any

import pytest
from django.apps import apps
from django.contrib import admin
from django.db.models import Model
from django.test import Client, RequestFactory

from accounts.models import User
from companies.sealing import sealed
from outbox.models import Message
from tests.architecture.layers import APPS
from tests.factories import (
    NOW,
    make_certificate,
    make_company,
    make_enrolment,
    make_entry,
    make_interest,
    make_invitation,
    make_meeting,
    make_user,
)

ROOT = "/drift/admin/"
# Who has voted and what was voted have no window; a lock row and a role table say nothing.
WITHOUT_WINDOW = {"voting.RollEntry", "voting.Vote", "deminimis.LedgerLock"}
WINDOWS = {model._meta.label: (model, window) for model, window in admin.site._registry.items()}
OURS = {
    model._meta.label
    for app in APPS
    if apps.is_installed(app)
    for model in apps.get_app_config(app).get_models()
}


def operator() -> User:
    return make_user(is_staff=True, is_superuser=True)


def test_every_table_of_ours_has_a_window_but_the_roll_and_the_votes() -> None:
    assert OURS - set(WINDOWS) == WITHOUT_WINDOW


def test_no_table_of_others_is_here_to_be_changed() -> None:
    # An address, a factor or a provider of log-ins that the operator adds would make them anybody.
    assert {label for label in WINDOWS if label not in OURS} == set()


@pytest.mark.django_db
@pytest.mark.parametrize("label", sorted(OURS - WITHOUT_WINDOW))
def test_a_window_opens_and_nothing_can_be_added_changed_or_deleted(label: str) -> None:
    _, window = WINDOWS[label]
    request = RequestFactory().get(ROOT)
    request.user = operator()
    assert window.has_view_permission(request)
    may = (
        window.has_add_permission(request),
        window.has_change_permission(request),
        window.has_delete_permission(request),
    )
    assert may == (False, False, False)
    assert window.get_actions(request) == {}


@pytest.mark.django_db
@pytest.mark.parametrize("label", sorted(OURS - WITHOUT_WINDOW))
def test_a_list_can_be_looked_at_and_searched(label: str, client: Client) -> None:
    model, window = WINDOWS[label]
    client.force_login(operator())
    path = f"{ROOT}{model._meta.app_label}/{model._meta.model_name}/"
    assert client.get(path).status_code == 200
    assert client.get(f"{path}add/").status_code == 403
    if window.search_fields:
        assert client.get(path, {"q": "å"}).status_code == 200


def one_of_each() -> list[Model]:
    enrolment = make_enrolment(needs="allergisk mot nötter")
    return [
        enrolment,
        make_interest(),
        make_invitation(),
        make_meeting(),
        make_certificate(),
        make_entry(),
    ]


@pytest.mark.django_db
def test_a_row_can_be_looked_at_and_a_post_changes_nothing(client: Client) -> None:
    rows = one_of_each()
    client.force_login(operator())
    for row in rows:
        path = f"{ROOT}{row._meta.app_label}/{row._meta.model_name}/{row.pk}/"
        assert client.get(f"{path}change/").status_code == 200
        answers = {
            client.post(f"{path}change/", {"state": "withdrawn"}).status_code,
            client.post(f"{path}delete/", {"post": "yes"}).status_code,
        }
        assert answers == {403}
        assert list(type(row)._default_manager.filter(pk=row.pk).values()) == [_columns(row)]


def _columns(row: Model) -> dict[str, Any]:
    return {field.attname: getattr(row, field.attname) for field in row._meta.concrete_fields}


@pytest.mark.django_db
def test_what_people_need_at_the_table_is_not_shown(client: Client) -> None:
    enrolment = make_enrolment(needs="allergisk mot nötter")
    client.force_login(operator())
    page = client.get(f"{ROOT}cohorts/enrolment/{enrolment.pk}/change/").content.decode()
    assert page.count("allergisk") == 0


@pytest.mark.django_db
@pytest.mark.parametrize(("fleeting", "shown"), [(True, 0), (False, 1)])
def test_a_log_in_code_is_not_shown(client: Client, *, fleeting: bool, shown: int) -> None:
    message = Message.objects.create(
        key="k",
        about="user/1",
        to="a@example.org",
        language="sv",
        subject="RegAI: din kod",
        text="Koden är 123456.",
        fleeting=fleeting,
        state="waiting",
        queued_at=NOW,
        next_try_at=NOW,
    )
    client.force_login(operator())
    path = f"{ROOT}outbox/message/"
    page = client.get(f"{path}{message.pk}/change/").content.decode()
    assert page.count("123456") == shown
    assert client.get(path).content.decode().count("123456") == 0


@pytest.mark.django_db
def test_a_sealed_number_is_not_shown(client: Client) -> None:
    seal = sealed("1212121212")
    company = make_company(
        number=None, sealed_number=seal, number_hint="12", number_digest="d" * 64
    )
    client.force_login(operator())
    page = client.get(f"{ROOT}companies/company/{company.pk}/change/").content.decode()
    listed = client.get(f"{ROOT}companies/company/").content.decode()
    for secret in (seal, "d" * 64, "121212"):
        assert (page + listed).count(secret) == 0
    assert listed.count("••••••-••12") == 1


@pytest.mark.django_db
@pytest.mark.parametrize("path", ["", "cohorts/interest/", "voting/ballot/"])
def test_the_admin_is_closed_to_everybody_but_staff(client: Client, path: str) -> None:
    assert client.get(ROOT + path).status_code == 302
    client.force_login(make_user())
    assert client.get(ROOT + path).status_code == 302


@pytest.mark.django_db
@pytest.mark.parametrize("path", ["voting/vote/", "voting/rollentry/"])
def test_there_is_no_page_of_votes_or_of_the_roll(client: Client, path: str) -> None:
    client.force_login(operator())
    assert client.get(ROOT + path).status_code == 404
