"""The certificate by link: walked through, left and returned to, handed in once, read for ever."""

import re
from typing import Any

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from companies.rules import Sector
from deminimis.models import Certificate, DeclaredAid
from tests.deminimis.pages import answered, draft, path_of, rows, text_of, words_in
from tests.factories import TODAY, make_certificate, make_company, make_declared_aid, make_user

pytestmark = pytest.mark.django_db

ALMI = {"granter": "Almi", "when": "2025", "amount": "25 000"}
TICKS = {"is_authorised": "on", "covers_group": "on", "is_true": "on"}


def read_again(certificate: Certificate) -> Certificate:
    return Certificate.objects.get(pk=certificate.pk)


def test_a_whole_certificate_is_filled_in_page_by_page_and_handed_in(client: Client) -> None:
    certificate = draft()
    path = path_of(certificate)
    walk: list[tuple[str, dict[str, str], str]] = [
        ("du", {"name": "Fia Ek", "is_authorised": "ja"}, "foretaget"),
        ("foretaget", {}, "grupp"),
        ("grupp", {"is_group": "ja", "names": "Syster AB"}, "verksamhet"),
        ("verksamhet", {"sector": "primary_agriculture"}, "rakenskaper"),
        ("rakenskaper", {"are_separate": "ja"}, "stod"),
        ("stod", rows(ALMI), "granska"),
    ]
    for page, told, after in walk:
        assert client.get(f"{path}{page}/").status_code == 200
        response = client.post(f"{path}{page}/", told)
        assert (page, response.status_code, response["Location"]) == (page, 302, f"{path}{after}/")
    assert "Syster AB" in text_of(client, f"{path}granska/")
    client.force_login(make_user(name="Fia Ek"))
    response = client.post(f"{path}skriv-under/", TICKS)
    assert (response.status_code, response["Location"]) == (302, path)
    kept = read_again(certificate)
    assert (kept.state, kept.signer_name, kept.is_group) == ("submitted", "Fia Ek", True)
    assert (kept.sector, kept.separate_accounts) == (Sector.PRIMARY_AGRICULTURE, True)
    line = DeclaredAid.objects.get()
    assert (line.granter, line.year, line.granted_on, str(line.amount)) == (
        "Almi",
        2025,
        None,
        "25000.00",
    )
    assert "Intyget är inlämnat" in text_of(client, path)


@pytest.mark.parametrize(
    ("page", "named"), [("du", "is_authorised"), ("grupp", "is_group"), ("verksamhet", "sector")]
)
def test_no_answer_is_chosen_beforehand(client: Client, page: str, named: str) -> None:
    content = client.get(f"{path_of(draft())}{page}/").content.decode()
    assert f'name="{named}"' in content
    assert " checked" not in content


def test_nothing_is_ticked_beforehand_in_the_declaration(client: Client) -> None:
    client.force_login(make_user())
    content = client.get(f"{path_of(answered())}skriv-under/").content.decode()
    assert content.count('type="checkbox"') == 3
    assert " checked" not in content


def test_nothing_received_is_one_click(client: Client) -> None:
    certificate = answered(none_received=None)
    response = client.post(f"{path_of(certificate)}stod/", {"do": "none"})
    assert response["Location"] == f"{path_of(certificate)}granska/"
    assert read_again(certificate).none_received is True


def test_one_may_save_and_come_back_by_the_same_link(client: Client) -> None:
    certificate = draft()
    path = path_of(certificate)
    told = {"name": "Fia", "is_authorised": "nej", "do": "later"}
    assert client.post(f"{path}du/", told)["Location"] == path
    page = text_of(client, path)
    assert "Dina svar är sparade" in page
    assert "Kvar att svara på Företag som hör ihop Verksamheten Stöd de senaste tre åren" in page
    assert 'value="Fia"' in client.get(f"{path}du/").content.decode()


def test_a_change_from_the_review_leads_back_to_the_review(client: Client) -> None:
    path = path_of(answered())
    told = {"name": "Bo", "is_authorised": "ja"}
    assert client.post(f"{path}du/", told)["Location"] == f"{path}granska/"


def test_accounts_are_asked_about_only_where_there_is_something_to_keep_apart(
    client: Client,
) -> None:
    path = path_of(draft())
    assert client.get(f"{path}rakenskaper/")["Location"] == f"{path}du/"


