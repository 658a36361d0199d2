"""A link in a letter becomes a certificate, or a page that says what is wrong with the link."""

from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.utils import timezone
from django.utils.translation import gettext as _

from deminimis.models import Certificate
from deminimis.queries.certificates import certificate_by_link
from deminimis.rules import CERTIFICATE_LINK, CERTIFICATE_LINK_LIVES
from outbox.letters import link_to
from outbox.links import ForgedLink, opened

NOT_FOUND = 404
GONE = 410


def certificate_behind(request: HttpRequest, token: str) -> Certificate | HttpResponse:
    """Return the certificate that ``token`` opens, or the page that says why it opens none."""
    try:
        link = opened(token, purpose=CERTIFICATE_LINK)
    except ForgedLink:
        return _unknown(request)
    certificate = certificate_by_link(link.row)
    if certificate is None:
        return _unknown(request)
    if certificate.link_generation != link.generation:
        return _ended(request, _("Det finns en nyare länk"))
    if link.has_ended(timezone.localdate()):
        return _ended(request, _("Länken har gått ut"))
    return certificate


def path_to(certificate: Certificate) -> str:
    """Return a signed path to a certificate, good for sixty days, in the page's language."""
    link = link_to(
        "deminimis:certificate",
        purpose=CERTIFICATE_LINK,
        row=certificate.pk,
        generation=certificate.link_generation,
        last_day=timezone.localdate() + CERTIFICATE_LINK_LIVES,
    )
    return link.signed_path()


def _unknown(request: HttpRequest) -> HttpResponse:
    text = _(
        "Den är inte hel, eller så finns intyget inte kvar. Ingenting har ändrats."
        " Öppna länken direkt i brevet."
    )
    title = _("Länken går inte att använda")
    return _problem(request, NOT_FOUND, title, text)


def _ended(request: HttpRequest, title: str) -> HttpResponse:
    text = _(
        "Det som är ifyllt finns sparat, och ett intyg som är inlämnat ligger kvar hos oss."
        " Hör av dig, så skickar vi en ny länk."
    )
    return _problem(request, GONE, title, text)


def _problem(request: HttpRequest, status: int, title: str, text: str) -> HttpResponse:
    template = "deminimis/link_problem.html"
    return TemplateResponse(request, template, {"title": title, "text": text}, status=status)
