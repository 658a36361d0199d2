"""The facilitator's pages about votes: prepared, called off, asked, and the runner-up."""

from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from cohorts.actions.votes import open_votes, tell_hindrance, void_vote
from cohorts.models import Question
from cohorts.rules import RoundState
from tests.aftermath import everything
from tests.cohorts.test_views_votes import words_of
from tests.cohorts.voting_world import DAY, called, closed, courses, rankings_in, running
from tests.factories import make_user
from voting.models import Ballot

pytestmark = pytest.mark.django_db(transaction=True)


def day(days: int) -> str:
    return str(timezone.localdate() + days * DAY)


def test_a_vote_is_prepared_for_a_later_day_with_all_its_settings(client: Client) -> None:
    cohort, among = running(), courses(0, 900)
    client.force_login(cohort.facilitator)
    tell_hindrance(
        cohort_id=cohort.pk, course_id=among[1].pk, kind="accessibility", text="inget ljud"
    )
    address = f"/handledare/grupper/{cohort.pk}/omrostning/"
    assert "Kurs B: tillgängligheten: jag kan inte använda den. ”inget ljud”" in words_of(
        client.get(address)
    )
    told: dict[str, Any] = {
        "courses": [course.pk for course in among],
        "opens_on": day(2),
        "closes_on": day(9),
        "rule": "schulze",
        "quorum_percent": 75,
        "with_none": "on",
    }
    late = client.get(address, {**told, "opens_on": day(9), "closes_on": day(8)})
    assert "måste stänga efter att den har öppnat" in words_of(late)
    page = words_of(client.get(address, told))
    assert "Schulzes metod" in page
    assert "minst 3 av 4 röstar (75 procent)" in page
    assert "Ingen av dessa" in page
    assert "Omröstningen öppnar av sig själv" in words_of(client.post(address, told, follow=True))
    ballot = Ballot.objects.get()
    assert (ballot.state, ballot.rule, ballot.quorum_percent) == ("draft", "schulze", 75)
    assert ballot.options.count() == 3


def test_a_short_vote_promises_one_reminder_and_a_long_one_two(client: Client) -> None:
    cohort, among = running(), courses(0, 0)
    client.force_login(cohort.facilitator)
    told: dict[str, Any] = {
        "courses": [course.pk for course in among],
        "rule": "approval",
        "quorum_percent": 50,
    }
    address = f"/handledare/grupper/{cohort.pk}/omrostning/"
    for days, said in ((1, "i halvtid, bara till"), (9, "i halvtid och ett dygn före stängning")):
        page = words_of(client.get(address, {**told, "closes_on": day(days)}))
        assert said in page
        assert "En kurs utan plats räknas som sist" not in page


def test_the_page_that_ends_a_group_says_that_its_vote_ends_too(client: Client) -> None:
    cohort = running()
    cohort.rounds.update(state=RoundState.CLOSED)
    client.force_login(cohort.facilitator)
    address = f"/handledare/grupper/{cohort.pk}/avsluta/"
    said = "En omröstning som förbereds eller pågår avbryts."
    assert said not in words_of(client.get(address))
    ballot = called(cohort)
    assert said in words_of(client.get(address))
    client.post(address)
    assert Ballot.objects.get(pk=ballot.pk).state == "void"


def test_what_hinders_in_a_coming_vote_stands_on_the_desk_until_it_opens(client: Client) -> None:
    cohort = running()
    ballot = called(cohort, opens_at=timezone.now() + DAY)
    hindered, other = ballot.rounds.order_by("id")[0].course, courses(0)[0]
    for course in (hindered, other):
        tell_hindrance(cohort_id=cohort.pk, course_id=course.pk, kind="language", text="engelska")
    client.force_login(cohort.facilitator)
    desk = f"/handledare/grupper/{cohort.pk}/"
    assert words_of(client.get(desk)).count("”engelska”") == 1
    open_votes(now=ballot.opens_at)
    assert "”engelska”" not in words_of(client.get(desk))


def test_a_vote_is_called_off_with_a_reason_once(client: Client) -> None:
    cohort = running()
    ballot = called(cohort)
    client.force_login(cohort.facilitator)
    address = f"/handledare/grupper/{cohort.pk}/omrostning/{ballot.pk}/avbryt/"
    assert "Inga röster räknas" in words_of(client.get(address))
    before = everything()
    assert "Det är något som behöver rättas" in words_of(client.post(address, {"why": ""}))
    assert everything() == before
    why = {"why": "Fel kurser."}
    assert "Omröstningen är avbruten" in words_of(client.post(address, why, follow=True))
    assert "är redan över" in words_of(client.post(address, why, follow=True))
    client.force_login(make_user(role="facilitator"))
    assert client.get(address).status_code == 404


