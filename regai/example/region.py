"""The example region, from one number and one day. Pure: the same two give the same region."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from random import Random

from regai.example.firms import Firm, Town, firms
from regai.example.signups import Person, people


@dataclass(frozen=True, slots=True)
class Region:
    """What there is to play: companies, and the people who sign up. ``day`` is today in it."""

    number: int
    day: date
    firms: tuple[Firm, ...]
    people: tuple[Person, ...]


def region(number: int, day: date, towns: Sequence[Town]) -> Region:
    """Return the region of ``number`` as it is on ``day``.

    The number decides who is there; the day decides when it all happened, and birthdays.
    """
    chance = Random(number)  # noqa: S311 -- an invented region, no secret
    companies = firms(chance, day, towns)
    return Region(number, day, tuple(companies), tuple(people(chance, companies, towns)))
