"""From a number and a day to a region in the database, and what it came to in one sentence."""

from datetime import date

from cohorts.models import Cohort, Interest, Programme
from companies.models import Company
from outbox.models import Message
from regai.example.firms import Town
from regai.example.history import play
from regai.example.region import Region, region
from regai.reference.files import lines, workplaces


def load(*, number: int, day: date, programme: Programme) -> str:
    """Play the region of ``number`` up to ``day``; return what was loaded, in English."""
    play(invented(number, day), programme)
    counts = {
        "companies": Company.objects.count(),
        "interests": Interest.objects.count(),
        "cohorts": Cohort.objects.count(),
        "letters": Message.objects.count(),
    }
    told = ", ".join(f"{many} {what}" for what, many in counts.items())
    return f"Region {number} on {day}: {told}."


def invented(number: int, day: date) -> Region:
    """Return the region of ``number`` on ``day``, in the county's fifteen municipalities."""
    workplaces_in = workplaces()
    towns = [
        Town(
            code=line["code"],
            name=line["name"],
            latitude=float(line["seat_latitude"]),
            longitude=float(line["seat_longitude"]),
            workplaces=workplaces_in[line["code"]],
        )
        for line in lines("municipalities.csv")
    ]
    return region(number, day, towns)