@pytest.mark.parametrize("is_called_off", [True, False])
def test_a_vote_that_did_not_hold_is_held_again_with_its_settings(
    client: Client, *, is_called_off: bool
) -> None:
    cohort = running()
    ballot = called(cohort, rule="schulze", quorum_percent=75, is_open_count=True)
    client.force_login(cohort.facilitator)
    desk, page = f"/handledare/grupper/{cohort.pk}/", f"/rosta/{ballot.pk}/resultat/"
    again = f"{desk}omrostning/?igen={ballot.pk}"
    assert again not in client.get(desk).content.decode()
    if is_called_off:
        void_vote(ballot_id=ballot.pk, why="Fel dag.", by=cohort.facilitator, now=timezone.now())
    else:
        rankings_in(ballot, "A", "A")
        assert closed(ballot).state == "void"
    said = "Omröstningen är avbruten" if is_called_off else "Omröstningen blev inte giltig"
    for path in (desk, page):
        answer = client.get(path)
        assert (said in words_of(answer), again in answer.content.decode()) == (True, True)
    form = client.get(again).context["form"]
    told = {name: form[name].value() for name in form.fields if form[name].value() is not None}
    assert (form.is_bound, told["rule"], told["quorum_percent"]) == (False, "schulze", 75)
    assert client.post(f"{desk}omrostning/", told).status_code == 302
    anew = Ballot.objects.get(state="open")
    assert (anew.is_open_count, anew.rule) == (True, "schulze")
    titles = [set(one.options.values_list("title", flat=True)) for one in (ballot, anew)]
    assert titles[0] == titles[1]
    for path in (desk, page):
        assert again not in client.get(path).content.decode()
    assert client.get(again).status_code == 302


def test_only_who_leads_the_group_is_offered_to_hold_a_vote_again(client: Client) -> None:
    cohort = running()
    ballot = called(cohort)
    (voter, *_) = [entry.voter for entry in ballot.roll.all()]
    closed(ballot)
    client.force_login(voter)
    page = client.get(f"/rosta/{ballot.pk}/resultat/").content.decode()
    assert "igen=" not in page


QUESTION = {
    "question": "Lunch?",
    "answers": "ja\nnej",
    "closes_on": day(2),
    "closes_at_time": "12:00",
}


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"answers": "bara ett"}, "Skriv 2–12 olika svar"),
        ({"answers": "ja\nja\n"}, "Skriv 2–12 olika svar"),
        ({"answers": "\n".join(map(str, range(13)))}, "Skriv 2–12 olika svar"),
        ({"answers": "ja\n" + "n" * 101}, "högst 100 tecken"),
        ({"closes_on": day(-1)}, "måste stänga senare än nu"),
        ({"question": ""}, "Det är något som behöver rättas"),
    ],
)
def test_a_question_of_another_shape_is_said_and_nothing_is_asked(
    client: Client, wrong: dict[str, Any], said: str
) -> None:
    cohort = running()
    client.force_login(cohort.facilitator)
    answer = client.post(f"/handledare/grupper/{cohort.pk}/fraga/", {**QUESTION, **wrong})
    assert said in words_of(answer)
    assert Question.objects.count() == 0


def test_a_question_is_asked_and_stands_on_the_desk_and_the_groups_page(client: Client) -> None:
    cohort = running()
    client.force_login(cohort.facilitator)
    address = f"/handledare/grupper/{cohort.pk}/fraga/"
    assert "Frågan är ställd" in words_of(client.post(address, QUESTION, follow=True))
    assert "Lunch?: öppen" in words_of(client.get(f"/handledare/grupper/{cohort.pk}/"))
    ballot = Ballot.objects.get()
    client.force_login(ballot.roll.order_by("voter_id")[0].voter)
    assert "Kryssa för allt som passar dig" in words_of(client.get(f"/rosta/{ballot.pk}/"))


@pytest.mark.parametrize(("votes", "is_named"), [(4, False), (5, True)])
def test_the_runner_up_is_named_before_the_change_only_where_the_order_is_shown(
    client: Client, votes: int, is_named: bool
) -> None:
    cohort = running(votes)
    ballot = called(cohort)
    rankings_in(ballot, *["A C B"] * votes)
    closed(ballot)
    client.force_login(cohort.facilitator)
    address = f"/handledare/grupper/{cohort.pk}/byt-kurs/"
    page = words_of(client.get(address))
    assert ("Härnäst kommer Kurs C" in page, "ordningen är hemlig" in page) == (
        is_named,
        not is_named,
    )
    said = words_of(client.post(address, {"why": "Inställd."}, follow=True))
    assert "Nästa kurs är nu Kurs C" in said