@pytest.mark.parametrize(
    ("told", "sentence"),
    [
        ({"amount": "-5"}, "Beloppet kan inte vara mindre än noll."),
        ({"amount": "mycket"}, "Skriv beloppet med siffror, till exempel 12 500 eller 980,50."),
        ({"amount": "NaN"}, "Skriv beloppet med siffror, till exempel 12 500 eller 980,50."),
        ({"amount": "9" * 400}, "Beloppet är för stort. Kontrollera antalet nollor."),
        ({"amount": "0"}, "Skriv ett belopp som är större än noll."),
        ({"amount": "12.500"}, "Skriv högst två decimaler, och inga punkter mellan tusental."),
        ({"amount": "", "regulation": "2023/2831"}, "Skriv hur stort stödet var, eller välj Vet"),
        ({"when": "", "regulation": "2023/2831"}, "Skriv när stödet beslutades, eller välj Vet"),
        ({"when": "2999-01-01"}, "Dagen har inte varit än. Skriv den dag då stödet beslutades."),
        ({"when": "2999"}, "Året har inte varit än. Skriv det år då stödet beslutades."),
        ({"when": "2025-02-30"}, "Den dagen finns inte i almanackan."),
        ({"when": "0000-00-00"}, "Den dagen finns inte i almanackan."),
        ({"when": "i våras"}, "Skriv dagen som 2025-03-14, eller bara året: 2025."),
        (
            {"when": "1999"},
            "Stöd från före 2014 behöver inte vara med. Kontrollera årtalet eller ta bort raden.",
        ),
        (
            {"when": "2023"},
            "Det slaget av stöd finns först från 2024. Välj ett annat, eller Vet inte.",
        ),
        ({"granter": ""}, "Skriv vem som gav stödet."),
        ({"currency": "USD"}, "Välj ett giltigt alternativ."),
    ],
)
def test_what_cannot_be_is_told_at_its_field_and_nothing_typed_is_lost(
    client: Client, told: dict[str, str], sentence: str
) -> None:
    certificate = answered(none_received=None)
    row = {"granter": "Kommunen", "when": "2025-01-02", "amount": "77", "regulation": "unknown"}
    row |= {"regulation": "2023/2831"} if told.get("when") == "2023" else {}
    response = client.post(f"{path_of(certificate)}stod/", rows({**row, **told}))
    content = response.content.decode()
    assert response.status_code == 200
    if "currency" not in told:
        assert sentence in words_in(content)
    for name, value in {**row, **told}.items():
        if name in {"granter", "when", "amount"} and value:
            assert f'value="{value}"' in content
    assert (DeclaredAid.objects.count(), read_again(certificate).none_received) == (0, None)


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("12 500,50", "12500.50"),
        ("12\u00a0500", "12500.00"),
        ("980.5", "980.50"),
        ("0,01", "0.01"),
        ("1000000000", "1000000000.00"),
    ],
)
def test_amounts_are_read_as_people_write_them(client: Client, typed: str, kept: str) -> None:
    certificate = draft()
    client.post(f"{path_of(certificate)}stod/", rows({**ALMI, "amount": typed}))
    assert str(DeclaredAid.objects.get().amount) == kept


def test_empty_rows_and_removed_rows_are_left_out(client: Client) -> None:
    certificate = draft()
    gone = {**ALMI, "granter": "Bort", "remove": "on"}
    client.post(f"{path_of(certificate)}stod/", rows({}, ALMI, gone, {"currency": "EUR"}))
    assert list(DeclaredAid.objects.values_list("granter", flat=True)) == ["Almi"]


@pytest.mark.parametrize(
    "posted", [{}, rows(), rows({}), rows({**ALMI, "remove": "on"}), {"stod-TOTAL_FORMS": "x"}]
)
def test_an_empty_list_says_nothing_about_none_received(
    client: Client, posted: dict[str, str]
) -> None:
    certificate = draft()
    response = client.post(f"{path_of(certificate)}stod/", posted)
    assert response.status_code == 200
    assert "Det är något som behöver rättas" in words_in(response.content.decode())
    assert read_again(certificate).none_received is None


def test_more_rows_than_a_page_holds_are_refused_in_words(client: Client) -> None:
    certificate = draft()
    many = rows(*[ALMI] * 3) | {"stod-TOTAL_FORMS": "5000"}
    response = client.post(f"{path_of(certificate)}stod/", many)
    assert "Du kan skriva högst 100 stöd här." in words_in(response.content.decode())
    assert DeclaredAid.objects.count() == 0


def test_a_sole_traders_number_is_never_shown_in_full(client: Client) -> None:
    company = make_company(number=None, number_digest=None)
    path = path_of(answered(company=company))
    client.post(f"{path}foretaget/", {"number": "811228-9874"})
    for page in ("", "foretaget/", "granska/"):
        content = client.get(f"{path}{page}").content.decode()
        # Within a token the four figures may stand by chance.
        assert re.findall(r"(?<!\w)9874(?!\w)", content) == []
    assert "••••••-••74" in text_of(client, f"{path}granska/")


def test_a_number_that_another_has_is_refused_without_telling_whose_it_is(client: Client) -> None:
    other = make_company(name="Hemliga AB")
    company = make_company(number=None, number_digest=None)
    response = client.post(f"{path_of(draft(company=company))}foretaget/", {"number": other.number})
    page = words_in(response.content.decode())
    assert "Vi kan inte föra in numret härifrån." in page
    assert "Hemliga" not in page


