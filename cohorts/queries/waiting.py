"""Who waits for a seat: people counted by language, place and times, never one by one."""

from collections import Counter
from collections.abc import Collection, Mapping
from dataclasses import dataclass

from django.db.models import Count, F

from cohorts.models import Cohort, Interest
from cohorts.queries.seats import placeable


@dataclass(frozen=True, slots=True)
class Waiting:
    """So many people of one language who could meet in one place, at the same times.

    ``rank`` says how dear the place is to them, 1 the dearest; no ``times`` means any time.
    """

    place: str
    language: str
    rank: int
    times: tuple[str, ...]
    people: int

    def suits(self, time: str) -> bool:
        """Return whether they can meet at ``time``."""
        return not self.times or time in self.times


def waiting_people(programme_id: int) -> list[Waiting]:
    """Return those without a seat or an offer; each stands once for every place they named."""
    groups = (
        placeable(programme_id)
        .filter(places__isnull=False)
        .values("language", "times", code=F("places__place"), rank=F("places__rank"))
        .annotate(people=Count("pk"))
        .order_by("code", "language", "rank")
    )
    return [
        Waiting(
            place=group["code"],
            language=group["language"],
            rank=group["rank"],
            times=tuple(group["times"]),
            people=group["people"],
        )
        for group in groups
    ]


def candidates_counted(
    cohorts: Collection[Cohort], known: Mapping[int, list[Waiting]] | None = None
) -> dict[int, int]:
    """Return how many people each cohort could still invite, in two statements a programme.

    Those whom a cohort has asked before are not counted again for it. ``known``: who waits, by
    programme, as far as that has been read already.
    """
    waiting = dict(known or {})
    for pk in {cohort.programme_id for cohort in cohorts} - waiting.keys():
        waiting[pk] = waiting_people(pk)
    asked = _asked_before(cohorts)
    return {
        cohort.pk: sum(
            group.people
            for group in waiting[cohort.programme_id]
            if (group.place, group.language) == (cohort.place_id, cohort.language)
            and group.suits(cohort.time)
        )
        - asked[cohort.pk]
        for cohort in cohorts
    }


def _asked_before(cohorts: Collection[Cohort]) -> Counter[int]:
    """Return how many of those who wait and would suit a cohort have been asked by it before."""
    times = {cohort.pk: cohort.time for cohort in cohorts}
    asked: Counter[int] = Counter()
    for programme_id in {cohort.programme_id for cohort in cohorts}:
        again = (
            Interest.objects.filter(
                pk__in=placeable(programme_id).values("pk"),
                invitations__cohort__in=times,
                language=F("invitations__cohort__language"),
                places__place=F("invitations__cohort__place"),
            )
            .values_list("invitations__cohort", "times", "pk")
            .distinct()
        )
        for cohort_id, suited, _ in again:
            asked[cohort_id] += not suited or times[cohort_id] in suited
    return asked
