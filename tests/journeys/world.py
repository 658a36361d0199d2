"""What the main path starts from: the reference data, and staff who may log in."""

from datetime import timedelta
from decimal import Decimal

from django.utils import timezone

from accounts.rules import Role
from tests import factories


def prepare() -> None:
    """Fill an empty database with places, a programme, three courses, rates and staff."""
    for code in factories.PLACES:
        factories.make_place(code)
    today = timezone.localdate()
    factories.make_programme(starts_on=today, ends_on=today + timedelta(days=900))
    factories.make_course(title="Elements of AI", slug="elements-of-ai", lessons=6)
    factories.make_course(title="Building AI", price_sek=Decimal(4000))
    factories.make_course(title="Ethics of AI", price_sek=Decimal(2500))
    for days in range(60):
        factories.make_rate(today + timedelta(days=days))
    factories.make_user(
        email="frida@example.org", name="Frida Falk", role=Role.FACILITATOR, language="sv"
    )
    factories.make_user(email="axel@example.org", name="Axel Aid", role=Role.AID_OFFICER)
