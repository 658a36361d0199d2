"""Fee pages: what is said to the wrong person, too late, twice, or to what cannot be read."""

import io
from typing import Any

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from accounts.models import User
from accounts.rules import Role
from accounts.steps import LINK
from cohorts.actions import invoicing, payments
from cohorts.emails.fees import fee_asked
from cohorts.models import CourseRound, Fee, Participation, ProviderOrder, Voucher
from cohorts.steps.payments import Invoice
from tests.aftermath import everything, read_again
from tests.cohorts.aid_world import approved, make_round, offer, today
from tests.factories import make_company, make_contact, make_user

pytestmark = pytest.mark.django_db(transaction=True)


def farmer(round_: CourseRound, **interest: Any) -> Participation:
    """Return an offer that costs a fee."""
    company = approved(make_company(), sector="primary_agriculture").company
    return offer(company, to=round_, **interest)


def asked(participation: Participation) -> Fee:
    refused = payments.ask_company(
        participation_id=participation.pk,
        by=participation.enrolment.user,
        seen_decision_id=participation.fee_decisions.get(is_current=True).pk,
        name="Karin Chef",
        email="chef@example.org",
        now=timezone.now(),
    )
    assert refused is None
    return participation.fees.get(state="asked")


def accepted(participation: Participation) -> Fee:
    fee = asked(participation)
    invoice = Invoice(to="Sågen AB")
    refused = payments.accept_fee(
        fee_id=fee.pk, actor=LINK, signer="Karin Chef", invoice=invoice, now=timezone.now()
    )
    assert refused is None
    return read_again(fee)  # type: ignore[no-any-return]  # a row of any table


def link_to(fee: Fee) -> str:
    fee = Fee.objects.select_related("company", "participation__round__course").get(pk=fee.pk)
    return fee_asked(fee, last_day=today()).links["fee"].signed_path()


def as_user(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


def text(response: Any) -> str:
    return " ".join(response.content.decode().replace("\u00a0", " ").split())


def test_somebody_elses_fee_is_not_there() -> None:
    participation = farmer(make_round())
    client = as_user(make_user())
    for page in ("", "betala/"):
        assert client.get(f"/avgift/{participation.pk}/{page}").status_code == 404
    assert client.post(f"/avgift/{participation.pk}/", {"do": "sit_out"}).status_code == 404


def test_an_employee_cannot_name_themselves_as_the_one_who_decides() -> None:
    participation = farmer(make_round())
    client = as_user(participation.enrolment.user)
    before = everything()
    response = client.post(
        f"/avgift/{participation.pk}/",
        {
            "do": "ask_company",
            "seen": participation.fee_decisions.get().pk,
            "name": "Jag",
            "email": participation.enrolment.interest.email.upper(),
        },
    )
    assert "Det är din egen adress." in text(response)
    assert everything() == before


@pytest.mark.parametrize("may_sign", [True, False])
def test_only_who_may_sign_answers_for_the_company(*, may_sign: bool) -> None:
    fee = asked(farmer(make_round()))
    assert fee.company is not None
    user = make_user()
    make_contact(fee.company, user, may_sign=may_sign)
    client = as_user(user)
    assert client.get(f"/avgift/foretag/{fee.pk}/").status_code == (200 if may_sign else 404)
    assert (f"/avgift/foretag/{fee.pk}/" in text(client.get("/foretag/"))) is may_sign


def test_a_link_shows_on_get_binds_only_by_a_ticked_box_and_holds_once() -> None:
    fee = asked(farmer(make_round()))
    path, client = link_to(fee), Client()
    before = everything()
    assert "Vi betalar inte" in text(client.get(path))
    told = {"do": "accept", "signer": "Karin Chef", "invoice_to": "Sågen AB"}
    assert "Kryssa i rutan om du får besluta" in text(client.post(path, told))
    assert everything() == before
    response = client.post(path, {**told, "may_bind": "on"}, follow=True)
    assert "Avgiften är godkänd" in text(response)
    assert response.cookies == {} or "csrftoken" not in response.cookies
    late = client.post(path, {"do": "decline"}, follow=True)
    assert "Frågan är inte öppen längre." in text(late)


def test_a_forged_link_is_none_and_an_older_one_says_so() -> None:
    fee = asked(farmer(make_round()))
    path = link_to(fee)
    assert Client().get(f"{path[:-5]}xxxx/").status_code == 404
    Fee.objects.update(link_generation=2)
    response = Client().get(path)
    assert (response.status_code, "Det finns en nyare länk" in text(response)) == (410, True)


def staff(role: Role = Role.COORDINATOR) -> Client:
    return as_user(make_user(role=role))


def places(round_: CourseRound, page: str = "platser/") -> str:
    return f"/handledare/grupper/{round_.cohort_id}/kurser/{round_.pk}/{page}"


ORDER = {"do": "order", "kind": "voucher", "places": "3", "ordered_on": "2026-03-10"}


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("A-1\n\nA-2", "Rad 2: raden är tom."),
        ("A-1\nA-1", "Rad 2: koden står flera gånger."),
        ("A-1 A-2", "Rad 1: det står mer än en kod på raden."),
        ("  \n", "Klistra in koderna"),
        ("A\nB\nC\nD", "Koderna är fler än platserna"),
    ],
)
def test_codes_that_cannot_be_taken_are_told_by_line_and_none_is_saved(
    typed: str, said: str
) -> None:
    round_, client = make_round(), staff()
    client.post(places(round_), ORDER)
    assert ProviderOrder.objects.count() == 1
    response = client.post(places(round_, "platser/koder/"), {"text": typed, "do": "save"})
    assert said in text(response)
    assert Voucher.objects.count() == 0


