"""The list of people as rows of a spreadsheet, and what each column means."""

from collections.abc import Iterator

from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from cohorts import words
from cohorts.models import Interest

CHUNK = 500


def people_columns() -> list[tuple[str, str]]:
    """Return the heading of each column and what it means, in the language of the page."""
    return [
        (_("Namn"), _("Som personen har skrivit det.")),
        (_("E-post"), _("Dit brev går. Flera kan dela en adress.")),
        (_("Företag"), _("Som det heter hos oss.")),
        (_("Organisationsnummer"), _("Dolt för enskild firma, tomt om det inte är känt.")),
        (_("Läge"), _("Intresseanmälans läge.")),
        (_("Har plats"), _("Ja, om personen deltar i en grupp.")),
        (_("Har inbjudan"), _("Ja, om en inbjudan väntar på svar.")),
        (_("Orter"), _("I den ordning personen vill.")),
        (_("Tider"), _("Tomt betyder att alla tider passar.")),
        (_("Språk"), _("På kurs, träffar och brev.")),
        (_("Anmäld"), _("Dagen för anmälan; den ger platsen i kön.")),
        (_("Bekräftad"), _("Dagen då personen senast bekräftade; tom om det inte är gjort.")),
    ]


def people_rows(people: QuerySet[Interest]) -> Iterator[list[str]]:
    """Yield a row of text for each person of ``people_listed``."""
    yes, no = _("ja"), _("nej")
    for person in people.iterator(chunk_size=CHUNK):
        confirmed_at = person.confirmed_at
        yield [
            person.name,
            person.email,
            person.company.name,
            person.company.shown_number,
            str(words.INTEREST_STATES.get(person.state, person.state)),  # type: ignore[call-overload]  # codes are strings
            yes if person.is_placed else no,  # type: ignore[attr-defined]  # annotated
            yes if person.is_invited else no,  # type: ignore[attr-defined]  # annotated
            ", ".join(ranked.place.name for ranked in person.places.all()),
            ", ".join(str(words.TIMES[code]) for code in person.times if code in words.TIMES),
            str(words.LANGUAGES.get(person.language, person.language)),
            timezone.localdate(person.registered_at).isoformat(),
            timezone.localdate(confirmed_at).isoformat() if confirmed_at else "",
        ]
