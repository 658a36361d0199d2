import pytest
from django.db import transaction

from companies.models import Company
from companies.numbers import read
from companies.rules import Kind
from companies.sealing import digest, opened
from companies.steps import company_told
from tests.factories import NOW, make_company

pytestmark = pytest.mark.django_db


def told(name: str = "Malå Trä AB", number: str = "") -> Company:
    with transaction.atomic():
        return company_told(name=name, number=read(number) if number else None, now=NOW)


def test_a_company_is_written_down_with_its_number() -> None:
    company = told(number="599000-0019")
    assert (company.name, company.number, company.kind) == (
        "Malå Trä AB",
        "5990000019",
        "enterprise",
    )
    assert (company.sealed_number, company.number_hint, company.needs_check) == ("", "", False)
    assert company.shown_number == "599000-0019"


def test_a_known_number_gives_the_company_we_have_whatever_name_was_typed() -> None:
    first = told(number="599000-0019")
    assert told(name="Malå trä", number="16599000-0019") == first
    assert [c.name for c in Company.objects.all()] == ["Malå Trä AB"]


def test_a_sole_traders_number_lies_sealed_and_is_found_again() -> None:
    company = told(name="Annas Bygg", number="19121212-1212")
    assert company.number is None
    assert (company.kind, company.number_hint) == (Kind.SOLE_TRADER, "12")
    assert opened(company.sealed_number) == "1212121212"
    assert company.shown_number == "••••••-••12"
    assert told(name="Annas bygg", number="121212+1212") == company


def test_no_column_of_a_sole_trader_holds_the_number_in_the_open() -> None:
    company = told(name="Annas Bygg", number="121212-1212")
    row = Company.objects.filter(pk=company.pk).values_list().get()
    assert [value for value in row if "121212" in str(value)] == []
    assert company.number_digest == digest("1212121212")


def test_without_a_number_names_alone_never_join_two_companies() -> None:
    first, second = told(), told()
    assert first != second
    assert {first.needs_check, second.needs_check} == {True}
    assert first.shown_number == ""


def test_a_company_without_a_number_does_not_take_the_number_of_another() -> None:
    known = make_company(name="Malå Trä AB")
    assert told() != known
