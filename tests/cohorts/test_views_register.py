"""The register: the due list, the file with the law's fields, a mark that is made once."""

import csv
import io
from datetime import date, timedelta
from decimal import Decimal

import openpyxl
import pytest
from django.test import Client, override_settings
from django.utils import timezone

from accounts.rules import Role
from cohorts.views.exports import inert
from companies.models import Company
from companies.sealing import digest, sealed
from deminimis.models import LedgerEntry, RegisterMark
from deminimis.queries.ledger import working_days_left
from tests.cohorts.aid_world import approved, confirm, offer, today
from tests.deminimis.pages import text_of, words_in
from tests.factories import make_company, make_entry, make_user

pytestmark = pytest.mark.django_db

HEADINGS = [
    "Stödmottagare",
    "Organisationsnummer",
    "Belopp i kronor",
    "Belopp i euro",
    "Datum för stödbeslutet",
    "Stödgivare",
    "Stödform",
    "Sektor",
    "Registrerat",
    "Referens",
]
FORM = "Kursplats utan avgift (subventionerad tjänst)"
GIVER = "Exempelregionen (påhittad)"


def officer(client: Client) -> Client:
    client.force_login(make_user(role=Role.AID_OFFICER))
    return client


def sole_trader(**fields: str) -> Company:
    number = "8112289874"
    return make_company(
        **{
            "number": None,
            "kind": "sole_trader",
            "sealed_number": sealed(number),
            "number_hint": "74",
            "number_digest": digest(number),
            **fields,
        }
    )


def csv_rows(client: Client, asked: str = "") -> list[list[str]]:
    response = client.get(f"/stod/register/register.csv{asked}")
    assert response["Content-Disposition"].endswith('.csv"')
    return list(csv.reader(io.StringIO(response.content.decode("utf-8-sig")), delimiter=";"))


@pytest.mark.parametrize(
    ("due_on", "left"),
    [
        (date(2026, 3, 13), 3),
        (date(2026, 3, 11), 1),
        (date(2026, 3, 10), 0),
        (date(2026, 3, 9), -1),
        (date(2026, 3, 6), -2),
        (date(2026, 4, 7), 18),
    ],
)
def test_days_left_are_working_days(due_on: date, left: int) -> None:
    assert working_days_left(due_on, today=date(2026, 3, 10)) == left


def test_a_granted_place_stands_on_the_list_from_that_day_and_is_due_in_twenty_working_days(
    client: Client,
) -> None:
    company = make_company(name="Granting AB")
    approved(company)
    confirm(offer(company))
    page = text_of(officer(client), "/stod/register/")
    assert "Granting AB" in page
    assert "11 000 kr 1 000 euro" in page
    assert "20 arbetsdagar kvar" in page


def test_a_late_line_comes_first_and_says_how_late(client: Client) -> None:
    make_entry(company=make_company(name="Lugn AB"), register_due_on=today() + timedelta(days=9))
    make_entry(company=make_company(name="Sen AB"), register_due_on=today() - timedelta(days=7))
    page = text_of(officer(client), "/stod/register/")
    assert page.index("Sen AB") < page.index("Lugn AB")
    assert "5 arbetsdagar försenat" in page


def test_the_file_has_the_laws_fields_and_opens_a_sole_traders_number(client: Client) -> None:
    legal = make_company(name="Bolag AB")
    make_entry(company=legal, amount_sek=Decimal("11000.50"), amount_eur=Decimal("1000.05"))
    make_entry(company=sole_trader(name="Firma Fia"), register_due_on=date(2999, 1, 1))
    number = legal.number or ""
    day = str(LedgerEntry.objects.all()[0].granted_on)
    assert csv_rows(officer(client)) == [
        HEADINGS,
        [
            "Bolag AB",
            f"{number[:6]}-{number[6:]}",
            "11000,50",
            "1000,05",
            day,
            GIVER,
            FORM,
            "annan verksamhet",
            "",
            "",
        ],
        [
            "Firma Fia",
            "811228-9874",
            "11000,00",
            "1000,00",
            day,
            GIVER,
            FORM,
            "annan verksamhet",
            "",
            "",
        ],
    ]
    for page in ("/stod/register/", "/stod/"):
        assert "9874" not in text_of(client, page)


