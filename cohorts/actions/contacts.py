"""The aid officer lets people speak for a company, and ends it."""

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from accounts.models import User
from accounts.steps import acting, record, user_with
from cohorts.emails.contacts import contact_added
from companies.models import Company
from companies.rules import ContactRefusal
from companies.steps import contact_ended, contact_told
from outbox.steps import queue

STANDS, ENDED = "stands", "ended"


@dataclass(frozen=True, slots=True, kw_only=True)
class ToldContact:
    """Who is to speak for a company. ``may_sign``: an authorised signatory."""

    email: str
    name: str
    language: str
    may_sign: bool


@transaction.atomic(durable=True)
def add_contact(
    *, company_id: int, told: ToldContact, by: User, now: datetime
) -> ContactRefusal | None:
    """Let somebody speak for a company; return why not, or None. They are told by letter.

    An address that logs in already keeps its name and language; another gets an account. Whoever
    decides on aid never speaks for the company too. The company's row is locked, so that two
    officers at once add one contact.
    """
    if User.objects.canonical(told.email) == by.email:
        return ContactRefusal.ONESELF
    company = Company.objects.select_for_update().get(id=company_id)
    user = user_with(email=told.email, name=told.name, language=told.language, now=now)
    contact = contact_told(company=company, user=user, may_sign=told.may_sign, now=now)
    if contact is None:
        return ContactRefusal.STANDS_ALREADY
    record(contact, was="", became=STANDS, actor=acting(by), now=now)
    queue(contact_added(contact), now=now)
    return None


@transaction.atomic(durable=True)
def end_contact(*, contact_id: int, by: User, now: datetime) -> ContactRefusal | None:
    """Let somebody speak for a company no more; return why not, or None.

    What they have signed stands, and so does their account.
    """
    company = Company.objects.select_for_update(of=("self",)).get(contacts=contact_id)
    contact = company.contacts.get(id=contact_id)
    if contact.ended_at is not None:
        return ContactRefusal.ENDED_ALREADY
    contact_ended(contact, now=now)
    record(contact, was=STANDS, became=ENDED, actor=acting(by), now=now)
    return None
