"""An officer's word on certificates: what speaks against one, and yes to many at once."""

from collections.abc import Collection
from datetime import datetime

from django.db import transaction

from accounts.models import User
from accounts.rules import MoveRefused
from cohorts.emails import aid as aid_emails
from cohorts.emails import rounds as emails
from cohorts.queries.fees import any_cohort_of, waiting_for_companies
from cohorts.steps.fees import decide_fee
from deminimis import steps
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
    return len(approved), _decide_waiting(approved, now=now)


@transaction.atomic(durable=True)
def hear_company(*, certificate_id: int, against: str, by: User, now: datetime) -> None:
    """Tell the company what speaks against its certificate, and until when it may answer.

    :raises MoveRefused: if the certificate does not wait for a decision.
    """
    certificate = _locked(certificate_id)
    steps.keep_objection(certificate, against=against, by=by, now=now)
    cohort = any_cohort_of(certificate.company_id)
    if cohort is not None and certificate.asked_email:
        queue(aid_emails.company_heard(certificate, cohort=cohort, now=now), now=now)


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
    cohort = any_cohort_of(certificate.company_id)
    if cohort is not None and certificate.asked_email:
        letter = emails.certificate_decided(certificate, cohort=cohort, is_approved=True)
        queue(letter, now=now)


def _decide_waiting(certificates: Collection[Certificate], *, now: datetime) -> int:
    companies = {c.pk for one in certificates for c in group_of(one.company)}
    waiting = list(waiting_for_companies(companies))
    for participation in waiting:
        decide_fee(participation, now=now)
    return len(waiting)