def test_who_may_not_sign_is_told_to_pass_the_link_on(client: Client) -> None:
    certificate = answered(signer_authorised=False)
    assert "Skicka länken till någon som får skriva under" in text_of(
        client, f"{path_of(certificate)}granska/"
    )
    client.post(f"{path_of(certificate)}skriv-under/", TICKS)
    assert read_again(certificate).state == "draft"


@pytest.mark.parametrize("unticked", ["is_authorised", "covers_group", "is_true"])
def test_a_missing_tick_is_told_at_its_box(client: Client, unticked: str) -> None:
    client.force_login(make_user())
    certificate = answered()
    ticks = {name: on for name, on in TICKS.items() if name != unticked}
    response = client.post(f"{path_of(certificate)}skriv-under/", ticks)
    assert f'id="id_{unticked}_error"' in response.content.decode()
    assert read_again(certificate).state == "draft"


def test_what_was_handed_in_is_read_only(client: Client) -> None:
    certificate = make_certificate(state="submitted", is_group=False, separate_accounts=False)
    path = path_of(certificate)
    assert client.get(f"{path}du/")["Location"] == path
    response = client.post(f"{path}du/", {"name": "Ny", "is_authorised": "ja"})
    assert response.status_code == 409
    assert "ingenting ändrades" in words_in(response.content.decode())
    assert read_again(certificate).signer_name == "Fia Firmatecknare"
    assert "Ändra" not in text_of(client, path)


def test_a_certificate_is_taken_back_by_post_only_and_a_new_one_begun(client: Client) -> None:
    certificate = make_certificate(state="submitted")
    path = path_of(certificate)
    assert client.get(f"{path}ta-tillbaka/").status_code == 200
    assert read_again(certificate).state == "submitted"
    client.post(f"{path}ta-tillbaka/")
    assert read_again(certificate).state == "withdrawn"
    assert client.get(f"{path}nytt/")["Location"] == path
    assert Certificate.objects.count() == 1
    response = client.post(f"{path}nytt/", follow=True)
    assert "Fyll i intyget" in words_in(response.content.decode())
    assert set(Certificate.objects.values_list("state", flat=True)) == {"withdrawn", "draft"}


@pytest.mark.parametrize("token", ["x", "1.1.1.falsk", "%00", "1.1.99999999999999.x"])
def test_a_forged_link_finds_nothing(client: Client, token: str) -> None:
    assert "Ingenting har ändrats" in text_of(client, f"/intyg/{token}/", status=404)
    assert "Ingenting har ändrats" in text_of(client, f"/intyg/{token}/du/", status=404)


def test_a_link_to_a_certificate_that_is_gone_finds_nothing(client: Client) -> None:
    certificate = draft()
    path = path_of(certificate)
    Certificate.objects.all().delete()
    assert "Länken går inte att använda" in text_of(client, path, status=404)


def test_a_link_holds_on_its_last_day_and_says_afterwards_what_is_saved_and_whom_to_ask(
    client: Client,
) -> None:
    certificate = draft()
    assert client.get(path_of(certificate, days=0)).status_code == 200
    page = text_of(client, path_of(certificate, days=-1), status=410)
    assert "Länken har gått ut" in page
    assert "Det som är ifyllt finns sparat" in page
    assert "hej@example.org" in page
    assert client.post(f"{path_of(certificate, days=-1)}stod/", {"do": "none"}).status_code == 410
    assert read_again(certificate).none_received is None


def test_a_newer_link_makes_the_older_one_void(client: Client) -> None:
    certificate = draft(link_generation=2)
    assert "Det finns en nyare länk" in text_of(client, path_of(certificate), status=410)
    assert client.get(path_of(certificate, generation=2)).status_code == 200


def test_a_page_that_does_not_exist_is_not_found(client: Client) -> None:
    assert client.get(f"{path_of(draft())}hittepa/").status_code == 404


def test_the_pages_set_no_cookie_and_are_not_kept(client: Client) -> None:
    for page in ("", "du/", "stod/", "granska/"):
        response = client.get(f"{path_of(answered())}{page}")
        assert response.cookies == {}
        assert "no-store" in response["Cache-Control"]


def test_a_foreign_page_cannot_post_for_somebody() -> None:
    strict = Client(enforce_csrf_checks=True)
    certificate = draft()
    told: dict[str, Any] = {"headers": {"sec-fetch-site": "cross-site"}}
    response = strict.post(f"{path_of(certificate)}stod/", {"do": "none"}, **told)
    assert (response.status_code, read_again(certificate).none_received) == (403, None)


@pytest.mark.parametrize("many", [1, 100])
def test_a_long_list_takes_no_more_queries(
    client: Client, django_assert_num_queries: DjangoAssertNumQueries, many: int
) -> None:
    certificate = make_certificate(state="submitted", none_received=False)
    for number in range(many):
        make_declared_aid(certificate=certificate, granter=f"Givare {number}")
    path = path_of(certificate)
    client.get(path)
    with django_assert_num_queries(3):
        page = text_of(client, path)
    assert f"Givare {many - 1}" in page
    assert str(TODAY) in page
