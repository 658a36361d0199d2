"""What a page must hold in any window: axe finds nothing, and nothing scrolls sideways."""

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

WCAG = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
NARROW = {"width": 320, "height": 800}
USUAL = {"width": 390, "height": 844}


def faults_of(page: Page) -> list[str]:
    """Return what is wrong with the page as it stands, and in a narrow window, a line each."""
    faults = axe_faults_of(page)
    page.set_viewport_size(NARROW)  # type: ignore[arg-type]  # a plain dict is meant
    faults += width_faults_of(page)
    page.set_viewport_size(USUAL)  # type: ignore[arg-type]  # a plain dict is meant
    return faults


def axe_faults_of(page: Page) -> list[str]:
    """Return what axe finds on the page as it stands."""
    options = {"runOnly": WCAG, "resultTypes": ["violations"]}
    violations = Axe().run(page, options=options).response["violations"]
    return [f"{v['id']}: {v['nodes'][0]['html'][:120]}" for v in violations]


def width_faults_of(page: Page) -> list[str]:
    """Return whether a page in a narrow window scrolls sideways."""
    width: int = page.evaluate("document.documentElement.scrollWidth")
    return [f"scrolls sideways at 320 px: {width} px wide"] if width > NARROW["width"] else []
