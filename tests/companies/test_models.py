from collections.abc import Callable
from decimal import Decimal

import pytest
from django.db import IntegrityError, transaction

from companies.models import Control
from tests.factories import NOW, make_company, make_contact, make_control, make_user

pytestmark = pytest.mark.django_db


def refused(write: Callable[[], object]) -> bool:
    try:
        with transaction.atomic():
            write()
    except IntegrityError:
        return True
    return False


def test_two_companies_never_share_a_number() -> None:
    first = make_company()
    assert refused(lambda: make_company(number=first.number, number_digest="x"))
    assert refused(lambda: make_company(number=None, number_digest=first.number_digest))


def test_two_companies_may_both_lack_a_number() -> None:
    make_company(number=None, number_digest=None)
    assert not refused(lambda: make_company(number=None, number_digest=None))


def test_a_number_is_open_or_sealed_never_both() -> None:
    assert refused(lambda: make_company(sealed_number="seal"))
    assert not refused(lambda: make_company(number=None, sealed_number="seal"))


@pytest.mark.parametrize("percent", ["-0.01", "100.01"])
def test_control_is_between_nought_and_a_hundred_percent(percent: str) -> None:
    one, other = make_company(), make_company()
    assert refused(lambda: make_control(one, other, percent=Decimal(percent)))


def test_no_company_controls_itself() -> None:
    one = make_company()
    assert refused(lambda: make_control(one, one))
    assert Control.objects.count() == 0


def test_somebody_speaks_for_a_company_once_at_a_time_and_may_come_back() -> None:
    company, user = make_company(), make_user()
    first = make_contact(company, user)
    assert refused(lambda: make_contact(company, user))
    first.ended_at = NOW
    first.save()
    assert not refused(lambda: make_contact(company, user))
