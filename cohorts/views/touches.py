"""What a rule that a meeting touches is called, and where on the page it is said."""

from collections.abc import Sequence

from django import forms
from django.utils.formats import date_format

from cohorts.rules.sittings import Touch, Touched
from cohorts.words import TOUCHED

AT_ROOM = frozenset({Touched.ROOM_TOO_SMALL, Touched.ROOM_TAKEN, Touched.ROOM_ELSEWHERE})


def sentence(touch: Touch) -> str:
    """Return a touch as a sentence with its day first."""
    values = {
        "day": date_format(touch.on, "l j F Y").capitalize(),
        "seats": touch.seats,
        "people": touch.people,
    }
    return TOUCHED[touch.rule] % values


def point_out(forms_: Sequence[forms.Form], touches: Sequence[Touch]) -> None:
    """Put each touch at the field that it is about."""
    for touch in touches:
        field = "room" if touch.rule in AT_ROOM else "on"
        forms_[touch.number].add_error(field, sentence(touch))
