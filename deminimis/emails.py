"""Letters about a certificate that its own pages send: to a helper, back to the owner."""

from datetime import date

from django.conf import settings
from django.utils import translation

from deminimis.models import Certificate
from deminimis.rules import CERTIFICATE_LINK, CERTIFICATE_LINK_LIVES
from outbox.letters import Letter, Reader, link_to, worded
from outbox.links import Link


def handed_over(certificate: Certificate, *, on: date) -> Letter:
    """Return the request to fill a certificate in for somebody else, who signs afterwards."""
    to = Reader(
        about=f"company/{certificate.company_id}",
        email=certificate.helper_email,
        name=certificate.helper_name,
        language=certificate.asked_language,
    )
    return _letter("handed_over", certificate, to=to, on=on)


def given_back(certificate: Certificate, *, on: date) -> Letter:
    """Return the news to the owner that the answers are there and the signature is wanted."""
    return _letter("given_back", certificate, to=reader_of(certificate), on=on)


def reader_of(certificate: Certificate) -> Reader:
    """Return whom the certificate was asked of."""
    return Reader(
        about=f"company/{certificate.company_id}",
        email=certificate.asked_email,
        name=certificate.asked_name,
        language=certificate.asked_language,
    )


def certificate_link(certificate: Certificate, *, on: date) -> Link:
    """Return the link to a certificate, good for sixty days, in its reader's language."""
    with translation.override(certificate.asked_language):
        return link_to(
            "deminimis:certificate",
            purpose=CERTIFICATE_LINK,
            row=certificate.pk,
            generation=certificate.link_generation,
            last_day=on + CERTIFICATE_LINK_LIVES,
        )


def _letter(template: str, certificate: Certificate, *, to: Reader, on: date) -> Letter:
    return worded(
        f"deminimis/emails/{template}.txt",
        key=f"certificate/{certificate.pk}/{template}/{certificate.times_handed_over}",
        to=to,
        sender=settings.SITE["name"],
        links={"certificate": certificate_link(certificate, on=on)},
        certificate=certificate,
        company=certificate.company,
    )
