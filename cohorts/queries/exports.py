"""People and letters as rows of a spreadsheet, and what each column means.

At most two statements however many, and no row of a model: ten thousand are plain tuples.
"""

from collections.abc import Iterator
from datetime import datetime

from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from cohorts import words
from cohorts.models import Interest, InterestPlace
from companies.numbers import masked, shown
from outbox.models import Message
from outbox.words import LETTER_STATES, fault_in_words

CHUNK = 1_000


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
    states = {code.value: str(word) for code, word in words.INTEREST_STATES.items()}
    times = {code: str(word) for code, word in words.TIMES.items()}
    languages = {code: str(word) for code, word in words.LANGUAGES.items()}
    said = {True: _("ja"), False: _("nej")}
    places = _places(people)
    told = people.prefetch_related(None).values_list(  # type: ignore[misc]  # is_placed: annotated
        "pk",
        "name",
        "email",
        "company__name",
        "company__number",
        "company__number_hint",
        "state",
        "is_placed",
        "is_invited",
        "times",
        "language",
        "registered_at",
        "confirmed_at",
    )
    for pk, name, email, company, number, hint, state, placed, invited, *rest in told.iterator(
        chunk_size=CHUNK
    ):
        suits, language, registered_at, confirmed_at = rest
        yield [
            name,
            email,
            company,
            shown(number) if number else masked(hint) if hint else "",
            states.get(state, state),
            said[placed],
            said[invited],
            ", ".join(places.get(pk, ())),
            ", ".join(times[code] for code in suits if code in times),
            languages.get(language, language),
            _day(registered_at),
            _day(confirmed_at),
        ]


def letter_columns() -> list[tuple[str, str]]:
    """Return the heading of each column of letters and what it means."""
    return [
        (_("Skrivet"), _("Då brevet ställdes i kö.")),
        (_("Till"), _("Adressen som brevet går till.")),
        (_("Ämne"), _("På mottagarens språk.")),
        (_("Läge"), _("Om brevet väntar, är skickat eller inte kom fram.")),
        (_("Avslutat"), _("Då brevet skickades eller gavs upp; tomt om det väntar.")),
        (_("Försök"), _("Hur många gånger vi har försökt skicka det.")),
        (_("Vad som hände"), _("Det senaste felet; tomt om inget har hänt.")),
    ]


def letter_rows(letters: QuerySet[Message]) -> Iterator[list[str]]:
    """Yield a row of text for each letter; one statement however many there are."""
    states = {code.value: str(word) for code, word in LETTER_STATES.items()}
    told = letters.values_list(
        "queued_at", "to", "subject", "state", "ended_at", "tries", "last_fault"
    )
    for queued_at, to, subject, state, ended_at, tries, fault in told.iterator(chunk_size=CHUNK):
        yield [
            _minute(queued_at),
            to,
            subject,
            states.get(state, state),
            _minute(ended_at),
            str(tries),
            fault_in_words(fault),
        ]


def _places(people: QuerySet[Interest]) -> dict[int, list[str]]:
    """Return the names of each person's places, the dearest first, in the language of the page."""
    found: dict[int, list[str]] = {}
    ranked = InterestPlace.objects.filter(interest__in=people.order_by().values("pk"))
    for pk, name in ranked.order_by("interest", "rank").values_list("interest", "place__name"):
        found.setdefault(pk, []).append(_(name))
    return found


def _day(moment: datetime | None) -> str:
    return timezone.localdate(moment).isoformat() if moment else ""


def _minute(moment: datetime | None) -> str:
    return f"{timezone.localtime(moment):%Y-%m-%d %H.%M}" if moment else ""
