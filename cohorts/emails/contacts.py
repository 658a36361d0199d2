"""The letter to somebody who may speak for a company from now on."""

from django.conf import settings
from django.urls import reverse
from django.utils import translation

from companies.models import Contact
from outbox import links
from outbox.letters import Letter, Reader, worded


def contact_added(contact: Contact) -> Letter:
    """Return the news to a new contact: what they can do for the company, and where."""
    user = contact.user
    with translation.override(user.language):
        page = links.page(reverse("cohorts:my_company"))
    return worded(
        "cohorts/emails/contact_added.txt",
        key=f"contact/{contact.pk}/added",
        to=Reader(
            about=f"user/{user.pk}", email=user.email, name=user.name, language=user.language
        ),
        sender=settings.SITE["name"],
        links={"company": page},
        company=contact.company,
        may_sign=contact.may_sign,
    )
