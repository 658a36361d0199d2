"""An officer's word on certificates: what speaks against one, and yes to many at once."""

from collections.abc import Collection
from datetime import datetime

from django.db import transaction

from accounts.models import User
from accounts.rules import MoveRefused
from cohorts.emails import aid as aid_emails
from cohorts.emails import rounds as emails
from cohorts.queries.fees import programme_of
from cohorts.steps.fees import decide_after_certificate
from deminimis import steps
from deminimis.emails import reader_of
from deminimis.models import Certificate
from deminimis.queries import group_of
from deminimis.steps import RegulationUnsettled, lock_ledger
from outbox.steps import queue


@transaction.atomic(durable=True)
def approve_certificates(
    *, certificate_ids: Collection[int], without_conflict: bool, by: User, now: datetime
) -> tuple[int, int]:
    """Approve what was ticked in a preview; return how many, and how many places were tried anew.

    What somebody else has decided meanwhile, or has an unsettled line, is left as it is.

    :raises ConflictOfInterest: if ``by`` has not said to be without a conflict of interest.
    """
    lock_ledger()
    approved = []
    for certificate_id in sorted(certificate_ids):
        certificate = _locked(certificate_id)
        try:
            _approve(certificate, without_conflict=without_conflict, by=by, now=now)
        except (MoveRefused, RegulationUnsettled):
            continue
        approved.append(certificate)
    companies = {c.pk for one in approved for c in group_of(one.company)}
    return len(approved), decide_after_certificate(companies, now=now)


@transaction.atomic(durable=True)
def hear_company(*, certificate_id: int, against: str, by: User, now: datetime) -> bool:
    """Tell the company what speaks against its certificate, and until when it may answer.

    It hears through whoever was asked, else through its contact. False if there is neither: the
    company's time to answer does not begin before a letter.

    :raises MoveRefused: if the certificate does not wait for a decision.
    """
    certificate = _locked(certificate_id)
    company = certificate.company
    to = reader_of(certificate) if certificate.asked_email else emails.contact_reader(company)
    programme = programme_of(company)
    if to is None or programme is None:
        return False
    steps.keep_objection(certificate, against=against, by=by, now=now)
    letter = aid_emails.company_heard(certificate, programme=programme, to=to, now=now)
    queue(letter, now=now)
    return True


def _locked(certificate_id: int) -> Certificate:
    return (
        Certificate.objects.select_for_update(of=("self",))
        .select_related("company")
        .get(id=certificate_id)
    )


def _approve(certificate: Certificate, *, without_conflict: bool, by: User, now: datetime) -> None:
    steps.decide_certificate(
        certificate, is_approved=True, note="", without_conflict=without_conflict, by=by, now=now
    )
    programme = programme_of(certificate.company)
    if programme is not None and certificate.asked_email:
        letter = emails.certificate_decided(certificate, programme=programme, is_approved=True)
        queue(letter, now=now)
