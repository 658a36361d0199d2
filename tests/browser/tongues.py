"""Words of the other language on a page: Swedish left on English pages, or English on Swedish.

What people wrote is no fault: texts that stand in the database are left aside, and so is whatever
is marked with a language of its own, or as a code: letters drawn by lot may make a word.
"""

import re
from collections.abc import Iterable
from functools import cached_property

from playwright.sync_api import Page

TOKEN = re.compile(r"[^\W\d_]+")
# Short words that no sentence does without, and that are no words in the other language.
SWEDISH = frozenset(
    [
        "och",
        "att",
        "det",
        "som",
        "inte",
        "på",
        "av",
        "till",
        "ett",
        "du",
        "din",
        "ditt",
        "dina",
        "har",
        "kan",
        "eller",
        "från",
        "när",
        "vad",
        "hur",
        "ska",
        "ingen",
        "inget",
        "inga",
        "blir",
        "dig",
        "sig",
        "ej",
        "vid",
        "mot",
        "utan",
        "kurs",
        "kursen",
        "brev",
        "anmälan",
        "grupp",
        "gruppen",
        "dag",
        "idag",
        "senast",
        "läs",
        "svara",
        "svar",
        "tid",
        "tider",
        "träff",
        "omröstning",
    ]
)
ENGLISH = frozenset(
    [
        "the",
        "and",
        "you",
        "your",
        "with",
        "this",
        "have",
        "from",
        "what",
        "when",
        "which",
        "please",
        "their",
        "would",
        "should",
        "they",
    ]
)
ONLY_SWEDISH = frozenset("åäö")
# Names that are the same in both languages and stand in templates.
NAMES = frozenset({"västerbotten", "umeå", "skellefteå", "malå", "meänkieli", "öberg", "åkeri"})
LONGEST_NAME = 3  # words
TEXTS = """() => {
  const own = document.documentElement.lang, found = [document.title];
  const is_other = e => (e.closest('[lang]')?.lang ?? own) !== own
    || e.closest('script, style, noscript, textarea, code, [translate=no]') !== null;
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    const node = walker.currentNode;
    if (node.data.trim() && !is_other(node.parentElement)) found.push(node.data);
  }
  for (const e of document.querySelectorAll('[aria-label], [alt], [title], [placeholder]'))
    if (!is_other(e)) for (const name of ['aria-label', 'alt', 'title', 'placeholder'])
      if (e.getAttribute(name)) found.push(e.getAttribute(name));
  return found;
}"""


class Tongues:
    """Knows what people wrote, and so what on a page is ours."""

    def __init__(self, written: Iterable[str]) -> None:
        self._written = written

    def slips_on(self, page: Page) -> list[str]:
        """Return each text of ours on ``page`` that has words of the other language in it."""
        is_english = page.evaluate("document.documentElement.lang") == "en"
        return [
            f"has words of another language: {text}"
            for text in dict.fromkeys(" ".join(one.split()) for one in page.evaluate(TEXTS))
            if self._slips_in(text, is_english=is_english)
        ]

    def _slips_in(self, text: str, *, is_english: bool) -> set[str]:
        slips = _foreign(text, is_english=is_english)
        known = {data for slip in slips for data in self._by_word.get(slip, ()) if data in text}
        for data in sorted(known, key=len, reverse=True):
            text = text.replace(data, " ")
        return _foreign(text, is_english=is_english) if known else slips

    @cached_property
    def _by_word(self) -> dict[str, set[str]]:
        found: dict[str, set[str]] = {}
        for text in self._written:
            one = " ".join(text.split())
            first = one.partition(" ")[0]
            # Somebody is greeted by the first name.
            for known in {one, first} if len(one.split()) <= LONGEST_NAME else {one}:
                for word in _words(known):
                    found.setdefault(word, set()).add(known)
        return found


def _foreign(text: str, *, is_english: bool) -> set[str]:
    words = _words(text) - NAMES
    if not is_english:
        return words & ENGLISH
    return {word for word in words if word in SWEDISH or not ONLY_SWEDISH.isdisjoint(word)}


def _words(text: str) -> set[str]:
    return {word.lower() for word in TOKEN.findall(text)}
