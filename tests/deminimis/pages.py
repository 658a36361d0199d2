"""A certificate's pages as somebody with the link walks through them."""

import html
import re
from datetime import timedelta
from typing import Any

from django.test import Client
from django.utils import timezone

from deminimis.models import Certificate
from deminimis.rules import CERTIFICATE_LINK, CertificateState
from outbox.links import Link
from tests.factories import make_certificate

NOTHING: dict[str, Any] = {
    "signed_on": None,
    "signer_name": "",
    "signer_authorised": None,
    "covers_group": None,
    "none_received": None,
    "separate_accounts": None,
}
ALL: dict[str, Any] = {
    "signer_name": "Fia",
    "signer_authorised": True,
    "is_group": False,
    "separate_accounts": False,
    "none_received": True,
}


def draft(**fields: Any) -> Certificate:
    """Return a certificate that nobody has begun to fill in."""
    return make_certificate(**{"state": CertificateState.DRAFT, **NOTHING, **fields})


def answered(**fields: Any) -> Certificate:
    """Return a draft with every question answered."""
    return draft(**{**ALL, **fields})


def path_of(certificate: Certificate, *, days: int = 60, generation: int = 1) -> str:
    """Return the signed path to a certificate, good for so many days."""
    link = Link(
        purpose=CERTIFICATE_LINK,
        row=certificate.pk,
        generation=generation,
        last_day=timezone.localdate() + timedelta(days=days),
        path="/intyg/{token}/",
    )
    return link.signed_path()


def text_of(client: Client, path: str, *, status: int = 200) -> str:
    """Return what a person reads on a page."""
    response = client.get(path)
    assert response.status_code == status
    return words_in(response.content.decode())


def words_in(page: str) -> str:
    """Return the words of a page's main part, without tags."""
    main = page[page.index("<main") : page.index("</main>")]
    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", main)).split())


def rows(*told: dict[str, str], **more: str) -> dict[str, str]:
    """Return the post of a list of aid; what a row leaves out is as the page has it at first."""
    usual = {"granter": "", "when": "", "amount": "", "currency": "SEK", "regulation": "2023/2831"}
    data = {"stod-TOTAL_FORMS": str(len(told)), "stod-INITIAL_FORMS": "0", **more}
    for number, row in enumerate(told):
        data |= {f"stod-{number}-{name}": value for name, value in {**usual, **row}.items()}
    return data
