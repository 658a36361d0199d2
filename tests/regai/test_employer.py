"""The employer's log-in lets in those who work here, and makes and takes over nobody."""

from collections.abc import Iterator
from contextlib import nullcontext
from typing import Any

import pytest
from allauth.account.models import EmailAddress
from allauth.core.exceptions import ImmediateHttpResponse
from allauth.socialaccount.models import SocialAccount, SocialLogin
from allauth.socialaccount.providers import registry
from allauth.socialaccount.providers.dummy.provider import DummyProvider
from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import ImproperlyConfigured
from django.test import Client, RequestFactory
from django.test.utils import override_settings
from django.urls import include, path

from accounts.models import User
from accounts.rules import Role
from regai import urls as site
from regai.employer import EmployerAdapter
from regai.environment import Employer, Environment, employer_log_in
from regai.starting.keys import stand_ins
from tests.factories import make_user
from tests.second_factor import make_app

DESK = "/samordna/"
BUTTON = "Logga in genom Exempelregionen"
SET = {
    "REGAI_OIDC_SERVER": "https://127.0.0.1:1/",
    "REGAI_OIDC_CLIENT": "regai",
    "REGAI_OIDC_SECRET": "hemligt",
    "REGAI_OIDC_LABEL": "Exempelregionen",
}

urlpatterns = [*site.urlpatterns, path("", include("allauth.socialaccount.providers.dummy.urls"))]
handler429 = site.handler429


@pytest.fixture
def employer() -> Iterator[None]:
    """An employer that is set, and allauth's dummy provider to log in with."""
    registry.register(DummyProvider)
    told = employer_log_in(Environment(SET))
    assert told
    with override_settings(
        ROOT_URLCONF="tests.regai.test_employer",
        EMPLOYER=told,
        SOCIALACCOUNT_PROVIDERS={"openid_connect": told.provider},
        STAFF_SECOND_FACTOR=True,
    ):
        yield
    del registry.provider_map[DummyProvider.id]


def vouched(client: Client, email: str, *, verified: bool = True, process: str = "login") -> Any:
    """Log in at the dummy provider as somebody with this address."""
    led = client.get("/dummy/login/", {"process": process, "next": DESK})
    told = {"id": "7", "email": email, **({"email_verified": "on"} if verified else {})}
    return client.post(led["Location"], told)


def is_in(client: Client) -> bool:
    return "_auth_user_id" in client.session


@pytest.mark.django_db
@pytest.mark.usefixtures("employer")
@pytest.mark.parametrize("typed", ["anna@example.org", "Anna@Example.org"])
def test_who_works_here_comes_in_and_still_needs_the_second_step(
    client: Client, typed: str
) -> None:
    make_user(email="anna@example.org", role=Role.COORDINATOR)
    assert vouched(client, typed)["Location"] == DESK
    assert client.get(DESK)["Location"] == f"/logga-in/extra-steg/?next={DESK}"
    assert SocialAccount.objects.count() == 0


@pytest.mark.django_db
@pytest.mark.usefixtures("employer")
def test_who_has_a_second_factor_is_asked_for_it(client: Client) -> None:
    make_app(make_user(email="anna@example.org", role=Role.COORDINATOR))
    assert vouched(client, "anna@example.org")["Location"] == "/logga-in/extra-steg/kod/"
    assert not is_in(client)


@pytest.mark.django_db
@pytest.mark.usefixtures("employer")
@pytest.mark.parametrize("has_factor", [True, False])
def test_an_employer_that_is_trusted_with_it_is_the_second_step(
    client: Client, settings: Any, *, has_factor: bool
) -> None:
    settings.EMPLOYER = Employer({}, "Exempelregionen", is_second_factor=True)
    user = make_user(email="anna@example.org", role=Role.COORDINATOR)
    if has_factor:
        make_app(user)
    assert vouched(client, "anna@example.org")["Location"] == DESK
    assert client.get(DESK).status_code == 200


@pytest.mark.django_db
@pytest.mark.usefixtures("employer")
@pytest.mark.parametrize(
    ("email", "told"),
    [
        ("deltagare@example.org", {}),
        ("okand@example.org", {}),
        ("anna@example.org", {"verified": False}),
        ("anna@example.org", {"process": "connect"}),
        ("anna@example.org", {"process": "redirect"}),
        ("", {}),
    ],
)
def test_everybody_else_reads_the_same_and_nothing_is_made(
    client: Client, email: str, told: dict[str, Any]
) -> None:
    make_user(email="anna@example.org", role=Role.COORDINATOR)
    make_user(email="deltagare@example.org")
    answer = vouched(client, email, **told)
    assert answer.status_code == 403
    assert "Du loggades inte in" in answer.content.decode()
    assert not is_in(client)
    assert (User.objects.count(), SocialAccount.objects.count()) == (2, 0)


