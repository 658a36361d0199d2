"""Signing up, confirming, changing, pausing, ending: what is written, and nothing when refused."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest

from accounts.rules import MoveRefused
from cohorts.actions import interests as actions
from cohorts.actions.interests import InterestAnswers, LinkSuperseded, NoProgramme, TooLate
from cohorts.models import Interest, Programme
from cohorts.rules import InterestState
from companies.models import Company
from companies.numbers import read
from outbox.models import Message
from tests.aftermath import everything, history, letters, read_again, receivers
from tests.factories import (
    NOW,
    make_enrolment,
    make_interest,
    make_place,
    make_programme,
    make_user,
)

pytestmark = pytest.mark.django_db(transaction=True)

DAY = timedelta(days=1)
SECOND = timedelta(seconds=1)
STAMP = f"{NOW:%Y%m%dT%H%M%S.%f}"


@pytest.fixture(autouse=True)
def programme() -> Programme:
    """A programme that takes interests, with two places to meet."""
    make_place("umea")
    make_place("mala")
    return make_programme()


def answers(**fields: Any) -> InterestAnswers:
    told: dict[str, Any] = {
        "name": "Anna Ek",
        "email": "anna@example.org",
        "company": "Malå Trä AB",
        "number": read("599000-0019"),
        "places": ("mala", "umea"),
        "times": ("1-lunch", "3-morning"),
        "language": "sv",
        "topics": "bilder",
    }
    return InterestAnswers(**{**told, **fields})


def registered(**fields: Any) -> Interest:
    actions.register_interest(answers=answers(**fields), now=NOW)
    return Interest.objects.latest("id")


def confirmed(**fields: Any) -> Interest:
    interest = registered(**fields)
    actions.confirm_interest(interest_id=interest.pk, generation=1, now=NOW)
    Message.objects.all().delete()
    return Interest.objects.get(pk=interest.pk)


def link(interest: Interest) -> dict[str, Any]:
    return {"interest_id": interest.pk, "generation": interest.link_generation}


def test_a_new_person_waits_to_be_confirmed_and_gets_one_letter() -> None:
    interest = registered()
    assert (interest.state, interest.registered_at) == (InterestState.UNVERIFIED, NOW)
    assert (interest.name, interest.email, interest.company.number) == (
        "Anna Ek",
        "anna@example.org",
        "5990000019",
    )
    assert [(p.place_id, p.rank) for p in interest.places.all()] == [("mala", 1), ("umea", 2)]
    assert (interest.times, interest.topics) == (["1-lunch", "3-morning"], "bilder")
    assert history(interest) == [("", "unverified", "anyone")]
    assert letters() == [f"interest/{interest.pk}/confirm/1/2026-03-10"]
    assert receivers() == ["anna@example.org"]


def test_the_same_person_again_is_one_row_and_one_letter_the_same_day() -> None:
    interest = registered()
    actions.register_interest(answers=answers(), now=NOW + SECOND)
    assert (Interest.objects.count(), Company.objects.count()) == (1, 1)
    assert letters() == [f"interest/{interest.pk}/confirm/1/2026-03-10"]


@pytest.mark.parametrize(
    "twin",
    [
        {"email": "ANNA@Example.ORG"},
        {"name": "  anna   EK "},
        {"name": "ANNA EK", "email": "Anna@example.org", "company": "malå trä"},
        {"number": None},
    ],
)
def test_a_twin_in_other_letters_is_the_same_person(twin: dict[str, object]) -> None:
    registered()
    actions.register_interest(answers=answers(**twin), now=NOW + DAY)
    assert Interest.objects.count() == 1


def test_a_person_who_is_in_gets_a_letter_and_no_second_row() -> None:
    interest = confirmed()
    actions.register_interest(answers=answers(topics="annat"), now=NOW + DAY)
    assert Interest.objects.count() == 1
    assert read_again(interest).topics == "bilder"
    assert letters() == [f"interest/{interest.pk}/again/2026-03-11"]


@pytest.mark.parametrize(
    "state", [InterestState.PAUSED, InterestState.WITHDRAWN, InterestState.EXPIRED]
)
def test_who_has_paused_or_left_gets_the_link_back_and_the_old_place_in_line(
    state: InterestState,
) -> None:
    interest = confirmed()
    Interest.objects.update(state=state)
    actions.register_interest(answers=answers(), now=NOW + DAY)
    assert letters() == [f"interest/{interest.pk}/again/2026-03-11"]
    assert [row.registered_at for row in Interest.objects.all()] == [NOW]
    said = Message.objects.get().text
    assert ("Tryck på Börja igen" in said, "anmälan gäller" in said) == (True, False)


@pytest.mark.parametrize(
    ("since", "is_seated", "states"),
    [
        (30 * DAY, False, ["withdrawn"]),
        (30 * DAY + SECOND, False, ["withdrawn", "unverified"]),
        (30 * DAY + SECOND, True, ["withdrawn"]),
    ],
)
def test_who_left_too_long_ago_to_begin_again_signs_up_anew(
    since: timedelta, is_seated: bool, states: list[str]
) -> None:
    interest = confirmed()
    if is_seated:
        make_enrolment(interest=interest)
    Interest.objects.update(state=InterestState.WITHDRAWN, withdrawn_at=NOW)
    for _ in range(2):
        actions.register_interest(answers=answers(), now=NOW + since)
    assert list(Interest.objects.order_by("id").values_list("state", flat=True)) == states
    newest = Interest.objects.latest("id")
    kind = "confirm/1" if len(states) > 1 else "again"
    assert letters() == [f"interest/{newest.pk}/{kind}/{(NOW + since).date()}"]


def test_another_name_at_a_shared_address_is_another_person() -> None:
    first, second = (
        registered(email="info@example.org"),
        registered(email="info@example.org", name="Bo Åberg"),
    )
    assert first.pk != second.pk
    assert receivers() == ["info@example.org", "info@example.org"]


def test_who_was_erased_or_merged_may_sign_up_anew() -> None:
    registered()
    Interest.objects.update(state=InterestState.ANONYMISED)
    registered()
    assert sorted(Interest.objects.values_list("state", flat=True)) == ["anonymised", "unverified"]


def test_somebody_else_may_sign_a_person_up_and_stands_in_the_row() -> None:
    coach = make_user()
    actions.register_interest(answers=answers(), now=NOW, on_behalf_by=coach)
    interest = Interest.objects.get()
    assert interest.on_behalf_by == coach
    assert history(interest) == [("", "unverified", "user")]
    link_row = Message.objects.get().links["confirm"]
    assert link_row["last_day"] == "2026-03-31"


def test_the_link_in_the_first_letter_lives_seven_days() -> None:
    registered()
    assert Message.objects.get().links["confirm"]["last_day"] == "2026-03-17"


def test_without_a_programme_nothing_is_written() -> None:
    Programme.objects.update(runs_cohorts=False)
    before = everything()
    with pytest.raises(NoProgramme):
        actions.register_interest(answers=answers(), now=NOW)
    assert everything() == before


def test_confirming_makes_it_active_and_twice_is_once() -> None:
    interest = registered()
    for later in (SECOND, DAY):
        actions.confirm_interest(**link(interest), now=NOW + later)
    interest = read_again(interest)
    assert (interest.state, interest.confirmed_at) == (InterestState.ACTIVE, NOW + SECOND)
    assert history(interest) == [("", "unverified", "anyone"), ("unverified", "active", "link")]
    stamp = f"{NOW + SECOND:%Y%m%dT%H%M%S.%f}"
    assert letters()[1:] == [f"interest/{interest.pk}/interest_confirmed/{stamp}"]


@pytest.mark.parametrize("state", ["paused", "withdrawn", "expired", "merged", "anonymised"])
def test_the_first_letters_link_brings_nobody_back_who_has_gone_another_way(state: str) -> None:
    interest = confirmed()
    Interest.objects.update(state=state, withdrawn_at=NOW)
    before = everything()
    with pytest.raises(MoveRefused):
        actions.confirm_interest(**link(interest), now=NOW + DAY)
    assert everything() == before


def test_an_older_generation_of_links_does_nothing() -> None:
    interest = confirmed()
    Interest.objects.update(link_generation=2)
    before = everything()
    whose: dict[str, Any] = {"interest_id": interest.pk, "generation": 1, "now": NOW}
    attempts: list[Callable[[], None]] = [
        lambda: actions.confirm_interest(**whose),
        lambda: actions.change_interest(**whose, answers=answers()),
        lambda: actions.pause_interest(**whose, until=date(2026, 5, 1)),
        lambda: actions.resume_interest(**whose),
        lambda: actions.renew_interest(**whose),
        lambda: actions.withdraw_interest(**whose),
    ]
    for attempt in attempts:
        with pytest.raises(LinkSuperseded):
            attempt()
    assert everything() == before


def test_a_change_replaces_what_may_be_changed_and_keeps_who_it_is() -> None:
    interest = confirmed()
    new = answers(
        name="Anna Öberg",
        email="other@example.org",
        company="Another AB",
        places=("umea",),
        times=(),
        language="en",
        topics="",
    )
    actions.change_interest(**link(interest), answers=new, now=NOW)
    changed = read_again(interest)
    assert (changed.name, changed.sort_key, changed.language) == ("Anna Öberg", "anna γberg", "en")
    assert (changed.times, changed.topics) == ([], "")
    assert [(p.place_id, p.rank) for p in changed.places.all()] == [("umea", 1)]
    assert (changed.email, changed.company_as_told) == ("anna@example.org", "Malå Trä AB")
    assert (changed.registered_at, changed.state) == (NOW, InterestState.ACTIVE)
    assert history(interest)[-1] == ("active", "active", "link")
    assert letters() == [f"interest/{interest.pk}/interest_changed/{STAMP}"]


def test_a_pause_keeps_the_place_in_line_and_ends_the_day_after_its_last() -> None:
    interest = confirmed()
    until = date(2026, 5, 1)
    actions.pause_interest(**link(interest), until=until, now=NOW)
    paused = read_again(interest)
    assert (paused.state, paused.paused_until, paused.registered_at) == ("paused", until, NOW)
    last_minute = NOW.replace(month=5, day=1, hour=21, minute=59)
    assert actions.end_pauses(now=last_minute) == 0
    assert actions.end_pauses(now=last_minute + timedelta(minutes=1)) == 1
    assert actions.end_pauses(now=last_minute + timedelta(minutes=1)) == 0
    ended = read_again(interest)
    assert (ended.state, ended.paused_until) == ("active", None)
    assert history(interest)[-2:] == [("active", "paused", "link"), ("paused", "active", "clock")]
    assert [key.split("/")[2] for key in letters()] == ["interest_paused", "interest_resumed"]


def test_who_is_not_active_cannot_pause() -> None:
    interest = registered()
    before = everything()
    with pytest.raises(MoveRefused):
        actions.pause_interest(**link(interest), until=date(2026, 5, 1), now=NOW)
    assert everything() == before


@pytest.mark.parametrize("state", [InterestState.PAUSED, InterestState.EXPIRED])
def test_a_paused_or_expired_interest_is_taken_up_again_with_its_old_place(
    state: InterestState,
) -> None:
    interest = confirmed()
    Interest.objects.update(state=state, paused_until=date(2026, 5, 1))
    actions.resume_interest(**link(interest), now=NOW + 40 * DAY)
    again = read_again(interest)
    assert (again.state, again.paused_until) == ("active", None)
    assert (again.registered_at, again.confirmed_at) == (NOW, NOW + 40 * DAY)


def test_a_withdrawal_is_undone_on_its_thirtieth_day() -> None:
    interest = confirmed()
    actions.withdraw_interest(**link(interest), now=NOW)
    actions.resume_interest(**link(interest), now=NOW + 30 * DAY)
    again = read_again(interest)
    assert (again.state, again.withdrawn_at, again.registered_at) == ("active", None, NOW)


@pytest.mark.parametrize("late", [30 * DAY + SECOND, 31 * DAY])
def test_after_thirty_days_a_withdrawal_stands(late: timedelta) -> None:
    interest = confirmed()
    actions.withdraw_interest(**link(interest), now=NOW)
    before = everything()
    with pytest.raises(TooLate):
        actions.resume_interest(**link(interest), now=NOW + late)
    assert everything() == before


@pytest.mark.parametrize("state", ["unverified", "active", "merged", "anonymised"])
def test_what_was_never_left_cannot_be_taken_up_again(state: str) -> None:
    interest = confirmed()
    Interest.objects.update(state=state)
    before = everything()
    with pytest.raises(MoveRefused):
        actions.resume_interest(**link(interest), now=NOW)
    assert everything() == before


def test_renewing_counts_from_that_day() -> None:
    interest = confirmed()
    actions.renew_interest(**link(interest), now=NOW + 250 * DAY)
    assert read_again(interest).confirmed_at == NOW + 250 * DAY
    assert history(interest)[-1] == ("active", "active", "link")


@pytest.mark.parametrize("state", ["unverified", "withdrawn", "expired"])
def test_only_an_active_or_paused_interest_is_renewed(state: str) -> None:
    interest = make_interest(state=state)
    before = everything()
    with pytest.raises(MoveRefused):
        actions.renew_interest(**link(interest), now=NOW)
    assert everything() == before
