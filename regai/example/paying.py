"""People answer what a course costs them; aid is granted, and entered in the register."""

from collections.abc import Sequence
from datetime import datetime, time, timedelta
from functools import partial

from cohorts.models import Participation
from cohorts.queries.fees import current_decision
from cohorts.rules import ParticipationState
from deminimis.actions import mark_registered
from deminimis.engine import register_due_on
from deminimis.models import LedgerEntry
from regai.example.cast import PLANTED, Choice
from regai.example.choices import answer_alone, ask_company, say_yes_for_company
from regai.example.declaring import declare
from regai.example.diary import Diary
from regai.example.people import AID_OFFICER, CONTACT
from regai.example.scene import Scene
from regai.example.signups import Person
from regai.example.story import NextCourse, Story

REGISTERED_AFTER_DAYS = 6
CHOSEN = 1
LAST_TO_ANSWER = 2
# Register dates that lie this many days ahead are soon.
SOON = range(1, 6)
ANSWERS_FOR_DAYS = 13
COMPANY_ANSWERS_AFTER = timedelta(days=1)


def pay(scene: Scene, story: Story, ahead: NextCourse) -> None:
    """Put in the diary the certificates for a priced course, and what each person chooses."""
    diary = scene.diary
    for planted in PLANTED:
        if planted.cohort == story.code:
            signer = CONTACT.name if planted.key == "contact" else planted.people[0][0]
            declare(scene, planted, signer, ahead)
    deciding = [person for person in scene.sure_of(story) if person.choice is not Choice.WAITS]
    days = _answer_days(ahead, diary, len(deciding))
    for person, days_from in zip(deciding, days, strict=True):
        answered = diary.moment(days_from, time(8 + len(person.name) % 9, 20))
        diary.put(answered, partial(_choose, scene, story, person))
        if person.choice is Choice.PAYS:
            diary.put(answered + COMPANY_ANSWERS_AFTER, partial(say_yes_for_company, person))
    for days_from in sorted(set(days)):
        later = diary.moment(days_from + REGISTERED_AFTER_DAYS, time(16))
        diary.put(later, partial(_register, scene))


def _answer_days(ahead: NextCourse, diary: Diary, many: int) -> list[int]:
    """Return the days on which people answer; the last two so that a register date is soon."""
    possible = range(ahead.closes + 1, min(ahead.closes + ANSWERS_FOR_DAYS, 0))
    due = {days: register_due_on(diary.day + timedelta(days=days)) for days in possible}
    soon = [days for days, on in due.items() if (on - diary.day).days in SOON]
    early = [possible[i % 4 % len(possible)] for i in range(many)]
    if soon and many > LAST_TO_ANSWER:
        early[-LAST_TO_ANSWER:] = [soon[-1]] * LAST_TO_ANSWER
    return early


def _choose(scene: Scene, story: Story, person: Person, now: datetime) -> None:
    participation = (
        Participation.objects.select_related("enrolment__user")
        .filter(
            round=scene.round(story, CHOSEN),
            enrolment__interest__email=person.email,
            state=ParticipationState.OFFERED,
        )
        .first()
    )
    decision = current_decision(participation) if participation else None
    if participation is None or decision is None:
        return
    if person.choice in {Choice.ASKS, Choice.PAYS}:
        ask_company(participation, person, now=now)
    else:
        answer_alone(participation, decision, person, now=now)


def _register(scene: Scene, now: datetime) -> None:
    """Enter what was granted some days ago, and leave what is due soon for the officer to do."""
    officer = scene.user(AID_OFFICER.email)
    for entry in _unmarked(scene.diary, now):
        mark_registered(
            entry_id=entry.pk,
            registered_on=now.date(),
            reference=f"EXEMPEL-{entry.pk:04}",
            by=officer,
            now=now,
        )


def _unmarked(diary: Diary, now: datetime) -> Sequence[LedgerEntry]:
    granted = LedgerEntry.objects.filter(mark=None, granted_on__lt=now.date()).order_by("id")
    return [entry for entry in granted if entry.register_due_on <= diary.day]
