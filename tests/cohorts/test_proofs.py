"""Certificates of completion, and gentle reminders to those who asked for them."""

from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone

from accounts.models import User
from accounts.rules import MoveRefused, Role
from cohorts.actions import proofs as actions
from cohorts.actions.progress import remind_of_lessons
from cohorts.models import Cohort, Enrolment, LessonMark, Participation, Proof
from cohorts.rules.progress import reminder_number
from cohorts.rules.proofs import LARGEST_BYTES, FileKind, file_kind
from tests.aftermath import everything, history, letters, read_again, receivers
from tests.cohorts.staff_world import join, log_in, read, round_of, running, send
from tests.factories import NOW, make_user

pytestmark = pytest.mark.django_db(transaction=True)

PDF = b"%PDF-1.7\n1 0 obj\n<<>>\nendobj\ntrailer\n<<>>\n%%EOF\n"
PNG = b"\x89PNG\r\n\x1a\n" + b"0" * 40 + b"IEND\xaeB`\x82"
JPEG = b"\xff\xd8\xff\xe0" + b"0" * 40 + b"\xff\xd9"


@pytest.fixture(autouse=True)
def files(settings: Any, tmp_path: Path) -> Path:
    """A storage of the test's own."""
    settings.STORAGES = {
        **settings.STORAGES,
        "default": {
            "BACKEND": "django.core.files.storage.FileSystemStorage",
            "OPTIONS": {"location": tmp_path},
        },
    }
    return tmp_path


def stored(files: Path) -> list[str]:
    return [file.name for file in files.rglob("*") if file.is_file()]


def member() -> tuple[Cohort, Enrolment]:
    cohort = running(make_user(role=Role.FACILITATOR))
    return cohort, join(cohort, "Klara Klar")


def page(cohort: Cohort, part: str = "") -> str:
    return f"/grupp/{cohort.pk}/kursbevis/{part}"


def upload(content: bytes, name: str = "bevis.pdf") -> dict[str, Any]:
    return {"file": SimpleUploadedFile(name, content, content_type="application/pdf"), "link": ""}


@pytest.mark.pure
@pytest.mark.parametrize(
    ("content", "kind"),
    [
        (PDF, FileKind.PDF),
        (PNG, FileKind.PNG),
        (JPEG, FileKind.JPEG),
        (b"", None),
        (b"%PDF-1.7 cut off", None),
        (b"<html>%PDF-1.7 %%EOF</html>", None),
        (PNG[:-4], None),
        (b"MZ\x90\x00", None),
        (b"\xff\xd8\xff only the head", None),
    ],
)
def test_a_file_is_what_its_content_says(content: bytes, kind: FileKind | None) -> None:
    assert file_kind(content) == kind


@pytest.mark.parametrize(("content", "kind"), [(PDF, "pdf"), (PNG, "png"), (JPEG, "jpeg")])
def test_a_file_is_kept_under_a_random_name_and_given_back_to_its_owner_as_a_download(
    client: Client, files: Path, content: bytes, kind: str
) -> None:
    cohort, seat = member()
    client.force_login(seat.user)
    assert "Handledaren tittar" in send(client, page(cohort), upload(content, "Klara.exe"))
    proof = Proof.objects.get()
    assert (proof.state, proof.kind, stored(files)) == ("waiting", kind, [proof.file[-32:]])
    assert "Klara" not in proof.file
    given = client.get(page(cohort, "fil/"))
    assert given.content == content
    assert given["Content-Disposition"] == f'attachment; filename="kursbevis-{proof.pk}.{kind}"'
    assert given["X-Content-Type-Options"] == "nosniff"


@pytest.mark.parametrize(
    ("told", "words"),
    [
        (lambda: upload(b"<html>hej</html>"), "varken PDF, PNG eller JPEG"),
        (lambda: upload(PDF + b" " * LARGEST_BYTES), "större än 5 MB"),
        (lambda: {"link": ""}, "Lämna en fil eller skriv en länk"),
        (lambda: {**upload(PDF), "link": "https://example.org/b"}, "Välj ett av dem"),
        (lambda: {"link": "javascript:alert(1)"}, "behöver rättas"),
        (lambda: upload(b""), "behöver rättas"),
    ],
)
def test_what_is_no_certificate_is_refused_in_words_and_nothing_is_kept(
    client: Client, files: Path, told: Any, words: str
) -> None:
    cohort, seat = member()
    client.force_login(seat.user)
    before = everything()
    assert words in send(client, page(cohort), told())
    assert (everything(), stored(files)) == (before, [])


def test_a_new_one_takes_the_place_of_the_old_and_the_old_file_goes(
    client: Client, files: Path
) -> None:
    cohort, seat = member()
    client.force_login(seat.user)
    send(client, page(cohort), upload(PDF))
    send(client, page(cohort), upload(PNG))
    assert (Proof.objects.get().kind, len(stored(files))) == ("png", 1)
    send(client, page(cohort), {"link": "https://example.org/bevis"})
    assert (Proof.objects.get().link, stored(files)) == ("https://example.org/bevis", [])


def test_no_file_is_left_when_the_row_does_not_come_to_be(files: Path) -> None:
    _, seat = member()
    participation = seat.participations.get()
    Participation.objects.update(state="dropped")
    refusal = actions.hand_in(
        participation_id=participation.pk,
        link="",
        content=PDF,
        kind=FileKind.PDF,
        by=seat.user,
        now=NOW,
    )
    assert (refusal, stored(files), Proof.objects.count()) == ("not_studying", [], 0)


