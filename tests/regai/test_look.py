"""What the frame promises: little weight, fields that can be heard, errors that lead home."""

import gzip
import re
from pathlib import Path

import pytest
from django import forms
from django.conf import settings
from django.contrib.staticfiles import finders
from django.template.loader import get_template, render_to_string

MOST_BYTES_OF_STYLE = 16 * 1024
PAGES_WITHOUT_ANYTHING = ["400.html", "413.html", "500.html", "503.html"]


class Asked(forms.Form):
    name = forms.CharField(help_text="Som i breven")
    place = forms.ChoiceField(choices=[("umea", "Umeå")], widget=forms.RadioSelect)
    days = forms.MultipleChoiceField(choices=[("1", "Mån")], widget=forms.CheckboxSelectMultiple)
    paper = forms.FileField()
    agreed = forms.BooleanField()
    note = forms.CharField(required=False, widget=forms.Textarea(attrs={"placeholder": "x"}))


class Filtered(forms.Form):
    all_optional = True
    words = forms.CharField(required=False)


def style() -> bytes:
    return Path(str(finders.find("regai/regai.css"))).read_bytes()


def ids(html: str) -> list[str]:
    return re.findall(r'\sid="([^"]+)"', html)


def test_the_style_weighs_less_than_sixteen_kilobytes_on_the_wire() -> None:
    assert len(gzip.compress(style(), 9)) < MOST_BYTES_OF_STYLE


def test_the_style_carries_no_foreign_look_and_fetches_nothing() -> None:
    assert re.findall(rb"(?i)transport|crown|@font-face|@import|url\(", style()) == []


@pytest.mark.parametrize("page", PAGES_WITHOUT_ANYTHING)
def test_an_error_page_needs_neither_context_nor_database(page: str) -> None:
    html = get_template(page).render()
    assert re.findall(r"<h1", html) == ["<h1"]
    assert re.findall(r'<html lang="(..)"', html) == [settings.LANGUAGE_CODE]


def test_every_error_link_leads_to_something_that_can_be_filled_in() -> None:
    html = str(Asked({}, prefix="p"))
    summary = render_to_string("forms/error_summary.html", {"form": Asked({}, prefix="p")})
    links = re.findall(r'href="#([^"]+)"', summary)
    filled_in = re.findall(r'<(?:input|textarea)[^>]*\sid="([^"]+)"', html)
    assert links == ["id_p-name", "id_p-place_0", "id_p-days_0", "id_p-paper", "id_p-agreed"]
    assert [link for link in links if link not in filled_in] == []


def test_what_a_field_is_described_by_is_on_the_page_and_no_id_comes_twice() -> None:
    html = str(Asked({}, prefix="p"))
    described = " ".join(re.findall(r'aria-describedby="([^"]+)"', html)).split()
    assert [id_ for id_ in described if id_ not in ids(html)] == []
    assert sorted(set(ids(html))) == sorted(ids(html))
    assert "id_p-name_helptext" in described
    assert "id_p-place_error" in described


def test_only_what_may_be_left_out_is_marked_and_a_filter_marks_nothing() -> None:
    assert str(Asked()).count("regai-optional") == 1
    assert str(Filtered()).count("regai-optional") == 0


def test_a_placeholder_is_never_printed() -> None:
    assert str(Asked()).count("placeholder") == 0


def test_a_radio_is_not_called_invalid_for_its_role_does_not_know_the_word() -> None:
    radios = re.findall(r'<input[^>]*type="radio"[^>]*>', str(Asked({})))
    assert [radio for radio in radios if "aria-invalid" in radio] == []
