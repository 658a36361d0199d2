"""What a page must hold in any window: axe finds nothing, and nothing scrolls sideways."""

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

WCAG = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
OPTIONS = {
    "runOnly": WCAG,
    "resultTypes": ["violations"],
    "preload": False,  # our style is on the page already, and there are no frames or films
    "iframes": False,
}
FRAME = "body > :not(.regai-page)"
PAGE = ".regai-page"
# Of what a part of the page is made: each kind of element once, in each state that has a look.
MARKS = """part => {
  const lang = document.documentElement.lang;
  const named = ['class', 'type', 'aria-current', 'aria-invalid', 'open'];
  const mark = e => [lang, e.tagName, ...named.map(n => e.getAttribute(n))];
  const all = [...document.querySelectorAll(part)].flatMap(e => [e, ...e.querySelectorAll('*')]);
  return [...new Set(all.map(e => mark(e).join(' ')))];
}"""
NARROW = {"width": 320, "height": 800}
USUAL = {"width": 390, "height": 844}


class Eyes:
    """Looks at pages, one after the other, and at what is made as something seen before but once.

    The frame around each page, its header and its footer, is looked at once in each shape.
    """

    def __init__(self) -> None:
        self._axe = Axe()
        self._frames: set[str] = set()
        self._pages: dict[str, set[str]] = {}

    def faults_of(self, page: Page, kind: str) -> list[str]:
        """Return what is wrong with a page as it stands, and in a narrow window, a line each.

        ``kind`` tells which pages are alike. One that has nothing new is not looked at again.
        """
        seen = self._pages.setdefault(kind, set())
        marks = set(page.evaluate(MARKS, PAGE))
        if marks and marks <= seen:
            return []
        seen |= marks
        faults = self.axe_faults_of(page)
        page.set_viewport_size(NARROW)  # type: ignore[arg-type]  # a plain dict is meant
        faults += width_faults_of(page)
        page.set_viewport_size(USUAL)  # type: ignore[arg-type]  # a plain dict is meant
        return faults

    def axe_faults_of(self, page: Page) -> list[str]:
        """Return what axe finds on the page as it stands."""
        frame = set(page.evaluate(MARKS, FRAME))
        context = {"exclude": [FRAME]} if frame and frame <= self._frames else None
        self._frames |= frame
        violations = self._axe.run(page, context, OPTIONS).response["violations"]
        return [f"{v['id']}: {v['nodes'][0]['html'][:120]}" for v in violations]


def width_faults_of(page: Page) -> list[str]:
    """Return whether a page in a narrow window scrolls sideways."""
    width: int = page.evaluate("document.documentElement.scrollWidth")
    return [f"scrolls sideways at 320 px: {width} px wide"] if width > NARROW["width"] else []
