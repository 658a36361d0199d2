"""Letters about aid: what speaks against a certificate, what became of a grant, the register."""

from datetime import datetime
from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils import timezone, translation

from accounts.models import User
from cohorts.emails.readers import from_programme, staff_reader
from cohorts.emails.rounds import company_reader
from cohorts.models import Participation, Programme
from cohorts.words import ENDING_WHYS
from deminimis.emails import certificate_link
from deminimis.models import Certificate, LedgerEntry, Recovery
from outbox import links
from outbox.letters import Letter, Reader


def company_heard(
    certificate: Certificate, *, programme: Programme, to: Reader, now: datetime
) -> Letter:
    """Return what speaks against a certificate, and until when the company may answer."""
    return from_programme(
        "company_heard",
        programme=programme,
        key=f"certificate/{certificate.pk}/heard/{now:%Y%m%dT%H%M%S}",
        to=to,
        links={"certificate": certificate_link(certificate, on=timezone.localdate(now))},
        certificate=certificate,
        company=certificate.company,
    )


def aid_changed(line: LedgerEntry, *, participation: Participation) -> Letter:
    """Return the notice that a grant has been annulled, reduced or corrected, and how to object."""
    key = f"ledger/{line.pk}/changed"
    return _to_company("aid_changed", line, participation, key=key, endings=ENDING_WHYS)


def recovery_demanded(recovery: Recovery, *, participation: Participation) -> Letter:
    """Return the demand: the sum, the interest, the last day, and how to have it tried."""
    total = recovery.sum_sek + (recovery.interest_sek or 0)
    key = f"recovery/{recovery.pk}/demanded"
    words = {"recovery": recovery, "total_sek": total}
    return _to_company("recovery_demanded", recovery.entry, participation, key=key, **words)


def register_due(entry: LedgerEntry, *, to: User, after: int, programme: Programme) -> Letter:
    """Return the reminder to an officer that a grant is to be entered in the register."""
    with translation.override(to.language):
        page = links.page(reverse("cohorts:register_entry", args=[entry.pk]))
    return from_programme(
        "register_due",
        programme=programme,
        key=f"ledger/{entry.pk}/register-{after}/{to.pk}",
        to=staff_reader(to),
        links={"entry": page},
        entry=entry,
        after=after,
    )


def _to_company(
    template: str, entry: LedgerEntry, participation: Participation, *, key: str, **words: Any
) -> Letter:
    interest = participation.enrolment.interest
    return from_programme(
        template,
        programme=participation.round.cohort.programme,
        key=key,
        to=company_reader(interest.company, fallback=interest),
        entry=entry,
        company=interest.company,
        course=participation.round.course,
        decision_words=settings.DECISION,
        **words,
    )
