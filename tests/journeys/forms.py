"""The forms of a page as a browser without scripts would send them."""

from dataclasses import dataclass, field
from html.parser import HTMLParser

Pairs = list[tuple[str, str]]
HIDDEN = frozenset({"script", "style", "head"})


@dataclass
class Form:
    """One form: where it goes, how, what it would send as it stands, and its buttons."""

    action: str
    method: str
    fields: Pairs = field(default_factory=list)
    files: list[str] = field(default_factory=list)
    options: dict[str, list[str]] = field(default_factory=dict)
    buttons: list[tuple[str, str, str]] = field(default_factory=list)  # label, name, value


class _Reader(HTMLParser):
    """Collects forms and the words of a page."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.forms: list[Form] = []
        self.words: list[str] = []
        self.links: list[tuple[str, str]] = []
        self._link: str | None = None
        self._form: Form | None = None
        self._select = ""
        self._first_option: str | None = None
        self._area: str | None = None
        self._button: tuple[str, str] | None = None
        self._label = ""
        self._hidden = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        has = {name: value or "" for name, value in attrs}
        self._hidden += tag in HIDDEN
        if tag == "a":
            self._link, self._label = has.get("href", ""), ""
        if tag == "form":
            self._form = Form(has.get("action", ""), has.get("method", "get").lower())
            self.forms.append(self._form)
        if self._form is None:
            return
        name = has.get("name", "")
        if tag == "input":
            self._input(self._form, name, has)
        elif tag == "select":
            self._select, self._first_option = name, None
        elif tag == "option" and self._select:
            self._option(self._form, has)
        elif tag == "textarea":
            self._area = name
            self._form.fields.append((name, ""))
        elif tag == "button":
            self._button = (name, has.get("value", ""))
            self._label = ""

    def handle_endtag(self, tag: str) -> None:
        self._hidden -= tag in HIDDEN
        if tag == "a" and self._link is not None:
            self.links.append((" ".join(self._label.split()), self._link))
            self._link = None
        form = self._form
        if form is None:
            return
        if tag == "form":
            self._form = None
        elif tag == "select":
            chosen = any(name == self._select for name, _ in form.fields)
            if not chosen and self._first_option is not None:
                form.fields.append((self._select, self._first_option))
            self._select = ""
        elif tag == "textarea":
            self._area = None
        elif tag == "button" and self._button is not None:
            form.buttons.append((" ".join(self._label.split()), *self._button))
            self._button = None

    def handle_data(self, data: str) -> None:
        if self._area is not None and self._form is not None:
            name, value = self._form.fields[-1]
            self._form.fields[-1] = (name, value + data.removeprefix("\n"))
            return
        if self._button is not None or self._link is not None:
            self._label += data
        if not self._hidden:
            self.words.append(data)

    def _option(self, form: Form, has: dict[str, str]) -> None:
        value = has.get("value", "")
        form.options.setdefault(self._select, []).append(value)
        if self._first_option is None:
            self._first_option = value
        if "selected" in has:
            form.fields.append((self._select, value))

    def _input(self, form: Form, name: str, has: dict[str, str]) -> None:
        kind = has.get("type", "text")
        if kind in {"radio", "checkbox"}:
            value = has.get("value", "on")
            form.options.setdefault(name, []).append(value)
            if "checked" in has:
                form.fields.append((name, value))
        elif kind == "file":
            form.files.append(name)
        elif kind not in {"submit", "button"} and name:
            form.fields.append((name, has.get("value", "")))


def forms_in(html: str) -> list[Form]:
    """Return the forms of a page, in order."""
    reader = _Reader()
    reader.feed(html)
    return reader.forms


def links_on(html: str) -> list[tuple[str, str]]:
    """Return the links of a page as (words, address), in order."""
    reader = _Reader()
    reader.feed(html)
    return reader.links


def words_in(html: str) -> str:
    """Return what a person can read on a page, with single spaces."""
    reader = _Reader()
    reader.feed(html)
    return " ".join(" ".join(reader.words).split())
