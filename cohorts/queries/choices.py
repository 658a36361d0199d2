"""What staff choose among: places, courses, who leads, and a name for a new cohort."""

from datetime import date

from django.db.models import Q, QuerySet
from django.utils import translation
from django.utils.formats import date_format

from accounts.models import User
from accounts.queries import people_with
from accounts.rules import Role
from cohorts.models import Cohort, Course
from cohorts.rules import RoundState
from cohorts.words import TIMES_OF_DAY, WEEKDAYS
from companies.models import Place

FIRST_COURSE = "Elements of AI"


def place_choices() -> list[tuple[str, str]]:
    """Return the places with their names in the language of the page, in their own order.

    Only "Digitalt" has another name in English.
    """
    places = Place.objects.order_by("position").values_list("code", "name")
    return [(code, translation.gettext(name)) for code, name in places]


def town_places() -> list[tuple[str, str]]:
    """Return the places that are towns: those with rooms."""
    towns = Place.objects.exclude(municipality=None).order_by("position")
    return list(towns.values_list("code", "name"))


def towns_with_places() -> list[tuple[str, str]]:
    """Return the municipalities in which cohorts meet, in the order of their places."""
    towns = Place.objects.exclude(municipality=None).order_by("position")
    return list(towns.values_list("municipality", "municipality__name"))


def courses_offered() -> QuerySet[Course]:
    """Return the courses that may be started, in Swedish order."""
    return Course.objects.filter(is_offered=True).order_by("sort_key", "id")


def courses_to_vote_on(cohort: Cohort) -> QuerySet[Course]:
    """Return the courses that the cohort has not taken and does not take."""
    taken = cohort.rounds.exclude(state=RoundState.DROPPED).values("course")
    return courses_offered().exclude(pk__in=taken)


def first_course_id(language: str) -> int | None:
    """Return the programme's first course in ``language``, else in any; None if not there."""
    found = courses_offered().filter(title=FIRST_COURSE)
    ids = dict(found.order_by("-language").values_list("language", "pk"))
    return ids.get(language) or next(iter(ids.values()), None)


def leaders(user: User) -> QuerySet[User]:
    """Return those who may lead a cohort, with ``user`` among them, by name."""
    facilitators = people_with(Role.FACILITATOR).order_by().values("pk")
    return User.objects.filter(Q(pk__in=facilitators) | Q(pk=user.pk)).order_by("name", "id")


def name_for(*, place: str, time: str, starts_on: date) -> str:
    """Return a name no cohort has: "Umeå tisdag lunch, april 2026", with a number if taken.

    Names are kept in Swedish, whoever gives them.
    """
    town = Place.objects.values_list("name", flat=True).get(code=place)
    with translation.override("sv"):
        weekday, _, time_of_day = time.partition("-")
        when = f"{WEEKDAYS[int(weekday)]} {TIMES_OF_DAY[time_of_day]}"
        name = f"{town} {when}, {date_format(starts_on, 'F Y').lower()}"
    taken = set(Cohort.objects.filter(name__startswith=name).values_list("name", flat=True))
    numbered = (name, *(f"{name} ({number})" for number in range(2, len(taken) + 2)))
    return next(free for free in numbered if free not in taken)
