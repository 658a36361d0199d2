"""Programmes and what is public about them."""

from datetime import date

from django.db.models import QuerySet

from cohorts.models import Programme


def current_programme() -> Programme | None:
    """Return the programme that runs cohorts, the latest one, or None if there is none."""
    return running_programmes().first()


def running_programmes() -> QuerySet[Programme]:
    """Return the programmes that run cohorts, the latest first."""
    return Programme.objects.filter(runs_cohorts=True).order_by("-starts_on")


def programmes_open(on: date) -> QuerySet[Programme]:
    """Return the programmes whose period has not ended, newest first."""
    return Programme.objects.filter(ends_on__gte=on).order_by("-starts_on", "name")


def programmes_closed(on: date) -> QuerySet[Programme]:
    """Return the programmes whose period has ended, the latest first."""
    return Programme.objects.filter(ends_on__lt=on).order_by("-ends_on", "name")
