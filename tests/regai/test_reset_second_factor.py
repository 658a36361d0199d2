"""Somebody who has lost their device is let in anew, once it is known who they are."""

from io import StringIO

import pytest
from allauth.mfa.models import Authenticator
from django.core.management import CommandError, call_command
from django.test import Client

from accounts.models import Change
from accounts.rules import Role
from outbox.models import Message
from tests.aftermath import everything
from tests.factories import make_user
from tests.second_factor import make_app

pytestmark = pytest.mark.django_db(transaction=True)

WHY = "Lost the phone; called back on the work number"


def reset(*words: str) -> str:
    out = StringIO()
    call_command("reset_second_factor", *words, stdout=out)
    return out.getvalue()


@pytest.mark.parametrize(
    ("language", "subject"),
    [
        ("sv", "RegAI: Ditt extra steg vid inloggning är nollställt"),
        ("en", "RegAI: Your second step at log-in has been reset"),
    ],
)
def test_the_factor_goes_sessions_end_and_the_person_is_told(
    client: Client, language: str, subject: str
) -> None:
    user = make_user(email="anna@example.org", role=Role.COORDINATOR, language=language)
    other = make_user(role=Role.COORDINATOR)
    make_app(user)
    make_app(other)
    client.force_login(user)
    assert client.get("/samordna/").status_code == 200
    assert reset("Anna@Example.org", "--why", WHY).startswith("Anna@Example.org: 2 taken away")
    assert client.get("/samordna/").status_code == 302
    assert set(Authenticator.objects.values_list("user", flat=True)) == {other.pk}
    letter = Message.objects.get()
    assert (letter.to, letter.language, letter.subject) == ("anna@example.org", language, subject)
    assert list(Change.objects.values_list("subject", "became", "by", "why")) == [
        (f"user/{user.pk}", "second factor reset", "clock", WHY)
    ]


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (("nobody@example.org", "--why", WHY), "Nobody logs in with nobody@example.org."),
        (("anna@example.org", "--why", " "), "--why is empty"),
        (("anna@example.org", "--why", "x" * 501), "--why is longer than 500 letters."),
        (("anna@example.org",), "--why"),
    ],
)
def test_what_cannot_be_done_is_said_and_nothing_is_written(
    words: tuple[str, ...], sentence: str
) -> None:
    make_app(make_user(email="anna@example.org"))
    before = everything()
    with pytest.raises(CommandError, match=sentence):
        reset(*words)
    assert everything() == before
    assert Authenticator.objects.count() == 2
