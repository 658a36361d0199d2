"""What the public pages read: the catalogue of courses. No page here knows of a person."""

from django.db.models import Case, QuerySet, Value, When

from cohorts.models import Course, Programme

# Easy before hard, in the order that the pages list them.
LEVELS_IN_ORDER = ("grund", "fortsättning", "fördjupning")
FREE, PRICED = "gratis", "pris"


def courses_offered(*, price: str = "", language: str = "", level: str = "") -> QuerySet[Course]:
    """Return the courses on offer: easy first, then free, then in Swedish, then by title.

    ``price`` is ``FREE`` or ``PRICED``; what is empty narrows nothing.
    """
    found = Course.objects.filter(is_offered=True)
    if price == FREE:
        found = found.filter(price_sek=0)
    elif price == PRICED:
        found = found.filter(price_sek__gt=0)
    if language:
        found = found.filter(language=language)
    if level:
        found = found.filter(level=level)
    steps = [When(level=code, then=Value(i)) for i, code in enumerate(LEVELS_IN_ORDER)]
    rank = Case(*steps, default=Value(len(steps)))
    return found.order_by(rank, "price_sek", "-language", "sort_key", "id")


def course_in_public() -> QuerySet[Course]:
    """Return every course, also one that is no longer on offer: links in old letters lead there."""
    return Course.objects.prefetch_related("lessons")


def programme_in_public() -> QuerySet[Programme]:
    """Return every programme: what is closed remains described."""
    return Programme.objects.all()
