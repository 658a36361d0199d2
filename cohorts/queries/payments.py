"""Reads about fees: who is asked, who owes, what goes on an invoice basis."""

from datetime import date, timedelta
from decimal import Decimal

from django.db.models import Case, Count, Exists, OuterRef, Q, QuerySet, Sum, When
from django.db.models.functions import Coalesce

from accounts.models import User
from cohorts.models import Fee, InvoiceBatch, Participation
from cohorts.rules.payments import FEE_STANDS, WITHDRAWAL_DAYS, FeeState, Payer
from companies.models import Company, Contact

WAITS_FIRST = Case(When(state=FeeState.ASKED, then=0), default=1)


def _with_all() -> QuerySet[Fee]:
    return Fee.objects.select_related(
        "company",
        "decision",
        "batch",
        "participation__round__course",
        "participation__round__cohort__programme",
        "participation__enrolment__interest__company",
        "participation__enrolment__cohort__programme",
        "participation__enrolment__user",
    )


def _signs(user: User) -> QuerySet[Contact]:
    return Contact.objects.filter(
        company=OuterRef("company"), user=user, may_sign=True, ended_at=None
    )


def latest_fee(participation: Participation) -> Fee | None:
    """Return the fee that stands for a place, else the last that did, or None."""
    fees = _with_all().filter(participation=participation)
    standing = fees.filter(state__in=FEE_STANDS).first()
    return standing or fees.order_by("-id").first()


def signatory_of(company: Company) -> User | None:
    """Return who may sign for a company and logs in here, or None."""
    contact = signatories_of(company).first()
    return contact.user if contact else None


def signatories_of(company: Company) -> QuerySet[Contact]:
    """Return those who may sign for a company, the longest first."""
    return (
        Contact.objects.filter(company=company, may_sign=True, ended_at=None)
        .select_related("user")
        .order_by("id")
    )


def fees_to_sign(user: User) -> QuerySet[Fee]:
    """Return the fees of the companies that ``user`` may sign for, those that wait first."""
    return _with_all().filter(Exists(_signs(user))).order_by(WAITS_FIRST, "-asked_at", "-id")


def fees_of_company(company: Company, *, user: User) -> QuerySet[Fee]:
    """Return what a company has been asked to pay or pays, those that wait first.

    ``may_sign`` says of each whether ``user`` may answer it for the company.
    """
    return (
        _with_all()
        .filter(company=company)
        .annotate(may_sign=Exists(_signs(user)))
        .order_by(WAITS_FIRST, "-asked_at", "-id")
    )


def fee_by_link(fee_id: int) -> Fee | None:
    """Return the fee that a letter's link names, or None."""
    return _with_all().filter(pk=fee_id).first()


def fees_for_staff(state: str = "") -> QuerySet[Fee]:
    """Return the fees, the newest first, all or those in one state."""
    fees = _with_all().order_by("-id")
    return fees.filter(state=state) if state else fees


def fees_in_states() -> dict[str, int]:
    """Return how many fees there are in each state; states that nobody is in are left out."""
    return dict(Fee.objects.order_by().values_list("state").annotate(Count("pk")))


def to_invoice(today: date) -> QuerySet[Fee]:
    """Return the accepted fees that are in no invoice basis, the first first.

    A private person's is left until it can no longer be taken back.
    """
    settled = ~Q(payer=Payer.SELF) | Q(accepted_on__lt=today - WITHDRAWAL_DAYS)
    return Fee.objects.filter(settled, state=FeeState.ACCEPTED, batch=None).order_by("id")


def still_to_withdraw(today: date) -> int:
    """Return how many private persons' fees wait for the days of withdrawal to be over."""
    return Fee.objects.filter(
        state=FeeState.ACCEPTED,
        batch=None,
        payer=Payer.SELF,
        accepted_on__gte=today - WITHDRAWAL_DAYS,
    ).count()


def batches() -> QuerySet[InvoiceBatch]:
    """Return the invoice bases, the latest first, each with how many fees and what they come to.

    What has been cancelled since is not to be invoiced: ``cancelled`` says how many.
    """
    is_over = Q(fees__state=FeeState.CANCELLED)
    return (
        InvoiceBatch.objects.select_related("made_by")
        .annotate(
            many=Count("fees", filter=~is_over),
            cancelled=Count("fees", filter=is_over),
            sum_sek=Coalesce(Sum("fees__amount_sek", filter=~is_over), Decimal(0)),
        )
        .order_by("-id")
    )


def fees_in(batch: InvoiceBatch) -> QuerySet[Fee]:
    """Return the fees of one invoice basis, in the order they were accepted."""
    return _with_all().filter(batch=batch).order_by("id")


def asked_until(today: date) -> date:
    """Return the last day of a link to a question that nobody has set a day for."""
    return today + timedelta(days=14)
