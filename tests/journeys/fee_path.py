"""A course with a price, as those who meet it walk: participant, company, officer, facilitator."""

from collections.abc import Callable
from datetime import timedelta
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.utils import timezone, translation
from django.utils.translation import gettext, ngettext

from accounts.rules import Role
from cohorts.actions.rounds import start_round
from cohorts.actions.seats import release_invitations
from cohorts.models import Course, Participation
from cohorts.rules import CohortState, InterestState
from companies.models import Company
from tests import factories
from tests.journeys.letters import latest_to, links_in, post
from tests.journeys.main_path import fill_in_certificate

FIRM = "Åströms Såg AB"
CODES = ("KOD-7731", "KOD-8842")


class FeePath:
    """Anna is invited to a group whose first course costs 4 000 kronor; her firm has a boss."""

    def __init__(self, visitor: Callable[..., Any], language: str) -> None:
        self.language = language
        self.prefix = "/en" if language == "en" else ""
        self.people = {
            name: visitor(f"{name}@example.org", prefix=self.prefix)
            for name in ("anna", "boss", "axel", "frida", "cora")
        }
        factories.make_user(email="cora@example.org", name="Cora Sjö", role=Role.COORDINATOR)
        self.company = self._company()
        interest = factories.make_interest(
            name="Anna Åström",
            email="anna@example.org",
            company=self.company,
            language=language,
            state=InterestState.ACTIVE,
        )
        self.facilitator = factories.make_user(name="Lova Ledare", role=Role.FACILITATOR)
        self.cohort = factories.make_cohort(
            course=Course.objects.get(title="Building AI"),
            facilitator=self.facilitator,
            state=CohortState.FORMING,
            starts_on=timezone.localdate() + timedelta(days=20),
        )
        self.round = self.cohort.rounds.get()
        factories.make_meeting(
            round=self.round, starts_at=timezone.now() + timedelta(days=20, hours=2)
        )
        self.invitation = factories.make_invitation(
            cohort=self.cohort, interest=interest, state="draft"
        )

    def t(self, text: str, **words: object) -> str:
        """Return a text of the site in the language of the walk."""
        with translation.override(self.language):
            said = gettext(text)
        return said % words if words else said

    def many(self, one: str, more: str, n: int) -> str:
        """Return a text of the site about ``n`` of something."""
        with translation.override(self.language):
            return ngettext(one, more, n) % {"n": n}

    def url(self, path: str) -> str:
        """Return a path in the language of the walk."""
        return self.prefix + path

    def invited(self, *says: str) -> Any:
        """Let Anna read her invitation, which says what it costs and why, and say yes."""
        release_invitations(
            cohort_id=self.cohort.pk,
            invitation_ids=[self.invitation.pk],
            by=self.facilitator,
            now=timezone.now(),
        )
        post(timezone.now())
        anna = self.people["anna"]
        letter = latest_to("anna@example.org", self.t("Du är inbjuden till %(cohort)s")[:10])
        anna.open(links_in(letter)[0]).reads(*says)
        anna.press(self.t("Tacka ja"), login_email=anna.email)
        return anna

    def started(self) -> None:
        """Start the course, so that its fee is decided and told."""
        with transaction.atomic():
            self.cohort.state = CohortState.CONFIRMED
            self.cohort.save()
        today = timezone.localdate()
        start_round(
            round_id=self.round.pk,
            starts_on=today,
            ends_on=today + timedelta(days=60),
            by=self.facilitator,
            now=timezone.now(),
        )
        post(timezone.now())

    def fee_page(self) -> str:
        """Return the page of what the course costs Anna."""
        return self.url(f"/avgift/{Participation.objects.get().pk}/")

    def places_ordered_and_codes_put_in(self) -> None:
        """Let a coordinator order places, and put in codes after a look at them."""
        cora = self.people["cora"].log_in()
        places = self.url(f"/handledare/grupper/{self.cohort.pk}/kurser/{self.round.pk}/platser/")
        cora.open(places).press(
            self.t("Spara beställningen"), kind="voucher", places="5", reference="EX-1"
        )
        cora.open(f"{places}koder/")
        cora.press(self.t("Granska koderna"), text="KOD-7731\n\nKOD-8842")
        cora.reads(self.t("raden är tom"))
        cora.press(self.t("Granska koderna"), text="\n".join(CODES))
        cora.press(self.many("Spara %(n)s kod", "Spara %(n)s koder", 2))
        cora.reads(self.t("koder kvar"))

    def certified(self) -> None:
        """Let the boss hand in the certificate, and an officer approve it."""
        letter = latest_to("boss@example.org", FIRM)
        boss = self.people["boss"].open(links_in(letter)[0])
        fill_in_certificate(boss, self.t)
        self.people["anna"].open(self.fee_page()).reads(
            self.t("Intyget är inlämnat och granskas. Du får ett brev."),
            self.t("Tiden att svara går inte ut medan du väntar på oss."),
        )
        axel = self.people["axel"].log_in()
        certificate = self.company.certificates.get()
        axel.open(self.url(f"/stod/intyg/{certificate.pk}/")).press(
            self.t("Godkänn intyget"), no_conflict="on"
        )
        post(timezone.now())

    def _company(self) -> Company:
        company = factories.make_company(name=FIRM)
        boss = factories.make_user(
            email="boss@example.org", name="Berit Boss", language=self.language
        )
        factories.make_contact(company, boss, may_sign=True)
        return company


def fill_the_ceiling(company: Company) -> None:
    """Let the company have had nearly all the aid it may have."""
    today = timezone.localdate()
    certificate = factories.make_certificate(company=company, signed_on=today, none_received=False)
    factories.make_declared_aid(
        certificate=certificate,
        granted_on=today - timedelta(days=300),
        amount=Decimal("299990.00"),
    )
