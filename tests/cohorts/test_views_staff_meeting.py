"""A meeting's desk: who comes, what they need, who was there, and what is changed."""

from datetime import datetime, timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from accounts.models import User
from accounts.rules import Role
from cohorts.models import AgendaItem, Enrolment, LessonMark, Meeting, Presence
from cohorts.rules import AnswerKind, EnrolmentState, MeetingState
from tests.aftermath import (
    everything,
    members_letters,
    members_receivers,
    read_again,
    receivers,
    whys,
)
from tests.cohorts.staff_world import (
    NEVER_MIND,
    from_now,
    join,
    log_in,
    queries_of,
    read,
    round_of,
    running,
    send,
)
from tests.days import at, open_days
from tests.factories import make_meeting, make_place, make_user

pytestmark = pytest.mark.django_db


@pytest.fixture
def leader(client: Client) -> User:
    return log_in(client, name="Hanna Handledare")


def meeting_of(leader: User, *, days: int = 10, members: int = 0, **fields: Any) -> Meeting:
    cohort = running(leader, members=members)
    return make_meeting(round=round_of(cohort), **{"starts_at": from_now(days=days), **fields})


def desk(meeting: Meeting, page: str = "") -> str:
    return f"/handledare/traffar/{meeting.pk}/{page}"


def answer(meeting: Meeting, seat: Enrolment, kind: AnswerKind) -> None:
    Presence.objects.create(meeting=meeting, enrolment=seat, answer=kind)


def there(meeting: Meeting) -> dict[str, bool | None]:
    told = meeting.presences.values_list("enrolment__interest__name", "was_there")
    return dict(told)


PAGES = ["", "lista/", "fragor/1/", "flytta/", "vikarie/", "digital/", "stall-in/"]


@pytest.mark.parametrize("page", PAGES)
def test_somebody_elses_meeting_does_not_exist(client: Client, page: str) -> None:
    log_in(client)
    meeting = meeting_of(make_user(role=Role.FACILITATOR))
    assert client.post(desk(meeting, page)).status_code == 404


@pytest.mark.parametrize("page", PAGES)
def test_a_participant_is_told_that_the_page_is_not_theirs(client: Client, page: str) -> None:
    meeting = meeting_of(make_user(), members=1)
    client.force_login(Enrolment.objects.get().user)
    assert client.get(desk(meeting, page)).status_code == 403


def test_answers_are_counted_and_needs_are_those_of_people_who_may_come(
    client: Client, leader: User
) -> None:
    meeting = meeting_of(leader)
    cohort = meeting.round.cohort
    answer(meeting, join(cohort, "Per Plats", needs="Hörslinga"), AnswerKind.ON_SITE)
    answer(meeting, join(cohort, "Dina Digital"), AnswerKind.DIGITAL)
    answer(meeting, join(cohort, "Nils Nej", needs="Nötallergi"), AnswerKind.NO)
    join(cohort, "Tilda Tyst", needs="Tolk")
    page = read(client, desk(meeting))
    assert "1 på plats 1 digitalt 1 kan inte 1 har inte svarat" in page
    assert ("Per Plats: Hörslinga" in page, "Tilda Tyst: Tolk" in page) == (True, True)
    assert "Nötallergi" not in page
    assert "Vilka var med?" not in page


def test_the_agenda_holds_questions_and_lessons_counted(client: Client, leader: User) -> None:
    meeting = meeting_of(leader)
    cohort = meeting.round.cohort
    one, other = join(cohort), join(cohort)
    lessons = list(meeting.round.course.lessons.all())
    for seat in (one, other):
        LessonMark.objects.create(
            participation=seat.participations.get(),
            lesson=lessons[1],
            is_unclear=True,
            is_relevant=seat == one,
            marked_at=from_now(),
        )
    AgendaItem.objects.create(
        round=meeting.round, author=one, text="Vad är en vikt?", asked_at=from_now()
    )
    page = read(client, desk(meeting))
    assert "2. Kapitel 2: oklar för 2, extra relevant för 1" in page
    assert "Vad är en vikt?" in page
    assert "Kapitel 1" not in page


