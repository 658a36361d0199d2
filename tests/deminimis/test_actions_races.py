"""What row locks are for: a certificate and the register when two people act in the same moment."""

from collections import Counter
from functools import partial

import pytest

from accounts.steps import LINK
from deminimis import actions
from deminimis.models import Certificate, DeclaredAid, RegisterMark
from deminimis.rules import HandInRefusal, MarkRefusal
from tests.at_once import at_once
from tests.deminimis.pages import answered
from tests.deminimis.test_actions import LINE
from tests.factories import NOW, TODAY, make_company, make_entry, make_user

pytestmark = [pytest.mark.postgresql, pytest.mark.django_db(transaction=True)]

TICKS = {"is_authorised": True, "covers_group": True, "is_true": True}


def handing_in(certificate: Certificate) -> partial[actions.NotHandedIn | None]:
    """Return the signing of a certificate by somebody who has logged in."""
    who = {"certificate_id": certificate.pk, "by": make_user(), "now": NOW}
    return partial(actions.hand_in, **who, **TICKS)  # type: ignore[arg-type]  # by name


def test_two_officers_mark_the_same_line_once() -> None:
    entry, officer = make_entry(), make_user()
    mark = partial(
        actions.mark_registered,
        entry_id=entry.pk,
        registered_on=TODAY,
        reference="A",
        by=officer,
        now=NOW,
    )
    answers = at_once([mark] * 6)
    assert Counter(answers) == {None: 1, MarkRefusal.MARKED_ALREADY: 5}
    assert RegisterMark.objects.count() == 1


def test_a_certificate_is_never_handed_in_with_answers_that_came_after_it() -> None:
    for _ in range(5):
        certificate = answered()
        hand_in = handing_in(certificate)
        change = partial(actions.replace_declared_aid, certificate_id=certificate.pk, lines=[LINE])
        at_once([hand_in, change])
        kept = Certificate.objects.get(pk=certificate.pk)
        lines = DeclaredAid.objects.filter(certificate=kept).count()
        assert kept.state == "submitted"
        assert kept.none_received == (lines == 0)


def test_handing_in_and_taking_back_end_in_one_of_the_two_and_never_in_both() -> None:
    certificate = answered()
    hand_in = handing_in(certificate)
    withdraw = partial(actions.withdraw, certificate_id=certificate.pk, actor=LINK, now=NOW)
    answer, _ = at_once([hand_in, withdraw])
    assert answer in {None, actions.NotHandedIn(HandInRefusal.OVER)}
    assert Certificate.objects.get().state == "withdrawn"


def test_a_contact_who_clicks_twice_begins_one_certificate() -> None:
    company, contact = make_company(), make_user()
    begin = partial(actions.begin_certificate, company_id=company.pk, by=contact, now=NOW)
    begun = at_once([begin] * 4)
    assert (len(set(begun)), Certificate.objects.count()) == (1, 1)
