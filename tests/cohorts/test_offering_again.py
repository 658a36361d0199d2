"""A course offered once more to somebody who sat it out, or did not answer in time."""

from decimal import Decimal

import pytest
from django.test import Client
from django.utils import timezone

from accounts.rules import Role
from cohorts.actions.fees import sit_out
from cohorts.actions.offering import offer_again
from cohorts.models import CourseRound, Enrolment, Participation
from cohorts.rules import EnrolmentState, ParticipationState, RoundState
from cohorts.rules.offering import OfferRefusal, offer_refusal
from tests.aftermath import everything, history, letters, read_again
from tests.cohorts.payments_world import DAY, certified, current, make_round, offered
from tests.deminimis.pages import text_of
from tests.factories import NOW, make_user

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.mark.pure
@pytest.mark.parametrize(
    ("state", "seat", "round_", "refusal"),
    [
        ("sat_out", "active", "fee_check", None),
        ("lapsed", "active", "running", None),
        ("sat_out", "active", "chosen", None),
        ("offered", "active", "running", OfferRefusal.ANSWERED),
        ("dropped", "active", "running", OfferRefusal.ANSWERED),
        ("not_started", "active", "running", OfferRefusal.ANSWERED),
        ("sat_out", "withdrawn", "running", OfferRefusal.LEFT),
        ("lapsed", "active", "closed", OfferRefusal.OVER),
        ("lapsed", "active", "dropped", OfferRefusal.OVER),
    ],
)
def test_only_who_stands_over_a_course_that_is_to_be_taken_is_asked_again(
    state: str, seat: str, round_: str, refusal: OfferRefusal | None
) -> None:
    found = offer_refusal(
        ParticipationState(state), seat=EnrolmentState(seat), round_=RoundState(round_)
    )
    assert found is refusal


def stands_over(round_: CourseRound) -> Participation:
    participation = offered(round_, certified())
    by = participation.enrolment.user
    assert by is not None
    sit_out(participation_id=participation.pk, by=by, now=NOW)
    return participation


def test_it_is_offered_with_a_new_last_day_and_one_letter_and_twice_is_once() -> None:
    participation = stands_over(make_round())
    by, later = make_user(role=Role.COORDINATOR), NOW + DAY
    before = len(letters())
    assert offer_again(participation_id=participation.pk, by=by, now=later) is None
    again = read_again(participation)
    assert (again.state, again.answer_by) == ("offered", later + 14 * DAY)
    assert history(participation)[-1] == ("sat_out", "offered", "user")
    assert current(participation).kind == "free_as_aid"
    assert [key.split("/")[2] for key in letters()[before:]] == ["again"]
    rows = everything()
    refused = offer_again(participation_id=participation.pk, by=by, now=later)
    assert (refused, everything()) == (OfferRefusal.ANSWERED, rows)


def test_what_it_costs_is_decided_anew_and_told_in_the_same_letter() -> None:
    participation = stands_over(make_round())
    participation.enrolment.interest.company.certificates.update(state="withdrawn")
    before = len(letters())
    by = make_user(role=Role.COORDINATOR)
    assert offer_again(participation_id=participation.pk, by=by, now=NOW + DAY) is None
    assert current(participation).kind == "certificate_requested"
    assert "again" in [key.split("/")[2] for key in letters()[before:]]
    assert [key for key in letters()[before:] if key.startswith("fee-decision")] == []


def test_a_free_course_is_taken_at_once() -> None:
    round_ = make_round(price_sek=Decimal(0))
    participation = offered(round_, certified())
    Participation.objects.update(state="lapsed")
    by = make_user(role=Role.COORDINATOR)
    assert offer_again(participation_id=participation.pk, by=by, now=NOW + DAY) is None
    assert read_again(participation).state == "not_started"


def test_a_coordinator_sees_what_it_would_cost_and_presses_the_button(client: Client) -> None:
    participation = stands_over(make_round())
    member, page = participation.enrolment, f"/samordna/kurser/{participation.pk}/erbjud-igen/"
    client.force_login(make_user(role=Role.COORDINATOR))
    desk = f"/handledare/grupper/{member.cohort_id}/deltagare/{member.pk}/"
    assert f'href="{page}"' in client.get(desk).content.decode()
    before = everything()
    assert "Vad den skulle kosta i dag" in text_of(client, page)
    assert everything() == before
    response = client.post(page, follow=True)
    assert "Kursen är erbjuden igen" in response.content.decode()
    assert f'href="{page}"' not in client.get(desk).content.decode()
    assert "står inte över längre" in text_of(client, page)
    again = client.post(page, follow=True).content.decode()
    assert "Ingenting ändrades" in again


def test_who_has_left_the_group_is_not_asked_again(client: Client) -> None:
    participation = stands_over(make_round())
    Enrolment.objects.filter(pk=participation.enrolment_id).update(state="withdrawn")
    client.force_login(make_user(role=Role.COORDINATOR))
    page = text_of(client, f"/samordna/kurser/{participation.pk}/erbjud-igen/")
    assert "inte kvar i gruppen" in page
    now = timezone.now()
    by = make_user(role=Role.COORDINATOR)
    assert offer_again(participation_id=participation.pk, by=by, now=now) is OfferRefusal.LEFT