def test_an_answer_to_a_question_is_kept_and_may_be_mended(client: Client, leader: User) -> None:
    meeting = meeting_of(leader, members=1)
    item = AgendaItem.objects.create(
        round=meeting.round, author=Enrolment.objects.get(), text="Varför?", asked_at=from_now()
    )
    address = desk(meeting, f"fragor/{item.pk}/")
    assert "Det är något som behöver rättas" in send(client, address, {"answer": ""})
    assert "Svaret är sparat" in send(client, address, {"answer": "Därför."})
    assert (read_again(item).answer, read_again(item).answered_in) == ("Därför.", meeting)
    assert "Besvarat på den här träffen Varför? Därför." in read(client, desk(meeting))
    assert "Därför." in client.get(address).content.decode()


def test_another_cohorts_question_is_not_found(client: Client, leader: User) -> None:
    other = meeting_of(make_user(), members=1)
    item = AgendaItem.objects.create(
        round=other.round, author=Enrolment.objects.get(), text="Hemligt", asked_at=from_now()
    )
    address = desk(meeting_of(leader), f"fragor/{item.pk}/")
    assert client.post(address, {"answer": "x"}).status_code == 404
    assert read_again(item).answer == ""


def test_attendance_is_saved_three_ways_and_twice_is_the_same(client: Client, leader: User) -> None:
    meeting = meeting_of(leader, days=-1)
    seats = [join(meeting.round.cohort, name) for name in ("Ada", "Bo", "Cilla")]
    told = dict(zip((f"m{seat.pk}" for seat in seats), ("ja", "nej", ""), strict=True))
    expected = {"Ada": True, "Bo": False, "Cilla": None}
    for _ in range(2):
        assert "Närvaron är sparad" in send(client, desk(meeting), {**told, "do": "save"})
        assert there(meeting) == expected
    assert (read_again(meeting).state, meeting.presences.count()) == (MeetingState.HELD, 3)
    assert "1 är inte markerad" in read(client, desk(meeting))


def test_a_meeting_is_closed_with_its_attendance(client: Client, leader: User) -> None:
    meeting = meeting_of(leader, days=-1)
    seat = join(meeting.round.cohort)
    send(client, desk(meeting), {f"m{seat.pk}": "ja", "do": "close"})
    assert read_again(meeting).state == MeetingState.CLOSED
    page = read(client, desk(meeting))
    assert ("Spara närvaron" in page, "Spara och avsluta" in page) == (True, False)


def test_the_list_may_begin_with_everybody_who_has_not_said_no(
    client: Client, leader: User
) -> None:
    meeting = meeting_of(leader, days=-1)
    cohort = meeting.round.cohort
    came, declined = join(cohort), join(cohort)
    answer(meeting, declined, AnswerKind.NO)
    page = client.get(desk(meeting), {"alla": "var-med"}).content.decode()
    ticked = [line.split('"')[0] for line in page.split('id="id_m')[1:] if "checked" in line[:120]]
    assert ticked == [f"{came.pk}_0", f"{declined.pk}_2"]
    assert there(meeting) == {declined.interest.name: None}


@pytest.mark.parametrize(
    ("days", "state", "words"),
    [
        (1, MeetingState.SCHEDULED, "Träffen har inte börjat än"),
        (-15, MeetingState.HELD, "Närvaron låstes 14 dagar efter träffen"),
        (-1, MeetingState.CANCELLED, "Träffen är inställd"),
    ],
)
def test_attendance_outside_its_time_is_refused(
    client: Client, leader: User, days: int, state: MeetingState, words: str
) -> None:
    meeting = meeting_of(leader, days=days, state=state)
    seat = join(meeting.round.cohort)
    before = everything()
    assert words in send(client, desk(meeting), {f"m{seat.pk}": "ja"})
    assert everything() == before


def test_an_answer_that_is_none_of_the_three_saves_nothing(client: Client, leader: User) -> None:
    meeting = meeting_of(leader, days=-1)
    seat = join(meeting.round.cohort)
    before = everything()
    page = send(client, desk(meeting), {f"m{seat.pk}": "kanske"})
    assert "Det är något som behöver rättas" in page
    assert everything() == before


