"""The officer's pages about a case: a word, a batch, a change of aid, the PDF, a day long ago."""

import io
from datetime import timedelta
from decimal import Decimal

import pikepdf
import pytest
from django.test import Client
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from accounts.rules import Role
from cohorts.queries.aid import TaskKind, waiting_for_officers
from companies.models import CompanyChange
from deminimis.engine import Rule, TraceCode
from deminimis.models import Certificate, LedgerEntry, Settlement
from deminimis.words import RULES, TRACE
from tests.cohorts.aid_world import approved, confirm, handed_in, make_round, offer, today
from tests.cohorts.test_actions_settling import in_review
from tests.deminimis.pages import text_of, words_in
from tests.factories import (
    make_certificate,
    make_company,
    make_control,
    make_declared_aid,
    make_entry,
    make_user,
)

pytestmark = pytest.mark.django_db(transaction=True)


def officer(client: Client) -> Client:
    client.force_login(make_user(role=Role.AID_OFFICER))
    return client


@pytest.mark.pure
def test_every_rule_and_every_line_of_a_trace_has_words() -> None:
    assert (set(RULES), set(TRACE)) == (set(Rule), set(TraceCode))
    assert [words for words in (*RULES.values(), *TRACE.values()) if not str(words)] == []


def test_one_officer_proposes_and_another_approves(client: Client) -> None:
    participation, key = in_review()
    path = f"/stod/arenden/{participation.pk}/"
    word = {"do": "settle", "key": key, "counts_eur": "0", "reason": "Besked.", "no_conflict": "on"}
    untold = officer(client).post(path, {**word, "counts_eur": "", "no_conflict": ""})
    said = words_in(untold.content.decode())
    assert "Skriv hur många euro som räknas." in said
    assert "Är du jävig ska en kollega avgöra." in said
    client.post(path, word)
    proposal = Settlement.objects.get()
    page = f"/stod/forslag/{proposal.pk}/"
    assert "En kollega ska godkänna" in text_of(client, page)
    client.post(page, {"do": "approve", "no_conflict": "on"})
    assert Settlement.objects.get().state == "proposed"
    other = officer(Client())
    assert "Godkänn en kollegas förslag" in text_of(other, "/stod/")
    other.post(page, {"do": "approve", "no_conflict": "on"})
    assert Settlement.objects.get().state == "approved"
    assert "Företaget har utrymme kvar" in text_of(other, path)


def test_a_case_above_the_ceiling_offers_no_word(client: Client) -> None:
    company = make_company()
    certificate = approved(company, none_received=False)
    make_declared_aid(certificate=certificate, granted_on=today(), amount=Decimal(300_000))
    page = text_of(officer(client), f"/stod/arenden/{offer(company).pk}/")
    assert "Föreslå hur det ska avgöras" not in page


def test_the_case_is_one_tagged_pdf_with_what_a_court_asks_for(client: Client) -> None:
    company = make_company()
    certificate = approved(company, none_received=False)
    make_declared_aid(certificate=certificate, granter="#Almi *$", granted_on=today())
    participation = offer(company)
    confirm(participation)
    response = officer(client).get(f"/stod/arenden/{participation.pk}/pdf/")
    assert response["Content-Type"] == "application/pdf"
    with pikepdf.open(io.BytesIO(response.content)) as pdf:
        assert bool(pdf.Root.MarkInfo.Marked)
        assert f"EXEMPEL-{participation.pk}" in str(pdf.open_metadata()["dc:title"])
    page = text_of(client, f"/stod/arenden/{participation.pk}/")
    assert f"EXEMPEL-{participation.pk}" in page
    assert "begär omprövning" in page


def test_certificates_without_a_remark_are_approved_together_after_a_preview(
    client: Client,
) -> None:
    plain = [handed_in(make_company(name=name)) for name in ("Första AB", "Andra AB")]
    asked = handed_in(make_company(name="Oklar AB"), none_received=False)
    make_declared_aid(certificate=asked, regulation="unknown")
    handed_in(make_company(name="Ensam AB"), is_group=True)
    mother = make_company(name="Moder AB")
    plain.append(handed_in(mother, is_group=True))
    make_control(mother, make_company())
    handed_in(make_company(name="Utan nummer", number=None, number_digest=None))
    page = text_of(officer(client), "/stod/intyg/")
    names = ("Första AB", "Moder AB", "Oklar AB", "Ensam AB", "Utan nummer")
    assert [name for name in names if name in page] == ["Första AB", "Moder AB"]
    ids = [str(one.pk) for one in plain]
    client.post("/stod/intyg/", {"certificates": ids})
    assert Certificate.objects.filter(state="approved").count() == 0
    client.post("/stod/intyg/", {"certificates": ids, "no_conflict": "on"})
    assert set(Certificate.objects.filter(state="approved")) == set(plain)


