"""What somebody who speaks for a company may see: their own company, and nobody else's."""

from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import QuerySet

from accounts.models import User
from cohorts.models import Enrolment, FeeDecision
from cohorts.rules import FeeKind, ParticipationState
from cohorts.rules.enrolments import MEMBERS
from companies.models import Company
from deminimis import engine
from deminimis.models import Certificate
from deminimis.rules import CertificateState


@dataclass(frozen=True, slots=True)
class Standing:
    """How a company stands with its certificates: the one that matters, and until when it holds.

    ``until`` is the last day on which an approved certificate serves; None for all others.
    """

    certificate: Certificate | None
    until: date | None
    is_over: bool


def companies_spoken_for(user: User) -> QuerySet[Company]:
    """Return the companies that ``user`` speaks for now, in Swedish name order."""
    return Company.objects.filter(contacts__user=user, contacts__ended_at=None).order_by(
        "sort_key", "id"
    )


def colleagues_of(company: Company) -> QuerySet[Enrolment]:
    """Return the people of a company who have a seat or have completed, in Swedish name order."""
    return (
        Enrolment.objects.filter(
            interest__company=company,
            state__in=MEMBERS,
        )
        .select_related("interest", "cohort__place")
        .order_by("interest__sort_key", "id")
    )


def waiting_for_a_certificate(company: Company) -> int:
    """Return how many people of a company cannot be told their cost before it hands one in."""
    return FeeDecision.objects.filter(
        is_current=True,
        kind=FeeKind.CERTIFICATE_REQUESTED,
        participation__state=ParticipationState.OFFERED,
        participation__enrolment__interest__company=company,
    ).count()


def standing_of(certificates: list[Certificate], *, on: date) -> Standing:
    """Return which of a company's certificates, the newest first, matters on the day ``on``."""
    living = {CertificateState.DRAFT, CertificateState.SUBMITTED, CertificateState.APPROVED}
    current = next((c for c in certificates if c.state in living), None)
    if current is None or current.state != CertificateState.APPROVED or current.signed_on is None:
        return Standing(current, None, is_over=current is None)
    _, policies = engine.built_in()
    until = current.signed_on + timedelta(days=policies.declaration_valid_days)
    return Standing(current, until, is_over=on > until)
