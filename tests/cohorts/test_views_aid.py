"""The officer's pages: what waits, what a certificate would mean, what has been decided and why."""

from datetime import timedelta
from decimal import Decimal

import pytest
from django.test import Client
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from accounts.models import Change
from accounts.rules import Role
from cohorts.models import FeeDecision, Participation
from companies.models import Company
from deminimis.models import Certificate, DeclaredAid, LedgerEntry, Rate
from outbox.models import Message
from tests.cohorts.aid_world import approved, confirm, handed_in, make_round, offer, today
from tests.deminimis.pages import path_of, text_of, words_in
from tests.factories import (
    make_company,
    make_control,
    make_declared_aid,
    make_entry,
    make_user,
)

pytestmark = pytest.mark.django_db

APPROVE = {"do": "approve", "note": "", "no_conflict": "on"}
REJECT = {**APPROVE, "do": "reject"}

OFFICERS_PAGES = ["/stod/", "/stod/register/", "/stod/register/register.csv"]


def officer(client: Client) -> Client:
    client.force_login(make_user(role=Role.AID_OFFICER))
    return client


def kinds() -> list[str]:
    current = FeeDecision.objects.filter(is_current=True)
    return sorted(current.values_list("kind", flat=True))


@pytest.mark.parametrize("role", [r for r in Role if r is not Role.AID_OFFICER])
def test_only_an_officer_opens_the_desk(client: Client, role: Role) -> None:
    company = make_company()
    certificate, entry = handed_in(company), make_entry(company=company)
    pages = [
        *OFFICERS_PAGES,
        f"/stod/foretag/{company.pk}/",
        f"/stod/intyg/{certificate.pk}/",
        f"/stod/register/{entry.pk}/",
    ]
    assert {client.get(page).status_code for page in pages} == {302}
    client.force_login(make_user(role=role))
    assert {client.get(page).status_code for page in pages} == {403}


def test_the_desk_says_when_nothing_waits(client: Client) -> None:
    assert "Inget väntar just nu" in text_of(officer(client), "/stod/")


def test_the_desk_lists_what_waits_the_oldest_first_and_marks_what_is_late(client: Client) -> None:
    now = timezone.now()
    handed_in(make_company(name="Nyss AB"), submitted_at=now - timedelta(hours=1))
    handed_in(make_company(name="Länge AB"), submitted_at=now - timedelta(days=9))
    make_entry(
        company=make_company(name="Sent AB"),
        register_due_on=today() - timedelta(days=14),
        entered_at=now - timedelta(days=50),
    )
    page = text_of(officer(client), "/stod/")
    places = [page.index(name) for name in ("Sent AB", "Länge AB", "Nyss AB")]
    assert places == sorted(places)
    assert "arbetsdagar försenat" in page
    assert "2 intyg att granska 0 ärenden att avgöra 1 stöd att registrera" in page


def test_a_company_is_found_by_name_and_by_number_without_the_number_in_the_address(
    client: Client,
) -> None:
    company = make_company(name="Åkessons Åkeri AB")
    make_company(name="Annat AB")
    for sought in ("åkeri", company.number or ""):
        response = officer(client).post("/stod/", {"sought": sought})
        page = words_in(response.content.decode())
        assert ("1 företag" in page, "Åkessons" in page, "Annat" in page) == (True, True, False)


def test_the_certificate_stands_beside_what_it_would_mean_and_reading_it_writes_nothing(
    client: Client,
) -> None:
    company, round_ = make_company(), make_round()
    offer(company, to=round_, name="Anna Alm")
    certificate = handed_in(company, none_received=False)
    make_declared_aid(
        certificate=certificate, granter="Almi", granted_on=today(), amount=Decimal(250000)
    )
    before = (FeeDecision.objects.count(), Change.objects.count(), Message.objects.count())
    page = text_of(officer(client), f"/stod/intyg/{certificate.pk}/")
    assert "Anna Alm" in page
    assert "väntar på de minimis-intyg gratis som stöd av mindre betydelse" in page
    assert "Utrymme kvar 50 000 euro" in page
    assert "Almi" in page
    after = (FeeDecision.objects.count(), Change.objects.count(), Message.objects.count())
    assert after == before
    assert Certificate.objects.get(pk=certificate.pk).state == "submitted"