def test_who_has_left_since_stays_on_the_list_of_a_meeting_they_answered(
    client: Client, leader: User
) -> None:
    meeting = meeting_of(leader, days=-1)
    gone = join(meeting.round.cohort, "Gun Gått", state=EnrolmentState.WITHDRAWN)
    join(meeting.round.cohort, "Ola Okänd", state=EnrolmentState.WITHDRAWN)
    answer(meeting, gone, AnswerKind.ON_SITE)
    page = read(client, desk(meeting))
    assert ("Gun Gått" in page, "Ola Okänd" in page) == (True, False)


def test_the_desk_takes_as_many_statements_with_many_people_as_with_one(
    client: Client, leader: User
) -> None:
    meeting = meeting_of(leader, days=-1)
    cohort = meeting.round.cohort

    def more() -> None:
        answer(meeting, join(cohort), AnswerKind.ON_SITE)

    more()
    queries_of(client, desk(meeting))
    for page in ("", "lista/"):
        with_few = queries_of(client, desk(meeting, page))
        for _ in range(100):
            more()
        assert queries_of(client, desk(meeting, page)) == with_few


def test_the_printed_list_has_everybody_and_no_needs(client: Client, leader: User) -> None:
    meeting = meeting_of(leader)
    answer(meeting, join(meeting.round.cohort, "Per Plats", needs="Epilepsi"), AnswerKind.ON_SITE)
    page = read(client, desk(meeting, "lista/"))
    assert ("Per Plats" in page, "kommer på plats" in page) == (True, True)
    assert "Epilepsi" not in page
    assert "Medfinansieras av Exempelfonden" in page


def moved(meeting: Meeting, to: datetime, **told: Any) -> dict[str, Any]:
    local = timezone.localtime(to)
    return {
        "on": local.date().isoformat(),
        "at": f"{local:%H:%M}",
        "minutes": 60,
        "place": meeting.place_id,
        **told,
    }


def test_a_meeting_is_moved_inside_the_rhythm_and_the_members_are_told(
    client: Client, leader: User
) -> None:
    first, free, next_one = (at(day) for day in open_days(10, 17, 31))
    meeting = meeting_of(leader, starts_at=first)
    make_meeting(round=meeting.round, starts_at=next_one)
    seat = join(meeting.round.cohort)
    answer(meeting, seat, AnswerKind.ON_SITE)
    assert "Träffen är ändrad" in send(client, desk(meeting, "flytta/"), moved(meeting, free))
    assert (read_again(meeting).starts_at, read_again(meeting).sequence) == (free, 1)
    assert members_receivers() == [seat.interest.email]
    assert meeting.presences.get().answer is None


def test_a_move_outside_the_rhythm_needs_a_written_reason(client: Client, leader: User) -> None:
    first, to, next_one = (at(day) for day in open_days(10, 18, 31))
    meeting = meeting_of(leader, starts_at=first)
    make_meeting(round=meeting.round, starts_at=next_one)
    before = everything()
    page = send(client, desk(meeting, "flytta/"), moved(meeting, to))
    assert "Dag – Det måste gå minst 14 dagar mellan träffarna." in page
    assert "Skriv varför, om träffen ändå ska ligga så." in page
    assert everything() == before
    told = moved(meeting, to, gap_reason="Lokalen brann")
    assert "Träffen är ändrad" in send(client, desk(meeting, "flytta/"), told)
    assert (read_again(meeting).gap_reason, whys(meeting)) == ("Lokalen brann", ["Lokalen brann"])


def test_a_meeting_is_not_moved_into_the_past(client: Client, leader: User) -> None:
    meeting = meeting_of(leader)
    page = send(client, desk(meeting, "flytta/"), moved(meeting, from_now(days=-1)))
    assert "Tiden har redan varit" in page
    assert read_again(meeting).sequence == 0


