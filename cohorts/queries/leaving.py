"""Reads about people who left a course that they were bound to."""

from django.db.models import QuerySet

from cohorts.models import DropOut


def drop_outs_for_officers() -> QuerySet[DropOut]:
    """Return everybody who left a course after it began while something was owed or given."""
    return DropOut.objects.select_related(
        "judged_by",
        "participation__access",
        "participation__round__course",
        "participation__enrolment__interest__company",
    )


def drop_outs_to_judge() -> QuerySet[DropOut]:
    """Return those of them that nobody has looked at, the first first."""
    return drop_outs_for_officers().filter(judged_at=None).order_by("left_at", "id")
