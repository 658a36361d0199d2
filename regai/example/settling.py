"""What stands before anybody signs up: companies, who controls whom, staff, exchange rates."""

from datetime import date, datetime, timedelta
from random import Random

from django.db import transaction

from accounts.models import User
from accounts.rules import Role
from accounts.steps import give_role, user_with
from cohorts.actions.contacts import ToldContact, add_contact
from cohorts.models import Programme
from companies.models import Company, Control
from companies.rules import Basis, Kind
from companies.sealing import digest, sealed
from companies.sorting import swedish_sort_key
from deminimis.models import Rate
from regai.example.firms import Firm
from regai.example.people import AID_OFFICER, CONTACT, STAFF
from regai.example.rates import rates_after
from regai.example.region import Region
from regai.example.signups import FIRST_SIGN_UP

# The rule can be followed this many days after the day.
RATES_LAST = timedelta(days=30)
# The programme's period has room for this many days to come.
PERIOD_LASTS = timedelta(days=60)
# Companies whose own people speak for them, beside the one with a contact to log in as.
SPEAKERS = ("subsidiary", "old-paper", "print")


@transaction.atomic(durable=True)
def settle(region: Region, programme: Programme, *, now: datetime) -> dict[str, Company]:
    """Write what the region stands on; return its companies by key."""
    _span(programme, region.day)
    Company.objects.bulk_create([_company(firm, now) for firm in region.firms])
    known = {company.number_digest: company for company in Company.objects.all()}
    companies = {firm.key: known[digest(firm.number)] for firm in region.firms}
    Control.objects.bulk_create(
        Control(
            owner=companies[firm.owner],
            owned=companies[firm.key],
            basis=Basis.VOTES,
            percent=100,
            from_on=now.date() - timedelta(days=900),
        )
        for firm in region.firms
        if firm.owner
    )
    for somebody in STAFF:
        user = user_with(email=somebody.email, name=somebody.name, language="sv", now=now)
        for role in somebody.roles:
            give_role(user, role, now=now)
        if Role.OPERATOR in somebody.roles:
            User.objects.filter(pk=user.pk).update(is_staff=True, is_superuser=True)
    _add_rates(region)
    return companies


def let_speak(region: Region, companies: dict[str, Company], now: datetime) -> None:
    """Let the aid officer add those who speak for companies; each gets a letter."""
    officer = User.objects.get(email=AID_OFFICER.email)
    people = [("contact", CONTACT.email, CONTACT.name)]
    people += [(one.firm, one.email, one.name) for one in region.people if one.firm in SPEAKERS]
    for firm, email, name in people:
        told = ToldContact(email=email, name=name, language="sv", may_sign=True)
        add_contact(company_id=companies[firm].pk, told=told, by=officer, now=now)


def _company(firm: Firm, now: datetime) -> Company:
    company = Company(
        name=firm.name,
        sort_key=swedish_sort_key(firm.name),
        number_digest=digest(firm.number),
        kind=firm.kind,
        size_class=firm.size,
        sector=firm.sector,
        seat_id=firm.seat,
        created_at=now,
    )
    if firm.kind is Kind.SOLE_TRADER:
        company.sealed_number = sealed(firm.number)
        company.number_hint = firm.number[-2:]
    else:
        company.number = firm.number
    return company


def _span(programme: Programme, day: date) -> None:
    """Let an invented programme's period span the day and all that has happened before it."""
    first = day - timedelta(days=FIRST_SIGN_UP)
    if programme.starts_on <= first and day + PERIOD_LASTS <= programme.ends_on:
        return
    programme.starts_on = date(first.year, 1, 1)
    programme.ends_on = date(first.year + 2, 12, 31)
    programme.save(update_fields=["starts_on", "ends_on"])


def _add_rates(region: Region) -> None:
    last = Rate.objects.order_by("-on")[0]
    invented = rates_after(
        last.on,
        last.sek_per_eur,
        until=region.day + RATES_LAST,
        chance=Random(f"rates {region.number}"),  # noqa: S311 -- invented rates, no secret
    )
    Rate.objects.bulk_create(
        Rate(on=on, sek_per_eur=rate, source="example") for on, rate in invented
    )