@pytest.mark.django_db
@pytest.mark.usefixtures("employer")
def test_a_role_that_has_ended_and_a_closed_account_come_in_no_more(client: Client) -> None:
    user = make_user(email="anna@example.org", role=Role.COORDINATOR)
    user.is_active = False
    user.save()
    assert vouched(client, "anna@example.org")["Location"] == "/logga-in/avstangt/"
    user.is_active = True
    user.save()
    user.roles_held.update(ended_at=user.created_at)
    assert vouched(client, "anna@example.org").status_code == 403
    assert not is_in(client)


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("claim", "is_let_in"), [(True, True), ("true", True), ("false", False), (False, False)]
)
def test_a_claim_in_words_is_taken_for_what_it_says(claim: object, *, is_let_in: bool) -> None:
    user = make_user(email="anna@example.org", role=Role.COORDINATOR)
    address = EmailAddress(email="anna@example.org", verified=claim)
    login = SocialLogin(user=user, email_addresses=[address])
    request = RequestFactory().get("/")
    request.user = AnonymousUser()
    turned_away = nullcontext() if is_let_in else pytest.raises(ImmediateHttpResponse)
    with turned_away:
        EmployerAdapter().pre_social_login(request, login)


@pytest.mark.django_db
@pytest.mark.usefixtures("employer")
def test_the_button_stands_on_the_log_in_page_and_remembers_the_page_asked_for(
    client: Client,
) -> None:
    page = client.get(f"/logga-in/?next={DESK}").content.decode()
    assert BUTTON in " ".join(page.split())
    assert 'href="/logga-in/arbetsgivare/?next=/samordna/"' in page


@pytest.mark.django_db
@pytest.mark.parametrize(
    "where", ["/logga-in/arbetsgivare/", "/logga-in/arbetsgivare/svar/?code=1"]
)
def test_without_the_setting_there_is_no_button_and_no_way(client: Client, where: str) -> None:
    assert "Logga in genom" not in client.get("/logga-in/").content.decode()
    assert client.get(where).status_code == 404


@pytest.mark.django_db
@pytest.mark.usefixtures("employer")
def test_an_employer_that_does_not_answer_gives_a_page_with_words(client: Client) -> None:
    answer = client.get("/logga-in/arbetsgivare/")
    assert answer.status_code == 503
    assert "Logga in med en kod i stället" in answer.content.decode()


@pytest.mark.django_db
@pytest.mark.usefixtures("employer")
def test_another_site_cannot_begin_the_log_in(client: Client) -> None:
    answer = client.get("/logga-in/arbetsgivare/", headers={"Sec-Fetch-Site": "cross-site"})
    assert answer["Location"] == "/logga-in/"


@pytest.mark.django_db
@pytest.mark.usefixtures("employer")
@pytest.mark.parametrize("told", ["", "?code=1&state=2", "?error=access_denied"])
def test_an_answer_that_nobody_asked_for_is_refused_in_words(client: Client, told: str) -> None:
    answer = client.get(f"/logga-in/arbetsgivare/svar/{told}")
    assert answer.status_code == 401
    assert "svarade inte som den ska" in answer.content.decode()


@pytest.mark.pure
def test_none_is_set_unless_it_is_named() -> None:
    assert employer_log_in(Environment({})) is None


@pytest.mark.pure
@pytest.mark.parametrize("left_out", ["SERVER", "CLIENT", "SECRET"])
def test_half_of_it_is_refused_in_one_sentence(left_out: str) -> None:
    half = {name: value for name, value in SET.items() if not name.endswith(left_out)}
    with pytest.raises(ImproperlyConfigured, match=r"^REGAI_OIDC_SERVER, .* not at all"):
        employer_log_in(Environment(half))


@pytest.mark.pure
def test_production_speaks_with_it_by_tls_only() -> None:
    open_line = {**stand_ins(), **SET, "REGAI_OIDC_SERVER": "http://id.example"}
    with pytest.raises(ImproperlyConfigured, match="must begin with https://"):
        employer_log_in(Environment(open_line))


@pytest.mark.pure
def test_domains_whose_addresses_count_as_verified_are_told_to_allauth() -> None:
    told = employer_log_in(
        Environment({**SET, "REGAI_OIDC_DOMAINS": "region.example kommun.example"})
    )
    assert told
    assert told.provider["APPS"][0]["settings"]["verified_email"] == [
        "region.example",
        "kommun.example",
    ]
