"""A log-in code is sent and not kept; a link's token is stored nowhere."""

import re
from collections.abc import Iterator
from datetime import date

import pytest
from django.core import mail
from django.db import transaction
from pytest_django import Settings

from outbox.actions import deliver_waiting, try_again
from outbox.letters import Letter
from outbox.links import Link
from outbox.models import Message
from outbox.queries import html_with_links, text_with_links, text_without_links
from outbox.rules import LetterState
from outbox.steps import queue
from tests.factories import NOW
from tests.outbox.post_office import PostOffice, open_for_business

pytestmark = pytest.mark.django_db(transaction=True)

LINK = Link(
    purpose="invitation", row=7, generation=1, last_day=date(2026, 4, 1), path="/inbjudan/{token}/"
)
BUTTON = re.compile(r'<a href="([^"]+)" style="[^"]+">([^<]+)</a>')


def promise(*, fleeting: bool) -> None:
    with transaction.atomic():
        queue(
            Letter(
                key="k",
                about="user/1",
                to="a@example.org",
                language="sv",
                subject="RegAI: din kod",
                text="Koden är 123456. [[go]]\n",
                links={"go": LINK},
                fleeting=fleeting,
            ),
            now=NOW,
        )


@pytest.fixture
def in_production(settings: Settings) -> None:
    """What the settings say in production of whether letters are only shown."""
    settings.EXAMPLE_MODE = False


@pytest.fixture
def office(settings: Settings) -> Iterator[PostOffice]:
    """A mail server that refuses the address for good."""
    refuses = PostOffice(at_rcpt={"a@example.org": "550 no"})
    with open_for_business(refuses, settings) as open_office:
        yield open_office


@pytest.mark.usefixtures("in_production")
def test_a_fleeting_letter_is_emptied_as_soon_as_it_has_left() -> None:
    promise(fleeting=True)
    assert deliver_waiting(now=NOW) == 1
    assert [letter.body.count("123456") for letter in mail.outbox] == [1]
    assert (Message.objects.get().text, Message.objects.get().state) == ("", LetterState.SENT)


@pytest.mark.usefixtures("in_production", "office")
def test_a_fleeting_letter_that_is_given_up_is_emptied_and_never_tried_again() -> None:
    promise(fleeting=True)
    assert deliver_waiting(now=NOW) == 0
    message = Message.objects.get()
    assert (message.text, message.state) == ("", LetterState.GIVEN_UP)
    try_again(message_id=message.pk, now=NOW)
    assert Message.objects.get().state == LetterState.GIVEN_UP


@pytest.mark.usefixtures("in_production")
def test_any_other_letter_is_kept() -> None:
    promise(fleeting=False)
    deliver_waiting(now=NOW)
    assert Message.objects.get().text == "Koden är 123456. [[go]]\n"


def test_the_example_shows_log_in_codes_in_its_mailbox() -> None:
    promise(fleeting=True)
    deliver_waiting(now=NOW)
    assert Message.objects.get().text == "Koden är 123456. [[go]]\n"


def test_a_token_is_in_the_letter_that_leaves_and_in_no_column() -> None:
    promise(fleeting=False)
    token = LINK.signed_path().split("/")[2]
    message = Message.objects.get()
    deliver_waiting(now=NOW)
    (letter,) = mail.outbox
    assert letter.body == f"Koden är 123456. http://localhost:8000/inbjudan/{token}/\n"
    row = Message.objects.filter(pk=message.pk).values_list().get()
    assert [value for value in row if token in str(value)] == []


def test_both_texts_of_a_letter_lead_to_the_same_page() -> None:
    promise(fleeting=False)
    message = Message.objects.get()
    address = f"http://localhost:8000{LINK.signed_path()}"
    assert text_with_links(message).count(address) == 1
    assert html_with_links(message).count(f'href="{address}"') == 1


def test_the_words_of_a_link_are_its_button_in_the_html_and_its_address_in_the_text() -> None:
    promise(fleeting=False)
    Message.objects.update(text="Svara här:\n[[go|Se & svara]]\n")
    message = Message.objects.get()
    address = f"http://localhost:8000{LINK.signed_path()}"
    assert text_with_links(message) == f"Svara här:\n{address}\n"
    assert text_without_links(message) == "Svara här:\n(länken står bara i mottagarens brev)\n"
    assert BUTTON.findall(html_with_links(message)) == [(address, "Se &amp; svara")]


def test_what_people_wrote_is_inert_in_the_html() -> None:
    promise(fleeting=False)
    wrote = '<script>alert("x")</script> & Å [[go|<script>]] [[not_ours|<script>]]\n'
    Message.objects.update(text=wrote)
    html = html_with_links(Message.objects.get())
    assert (html.count("<script"), html.count("[[not_ours|")) == (0, 1)