def test_a_meeting_becomes_digital_with_a_link(client: Client, leader: User) -> None:
    make_place("digital")
    meeting = meeting_of(leader, members=1, address="Storgatan 1")
    address = desk(meeting, "digital/")
    assert "Det är något som behöver rättas" in send(client, address, {"join_link": ""})
    told = {"join_link": "https://example.org/rum", "dial_in": "090-123 45 67"}
    assert "Träffen är digital" in send(client, address, told)
    after = read_again(meeting)
    assert (after.place_id, after.address, after.join_link) == (
        "digital",
        "",
        "https://example.org/rum",
    )
    assert (after.starts_at, after.sequence) == (meeting.starts_at, 1)


def test_a_digital_meeting_outside_the_rhythm_still_gets_its_link(
    client: Client, leader: User
) -> None:
    meeting = meeting_of(leader, place=make_place("digital"))
    make_meeting(
        round=meeting.round,
        starts_at=meeting.starts_at + timedelta(days=40),
        gap_reason="Sportlov",
    )
    assert "Länken saknas" in read(client, desk(meeting))
    send(client, desk(meeting, "digital/"), {"join_link": "https://example.org/rum"})
    assert read_again(meeting).join_link == "https://example.org/rum"


def test_a_meeting_is_called_off_with_a_reason(client: Client, leader: User) -> None:
    meeting = meeting_of(leader, members=2)
    assert "Alla 2 deltagare får ett brev" in read(client, desk(meeting, "stall-in/"))
    send(client, desk(meeting, "stall-in/"), {"why": NEVER_MIND})
    assert (read_again(meeting).state, whys(meeting)) == ("cancelled", [NEVER_MIND])
    assert len(members_letters()) == 2
    assert "Träffen är inställd" in read(client, desk(meeting))


@pytest.mark.parametrize("page", ["flytta/", "digital/", "stall-in/", "vikarie/"])
def test_a_meeting_that_is_over_is_not_changed(client: Client, leader: User, page: str) -> None:
    make_place("digital")
    meeting = meeting_of(leader, state=MeetingState.CANCELLED)
    told = moved(meeting, from_now(days=30), why=NEVER_MIND, join_link="https://example.org")
    before = everything()
    assert "Träffen är inte planerad längre" in send(client, desk(meeting, page), told)
    assert everything() == before


def test_somebody_else_leads_and_is_told(client: Client, leader: User) -> None:
    other = make_user(role=Role.FACILITATOR, name="Sune Substitut")
    meeting = meeting_of(leader, members=1)
    page = read(client, desk(meeting, "vikarie/"))
    assert Enrolment.objects.get().interest.email in page
    page = send(client, desk(meeting, "vikarie/"), {"leader": other.pk})
    assert "Sune Substitut leder träffen" in page
    assert read_again(meeting).facilitator == other
    assert receivers() == [other.email, leader.email]
    client.force_login(other)
    assert "Leds av Sune Substitut" in read(client, desk(meeting))
    assert client.get(f"/handledare/grupper/{meeting.round.cohort_id}/").status_code == 404


@pytest.mark.parametrize(
    ("minutes", "is_free"), [(-60, True), (-59, False), (59, False), (60, True)]
)
def test_nobody_leads_two_meetings_at_once(
    client: Client, leader: User, minutes: int, is_free: bool
) -> None:
    meeting = meeting_of(leader)
    other = make_user(role=Role.FACILITATOR)
    make_meeting(
        round=round_of(running(other)), starts_at=meeting.starts_at + timedelta(minutes=minutes)
    )
    page = send(client, desk(meeting, "vikarie/"), {"leader": other.pk})
    assert ("leder en annan träff då" in page) == (not is_free)
    assert (read_again(meeting).facilitator == other) == is_free


def test_only_those_who_lead_can_be_asked_to(client: Client, leader: User) -> None:
    meeting = meeting_of(leader)
    stranger = make_user()
    page = send(client, desk(meeting, "vikarie/"), {"leader": stranger.pk})
    assert "Det är något som behöver rättas" in page
    assert read_again(meeting).facilitator == leader
