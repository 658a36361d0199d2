"""A person with a browser: opens pages, reads them, fills in forms and presses buttons."""

import re
from typing import Any
from urllib.parse import urlsplit

from django.test import Client
from django.utils import timezone

from tests.journeys.forms import Form, Pairs, forms_in, links_on, words_in
from tests.journeys.letters import latest_to, post
from tests.second_factor import code_of

CODE = re.compile(r"\b[A-Z]{4}-[A-Z]{4}\b")
SECRET = re.compile(r"<strong[^>]*>([A-Z2-7]{32})</strong>")


class Visitor:
    """One person and their browser. ``at`` is the address of the page they look at."""

    def __init__(self, email: str = "", *, prefix: str = "") -> None:
        self.client = Client()
        self.email = email
        self.prefix = prefix
        self.at = ""
        self.html = ""
        self._secret = ""

    def open(self, path: str) -> "Visitor":
        """Open a page; it must answer."""
        self._see(self.client.get(path, follow=True), path)
        return self

    def log_in(self) -> "Visitor":
        """Log in by the code in a letter."""
        self.open(f"{self.prefix}/logga-in/")
        self.press(self._button_with("email"), email=self.email)
        post(timezone.now())
        letter = latest_to(self.email, "")
        found = CODE.search(str(letter.body))
        assert found, letter.body
        self.press(self._button_with("code"), code=found.group())
        return self._take_second_step()

    def _take_second_step(self) -> "Visitor":
        """Set up an app for codes if the site asks for one, as it does in production; or use it."""
        if self.at.endswith("/logga-in/extra-steg/"):
            self.open(f"{self.prefix}/logga-in/sakerhet/app/")
            found = SECRET.search(self.html)
            assert found, self.html
            self._secret = found[1]
            self.press(self._button_with("code"), code=code_of(self._secret))
            self.open(f"{self.prefix}/logga-in/extra-steg/")
        elif self.at.endswith("/logga-in/extra-steg/kod/"):
            self.press(self._button_with("code"), code=code_of(self._secret))
            skip = next(form.buttons[0][0] for form in forms_in(self.html) if form.buttons)
            self.press(skip)
        return self

    def press(self, label: str, **filled: Any) -> "Visitor":
        """Press the button with this label, its form filled in as told; a list: several values."""
        form, button = self._form_with(label)
        sent = self._filled(form, filled)
        if button[0]:
            sent.append(button)
        target = form.action or self.at
        data: dict[str, list[str]] = {}
        for name, value in sent:
            data.setdefault(name, []).append(value)
        send = self.client.post if form.method == "post" else self.client.get
        self._see(send(target, data, follow=True), target)
        return self

    def follow(self, label: str) -> "Visitor":
        """Follow the link with these words."""
        found = [address for words, address in links_on(self.html) if words == label]
        assert found, f"{self.at} has no link {label!r}, only {links_on(self.html)}"
        return self.open(found[0])

    def reads(self, *texts: str) -> None:
        """Check that the page says each text."""
        words = words_in(self.html)
        missing = [text for text in texts if text not in words]
        assert missing == [], f"{self.at} says: {words}"

    def does_not_read(self, *texts: str) -> None:
        """Check that the page says none of the texts."""
        words = words_in(self.html)
        assert [text for text in texts if text in words] == [], self.at

    def choices(self, name: str) -> list[str]:
        """Return the values that a field of the page can take."""
        for form in forms_in(self.html):
            if name in form.options:
                return form.options[name]
        raise AssertionError(f"{self.at} has no field {name}")

    def _filled(self, form: Form, filled: dict[str, Any]) -> Pairs:
        known = {name for name, _ in form.fields} | form.options.keys()
        assert set(filled) <= known, f"{self.at} has {sorted(known)}, not {sorted(filled)}"
        kept = [(name, value) for name, value in form.fields if name not in filled]
        for name, value in filled.items():
            values = value if isinstance(value, list) else [value]
            kept += [(name, str(one)) for one in values]
        return kept

    def _form_with(self, label: str) -> tuple[Form, tuple[str, str]]:
        for form in forms_in(self.html):
            for text, name, value in form.buttons:
                if text == label:
                    return form, (name, value)
        buttons = [text for form in forms_in(self.html) for text, _, _ in form.buttons]
        raise AssertionError(f"{self.at} has no button {label!r}, only {buttons}")

    def _button_with(self, field: str) -> str:
        for form in forms_in(self.html):
            if any(name == field for name, _ in form.fields):
                return form.buttons[0][0]
        raise AssertionError(f"{self.at} has no field {field}")

    def _see(self, response: Any, asked: str) -> None:
        self.at = (
            urlsplit(response.redirect_chain[-1][0]).path if response.redirect_chain else asked
        )
        assert response.status_code < 400, f"{self.at}: {response.status_code}"
        self.html = response.content.decode()
