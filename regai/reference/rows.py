"""The reference files as rows that are not saved yet."""

from collections.abc import Iterator, Sequence
from decimal import Decimal
from typing import Any

from cohorts.models import Course, Lesson, Programme
from cohorts.words import LEVELS
from companies.models import Distance, Municipality, Place
from companies.sorting import swedish_sort_key
from deminimis.engine import bundled_rates
from deminimis.models import Rate
from ground.reading import Node
from regai.reference.files import entries, lines

# Where cohorts meet, in the order in which pages list them; digital belongs to no municipality.
PLACES = (
    ("umea", "Umeå", "2480"),
    ("skelleftea", "Skellefteå", "2482"),
    ("mala", "Malå", "2418"),
    ("digital", "Digitalt", None),
)
# What a programme's file says that has a column of its own; all else is kept as ``facts``.
COLUMNS = frozenset(
    {
        "slug",
        "name",
        "owner",
        "period",
        "purpose",
        "target_group",
        "financiers",
        "runs_cohorts",
        "example",
    }
)


def municipalities() -> list[Municipality]:
    """Return the county's fifteen municipalities."""
    return [
        Municipality(
            code=line["code"],
            name=line["name"],
            sort_key=swedish_sort_key(line["name"]),
            seat_latitude=Decimal(line["seat_latitude"]),
            seat_longitude=Decimal(line["seat_longitude"]),
            seat_population=int(line["seat_population"]),
        )
        for line in lines("municipalities.csv")
    ]


def places() -> list[Place]:
    """Return the three towns and the digital place."""
    return [
        Place(code=code, name=name, position=position, municipality_id=municipality)
        for position, (code, name, municipality) in enumerate(PLACES, start=1)
    ]


def distances() -> list[Distance]:
    """Return the roads between the towns, each once, the lower code first."""
    place_in = {municipality: code for code, _, municipality in PLACES}
    return [
        Distance(
            one_id=min(place_in[line["code_a"]], place_in[line["code_b"]]),
            other_id=max(place_in[line["code_a"]], place_in[line["code_b"]]),
            km=int(line["kilometres"]),
            minutes=int(line["drive_minutes"]),
        )
        for line in lines("distances.csv")
    ]


def programmes(read: Sequence[Node]) -> list[Programme]:
    """Return the programmes that a file describes.

    :raises Malformed: if a value that has a column is missing or of the wrong kind.
    """
    found = [_programme(entry) for entry in read]
    for entry in read:
        entry.refuse_if_faulty()
    return found


def courses() -> list[tuple[Course, list[Lesson]]]:
    """Return the catalogue, each course with its lessons."""
    return [_course(entry) for entry in entries("courses.yaml")]


def rates() -> list[Rate]:
    """Return the European Central Bank's reference rates that come with the product."""
    return [
        Rate(on=on, sek_per_eur=rate, source="ecb") for on, rate in sorted(bundled_rates().items())
    ]


def _programme(entry: Node) -> Programme:
    first, last = entry.get("period").pair()
    starts_on, ends_on = first.day(), last.day()
    if ends_on < starts_on:
        last.fault("a day that is not before the first")
    told = dict(entry.fields())
    facts = {key: node.value for key, node in told.items() if key not in COLUMNS}
    target: Any = entry.get("target_group", "").value
    if not isinstance(target, str):  # a rule for counting, not words for a page
        facts["target_group"], target = target, ""
    return Programme(
        slug=entry.get("slug").text(),
        name=entry.get("name").text(),
        owner=entry.get("owner").text(),
        starts_on=starts_on,
        ends_on=ends_on,
        purpose=str(entry.get("purpose", "").value).strip(),
        target_group=target,
        financiers=[node.text() for node in entry.get("financiers", []).items()],
        facts=facts,
        runs_cohorts=entry.get("runs_cohorts", default=False).flag(),
        is_example=entry.get("example", default=False).flag(),
    )


def _course(entry: Node) -> tuple[Course, list[Lesson]]:
    title = entry.get("title").text()
    course = Course(
        slug=entry.get("slug").text(),
        title=title,
        provider=entry.get("provider").text(),
        language=entry.get("language").choice({"sv", "en"}),
        level=entry.get("level").choice(LEVELS),
        hours=entry.get("hours").whole(1),
        price_sek=entry.get("price_sek").decimal(),
        price_note=entry.get("price_note").text(),
        link=entry.get("link").text(),
        accessibility=entry.get("accessibility").text(),
        summary_sv=entry.get("summary_sv").text(),
        summary_en=entry.get("summary_en").text(),
        sort_key=swedish_sort_key(title),
        is_offered=entry.get("offered", default=True).flag(),
    )
    lessons = list(_lessons(entry, course))
    entry.refuse_if_faulty()
    return course, lessons


def _lessons(entry: Node, course: Course) -> Iterator[Lesson]:
    for number, lesson in enumerate(entry.get("lessons").items(), start=1):
        yield Lesson(
            course=course,
            number=number,
            title_sv=lesson.get("sv").text(),
            title_en=lesson.get("en").text(),
        )