def test_the_queue_is_by_due_day(client: Client) -> None:
    late = make_entry(register_due_on=today() - timedelta(days=3))
    certificate = handed_in(make_company())
    soon = make_entry(register_due_on=today() + timedelta(days=20))
    found = [(one.kind, one.row) for one in waiting_for_officers()]
    assert found == [
        (TaskKind.REGISTER, late.pk),
        (TaskKind.CERTIFICATE, certificate.pk),
        (TaskKind.REGISTER, soon.pk),
    ]
    assert f"Senast {late.register_due_on}" in text_of(officer(client), "/stod/")


def test_the_group_stands_as_a_list_and_a_table_as_it_was_on_a_day(client: Client) -> None:
    mother, daughter = make_company(name="Moder AB"), make_company(name="Dotter AB")
    make_control(mother, daughter, from_on=today() - timedelta(days=30), percent=Decimal("51.5"))
    path = f"/stod/foretag/{daughter.pk}/"
    now = text_of(officer(client), path)
    assert "Kopplingarna som tabell" in now
    assert "äger mer än hälften av rösterna 51" in now
    then = today() - timedelta(days=31)
    page = text_of(client, f"{path}?dag={then}")
    assert f"Utrymme {then}" in page
    assert "räknas inte med" in page
    assert client.get(f"{path}?dag=2026-99-99").status_code == 200


def test_aid_is_annulled_on_its_page_with_a_reason(client: Client) -> None:
    company = make_company()
    approved(company)
    confirm(offer(company))
    entry = company.ledger.get()
    path = f"/stod/register/{entry.pk}/andra/"
    said = words_in(officer(client).post(path, {"kind": "reduction"}).content.decode())
    assert "Skriv vad stödet blir." in said
    client.post(path, {"kind": "annulment", "why": "Hon slutade.", "no_conflict": "on"})
    line = LedgerEntry.objects.get(kind="annulment")
    assert "Hon slutade." in text_of(client, f"/stod/register/{line.pk}/")
    assert "upphävt" in text_of(client, f"/stod/register/{entry.pk}/")
    rows = client.get("/stod/register/register.csv").content.decode("utf-8-sig")
    assert [row.split(";")[2:4] for row in rows.splitlines()[1:]] == [
        ["11000,00", "1000,00"],
        ["0,00", "0,00"],
    ]


def test_recovery_opens_only_where_the_rule_says_so(client: Client) -> None:
    company = make_company()
    approved(company)
    confirm(offer(company))
    entry = company.ledger.get()
    path = f"/stod/register/{entry.pk}/aterkrav/"
    why = {"why": "Fel i intyget.", "no_conflict": "on"}
    said = words_in(officer(client).post(path, why).content.decode())
    assert "ryms stödet under taket" in said
    true = approved(company, none_received=False)
    make_declared_aid(certificate=true, granted_on=today(), amount=Decimal(300_000))
    opened = client.post(path, why)
    page = opened["Location"]
    past = {"do": "demand", "percent": "4,5", "pay_by": str(today())}
    assert "Dagen ska ligga framåt." in words_in(client.post(page, past).content.decode())
    client.post(page, {**past, "pay_by": str(today() + timedelta(days=30))})
    assert "krävt" in text_of(client, page)
    client.post(page, {"do": "paid"})
    assert "betalat" in text_of(client, page)


def test_a_merger_is_told_and_taken_back_on_its_pages(client: Client) -> None:
    company, other = make_company(name="Ett AB"), make_company(name="Två AB")
    path = f"/stod/foretag/{company.pk}/handelse/"
    told = {"kind": "merger-target", "on": str(today()), "name": "Två", "number": other.number}
    officer(client).post(path, {k: v or "" for k, v in told.items()})
    change = CompanyChange.objects.get()
    assert (change.source, change.target) == (other, company)
    assert "Två AB gick upp i Ett AB" in text_of(client, f"/stod/foretag/{company.pk}/")
    client.post(f"/stod/handelser/{change.pk}/", {"why": "Fel."})
    assert CompanyChange.objects.get().taken_back_at is not None


@pytest.mark.parametrize("many", [1, 4])
def test_the_desk_takes_as_many_statements_for_many_as_for_one(
    client: Client, django_assert_max_num_queries: DjangoAssertNumQueries, many: int
) -> None:
    make_round()
    for number in range(many):
        make_certificate(
            company=make_company(name=f"Firma {number}"),
            state="submitted",
            submitted_at=timezone.now(),
        )
        make_entry()
    officer(client).get("/stod/")
    with django_assert_max_num_queries(12):
        client.get("/stod/")