def test_a_certificate_over_the_ceiling_is_seen_before_it_is_approved(client: Client) -> None:
    company = make_company()
    offer(company)
    certificate = handed_in(company, none_received=False)
    make_declared_aid(certificate=certificate, granted_on=today(), amount=Decimal(300000))
    page = text_of(officer(client), f"/stod/intyg/{certificate.pk}/")
    assert "har inte utrymme nog kvar" in page


def test_approving_decides_anew_for_the_colleagues_of_the_whole_group(client: Client) -> None:
    mother, daughter, sister, stranger = (make_company() for _ in range(4))
    make_control(mother, daughter)
    make_control(mother, sister)
    round_ = make_round()
    for company in (mother, daughter, sister, sister, stranger):
        offer(company, to=round_)
    assert kinds() == ["certificate_requested"] * 5
    certificate = Certificate.objects.get(company=daughter)
    Certificate.objects.filter(pk=certificate.pk).update(
        state="submitted",
        signed_on=today(),
        submitted_at=timezone.now(),
        signer_authorised=True,
        covers_group=True,
        none_received=True,
    )
    Message.objects.all().delete()
    response = officer(client).post(
        f"/stod/intyg/{certificate.pk}/",
        APPROVE,
        follow=True,
    )
    assert "4 kursplatser är prövade på nytt." in words_in(response.content.decode())
    assert kinds() == ["certificate_requested", *["free_as_aid"] * 4]
    waits = FeeDecision.objects.get(is_current=True, kind="certificate_requested")
    assert waits.company == stranger
    letters = Message.objects.values_list("key", flat=True)
    assert sorted(key.split("/")[0] for key in letters) == ["certificate", *["fee-decision"] * 4]


def test_a_certificate_speaks_for_its_own_undertaking_and_leaves_the_others_theirs(
    client: Client,
) -> None:
    company, half_owned = make_company(), make_company()
    make_control(company, half_owned, percent=Decimal(50))
    round_ = make_round()
    approved(half_owned)
    offer(company, to=round_, name="Anna Alm")
    offer(half_owned, to=round_, name="Bo Berg")
    certificate = handed_in(company, none_received=False)
    make_declared_aid(certificate=certificate, granted_on=today(), amount=Decimal(300000))
    page = text_of(officer(client), f"/stod/intyg/{certificate.pk}/")
    anna, bo = page.index("Anna Alm"), page.index("Bo Berg")
    assert "har inte utrymme nog kvar" in page[anna:bo]
    assert "gratis som stöd av mindre betydelse Företaget har utrymme kvar" in page[bo:]


def test_a_no_needs_a_reason_and_the_company_reads_it(client: Client) -> None:
    company = make_company()
    offer(company)
    certificate = Certificate.objects.get()
    Certificate.objects.update(state="submitted", signed_on=today(), submitted_at=timezone.now())
    Message.objects.all().delete()
    path = f"/stod/intyg/{certificate.pk}/"
    early = officer(client).post(path, {**REJECT, "note": "Nej"}, follow=True)
    assert "företaget ska först få se vad som talar emot" in words_in(early.content.decode())
    client.post(path, {"do": "hear", "against": "Fel företag är nämnda."})
    heard = Message.objects.get()
    assert "Fel företag är nämnda." in heard.text
    token_path = path_of(certificate)
    assert "Fel företag är nämnda." in text_of(client, token_path)
    client.post(f"{token_path}svara/", {"answer": "Vi rättar det."})
    assert "Vi rättar det." in text_of(client, path)
    Message.objects.all().delete()
    response = officer(client).post(path, {**REJECT, "note": " "})
    assert "Skriv varför intyget inte godkänns." in words_in(response.content.decode())
    assert (Certificate.objects.get().state, Message.objects.count()) == ("submitted", 0)
    client.post(path, {**REJECT, "note": "Fel företag är nämnda."})
    assert Certificate.objects.get().state == "rejected"
    letter = Message.objects.get(key=f"certificate/{certificate.pk}/decided")
    assert "Fel företag är nämnda." in letter.text


def test_a_second_word_on_the_same_certificate_changes_nothing(client: Client) -> None:
    certificate = approved(submitted_at=timezone.now(), decided_at=None)
    response = officer(client).post(
        f"/stod/intyg/{certificate.pk}/",
        {**REJECT, "note": "Nej"},
        follow=True,
    )
    assert "redan avgjort" in words_in(response.content.decode())
    assert Certificate.objects.get().state == "approved"


