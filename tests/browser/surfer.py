"""The same person as ``tests.journeys.visitor.Visitor``, in a real browser."""

import re
from typing import Any

from django.utils import timezone
from playwright.sync_api import Browser, BrowserContext, Locator, Page

from tests.browser.looking import Eyes
from tests.journeys.letters import latest_to, post
from tests.journeys.visitor import CODE

# All surfers see with the same eyes: what one has looked at, no other need.
EYES = Eyes()


class Surfer:
    """One person with a browser window; JavaScript may be off. Looks at each page it meets."""

    def __init__(
        self, browser: Browser, base: str, email: str = "", *, scripts: bool, prefix: str = ""
    ) -> None:
        self.email = email
        self.prefix = prefix
        self.base = base
        self.context: BrowserContext = browser.new_context(
            java_script_enabled=scripts, viewport={"width": 390, "height": 844}
        )
        self.page: Page = self.context.new_page()
        self._looks = scripts  # the markup is the same without: looking once is enough
        self.foreign: list[str] = []
        self.faults: list[str] = []
        self.page.on("request", self._note)

    @property
    def at(self) -> str:
        """The address of the page."""
        return self.page.url.removeprefix(self.base)

    @property
    def html(self) -> str:
        """The source of the page."""
        return self.page.content()

    def open(self, path: str) -> "Surfer":
        """Open a page; it must answer."""
        response = self.page.goto(self.base + path)
        assert response is not None, path
        assert response.status < 400, f"{path}: {response.status}"
        self._look()
        return self

    def log_in(self) -> "Surfer":
        """Log in by the code in a letter."""
        self.open(f"{self.prefix}/logga-in/")
        self.page.locator("[name=email]").fill(self.email)
        self._submit(self.page.locator("form:has([name=email]) button").first)
        post(timezone.now())
        found = CODE.search(str(latest_to(self.email, "").body))
        assert found
        self.page.locator("[name=code]").fill(found.group())
        self._submit(self.page.locator("form:has([name=code]) button").first)
        return self

    def press(self, label: str, **filled: Any) -> "Surfer":
        """Press the button with this label, its form filled in as told; a list: several values."""
        name = re.compile(rf"^\s*{re.escape(label)}\s*$")
        button = self.page.get_by_role("button", name=name).first
        self._reveal(button)
        form = self.page.locator("form").filter(has=button).first
        for field, value in filled.items():
            for one in value if isinstance(value, list) else [value]:
                self._fill(form, field, str(one))
        self._submit(button)
        return self

    def follow(self, label: str) -> "Surfer":
        """Follow the link with these words."""
        with self.page.expect_navigation():
            self.page.get_by_role("link", name=label, exact=True).first.click()
        return self

    def reads(self, *texts: str) -> None:
        """Check that the page says each text."""
        words = self._words()
        missing = [text for text in texts if text not in words]
        assert missing == [], f"{self.at} says: {words}"

    def does_not_read(self, *texts: str) -> None:
        """Check that the page says none of the texts."""
        words = self._words()
        assert [text for text in texts if text in words] == [], self.at

    def choices(self, name: str) -> list[str]:
        """Return the values that a field of the page can take."""
        fields = self.page.locator(f'[name="{name}"]')
        if fields.first.evaluate("field => field.tagName") == "SELECT":
            values: list[str] = fields.first.evaluate("f => [...f.options].map(o => o.value)")
            return values
        return [str(field.get_attribute("value")) for field in fields.all()]

    def _fill(self, form: Locator, name: str, value: str) -> None:
        fields = form.locator(f'[name="{name}"]')
        self._reveal(fields.first)
        kind = fields.first.evaluate("field => field.type")
        if kind in {"radio", "checkbox"}:
            values: list[str] = fields.evaluate_all("all => all.map(one => one.value)")
            fields.nth(values.index(value)).check(force=True)
        elif kind == "select-one":
            fields.first.select_option(value)
        elif kind != "hidden":
            fields.first.fill(value)

    def _reveal(self, field: Locator) -> None:
        """Open the box that hides a field, as a person would."""
        closed = field.locator("xpath=ancestor::details[not(@open)]")
        for box in reversed(closed.all()):
            box.locator("summary").first.click()

    def _submit(self, button: Locator) -> None:
        with self.page.expect_navigation() as reached:
            button.click()
        assert reached.value is not None
        assert reached.value.status < 400, f"{self.at}: {reached.value.status}"
        self._look()

    def _look(self) -> None:
        """Hold each page that shows something new against axe and a narrow window."""
        if not self._looks:
            return
        kind = re.sub(r"\d+|[^/]*\.[^/]*", "0", self.at.split("?", maxsplit=1)[0])
        self.faults += [f"{self.at}: {fault}" for fault in EYES.faults_of(self.page, kind)]

    def _words(self) -> str:
        """Return what the page says, closed boxes and what is only read aloud included."""
        return " ".join((self.page.locator("body").text_content() or "").split())

    def _note(self, request: Any) -> None:
        if not request.url.startswith((self.base, "data:")):
            self.foreign.append(request.url)
