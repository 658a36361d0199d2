"""Which msgids the code and the templates use."""

import re
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path

from babel.messages import Catalog
from babel.messages.extract import extract
from django.utils.translation.template import templatize

KEYWORDS = {
    "_": None,
    "gettext": None,
    "gettext_lazy": None,
    "gettext_noop": None,
    "ngettext": (1, 2),
    "ngettext_lazy": (1, 2),
    "pgettext": ((1, "c"), 2),
    "pgettext_lazy": ((1, "c"), 2),
    "npgettext": ((1, "c"), 2, 3),
    "npgettext_lazy": ((1, "c"), 2, 3),
}
NOT_PAGES = frozenset({"tests", "benchmarks", "migrations"})
TEMPLATE_SUFFIXES = frozenset({".html", ".txt"})
INDENT = re.compile(r"^[ \t]+", re.MULTILINE)


def used_in(root: Path) -> Catalog:
    """Return every msgid that the packages and the templates under ``root`` use, without texts.

    Each entry's locations are the files that use it, relative to ``root``.

    :raises SyntaxError: if a template holds a block tag inside a translated block.
    """
    catalog = Catalog(locale="en")
    for file in sorted(_sources(root)):
        place = file.relative_to(root).as_posix()
        for _line, message, _comments, context in extract(
            "python", BytesIO(_as_python(file).encode()), keywords=KEYWORDS
        ):
            catalog.add(message, locations=[(place, 0)], context=context)
    return catalog


def _sources(root: Path) -> Iterator[Path]:
    for package in root.glob("*/__init__.py"):
        for file in package.parent.rglob("*.py"):
            if NOT_PAGES.isdisjoint(file.relative_to(root).parts):
                yield file
    for file in (root / "templates").rglob("*"):
        if file.suffix in TEMPLATE_SUFFIXES:
            yield file


def _as_python(file: Path) -> str:
    text = file.read_text(encoding="utf-8")
    if file.suffix == ".py":
        return text
    # A page's indentation means nothing to Python, and an odd one would be refused.
    return INDENT.sub("", templatize(text, origin=str(file)))