def test_a_file_that_no_row_names_is_deleted_after_a_day(client: Client, files: Path) -> None:
    cohort, seat = member()
    client.force_login(seat.user)
    assert actions.forget_lost_files(now=timezone.now()) == 0
    send(client, page(cohort), upload(PDF))
    (files / "proofs" / "lost").write_bytes(PDF)
    kept = Proof.objects.get().file[-32:]
    for days, left in ((0, {kept, "lost"}), (2, {kept}), (2, {kept})):
        actions.forget_lost_files(now=timezone.now() + timedelta(days=days))
        assert set(stored(files)) == left


def test_nobody_else_gets_the_file(client: Client) -> None:
    cohort, seat = member()
    client.force_login(seat.user)
    send(client, page(cohort), upload(PDF))
    proof = Proof.objects.get()
    desk = f"/handledare/grupper/{cohort.pk}/kursbevis/{proof.pk}/fil/"
    statuses = []
    for user in (join(cohort).user, make_user(), make_user(role=Role.FACILITATOR)):
        client.force_login(user)
        statuses.append(
            (client.get(page(cohort, "fil/")).status_code, client.get(desk).status_code)
        )
    assert statuses == [(404, 403), (404, 403), (404, 404)]
    client.force_login(cohort.facilitator)
    assert client.get(desk).content == PDF


def checked(client: Client, do: str) -> tuple[Proof, User]:
    leader = log_in(client)
    cohort = running(leader)
    seat = join(cohort, "Klara Klar")
    participation = seat.participations.get()
    actions.hand_in(
        participation_id=participation.pk,
        link="https://example.org/bevis",
        content=b"",
        kind=None,
        by=seat.user,
        now=timezone.now(),
    )
    proof = Proof.objects.get()
    assert "Titta på 1 kursbevis" in read(client, "/handledare/")
    desk = f"/handledare/grupper/{cohort.pk}/kursbevis/"
    assert "Klara Klar" in read(client, desk)
    send(client, f"{desk}{proof.pk}/", {"do": do, "note": "Fint!"})
    assert "har redan tittat" in send(client, f"{desk}{proof.pk}/", {"do": do, "note": "Igen"})
    return read_again(proof), seat.user


def test_the_facilitator_verifies_and_the_person_has_finished(client: Client) -> None:
    proof, user = checked(client, "enough")
    assert (proof.state, proof.note, proof.participation.state) == (
        "verified",
        "Fint!",
        "verified",
    )
    assert history(proof.participation)[-1][1] == "verified"
    assert len(receivers()) == 1
    client.force_login(user)
    told = {"link": "https://example.org/annat"}
    assert "redan intygat" in send(client, page(proof.participation.enrolment.cohort), told)


def test_one_that_is_not_enough_may_be_followed_by_another(client: Client) -> None:
    proof, user = checked(client, "refuse")
    cohort = proof.participation.enrolment.cohort
    assert (proof.state, proof.participation.state) == ("refused", "not_started")
    client.force_login(user)
    send(client, page(cohort), {"link": "https://example.org/annat"})
    assert read_again(proof).state == "waiting"


def test_who_has_left_the_course_is_not_verified() -> None:
    _, seat = member()
    participation = seat.participations.get()
    actions.hand_in(
        participation_id=participation.pk,
        link="https://example.org/b",
        content=b"",
        kind=None,
        by=seat.user,
        now=NOW,
    )
    Participation.objects.update(state="dropped")
    before = everything()
    with pytest.raises(MoveRefused):
        actions.check_proof(
            proof_id=Proof.objects.get().pk, is_enough=True, note="", by=seat.user, now=NOW
        )
    assert everything() == before


@pytest.mark.pure
@pytest.mark.parametrize(
    ("days", "number"), [(13, 0), (14, 1), (27, 1), (28, 2), (42, 3), (55, 3), (56, 0)]
)
def test_a_reminder_for_each_two_weeks_of_quiet_at_most_three(days: int, number: int) -> None:
    quiet_since = date(2026, 3, 1)
    on = quiet_since + timedelta(days=days)
    assert reminder_number(quiet_since=quiet_since, on=on) == number


def test_only_who_asked_is_reminded_once_for_each_two_weeks(client: Client) -> None:
    cohort, seat = member()
    quiet_one = join(cohort)
    client.force_login(seat.user)
    switch = f"/grupp/{cohort.pk}/paminnelser/"
    assert "två veckor" in send(client, switch, {"do": "on"})
    start = round_of(cohort).starts_on
    assert start is not None
    at = timezone.make_aware(datetime.combine(start, time(12)))
    for days in (13, 14, 15, 28):
        remind_of_lessons(now=at + timedelta(days=days))
    mine = seat.participations.get().pk
    assert letters() == [f"participation/{mine}/lessons/{start}/{n}" for n in (1, 2)]
    assert quiet_one.interest.email not in receivers()
    LessonMark.objects.create(
        participation_id=mine,
        lesson=round_of(cohort).course.lessons.all()[0],
        is_done=True,
        done_at=at + timedelta(days=29),
        marked_at=at + timedelta(days=29),
    )
    remind_of_lessons(now=at + timedelta(days=42))
    send(client, switch, {"do": "off"})
    remind_of_lessons(now=at + timedelta(days=50))
    assert len(letters()) == 2
