"""The line that says who pays stands in the reader's language."""

import pytest
from django.utils import translation

from cohorts.words.publicity import publicity_of

pytestmark = pytest.mark.pure

BOTH = {
    "publicity": "Medfinansieras av Exempelfonden",
    "publicity_en": "Co-funded by Exempelfonden",
}


@pytest.mark.parametrize("language", ["sv", "en"])
def test_the_line_is_in_the_language_asked_for_else_in_that_of_the_page(language: str) -> None:
    line = {"sv": BOTH["publicity"], "en": BOTH["publicity_en"]}[language]
    assert publicity_of(BOTH, language=language) == line
    with translation.override(language):
        assert publicity_of(BOTH) == line


def test_a_programme_without_an_english_line_keeps_its_own_and_one_without_any_has_none() -> None:
    assert publicity_of({"publicity": BOTH["publicity"]}, language="en") == BOTH["publicity"]
    assert publicity_of({}, language="en") == ""