def test_a_line_nobody_knew_must_be_settled_before_a_yes(client: Client) -> None:
    company = make_company()
    offer(company)
    certificate = handed_in(company, none_received=False)
    line = make_declared_aid(certificate=certificate, regulation="unknown", granted_on=today())
    path = f"/stod/intyg/{certificate.pk}/"
    page = text_of(officer(client), path)
    assert "Slag av stöd saknas" in page
    assert "granskas av en handläggare Värdet på ett tidigare stöd" in page
    response = client.post(path, APPROVE, follow=True)
    assert "bestäm först det som företaget inte visste" in words_in(response.content.decode())
    assert Certificate.objects.filter(state="approved").count() == 0
    client.post(path, {"do": "settle", f"line-{line.pk}": "none"})
    assert DeclaredAid.objects.get().regulation == "none"
    assert "stod som Vet inte, satt av en handläggare" in text_of(client, path)
    client.post(path, APPROVE)
    assert Certificate.objects.get(pk=certificate.pk).state == "approved"


@pytest.mark.parametrize(
    ("day", "said"),
    [
        ("1026-04-01", "Skriv ett år mellan 1900 och 2199."),
        ("2190-01-01", "Dagen har inte varit än."),
    ],
)
def test_a_day_that_cannot_be_is_told_at_its_field(client: Client, day: str, said: str) -> None:
    certificate = handed_in(make_company(), none_received=False)
    line = make_declared_aid(certificate=certificate, regulation="unknown", granted_on=None)
    told = {"do": "settle", f"line-{line.pk}": "none", f"day-{line.pk}": day}
    response = officer(client).post(f"/stod/intyg/{certificate.pk}/", told)
    assert said in words_in(response.content.decode())
    assert DeclaredAid.objects.get().granted_on is None


def test_where_nobody_can_be_asked_the_page_says_so(client: Client) -> None:
    certificate = handed_in(make_company(), asked_email="")
    told = {"do": "hear", "against": "Fel."}
    response = officer(client).post(f"/stod/intyg/{certificate.pk}/", told, follow=True)
    assert "Inget är skickat" in words_in(response.content.decode())
    assert Certificate.objects.get().answer_by is None


def test_a_case_shows_each_decision_in_order_with_its_reason_and_true_evidence(
    client: Client,
) -> None:
    company, round_ = make_company(), make_round()
    participation = offer(company, to=round_, name="Anna Alm")
    certificate = handed_in(company, none_received=False)
    make_declared_aid(certificate=certificate, granter="Kommunen", granted_on=today())
    make_declared_aid(certificate=certificate, granter="Länsstyrelsen", year=2020)
    officer(client).post(f"/stod/intyg/{certificate.pk}/", APPROVE)
    page = text_of(client, f"/stod/arenden/{participation.pk}/")
    asked, free = page.index("Företaget har inte lämnat"), page.index("Företaget har utrymme kvar")
    assert asked < free
    assert page.count("Underlaget prövat på nytt: stämmer") == 2
    assert "stämmer inte" not in page
    kommunen, lan = page.index("Kommunen"), page.index("Länsstyrelsen")
    assert page.index("räknas", kommunen) < lan
    assert page.index("räknas inte: äldre än tre år", lan) > lan


def test_evidence_that_was_tampered_with_is_told(client: Client) -> None:
    participation = offer(make_company())
    decision = FeeDecision.objects.get()
    changed = decision.evidence.replace('"11000.00"', '"1.00"')
    assert changed != decision.evidence
    FeeDecision.objects.update(evidence=changed.replace("DECLARATION_MISSING", "CEILING_OK"))
    assert "stämmer inte" in text_of(officer(client), f"/stod/arenden/{participation.pk}/")
    FeeDecision.objects.update(evidence="{")
    assert "går inte att läsa" in text_of(client, f"/stod/arenden/{participation.pk}/")


