"""People sign up, confirm, pause, withdraw, sign up a second time, and keep their place."""

from datetime import date, datetime, time, timedelta
from functools import partial
from random import Random

from cohorts.actions import interests
from companies.numbers import read
from regai.example.firms import Firm
from regai.example.scene import GENERATION, Scene
from regai.example.signups import Fate, Person

# An interest is asked about after nine months; those who stay answer some days before.
RENEWED_AFTER = 262


def sign_up(scene: Scene) -> None:
    """Put everybody's sign-up in the diary, with what they do about it later."""
    region, diary = scene.region, scene.diary
    chance = Random(f"signing {region.number}")  # noqa: S311 -- an invented region, no secret
    firms = {firm.key: firm for firm in region.firms}
    for person in region.people:
        clock = time(chance.randint(7, 20), chance.randrange(60))
        when = diary.moment(-person.days_ago, clock)
        diary.put(when, partial(_register, scene, person, firms[person.firm]))
        if person.fate is not Fate.UNCONFIRMED:
            soon = when + timedelta(minutes=chance.randint(3, 170))
            diary.put(soon, partial(_confirm, scene, person))
        _put_fate(scene, person, firms[person.firm], clock, chance)


def _put_fate(scene: Scene, person: Person, firm: Firm, clock: time, chance: Random) -> None:
    diary, days = scene.diary, -person.days_ago
    if person.fate is Fate.PAUSES:
        until = diary.day + timedelta(days=chance.randint(14, 60))
        diary.put(diary.moment(days + 12, clock), partial(_pause, scene, person, until))
    elif person.fate is Fate.WITHDRAWS:
        diary.put(diary.moment(days + 18, clock), partial(_withdraw, scene, person))
    elif person.fate is Fate.REPEATS:
        diary.put(diary.moment(days + 3, clock), partial(_register_again, person, firm))
    elif person.fate is Fate.STAYS and person.days_ago > RENEWED_AFTER:
        diary.put(diary.moment(days + RENEWED_AFTER, clock), partial(_renew, scene, person))


def _answers(person: Person, firm: Firm) -> interests.InterestAnswers:
    return interests.InterestAnswers(
        name=person.name,
        email=person.email,
        company=person.company,
        number=read(firm.number) if person.gives_number else None,
        places=person.places,
        times=person.times,
        language=person.language,
        topics=person.topics,
    )


def _register(scene: Scene, person: Person, firm: Firm, now: datetime) -> None:
    coach = scene.user(person.coach) if person.coach else None
    interests.register_interest(answers=_answers(person, firm), now=now, on_behalf_by=coach)


def _register_again(person: Person, firm: Firm, now: datetime) -> None:
    """Sign up a second time with the same address in capitals: a letter, no second row."""
    answers = interests.InterestAnswers(
        name=person.name.upper(),
        email=person.email.upper(),
        company=person.company,
        number=read(firm.number),
        places=person.places,
        times=person.times,
        language=person.language,
    )
    interests.register_interest(answers=answers, now=now)


def _confirm(scene: Scene, person: Person, now: datetime) -> None:
    interests.confirm_interest(
        interest_id=scene.interest_id(person), generation=GENERATION, now=now
    )


def _pause(scene: Scene, person: Person, until: date, now: datetime) -> None:
    interests.pause_interest(
        interest_id=scene.interest_id(person), generation=GENERATION, until=until, now=now
    )


def _withdraw(scene: Scene, person: Person, now: datetime) -> None:
    interests.withdraw_interest(
        interest_id=scene.interest_id(person), generation=GENERATION, now=now
    )


def _renew(scene: Scene, person: Person, now: datetime) -> None:
    interests.renew_interest(interest_id=scene.interest_id(person), generation=GENERATION, now=now)
