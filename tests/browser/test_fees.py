"""A course with a price, in a real browser: granted as aid, sat out, and paid by the company.

Each page that is met is looked at by axe and held against a window 320 px wide.
"""

from collections.abc import Callable, Iterator

import pytest
from django.utils import timezone
from playwright.sync_api import Browser
from pytest_django.live_server_helper import LiveServer

from cohorts.models import Fee
from deminimis.models import LedgerEntry
from tests.browser.surfer import Surfer
from tests.journeys.fee_path import CODES, FIRM, FeePath, fill_the_ceiling
from tests.journeys.letters import latest_to, links_in, post
from tests.journeys.world import prepare

pytestmark = pytest.mark.django_db(transaction=True)

Walk = Callable[..., FeePath]


@pytest.fixture
def walk(live_server: LiveServer, browser: Browser, settings: object) -> Iterator[Walk]:
    """Begin a walk; afterwards no page had a fault and nothing was asked of another host."""
    settings.SITE_URL = live_server.url  # type: ignore[attr-defined]  # pytest-django's wrapper
    surfers: list[Surfer] = []

    def begun(language: str = "sv", *, scripts: bool = True) -> FeePath:
        prepare()

        def somebody(email: str, *, prefix: str) -> Surfer:
            surfers.append(Surfer(browser, live_server.url, email, scripts=scripts, prefix=prefix))
            return surfers[-1]

        return FeePath(somebody, language)

    yield begun
    assert [fault for surfer in surfers for fault in surfer.faults] == []
    assert [request for surfer in surfers for request in surfer.foreign] == []
    for surfer in surfers:
        surfer.context.close()


@pytest.mark.parametrize("scripts", [True, False], ids=["with-scripts", "without-scripts"])
def test_from_the_invitation_to_the_grant_the_register_and_the_code(
    walk: Walk, scripts: bool
) -> None:
    path = walk(scripts=scripts)
    anna = path.invited("4 000 kr exklusive moms, eller gratis")
    path.started()
    anna.log_in().open(path.fee_page()).reads(
        path.t("Företaget har inte lämnat något de minimis-intyg."),
        path.t("Du är inte bunden till något än."),
    )
    path.places_ordered_and_codes_put_in()
    path.certified()
    anna.open(path.fee_page()).does_not_read(*CODES)
    anna.press(path.t("Säg ja till platsen"))
    anna.reads(path.t("Din plats är bekräftad."), CODES[0], "enligt förordning (EU) 2023/2831")
    entry = LedgerEntry.objects.get()
    assert entry.amount_sek == 4000
    post(timezone.now())
    assert CODES[0] in str(latest_to("anna@example.org", "Så kommer du in i").body)
    notice = str(latest_to("boss@example.org", "Stöd av mindre betydelse till").body)
    for said in ("4 000 kr", "de minimis-stöd", "(EU) 2023/2831"):
        assert said in notice.replace("\u00a0", " ")
    boss = path.people["boss"].open("/foretag/")  # logged in since the signature
    boss.reads("4 000 kr")
    axel = path.people["axel"].open("/stod/register/")
    axel.reads(FIRM)
    exported = axel.page.request.get(f"{axel.base}/stod/register/register.csv").text()
    assert (exported.count(FIRM), exported.count("4000,00")) == (1, 1)
    anna.open(path.fee_page()).press(path.t("Jag har kommit in"))
    anna.reads(path.t("Du har kommit in i kursen."))


def test_where_the_group_of_companies_is_full_the_person_hears_it_and_sits_out(walk: Walk) -> None:
    path = walk()
    fill_the_ceiling(path.company)
    anna = path.invited("har inte utrymme nog kvar", "stå över den här kursen")
    path.started()
    anna.log_in().open(path.fee_page()).reads("4 000 kr exklusive moms (5 000 kr inklusive moms)")
    anna.reads("har inte utrymme nog kvar", path.t("Du är inte bunden till något än."))
    anna.press(path.t("Stå över den här kursen"))
    anna.reads(
        path.t("Du står över den här kursen och är kvar i gruppen. Ingen avgift tas ut."),
        path.t("står över den här kursen"),
    )
    anna.open(f"/grupp/{path.cohort.pk}/").reads("Anna Åström", path.t("Lämna gruppen"))
    assert (LedgerEntry.objects.count(), Fee.objects.count()) == (0, 0)


@pytest.mark.parametrize("language", ["sv", "en"])
def test_a_contact_accepts_the_fee_for_an_employee_and_it_is_on_the_invoice_basis(
    walk: Walk, language: str
) -> None:
    path = walk(language)
    anna = path.invited()
    path.started()
    anna.log_in().open(path.fee_page()).press(path.t("Fråga företaget"))
    anna.reads(path.t("Frågan är skickad till företaget. Ingen är bunden än."))
    post(timezone.now())
    asked = latest_to("boss@example.org", path.t("Vill ni betala en kurs för %(person)s?")[:8])
    path.people["boss"].open(links_in(asked)[0]).reads("Anna Åström", path.t("Vi betalar inte"))
    boss = path.people["boss"].log_in().open(path.url("/foretag/"))
    boss.follow(path.t("Svara om kursen för %(person)s", person="Anna Åström"))
    boss.press(path.t("Godkänn avgiften för företaget"), invoice_to="Sågen AB", reference="K-17")
    boss.reads(path.t("Kryssa i rutan om du får besluta för företaget."))
    boss.press(path.t("Godkänn avgiften för företaget"), may_bind="on")
    boss.reads(path.t("Avgiften är godkänd och platsen är bekräftad."))
    anna.open(path.fee_page()).reads(path.t("%(company)s betalar.", company=FIRM))
    cora = path.people["cora"].log_in().open(path.url("/avgifter/"))
    one = ("Gör fakturaunderlag för %(n)s avgift", "Gör fakturaunderlag för %(n)s avgifter")
    cora.press(path.many(*one, 1))
    rows = cora.page.request.get(f"{cora.page.url}underlag.csv").text().splitlines()
    assert len(rows) == 2
    assert rows[1].split(";")[1:7] == [
        FIRM,
        path.company.shown_number,
        "Sågen AB",
        "K-17",
        "Berit Boss",
        timezone.localdate().isoformat(),
    ]
    cora.press(path.t("Markera alla som fakturerade"))
    cora.reads(path.t("fakturerad"))
    assert LedgerEntry.objects.count() == 0
