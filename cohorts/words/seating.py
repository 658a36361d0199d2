"""The words for seats: why one is proposed, why none is given, what became of several."""

from django.utils.translation import gettext_lazy as _

from cohorts.rules.enrolments import Freed, SeatRefusal
from cohorts.rules.meetings import GapRefusal

SEAT_REFUSALS = {
    SeatRefusal.FULL: _("Gruppen är full. Ingen plats gavs."),
    SeatRefusal.ALREADY_IN: _("Personen har redan en plats eller en inbjudan i gruppen."),
    SeatRefusal.INTEREST_NOT_ACTIVE: _("Intresseanmälan är inte aktiv längre."),
    SeatRefusal.DEADLINE_PASSED: _("Sista svarsdagen har gått."),
    SeatRefusal.COHORT_OVER: _("Gruppen är inställd eller avslutad. Ingen plats gavs."),
}

FREED = {
    Freed.GIVEN_UP: _("Platsen är uppgiven. Brevet är på väg."),
    Freed.TAKEN_BACK: _("Inbjudan är återtagen. Brevet är på väg."),
    Freed.OVER_ALREADY: _("Redan avslutad. Ingenting ändrades."),
}

REASONS = {
    "place": _("vill helst träffas här"),
    "second_place": _("kan träffas här, men vill hellre någon annanstans"),
    "time": _("tiden passar"),
    "any_time": _("har inte begränsat sina tider"),
    "language": _("samma språk"),
    "waited": _("har väntat längst"),
    "by_hand": _("vald av handledaren"),
    "next_in_line": _("näst på tur när en plats blev ledig"),
}
# The same to the person themselves.
REASONS_TO_YOU = {
    "place": _("du vill helst träffas här"),
    "second_place": _("du kan träffas här, fast du hellre träffas någon annanstans"),
    "time": _("tiden passar dig"),
    "any_time": _("alla tider går bra för dig"),
    "language": _("ni talar samma språk"),
    "waited": _("du har väntat längst"),
    "by_hand": _("handledaren har valt dig"),
    "next_in_line": _("du stod näst på tur när en plats blev ledig"),
}

GAP_REFUSALS = {
    GapRefusal.TOO_CLOSE: _("Det måste gå minst 14 dagar mellan träffarna."),
    GapRefusal.TOO_FAR: _("Det får gå högst 28 dagar mellan träffarna."),
    GapRefusal.OUT_OF_ORDER: _("Träffarna måste komma i datumordning."),
}
