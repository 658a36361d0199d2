"""A signed paper: known by its content, kept outside the web root, given back as a download."""

import io
from pathlib import Path
from typing import Any

import pikepdf
import pytest
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from PIL import Image

from accounts.rules import Role
from deminimis.models import Certificate, Paper
from deminimis.rules.papers import LARGEST_PAPER_BYTES, PaperKind, paper_kind
from outbox.models import Message
from tests.deminimis.pages import answered, draft, path_of, text_of, words_in
from tests.factories import make_certificate, make_declared_aid, make_user

pytestmark = pytest.mark.django_db

PDF = b"%PDF-1.7\n1 0 obj\n<<>>\nendobj\ntrailer\n<<>>\n%%EOF\n"


def picture(kind: str, size: tuple[int, int] = (40, 30)) -> bytes:
    """Return a picture as a telephone would make it, only smaller."""
    file = io.BytesIO()
    Image.new("RGB", size, "white").save(file, kind)
    return file.getvalue()


def box(name: bytes, inside: bytes = b"") -> bytes:
    """Return one box of an HEIC photograph."""
    return (8 + len(inside)).to_bytes(4) + name + inside


PNG, JPEG = picture("PNG"), picture("JPEG")
HEIC = box(b"ftyp", b"heic" + b"0" * 12) + box(b"meta", b"0" * 20) + box(b"mdat", b"0" * 50)
TICKS = {"is_authorised": "on", "covers_group": "on", "is_true": "on"}


@pytest.fixture(autouse=True)
def _files(tmp_path: Path) -> None:
    default_storage._location = str(tmp_path)  # type: ignore[attr-defined]  # the tests' own folder
    for name in ("base_location", "location"):
        default_storage.__dict__.pop(name, None)


def put(client: Client, path: str, content: bytes, name: str = "skannat.pdf") -> str:
    file = SimpleUploadedFile(name, content, content_type="application/pdf")
    return client.post(f"{path}papper/", {"paper": file}, follow=True).content.decode()


@pytest.mark.pure
@pytest.mark.parametrize(
    ("content", "kind"),
    [
        (PDF, PaperKind.PDF),
        (PNG, PaperKind.PNG),
        (JPEG, PaperKind.JPEG),
        (HEIC, PaperKind.HEIC),
        (b"%PDF-1.7 cut off", None),
        (b"<html>%PDF-%%EOF", None),
        (b"MZ\x90\x00", None),
        (b"GIF89a", None),
        (b"\x00\x00\x00\x18ftypmp42", None),
    ],
)
def test_what_a_file_is_its_content_says(content: bytes, kind: PaperKind | None) -> None:
    assert paper_kind(content, content) is kind


def test_a_paper_signs_the_certificate_without_a_log_in(client: Client) -> None:
    certificate = answered()
    path = path_of(certificate)
    assert "Logga in och skriv under" in text_of(client, f"{path}skriv-under/")
    client.post(f"{path}skriv-under/", TICKS)
    assert Certificate.objects.get().state == "draft"
    put(client, path, JPEG, name="IMG_811228-9874.jpg")
    paper = Paper.objects.get()
    assert (paper.kind, paper.size_bytes) == ("jpg", len(JPEG))
    assert "811228" not in paper.stored_as
    client.post(f"{path}skriv-under/", TICKS)
    kept = Certificate.objects.get()
    assert (kept.state, kept.signed_by) == ("submitted", None)


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "Filen är tom."),
        (JPEG[:-200], "går inte att öppna"),
        (PNG[:-20], "går inte att öppna"),
        (b"\xff\xd8\xff\xe0" + b"0" * 50, "går inte att öppna"),
        (PNG.replace(b"IDAT", b"IDAX"), "går inte att öppna"),
        (HEIC[:-1], "går inte att öppna"),
        (box(b"ftyp", b"heic") + box(b"mdat", b"0"), "går inte att öppna"),
        (b"inte en pdf", "Filen är inte en PDF, PNG, JPEG eller HEIC"),
        (PDF + b"0" * LARGEST_PAPER_BYTES, "Filen är större än 10 MB."),
    ],
)
def test_a_file_that_will_not_do_is_told_at_the_field_and_nothing_is_lost(
    client: Client, content: bytes, said: str
) -> None:
    certificate = answered()
    page = put(client, path_of(certificate), content)
    assert said in words_in(page)
    assert Paper.objects.count() == 0
    assert Certificate.objects.get().signer_name == "Fia"