def test_the_spreadsheet_says_the_same_with_numbers_and_days_as_such(client: Client) -> None:
    entry = make_entry(company=sole_trader(name="=HYPERLINK(1)"))
    response = officer(client).get("/stod/register/register.xlsx")
    sheet = openpyxl.load_workbook(io.BytesIO(response.content)).worksheets[0]
    head, row = ([cell.value for cell in line] for line in sheet.iter_rows())
    assert head == HEADINGS
    assert row[:4] == ["'=HYPERLINK(1)", "811228-9874", 11000, 1000]
    assert str(row[4]) == f"{entry.granted_on} 00:00:00"
    assert {cell.data_type for cell in sheet[2]} <= {"s", "n", "d"}


@pytest.mark.parametrize("start", [*"=+-@\t\r", " =", "\u00a0+", "＝", "＠"])
def test_a_cell_that_begins_like_a_formula_is_inert(start: str) -> None:
    assert inert(f"{start}1+1") == f"'{start}1+1"


@pytest.mark.parametrize("text", ["Bolag AB", "3-2-1 AB", "", "Åkeri = bra"])
def test_other_words_are_left_as_they_are(text: str) -> None:
    assert inert(text) == text


def test_a_company_called_like_a_formula_is_only_a_name_in_the_file(client: Client) -> None:
    make_entry(company=make_company(name="@SUM(A1:A9)"))
    assert csv_rows(officer(client))[1][0] == "'@SUM(A1:A9)"


def test_a_number_that_no_key_opens_is_told_and_no_file_is_made(client: Client) -> None:
    make_entry(company=sole_trader())
    officer(client)
    with override_settings(SEALING_KEYS=["YW5vdGhlci1rZXktdGhhdC1vcGVucy1ub3RoaW5nISE="]):
        response = client.get("/stod/register/register.csv", follow=True)
    assert "Filen kunde inte göras" in words_in(response.content.decode())


def test_a_line_is_marked_moves_to_the_registered_and_is_marked_once(client: Client) -> None:
    entry = make_entry(company=make_company(name="Klar AB"), granted_on=today())
    path = f"/stod/register/{entry.pk}/"
    assert "Markera som registrerat" in text_of(officer(client), path)
    told = {"registered_on": str(today()), "reference": "R-1"}
    response = client.post(path, told, follow=True)
    assert "Stödet är markerat som registrerat." in words_in(response.content.decode())
    assert "Klar AB" not in text_of(client, "/stod/register/")
    assert "Klar AB" in text_of(client, "/stod/register/?visa=registrerade")
    assert csv_rows(client, "?visa=registrerade")[1][-2:] == [str(today()), "R-1"]
    response = client.post(path, {**told, "reference": "R-2"})
    assert "Stödet är redan registrerat." in words_in(response.content.decode())
    assert RegisterMark.objects.get().reference == "R-1"


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ("", "Skriv dagen då stödet registrerades."),
        ("igår", "Skriv dagen som 2026-11-24."),
        ("2001-01-01", "Dagen ligger före stödbeslutet."),
        ("2999-01-01", "Dagen har inte varit än."),
    ],
)
def test_an_impossible_day_is_told_and_nothing_is_written(
    client: Client, typed: str, sentence: str
) -> None:
    entry = make_entry(granted_on=today())
    told = {"registered_on": typed, "reference": "R-1"}
    response = officer(client).post(f"/stod/register/{entry.pk}/", told)
    content = response.content.decode()
    assert sentence in words_in(content)
    assert 'value="R-1"' in content
    assert RegisterMark.objects.count() == 0


def test_an_empty_register_explains_itself(client: Client) -> None:
    assert "Inget att registrera" in text_of(officer(client), "/stod/register/")
    assert "Inget är registrerat än" in text_of(client, "/stod/register/?visa=registrerade")
    assert csv_rows(client) == [HEADINGS]


def test_a_long_register_is_shown_fifty_at_a_time(client: Client) -> None:
    for number in range(51):
        make_entry(company=make_company(name=f"Rad {number:02} AB"), entered_at=timezone.now())
    page = text_of(officer(client), "/stod/register/")
    assert ("51 stöd" in page, page.count("Rad ")) == (True, 50)
    assert text_of(client, "/stod/register/?page=2").count("Rad ") == 1
