"""Where people start from when they travel to a meeting: the town nearest to their municipality."""

from collections.abc import Callable
from math import asin, cos, radians, sin, sqrt

from cohorts.models import Interest
from cohorts.planning.facts import Pair
from companies.models import Distance, Place

EARTH_RADIUS_KM = 6371
Position = tuple[float, float]


def roads(measure: str) -> dict[Pair, int]:
    """Return "km" or "minutes" by road between the towns, in both directions."""
    lengths = Distance.objects.values_list("one", "other", measure)
    return {pair: length for one, other, length in lengths for pair in ((one, other), (other, one))}


def homes_near(place: str) -> Callable[[Interest], str]:
    """Return what tells a person's town; ``place`` itself where the way there is not known."""
    known = {one for one, other in roads("km") if other == place} | {place}
    towns: dict[str, Position] = {
        town.code: (float(town.municipality.seat_latitude), float(town.municipality.seat_longitude))
        for town in Place.objects.filter(code__in=known)
        .select_related("municipality")
        .order_by("position")
        if town.municipality is not None
    }

    def home_of(person: Interest) -> str:
        seat = person.municipality
        if seat is None or not towns:
            return place
        here = float(seat.seat_latitude), float(seat.seat_longitude)
        return min(towns, key=lambda town: _km(here, towns[town]))

    return home_of


def _km(one: Position, other: Position) -> float:
    """Return the great-circle distance between two positions in degrees."""
    north, east = (radians(degrees) for degrees in one)
    other_north, other_east = (radians(degrees) for degrees in other)
    half = (
        sin((other_north - north) / 2) ** 2
        + cos(north) * cos(other_north) * sin((other_east - east) / 2) ** 2
    )
    return 2 * EARTH_RADIUS_KM * asin(sqrt(half))
