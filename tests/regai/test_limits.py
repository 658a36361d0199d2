"""Too often from one address is refused in a sentence, and what was typed is kept."""

import re
from typing import Any

import pytest
from django.core.cache import cache, caches
from django.test import Client, RequestFactory, override_settings

from accounts.models import User
from cohorts.models import Interest
from outbox.models import Message
from regai.caching import ForgivingCache
from regai.limits import client_address
from tests.factories import make_place, make_programme, make_user
from tests.prodlike import Site

OWN_PAGE = {"Sec-Fetch-Site": "same-origin"}
AN_ADDRESS = "192.0.2.7"
ANOTHER = "192.0.2.8"
FORGED_LINK = "/anmalan/1.1.1.forged/"


@pytest.fixture(autouse=True)
def _nobody_has_come_yet(settings: Any) -> None:
    """Count in a cache of this test's own, which nobody else empties or fills."""
    own = {"BACKEND": "django.core.cache.backends.locmem.LocMemCache", "LOCATION": "limits"}
    settings.CACHES = {"default": own}
    cache.clear()


def limited(**kinds: int) -> override_settings:
    return override_settings(LIMITS_PER_MINUTE={"forms": 0, "links": 0, "receipts": 0, **kinds})


def answers(number: int = 1) -> dict[str, str]:
    return {
        "name": f"Åsa {number} <b>",
        "email": f"asa{number}@example.org",
        "company": "Bageriet & Co",
        "place": "umea",
        "language": "sv",
    }


def sign_up(client: Client, number: int = 1, address: str = AN_ADDRESS) -> Any:
    return client.post("/anmalan/", answers(number), headers=OWN_PAGE, REMOTE_ADDR=address)


@pytest.mark.django_db(transaction=True)
def test_of_a_thousand_sign_ups_from_one_address_those_above_the_limit_are_refused() -> None:
    make_programme()
    make_place("umea")
    client = Client()
    with limited(forms=20):
        said = [sign_up(client, number).status_code for number in range(1000)]
    assert said == [302] * 20 + [429] * 980
    assert Interest.objects.count() == Message.objects.count() == 20


@pytest.mark.django_db(transaction=True)
def test_who_comes_from_another_address_is_let_in() -> None:
    make_programme()
    make_place("umea")
    client = Client()
    with limited(forms=1):
        said = [sign_up(client, 1).status_code, sign_up(client, 2).status_code]
        said.append(sign_up(client, 3, ANOTHER).status_code)
    assert said == [302, 429, 302]


@pytest.mark.django_db
@limited(forms=1)
def test_the_refusal_says_what_to_do_and_keeps_what_was_typed(client: Client) -> None:
    sign_up(client)
    refused = sign_up(client)
    page = refused.content.decode()
    kept = dict(re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)">', page))
    assert (refused.status_code, refused.headers["Retry-After"]) == (429, "60")
    assert "Inget har sparats eller ändrats." in page
    assert kept == answers() | {"name": "Åsa 1 &lt;b&gt;", "company": "Bageriet &amp; Co"}
    assert "csrfmiddlewaretoken" not in page
    assert refused.cookies == {}


@pytest.mark.django_db(transaction=True)
def test_what_was_kept_can_be_sent_again_a_minute_later() -> None:
    make_programme()
    make_place("umea")
    client = Client()
    with limited(forms=1):
        assert [sign_up(client, n).status_code for n in (1, 2)] == [302, 429]
        cache.clear()  # the minute has passed
        assert sign_up(client, 2).status_code == 302
    assert Interest.objects.count() == 2


@pytest.mark.django_db
@limited(links=2)
def test_who_guesses_links_is_stopped_and_reads_the_same_of_every_link(client: Client) -> None:
    said = [client.get(FORGED_LINK).status_code for _ in range(4)]
    assert said == [404, 404, 429, 429]
    assert client.get("/anmalan/2.1.1.other/").status_code == 429
    assert client.get("/anmalan/").status_code == 200


@pytest.mark.django_db
@limited(receipts=1)
def test_who_tries_receipts_is_stopped_and_may_send_again_with_a_token(client: Client) -> None:
    client.force_login(make_user())
    tried = [client.post("/rosta/1/resultat/", {"receipt": "x"}) for _ in range(2)]
    assert [answer.status_code for answer in tried] == [404, 429]
    assert "csrfmiddlewaretoken" in tried[1].content.decode()


@pytest.mark.django_db
@override_settings(ACCOUNT_RATE_LIMITS={"request_login_code": "100/m/ip,2/m/key"})
def test_codes_to_one_address_are_limited_wherever_they_are_asked_for() -> None:
    user: User = make_user(email="anna@example.org")
    for number in range(4):
        Client().post(
            "/logga-in/", {"email": user.email}, headers=OWN_PAGE, REMOTE_ADDR=f"192.0.2.{number}"
        )
    assert Message.objects.filter(to=user.email).count() == 2


@pytest.mark.django_db
@limited(forms=1)
def test_the_log_in_is_a_public_form_like_the_others(client: Client) -> None:
    said = [
        client.post("/logga-in/", {"email": "x@example.org"}, headers=OWN_PAGE).status_code
        for _ in range(2)
    ]
    assert said == [302, 429]


@pytest.mark.django_db
@limited(forms=1)
def test_looking_at_a_page_counts_for_nothing(client: Client) -> None:
    assert {client.get("/anmalan/").status_code for _ in range(5)} == {200}


@pytest.mark.pure
@pytest.mark.parametrize(
    ("proxies", "forwarded", "nearest", "address"),
    [
        (0, "203.0.113.9", "192.0.2.1", "192.0.2.1"),
        (1, "203.0.113.9", "192.0.2.1", "203.0.113.9"),
        (1, "6.6.6.6, 203.0.113.9", "192.0.2.1", "203.0.113.9"),
        (2, "6.6.6.6, 203.0.113.9, 192.0.2.5", "192.0.2.1", "203.0.113.9"),
        (2, "203.0.113.9", "192.0.2.1", "192.0.2.1"),
        (1, "", "192.0.2.1", "192.0.2.1"),
        (1, "no address", "192.0.2.1", "unknown"),
        (0, "", "2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64"),
        (0, "", "", "unknown"),
    ],
)
def test_a_client_is_who_the_trusted_proxies_say(
    proxies: int, forwarded: str, nearest: str, address: str
) -> None:
    told = {"X-Forwarded-For": forwarded} if forwarded else {}
    request = RequestFactory().get("/", headers=told, REMOTE_ADDR=nearest)
    with override_settings(TRUSTED_PROXIES=proxies):
        assert client_address(request) == address


@pytest.mark.django_db(transaction=True)
def test_without_redis_each_process_counts_by_itself() -> None:
    make_programme()
    make_place("umea")
    client = Client()
    away = {"BACKEND": "regai.caching.ForgivingCache", "LOCATION": "redis://127.0.0.1:1/0"}
    with limited(forms=1), override_settings(CACHES={"default": away}):
        assert isinstance(caches["default"], ForgivingCache)
        assert [sign_up(client, number).status_code for number in range(3)] == [302, 429, 429]


@pytest.mark.postgresql
def test_the_count_is_one_for_all_web_processes(site: Site) -> None:
    said = [site.ask(FORGED_LINK, X_Forwarded_For=ANOTHER).status for _ in range(122)]
    assert said == [404] * 120 + [429] * 2
    assert site.ask(FORGED_LINK, X_Forwarded_For=AN_ADDRESS).status == 404