def test_codes_come_in_a_spreadsheet_too_and_are_looked_at_before_they_are_saved() -> None:
    round_, client = make_round(), staff()
    client.post(places(round_), ORDER)
    book = openpyxl.Workbook()
    sheet = book.create_sheet(index=0)
    for row in (["KOD-1111"], ["KOD-2222"]):
        sheet.append(row)
    out = io.BytesIO()
    book.save(out)
    file = SimpleUploadedFile("koder.xlsx", out.getvalue())
    page = client.post(places(round_, "platser/koder/"), {"file": file})
    assert ("Spara 2 koder" in text(page), Voucher.objects.count()) == (True, 0)
    client.post(places(round_, "platser/koder/"), {"text": "KOD-1111\r\nKOD-2222", "do": "save"})
    assert list(Voucher.objects.order_by("id").values_list("code", flat=True)) == [
        "KOD-1111",
        "KOD-2222",
    ]
    assert "KOD-1111" not in text(client.get(places(round_)))


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"PK\x03\x04 no book", "Filen går inte att läsa."),
        (b"\x00\x01\x02", "Filen går inte att läsa."),
        (b"A" * 200_001, "Filen är för stor."),
    ],
)
def test_a_file_that_is_none_is_refused_in_words(content: bytes, said: str) -> None:
    round_, client = make_round(), staff()
    client.post(places(round_), ORDER)
    file = SimpleUploadedFile("koder.csv", content)
    assert said in text(client.post(places(round_, "platser/koder/"), {"file": file}))


@pytest.mark.parametrize("price", ["-1", "100000.01", "1e9", "gratis", "12.345"])
def test_a_price_that_is_negative_enormous_or_none_is_refused_at_the_field(price: str) -> None:
    round_, client = make_round(), staff()
    told = {"price_sek": price, "meeting_value_sek": "0", "meetings_valued": "0"}
    response = client.post(places(round_, "varde/"), told)
    assert 'id="id_price_sek-error"' in text(response) or "govuk-error-message" in text(response)
    assert read_again(round_).price_sek == round_.price_sek


def test_fewer_places_than_have_said_yes_are_not_ordered() -> None:
    round_, client = make_round(), staff()
    accepted(farmer(round_))
    accepted(farmer(round_))
    response = client.post(places(round_), {**ORDER, "places": "1"})
    assert "Fler har redan sagt ja än så många platser." in text(response)
    assert ProviderOrder.objects.count() == 0


def test_a_paid_fee_is_not_paid_again() -> None:
    fee = accepted(farmer(make_round()))
    by = make_user()
    now = timezone.now()
    assert invoicing.make_batch(by=by, now=now) is not None
    client = staff(Role.AID_OFFICER)
    told = {"on": today().isoformat(), "number": "F-1"}
    for to in ("invoiced", "paid"):
        client.post(f"/avgifter/{fee.pk}/", {**told, "to": to})
    assert read_again(fee).state == "paid"
    again = client.post(f"/avgifter/{fee.pk}/", {**told, "to": "paid"})
    assert "Avgiften är redan betald. Ingenting ändrades." in text(again)
    without = client.post(f"/avgifter/{fee.pk}/", {**told, "to": "credited"})
    assert "Skriv varför." in text(without)


def test_a_fee_is_not_ended_on_its_page_while_the_person_has_the_place() -> None:
    fee = accepted(farmer(make_round()))
    client, page = staff(Role.AID_OFFICER), f"/avgifter/{fee.pk}/"
    shown = text(client.get(page))
    assert "när deltagaren inte längre har sin plats i kursen" in shown
    assert ('value="invoiced"' in shown, 'value="cancelled"' in shown) == (True, False)
    told = {"on": today().isoformat(), "to": "cancelled", "why": "Fel."}
    assert "Avgiften gäller så länge" in text(client.post(page, told))
    assert read_again(fee).state == "accepted"
    Participation.objects.update(state="dropped")
    assert 'value="cancelled"' in text(client.get(page))
    client.post(page, told)
    assert read_again(fee).state == "cancelled"


def test_an_invoice_basis_is_the_same_file_each_time() -> None:
    accepted(farmer(make_round()))
    client = staff()
    client.post("/avgifter/underlag/")
    second = client.post("/avgifter/underlag/", follow=True)
    assert "Det finns inga nya avgifter att fakturera." in text(second)
    fee = Fee.objects.get()
    path = f"/avgifter/underlag/{fee.batch_id}/underlag.csv"
    first = client.get(path).content
    assert (client.get(path).content, first.count(b"\r\n")) == (first, 2)
    assert "11000,00;25,00;2750,00;13750,00;30;godkänd, att fakturera" in first.decode()
    sheet = openpyxl.load_workbook(io.BytesIO(client.get(f"{path[:-3]}xlsx").content)).worksheets[0]
    assert [sheet.cell(2, column).value for column in (10, 12, 13)] == [11000, 2750, 13750]
    assert "avbruten" not in text(client.get(f"/avgifter/underlag/{fee.batch_id}/"))
    Fee.objects.update(state="cancelled")
    page = text(client.get(f"/avgifter/underlag/{fee.batch_id}/"))
    assert "1 avgift är avbruten och ska inte faktureras." in page


@pytest.mark.parametrize("role", [Role.FACILITATOR, Role.AUDITOR, Role.COACH])
def test_others_do_not_see_the_books(role: Role) -> None:
    assert staff(role).get("/avgifter/").status_code == 403


@pytest.mark.parametrize("many", [1, 3])
def test_the_list_of_fees_takes_as_many_statements_for_many_as_for_one(
    many: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    round_ = make_round()
    for _ in range(many):
        accepted(farmer(round_))
    client = staff()
    client.get("/avgifter/")
    with django_assert_num_queries(8):
        page = text(client.get("/avgifter/"))
    assert page.count("/avgifter/") >= many
