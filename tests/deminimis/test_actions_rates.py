"""Newer rates: by an officer's file, by the clock, and never a changed one."""

import io
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from http.server import BaseHTTPRequestHandler, HTTPServer
from threading import Thread

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client, override_settings

from accounts.rules import Role
from deminimis.models import Rate
from deminimis.tasks import fetch_rates
from tests.deminimis.pages import words_in
from tests.factories import make_rate, make_user

pytestmark = pytest.mark.django_db(transaction=True)

TEXT = "Date,USD,SEK,\n2026-11-20,1.1,11.1234,\n2026-11-19,1.1,11.2,\n2026-11-18,1.1,N/A,\n"


def zipped(text: str = TEXT) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as files:
        files.writestr("eurofxref-hist.csv", text)
    return out.getvalue()


@contextmanager
def bank(content: bytes, status: int = 200) -> Iterator[str]:
    """Yield the address of a bank on this machine that answers so."""

    class Answer(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.send_response(status)
            self.send_header("Content-Length", str(len(content)))
            self.end_headers()
            self.wfile.write(content)

        def log_message(self, *_: object) -> None:
            """Say nothing."""

    with HTTPServer(("127.0.0.1", 0), Answer) as server:
        Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}/eurofxref-hist.zip"
        server.shutdown()


def known() -> dict[date, str]:
    return {rate.on: f"{rate.sek_per_eur:.4f}" for rate in Rate.objects.all()}


def test_nothing_is_fetched_unless_the_site_has_been_told_where() -> None:
    assert fetch_rates() == 0


@pytest.mark.parametrize("content", [zipped(), TEXT.encode()])
def test_the_clock_fetches_new_rates_and_leaves_known_ones(content: bytes) -> None:
    make_rate(date(2026, 11, 19), "10.00000")
    with bank(content) as url, override_settings(RATES_URL=url):
        assert fetch_rates() == 1
        assert fetch_rates() == 0
    assert known() == {date(2026, 11, 19): "10.0000", date(2026, 11, 20): "11.1234"}


@pytest.mark.parametrize(("content", "status"), [(b"oj", 200), (b"", 500), (b"PK\x03\x04", 200)])
def test_a_bank_that_fails_does_no_harm(content: bytes, status: int) -> None:
    with bank(content, status) as url, override_settings(RATES_URL=url):
        assert fetch_rates() == 0
    with override_settings(RATES_URL="http://127.0.0.1:9/"):
        assert fetch_rates() == 0
    assert known() == {}


@pytest.mark.parametrize(
    ("content", "said", "kept"),
    [
        (zipped(), "2 nya kurser är sparade.", 2),
        (b"\xff\xfe", "Det är inte bankens fil, och inget sparades", 0),
        (b"Date,SEK\n2026-13-01,x", "Det är inte bankens fil, och inget sparades", 0),
    ],
)
def test_an_officer_hands_the_banks_file_in(
    client: Client, content: bytes, said: str, kept: int
) -> None:
    client.force_login(make_user(role=Role.AID_OFFICER))
    file = SimpleUploadedFile("eurofxref.zip", content)
    response = client.post("/stod/kurser/", {"file": file}, follow=True)
    assert said in words_in(response.content.decode())
    assert Rate.objects.count() == kept
