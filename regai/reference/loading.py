"""From the reference files to the tables: new rows are added, changed rows follow the file.

May run as often as it likes: the second run changes nothing. Rows that no file names are left
alone, and so is what has been recorded from a row (a course round keeps its price).
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

from django.db import models, transaction

from cohorts.models import Course, Lesson, Programme
from companies.models import Distance, Municipality, Place
from deminimis.models import Rate
from ground.reading import Malformed
from regai.reference import rows
from regai.reference.files import entries, entries_in

Row = TypeVar("Row", bound=models.Model)
BATCH = 500


@dataclass(frozen=True, slots=True)
class Loaded:
    """What became of one file: how many rows it has, how many were new, how many changed."""

    what: str
    rows: int
    new: int
    changed: int


@transaction.atomic(durable=True)
def load(*, own_programme: Path | None = None) -> list[Loaded]:
    """Bring the tables in line with the reference files; return what became of each.

    ``own_programme`` is a file of the same shape as ``successor.yaml`` that describes a real
    programme; the invented one stops taking interests as soon as there is a real one.

    :raises Malformed: if that file cannot be read.
    """
    catalogue = rows.courses()
    return [
        _in_line("municipalities", Municipality, rows.municipalities(), key=("code",)),
        _in_line("places", Place, rows.places(), key=("code",), kept=("address",)),
        _in_line("distances", Distance, rows.distances(), key=("one_id", "other_id")),
        _in_line("programmes", Programme, _programmes(own_programme), key=("slug",)),
        _in_line("courses", Course, [course for course, _ in catalogue], key=("slug",)),
        _lessons(catalogue),
        _in_line("exchange rates", Rate, rows.rates(), key=("on",)),
    ]


def _programmes(own: Path | None) -> list[Programme]:
    real = rows.programmes(entries_in(own)) if own else []
    closed = rows.programmes(entries("programmes.yaml"))
    invented = rows.programmes(entries("successor.yaml"))
    taken = {programme.slug for programme in (*closed, *invented)}
    if faults := [f"{p.slug}: expected a slug of its own" for p in real if p.slug in taken]:
        raise Malformed(faults)
    known = {programme.slug: programme for programme in Programme.objects.all()}
    has_real = any(p.runs_cohorts for p in real) or any(
        p.runs_cohorts and not p.is_example and p.starts_on > invented[0].starts_on
        for p in known.values()
    )
    for programme in invented:
        programme.runs_cohorts = not has_real
        if stands := known.get(programme.slug):  # its period may have been moved to span today
            programme.starts_on, programme.ends_on = stands.starts_on, stands.ends_on
    return [*closed, *invented, *real]


def _lessons(catalogue: Iterable[tuple[Course, list[Lesson]]]) -> Loaded:
    ids = dict(Course.objects.values_list("slug", "pk"))
    told: list[Lesson] = []
    for course, lessons in catalogue:
        for lesson in lessons:
            lesson.course_id = ids[course.slug]
        # A chapter that is no longer there goes, unless somebody has said something about it.
        surplus = Lesson.objects.filter(course=ids[course.slug], number__gt=len(lessons))
        surplus.filter(lessonmark=None, agendaitem=None).delete()
        told += lessons
    return _in_line("lessons", Lesson, told, key=("course_id", "number"))


def _in_line(
    what: str,
    model: type[Row],
    told: Sequence[Row],
    *,
    key: tuple[str, ...],
    kept: tuple[str, ...] = (),
) -> Loaded:
    """Add what is new and change what differs, but for the columns that are ``kept``."""
    columns = [
        field.attname
        for field in model._meta.concrete_fields  # noqa: SLF001 -- Django's documented Meta API
        if not field.primary_key and field.attname not in (*key, *kept)
    ]
    stands = {_values(row, key): row for row in model._default_manager.all()}  # noqa: SLF001 -- same
    new: list[Row] = []
    changed: list[Row] = []
    for row in told:
        known = stands.get(_values(row, key))
        if known is None:
            new.append(row)
        elif _values(known, columns) != _values(row, columns):
            for column in columns:
                setattr(known, column, getattr(row, column))
            changed.append(known)
    model._default_manager.bulk_create(new, batch_size=BATCH)  # noqa: SLF001 -- same
    if changed:
        names = [model._meta.get_field(column).name for column in columns]  # noqa: SLF001 -- same
        model._default_manager.bulk_update(changed, names, batch_size=BATCH)  # noqa: SLF001 -- same
    return Loaded(what, len(told), len(new), len(changed))


def _values(row: models.Model, columns: Iterable[str]) -> tuple[object, ...]:
    return tuple(getattr(row, column) for column in columns)
