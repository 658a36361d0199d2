"""From a template to a letter: in the reader's language, plain text, links as names."""

from pathlib import Path

import pytest
from django.template import engines
from django.utils import translation
from pytest_django import Settings

from outbox.letters import Letter, Reader, worded

ANNA = Reader(about="interest/1", email="anna@example.org", name="Anna", language="sv")
TEMPLATE = """{% load i18n %}
{% translate "Monday" %}
   för   {{ who }}

Hej {{ reader.name }}!


Öppna [[link]]
"""


@pytest.fixture
def template(tmp_path: Path, settings: Settings) -> str:
    """One letter's template in a folder of its own."""
    (tmp_path / "letter.txt").write_text(TEMPLATE.replace("%}\n   för", "%} för", 1))
    changed = [{**settings.TEMPLATES[0], "DIRS": [tmp_path]}]
    settings.TEMPLATES = changed
    assert str(engines["django"].dirs[0]) == str(tmp_path)
    return "letter.txt"


def letter(template: str, *, to: Reader = ANNA, who: str = "dig") -> Letter:
    return worded(template, key="k", to=to, sender="RegAI", who=who)


def test_the_first_line_is_the_subject_behind_the_senders_name(template: str) -> None:
    made = letter(template)
    assert made.subject == "RegAI: måndag för dig"
    assert made.text == "Hej Anna!\n\nÖppna [[link]]\n"
    assert (made.key, made.about, made.to, made.language) == (
        "k",
        "interest/1",
        "anna@example.org",
        "sv",
    )


def test_a_letter_is_in_the_readers_language_whatever_the_page_was_in(template: str) -> None:
    english = Reader(about="interest/1", email="a@example.org", name="Anna", language="en")
    with translation.override("sv"):
        assert letter(template, to=english).subject == "RegAI: Monday för dig"
        assert translation.get_language() == "sv"


def test_what_people_wrote_is_never_escaped_and_never_a_template(template: str) -> None:
    made = letter(template, who="Å & {{ site.controller }} <b>")
    assert made.subject == "RegAI: måndag för Å & {{ site.controller }} <b>"


def test_a_name_with_a_new_line_cannot_make_a_header_of_its_own(template: str) -> None:
    made = letter(template, who="x\r\nBcc: all@example.org")
    assert made.subject.splitlines() == [made.subject]