def test_a_paper_is_a_download_for_the_link_and_for_officers_and_for_nobody_else(
    client: Client,
) -> None:
    certificate = answered()
    path = path_of(certificate)
    put(client, path, PNG)
    given: Any = client.get(f"{path}fil/")
    assert given["Content-Disposition"].startswith("attachment;")
    assert b"".join(given.streaming_content) == PNG
    paper = Paper.objects.get()
    assert paper.added_by is None
    page = f"/stod/papper/{paper.pk}/"
    assert client.get(page).status_code == 302
    client.force_login(make_user())
    assert client.get(page).status_code == 403
    client.force_login(make_user(role=Role.AID_OFFICER))
    assert client.get(page).status_code == 404
    client.post(f"{path}skriv-under/", TICKS)
    answer: Any = client.get(page)
    assert (answer.status_code, answer["Content-Type"]) == (200, "image/png")
    assert b"".join(answer.streaming_content) == PNG


@pytest.mark.parametrize(("content", "kind"), [(HEIC, "heic"), (PNG, "png"), (PDF, "pdf")])
def test_each_kind_of_paper_is_taken(client: Client, content: bytes, kind: str) -> None:
    put(client, path_of(answered()), content)
    assert Paper.objects.get().kind == kind


def test_every_paper_is_listed_with_its_day_and_who_handed_it_in(client: Client) -> None:
    certificate = answered()
    path = path_of(certificate)
    put(client, path, PNG)
    client.force_login(make_user(name="Fia Firmatecknare"))
    put(client, path, JPEG)
    client.post(f"{path}skriv-under/", TICKS)
    first, second = Paper.objects.order_by("id")
    officer = Client()
    officer.force_login(make_user(role=Role.AID_OFFICER))
    for page in (text_of(client, path), text_of(officer, f"/stod/intyg/{certificate.pk}/")):
        assert ("PNG från" in page, "JPG från" in page) == (True, True)
        assert "Lämnat av Fia Firmatecknare, som var inloggad." in page
        assert "Lämnat genom länken i brevet." in page
    given: Any = client.get(f"{path}fil/?nr={first.pk}")
    assert b"".join(given.streaming_content) == PNG
    newest: Any = client.get(f"{path}fil/")
    assert b"".join(newest.streaming_content) == JPEG
    assert client.get(f"{path}fil/?nr={second.pk + 1}").status_code == 404
    assert client.get(f"{path}fil/?nr=x").status_code == 404
    default_storage.delete(first.stored_as)
    assert client.get(f"{path}fil/?nr={first.pk}").status_code == 404


def test_the_copy_is_a_tagged_pdf_in_the_language_of_the_page(client: Client) -> None:
    certificate = make_certificate(state="submitted", none_received=False)
    make_declared_aid(certificate=certificate, granter="#let $x$ *Almi*", amount=None)
    for prefix, language in (("", "sv"), ("/en", "en")):
        response = client.get(f"{prefix}{path_of(certificate)}pdf/")
        assert response["Content-Type"] == "application/pdf"
        with pikepdf.open(io.BytesIO(response.content)) as pdf:
            assert str(pdf.Root.Lang) == language
            assert bool(pdf.Root.MarkInfo.Marked)
            assert certificate.company.name in str(pdf.open_metadata()["dc:title"])


def test_a_bookkeeper_fills_in_and_the_owner_signs(client: Client) -> None:
    certificate = draft(asked_name="Ägaren", asked_email="agaren@example.org")
    path = path_of(certificate)
    page = client.post(f"{path}lamna-over/", {"name": "Bo Kassör", "email": "bo@example.org"})
    assert "Bo Kassör får ett brev" in words_in(page.content.decode())
    assert [m.to for m in Message.objects.all()] == ["bo@example.org"]
    Certificate.objects.update(signer_name="Bo", signer_authorised=False)
    Certificate.objects.update(is_group=False, separate_accounts=False, none_received=True)
    assert "Lämna tillbaka för underskrift" in text_of(client, f"{path}granska/")
    client.post(f"{path}tillbaka/")
    assert [m.to for m in Message.objects.order_by("id")] == [
        "bo@example.org",
        "agaren@example.org",
    ]
    for _ in range(6):
        client.post(f"{path}lamna-over/", {"name": "Bo", "email": "bo@example.org"})
    assert Certificate.objects.get().times_handed_over == 5


def test_a_later_certificate_starts_from_the_last_and_declares_nothing_by_itself(
    client: Client,
) -> None:
    first = make_certificate(
        state="approved", submitted_at=make_user().created_at, none_received=False, nace="62.01"
    )
    make_declared_aid(certificate=first, granter="Almi")
    make_declared_aid(certificate=first, granter="Gammalt", granted_on=None, year=2014)
    later = draft(company=first.company)
    path = path_of(later)
    assert "Börja från det förra intyget" in text_of(client, path)
    client.post(f"{path}fran-forra/")
    kept = Certificate.objects.get(pk=later.pk)
    assert (kept.state, kept.nace, kept.covers_group, kept.signer_name) == (
        "draft",
        "62.01",
        None,
        "",
    )
    assert list(kept.aid.values_list("granter", flat=True)) == ["Almi"]
