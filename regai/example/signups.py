"""The people of the region as they sign up: 260 interests, the planted doubles included."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from math import cos, hypot, radians
from random import Random

from cohorts.rules.interests import TIME_CODES
from regai.example import texts
from regai.example.cast import PLANTED, Choice
from regai.example.firms import Firm, Town, plain
from regai.example.names import FAMILY, MEN, WOMEN
from regai.example.people import COACH, OTHER_COACH, PAYER, VOTER
from regai.example.stories import STORIES
from regai.example.story import Story

INTERESTS = 260
# The earliest sign-up, in days before the day: a programme that began with the year has begun.
FIRST_SIGN_UP = 318
TOWNS = {"umea": "2480", "skelleftea": "2482", "mala": "2418"}
# From where people come to a cohort on site.
AROUND = {
    "umea": {"2480", "2401", "2403", "2404", "2409", "2460"},
    "skelleftea": {"2482", "2417", "2409"},
    "mala": {"2418", "2417", "2421", "2422", "2481"},
}
NEAR_KM = 70
KM_PER_DEGREE = 111.2
TAKEN_TIMES = frozenset(story.time for story in STORIES)
FREE_TIMES = tuple(code for code in TIME_CODES if code not in TAKEN_TIMES)


class Fate(StrEnum):
    """What becomes of an interest that no cohort is certain of."""

    STAYS = "stays"
    UNCONFIRMED = "unconfirmed"
    PAUSES = "pauses"
    WITHDRAWS = "withdraws"
    EXPIRES = "expires"
    REPEATS = "repeats"


# How many of the free people go each way; the others stay.
FATES = (
    (Fate.UNCONFIRMED, 10),
    (Fate.PAUSES, 7),
    (Fate.WITHDRAWS, 9),
    (Fate.EXPIRES, 6),
    (Fate.REPEATS, 3),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """One sign-up: what is told in the form, how many days before the day, and what follows.

    ``company`` is the name as typed; ``gives_number`` whether the organisation number is told.
    ``cohort`` is the story that the person is sure to take part in.
    """

    name: str
    email: str
    firm: str
    company: str
    gives_number: bool = True
    places: tuple[str, ...]
    times: tuple[str, ...] = ()
    language: str = "sv"
    topics: str = ""
    days_ago: int
    coach: str = ""
    cohort: str = ""
    choice: Choice = Choice.WAITS
    fate: Fate = Fate.STAYS


def people(chance: Random, firms: Sequence[Firm], towns: Sequence[Town]) -> list[Person]:
    """Return all who sign up, 260 of them, in no order of time."""
    by_key = {firm.key: firm for firm in firms}
    seats = {town.code: town for town in towns}
    names = _names(chance)
    sure = [*_cast(chance, by_key), *_cores(chance, firms, names)]
    coached = list(_coached(chance, firms, names))
    many = INTERESTS - len(sure) - len(coached) - DOUBLES
    free = [_free(chance, firm, seats, names) for firm in _workplaces(chance, firms, many)]
    fated = list(_fated(chance, free))
    return [*sure, *coached, *fated, *_doubles(fated)]


def _cast(chance: Random, firms: dict[str, Firm]) -> Iterator[Person]:
    stories = {story.code: story for story in STORIES}
    for planted in PLANTED:
        for name, choice in planted.people:
            person = _member(chance, stories[planted.cohort], firms[planted.key], name)
            is_payer = name == PAYER.name
            yield replace(person, choice=choice, email=PAYER.email if is_payer else person.email)


def _cores(chance: Random, firms: Sequence[Firm], names: Iterator[str]) -> Iterator[Person]:
    """Yield those who are sure to take part, two and two from one company where it is open."""
    here = [firm for firm in firms if firm.key.startswith(("firm-", "society-", "office-"))]
    planted = {one.cohort for one in PLANTED}
    for story in STORIES:
        if story.code in planted:
            continue
        near = [firm for firm in here if firm.seat in AROUND.get(story.place, {firm.seat})]
        employers = chance.sample(near, min(len(near), (story.core + 1) // 2))
        for i in range(story.core):
            name = VOTER.name if story.code == "u2" and i == 0 else next(names)
            person = _member(chance, story, employers[i // 2 % len(employers)], name)
            yield replace(person, email=VOTER.email) if name == VOTER.name else person


def _member(chance: Random, story: Story, firm: Firm, name: str) -> Person:
    latest = 2 - story.opens
    english = story.language == "en"
    return Person(
        name=name,
        email=_address(name, firm),
        firm=firm.key,
        company=firm.name,
        places=(story.place,),
        times=(story.time, *chance.sample(FREE_TIMES, chance.randint(0, 2))),
        language=story.language,
        topics=chance.choice(texts.TOPICS_IN_ENGLISH if english else texts.TOPICS),
        days_ago=chance.randint(latest, max(latest, min(latest + 30, FIRST_SIGN_UP))),
        cohort=story.code,
    )


def _coached(chance: Random, firms: Sequence[Firm], names: Iterator[str]) -> Iterator[Person]:
    """Yield those whom a municipal coach signs up by phone; some have yet to confirm."""
    for coach, seats, many in ((COACH, ("2418", "2417", "2422"), 8), (OTHER_COACH, ("2481",), 4)):
        near = [firm for firm in firms if firm.seat in seats and not firm.trader]
        for i in range(many):
            firm = chance.choice(near)
            waits = i % 3 == 0
            name = next(names)
            yield Person(
                name=name,
                email=_address(name, firm),
                firm=firm.key,
                company=firm.name,
                places=("mala", "digital") if coach is COACH else ("digital", "umea"),
                topics=texts.TOLD_BY_PHONE,
                days_ago=(1, 3, 6, 9)[i // 3] if waits else chance.randint(20, 200),
                coach=coach.email,
                fate=Fate.UNCONFIRMED if waits else Fate.STAYS,
            )


def _workplaces(chance: Random, firms: Sequence[Firm], many: int) -> list[Firm]:
    """Return where the free people work: every company once, the larger ones more often."""
    open_to_all = [firm for firm in firms if not any(firm.key == one.key for one in PLANTED)]
    more = chance.choices(open_to_all, [_weight(firm) for firm in open_to_all], k=many)
    return [*chance.sample(open_to_all, len(open_to_all)), *more][:many]


def _weight(firm: Firm) -> int:
    return {"micro": 1, "small": 3, "medium": 5, "large": 8}.get(firm.size, 1) * (not firm.trader)


def _free(chance: Random, firm: Firm, seats: dict[str, Town], names: Iterator[str]) -> Person:
    name = firm.trader or next(names)
    english = chance.random() < 0.06  # noqa: PLR2004 -- about one in sixteen
    return Person(
        name=name,
        email=_address(name, firm),
        firm=firm.key,
        company=firm.name,
        gives_number=chance.random() < 0.9,  # noqa: PLR2004 -- one in ten does not have it at hand
        places=_places(chance, seats.get(firm.seat or "")),
        times=tuple(sorted(chance.sample(TIME_CODES, chance.choice((0, 0, 2, 3, 5, 6))))),
        language="en" if english else "sv",
        topics=chance.choice(texts.TOPICS_IN_ENGLISH if english else texts.TOPICS),
        days_ago=round(chance.triangular(8, FIRST_SIGN_UP, 40)),
    )


def _places(chance: Random, seat: Town | None) -> tuple[str, ...]:
    """Return places by nearness; digital first for those who live far from all three towns."""
    if seat is None:
        return ("digital",)
    near = sorted(TOWNS, key=lambda place: _km(seat, COORDINATES[place]))
    is_far = _km(seat, COORDINATES[near[0]]) > NEAR_KM
    if is_far and chance.random() < 0.7:  # noqa: PLR2004 -- most of them, not all
        return ("digital", near[0])
    wanted = (near[0], *chance.sample([near[1], "digital"], chance.randint(0, 2)))
    return wanted if chance.random() < 0.85 else tuple(reversed(wanted))  # noqa: PLR2004 -- mostly


def _km(seat: Town, at: tuple[float, float]) -> float:
    north = (seat.latitude - at[0]) * KM_PER_DEGREE
    east = (seat.longitude - at[1]) * KM_PER_DEGREE * cos(radians(at[0]))
    return hypot(north, east)


# The three towns, in degrees (WGS 84).
COORDINATES = {
    "umea": (63.82842, 20.25972),
    "skelleftea": (64.75067, 20.95279),
    "mala": (65.18501, 18.74243),
}


def _fated(chance: Random, free: Sequence[Person]) -> Iterator[Person]:
    order = chance.sample(range(len(free)), len(free))
    fates = [fate for fate, many in FATES for _ in range(many)]
    given = dict(zip(order, fates, strict=False))
    for i, person in enumerate(free):
        fate = given.get(i, Fate.STAYS)
        days_ago = person.days_ago
        if fate is Fate.UNCONFIRMED:
            days_ago = chance.randint(1, 6)
        elif fate is Fate.EXPIRES:
            days_ago = chance.randint(290, FIRST_SIGN_UP)
        elif fate is not Fate.STAYS:
            days_ago = chance.randint(30, 200)
        yield replace(person, fate=fate, days_ago=days_ago)


DOUBLES = 10


def _doubles(people: Sequence[Person]) -> Iterator[Person]:
    """Yield second sign-ups of people who are in already, as they come in real life.

    The same address in other letters under a shorter name; the same name at a private address,
    with the company in other letters and no number; the names the other way round.
    """
    stay = [one for one in people if one.fate is Fate.STAYS and one.days_ago > DOUBLES * 2]
    for i, first in enumerate(stay[:DOUBLES]):
        later = replace(first, days_ago=first.days_ago - 5 - i)
        given, _, family = first.name.partition(" ")
        if i % 3 == 0:
            yield replace(later, name=f"{given[0]}. {family}", email=first.email.title())
        elif i % 3 == 1:
            private = f"{plain(first.name).replace('-', '.')}@hemma.example.org"
            typed = first.company.removesuffix(" AB").upper()
            yield replace(later, email=private, company=typed, gives_number=False)
        else:
            yield replace(later, name=f"{family} {given}")


def _names(chance: Random) -> Iterator[str]:
    every = [f"{given} {family}" for given in WOMEN + MEN for family in FAMILY]
    spoken_for = {name for one in PLANTED for name, _ in one.people}
    return (name for name in chance.sample(every, len(every)) if name not in spoken_for)


def _address(name: str, firm: Firm) -> str:
    local = plain(name).replace("-", ".")
    return f"{local}@{firm.domain}"