def test_a_missing_rate_waits_in_the_queue_until_it_is_decided_anew(client: Client) -> None:
    company, round_ = make_company(), make_round()
    approved(company)
    Rate.objects.all().delete()
    participation = offer(company, to=round_, name="Bo Berg")
    assert kinds() == ["in_review"]
    assert "Avgör vad AI för alla kostar för Bo Berg" in text_of(officer(client), "/stod/")
    make_round()
    response = client.post(f"/stod/arenden/{participation.pk}/", {"why": ""})
    assert "Skriv vad som har ändrats." in words_in(response.content.decode())
    client.post(
        f"/stod/arenden/{participation.pk}/", {"why": "Kursen har kommit.", "no_conflict": "on"}
    )
    decision = FeeDecision.objects.get(is_current=True)
    assert (decision.kind, decision.why) == ("free_as_aid", "Kursen har kommit.")


def test_a_place_that_is_bound_is_not_decided_anew(client: Client) -> None:
    company = make_company()
    approved(company)
    participation = offer(company)
    confirm(participation)
    response = officer(client).post(
        f"/stod/arenden/{participation.pk}/", {"why": "Ändå", "no_conflict": "on"}, follow=True
    )
    assert "redan besvarad" in words_in(response.content.decode())
    assert FeeDecision.objects.count() == 1


def test_a_company_shows_its_group_with_the_laws_reason_its_room_and_its_ledger(
    client: Client,
) -> None:
    mother, daughter = make_company(name="Moder AB"), make_company(name="Dotter AB")
    half = make_company(name="Halva AB")
    make_control(mother, daughter, percent=Decimal("50.01"))
    make_control(mother, half, percent=Decimal(50))
    approved(daughter)
    confirm(offer(daughter))
    page = text_of(officer(client), f"/stod/foretag/{mother.pk}/")
    by_votes = "Ägaren ovanför har 50,01 % av rösterna. Artikel 2.2 a."
    assert f"{by_votes} Avsluta kopplingen Dotter AB räknas med" in page
    assert "inte bestämmande inflytande den dagen. Avsluta kopplingen Halva AB räknas inte" in page
    assert "Utrymme kvar 299 000 euro" in page
    assert "Inget stöd är givet här än." in page
    assert "1 000 euro" in text_of(client, f"/stod/foretag/{daughter.pk}/")


@pytest.mark.parametrize(
    "page",
    ["intyg/999", "arenden/999", "foretag/999", "register/999", "intyg/99999999999999999999"],
)
def test_what_does_not_exist_is_not_found(client: Client, page: str) -> None:
    assert officer(client).get(f"/stod/{page}/").status_code == 404


def test_a_draft_is_not_the_officers_to_read(client: Client) -> None:
    certificate = handed_in(make_company(), state="draft", signed_on=None)
    assert officer(client).get(f"/stod/intyg/{certificate.pk}/").status_code == 404


@pytest.mark.parametrize("many", [1, 60])
def test_the_desk_and_the_certificate_take_as_many_queries_for_many_as_for_one(
    client: Client, django_assert_max_num_queries: DjangoAssertNumQueries, many: int
) -> None:
    company, round_ = make_company(), make_round()
    for _ in range(many):
        offer(company, to=round_)
        handed_in(make_company())
        make_entry()
    FeeDecision.objects.update(kind="in_review")
    certificate = handed_in(company, submitted_at=timezone.now() - timedelta(days=2))
    officer(client)
    pages = {"/stod/": 9, f"/stod/intyg/{certificate.pk}/": 12, "/stod/register/": 5}
    for page, queries in pages.items():
        client.get(page)
        with django_assert_max_num_queries(queries):
            assert client.get(page).status_code == 200


@pytest.mark.parametrize("many", [1, 60])
def test_a_company_takes_as_many_queries_for_many_as_for_one(
    client: Client, django_assert_max_num_queries: DjangoAssertNumQueries, many: int
) -> None:
    company, round_ = make_company(), make_round()
    certificate = approved(company, none_received=False)
    for _ in range(many):
        offer(company, to=round_)
        make_control(company, make_company())
        make_entry(company=company)
        make_declared_aid(certificate=certificate)
    participation = Participation.objects.order_by("id")[0]
    officer(client)
    for page, queries in {f"foretag/{company.pk}": 16, f"arenden/{participation.pk}": 8}.items():
        client.get(f"/stod/{page}/")
        with django_assert_max_num_queries(queries):
            assert client.get(f"/stod/{page}/").status_code == 200
    assert (Company.objects.count(), LedgerEntry.objects.count()) == (1 + many, many)
