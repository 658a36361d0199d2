"""A certificate as a tagged PDF: to read, to keep, to print and sign."""

from datetime import date

from django.conf import settings
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from companies.rules import Sector
from companies.words import SECTORS
from deminimis.models import Certificate, DeclaredAid
from deminimis.rules import CertificateState
from deminimis.words import CERTIFICATE_STATES, REGULATIONS, SETTLED_REGULATIONS
from ground.documents import Document, Section, Table, amount_text

UNITS = {"SEK": "kr", "EUR": "euro"}


def certificate_document(certificate: Certificate, *, on: date) -> Document:
    """Return all answers of a certificate, what is declared, and room for a signature."""
    company = certificate.company
    return Document(
        title=_("Intyg om stöd av mindre betydelse: %(company)s") % {"company": company.name},
        language=get_language() or "sv",
        lead=_(
            "Intyget lämnas enligt artikel 7.4 i kommissionens förordning (EU) 2023/2831 om stöd av"
            " mindre betydelse (de minimis-stöd)."
        ),
        sections=[_standing(certificate, on), *answered_sections(certificate)],
        foot=f"{settings.SITE['name']} · {settings.DECISION['authority']}",
    )


def answered_sections(certificate: Certificate) -> list[Section]:
    """Return what a certificate answers, row by row, and what is declared in it."""
    return [_answers(certificate), _aid(certificate), _declared(certificate)]


def yes_no(value: bool | None) -> str:
    """Return yes or no; nobody's silence is a no."""
    return _("inte besvarat") if value is None else _("ja") if value else _("nej")


def _standing(certificate: Certificate, on: date) -> Section:
    pairs = [
        (_("Intygets nummer"), str(certificate.pk)),
        (_("Läge"), str(CERTIFICATE_STATES[CertificateState(certificate.state)])),
        (_("Kopian gjord"), on.isoformat()),
    ]
    if certificate.signed_on:
        pairs.append((_("Underskrivet"), certificate.signed_on.isoformat()))
    if certificate.signed_by:
        pairs.append((_("Underskrivet genom inloggning av"), certificate.signed_by.name))
    return Section(_("Intyget"), pairs=pairs)


def _answers(certificate: Certificate) -> Section:
    company = certificate.company
    pairs = [
        (_("Företag"), company.name),
        (_("Organisationsnummer"), company.shown_number or _("saknas")),
        (_("Hör ihop med andra företag"), yes_no(certificate.is_group)),
        (_("Verksamhet"), str(SECTORS[Sector(certificate.sector)])),
    ]
    if certificate.group_names:
        pairs.append((_("Vilka"), ", ".join(certificate.group_names.split("\n"))))
    if certificate.nace:
        pairs.append((_("SNI-kod"), certificate.nace))
    if certificate.sector != Sector.OTHER:
        words = _("Annan verksamhet med räkenskaper för sig")
        pairs.append((words, yes_no(certificate.separate_accounts)))
    return Section(_("Företaget"), pairs=pairs)


def _aid(certificate: Certificate) -> Section:
    lines = list(certificate.aid.all())
    if not lines:
        said = _("Inget stöd har tagits emot.") if certificate.none_received else yes_no(None)
        return Section(_("Stöd de senaste tre åren"), paragraphs=[said])
    columns = [_("Från"), _("Beslut"), _("Belopp"), _("Slag av stöd")]
    table = Table(_("Stöd som företaget har fått"), columns, [_row(line) for line in lines])
    return Section(_("Stöd de senaste tre åren"), tables=[table])


def _row(line: DeclaredAid) -> list[str]:
    unknown = _("vet inte")
    when = line.granted_on.isoformat() if line.granted_on else str(line.year or unknown)
    words = {**SETTLED_REGULATIONS, **REGULATIONS}
    return [
        line.granter,
        when,
        amount_text(line.amount, UNITS[line.currency]) or unknown,
        str(words[line.regulation]),
    ]


def _declared(certificate: Certificate) -> Section:
    said = [
        _("Jag får skriva under för företaget."),
        _("Intyget gäller företaget och alla företag som det hör ihop med."),
        _("Uppgifterna är sanna och fullständiga."),
        _("Den som lämnar en felaktig uppgift kan behöva betala tillbaka stödet med ränta."),
    ]
    if certificate.signed_on:
        return Section(_("Det här är intygat"), paragraphs=said)
    line = "_" * 40
    pairs = [
        (_("Ort och dag"), line),
        (_("Underskrift"), line),
        (_("Namn"), certificate.signer_name or line),
    ]
    return Section(_("Underskrift"), paragraphs=[_("Jag intygar att:"), *said], pairs=pairs)
