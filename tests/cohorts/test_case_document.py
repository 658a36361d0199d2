"""The case as one document: all that an administrator must have at hand ten years later."""

import io
from collections.abc import Iterable
from datetime import timedelta
from decimal import Decimal

import pikepdf
import pytest
from django.test import Client
from django.utils import timezone

from accounts.rules import Role
from cohorts.actions.certificates import hear_company
from cohorts.actions.fees import decide_on_certificate
from cohorts.models import Participation
from cohorts.queries.fees import participations_for_officers
from cohorts.views.aid.case_document import case_document
from companies.models import Control
from deminimis.actions import answer_officer
from deminimis.models import Paper
from ground.documents import Document, Item
from tests.cohorts.aid_world import approved, confirm, handed_in, offer, today
from tests.deminimis.pages import text_of
from tests.factories import (
    make_company,
    make_control,
    make_declared_aid,
    make_user,
)

pytestmark = pytest.mark.django_db(transaction=True)


def words_of(document: Document) -> str:
    """Return every word of a document, top to bottom."""

    def of(items: Iterable[Item]) -> Iterable[str]:
        for item in items:
            yield item.text
            yield from of(item.below)

    parts = [document.title, document.lead, document.foot]
    for section in document.sections:
        parts += [section.heading, *section.paragraphs, *of(section.items)]
        parts += [f"{key}: {value}" for key, value in section.pairs]
        for table in section.tables:
            parts += [table.caption, *table.columns, *(cell for row in table.rows for cell in row)]
    return "\n".join(map(str, parts)).replace("\xa0", " ")


def told(participation: Participation) -> str:
    found = participations_for_officers().get(pk=participation.pk)
    return words_of(case_document(found))


def test_it_holds_the_certificate_with_answers_rows_signature_and_papers() -> None:
    company = make_company(name="Sågen AB")
    signer = make_user(name="Fia Firma")
    certificate = approved(
        company,
        none_received=False,
        is_group=True,
        group_names="Hyveln AB\nSpånet AB",
        signer_name="Fia Firma",
        signed_by=signer,
        submitted_at=timezone.now(),
        nace="16.10",
    )
    make_declared_aid(certificate=certificate, granter="Almi", granted_on=today())
    Paper.objects.create(
        certificate=certificate,
        kind="pdf",
        stored_as="intyg/x.pdf",
        size_bytes=1,
        sha256="ab" * 32,
        added_at=timezone.now(),
    )
    said = told(offer(company))
    for words in (
        f"Intyg {certificate.pk} från Sågen AB",
        "Hyveln AB, Spånet AB",
        "SNI-kod: 16.10",
        "Almi",
        "genom inloggning av Fia Firma",
        "Uppgifterna är sanna och fullständiga.",
        "den som hade länken",
        "abababababababab",
    ):
        assert words in said


def test_it_holds_what_speaks_against_and_the_companys_answer_and_who_decided() -> None:
    company, officer = make_company(), make_user(name="Hanna Handläggare", role=Role.AID_OFFICER)
    certificate, now = handed_in(company), timezone.now()
    participation = offer(company)
    hear_company(certificate_id=certificate.pk, against="Fel firmatecknare.", by=officer, now=now)
    answer_officer(certificate_id=certificate.pk, answer="Det stämmer inte.", now=now)
    decide_on_certificate(
        certificate_id=certificate.pk,
        is_approved=False,
        without_conflict=True,
        note="Fel underskrift.",
        by=officer,
        now=now,
    )
    said = told(participation)
    for words in (
        "Fel firmatecknare.",
        "Det stämmer inte.",
        "Fel underskrift.",
        "Beslutsfattare: Hanna Handläggare",
        "Beslutat av: Hanna Handläggare",
        "har intygat att den inte är jävig",
    ):
        assert words in said


def test_the_group_is_as_the_decision_saw_it_whatever_is_told_later() -> None:
    mother, daughter = make_company(name="Moder AB"), make_company(name="Dotter AB")
    make_control(mother, daughter, from_on=today() - timedelta(days=30), percent=Decimal("51.5"))
    approved(daughter)
    participation = offer(daughter)
    Control.objects.all().delete()
    make_control(daughter, make_company(name="Senare AB"))
    said = told(participation)
    assert "Moder AB" in said
    assert "företaget ovanför äger mer än hälften av rösterna (51,5 %), artikel 2.2 a" in said
    assert "Senare AB" not in said


def test_the_trace_names_its_sources_and_the_ledger_its_lines() -> None:
    company = make_company()
    certificate = approved(company, none_received=False)
    make_declared_aid(certificate=certificate, granted_on=today() - timedelta(days=1200))
    participation = offer(company)
    confirm(participation)
    said = told(participation)
    assert "räknas inte: äldre än tre år\nartikel 3.2 i förordning (EU) 2023/2831" in said
    assert "Rader i liggaren" in said
    assert "11 000 kr" in said
    assert "Sa ja" in said


def test_it_is_a_tagged_pdf_and_the_page_shows_the_same_group(client: Client) -> None:
    mother, daughter = make_company(name="Moder #AB *$"), make_company(name="Dotter AB")
    make_control(mother, daughter)
    approved(daughter, submitted_at=timezone.now())
    participation = offer(daughter)
    client.force_login(make_user(role=Role.AID_OFFICER))
    for prefix in ("", "/en"):
        response = client.get(f"{prefix}/stod/arenden/{participation.pk}/pdf/")
        with pikepdf.open(io.BytesIO(response.content)) as pdf:
            assert bool(pdf.Root.MarkInfo.Marked)
    page = text_of(client, f"/stod/arenden/{participation.pk}/")
    assert "Artikel 2.2 a" in page
