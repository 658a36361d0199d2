"""The main path, all eight steps, as the people on it walk it: told once, walked by any visitor.

A visitor is a person with the test client (``visitor.Visitor``) or with a real browser
(``tests.browser.surfer.Surfer``). Labels are looked up in the language of the walk.
"""

import re
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

from django.utils import timezone, translation
from django.utils.translation import gettext, ngettext

from cohorts.actions.votes import close_votes
from cohorts.models import Participation
from deminimis.models import LedgerEntry
from tests.factories import legal_number
from tests.journeys.letters import latest_to, links_in, post
from voting.models import Ballot

PEOPLE = {"anna": "Anna Åström", "bo": "Bo Öberg", "cia": "Cia Ek"}
ANNAS_FIRM = "Åströms Såg AB"
CIAS_FIRM = "Eks Bageri"


class MainPath:
    """The people of one walk, and what they do step by step."""

    def __init__(self, visitor: Callable[..., Any], language: str) -> None:
        self.language = language
        self.prefix = "/en" if language == "en" else ""
        self.new = visitor
        self.people = {key: self.someone(f"{key}@example.org") for key in PEOPLE}
        self.frida = self.someone("frida@example.org")
        self.axel = self.someone("axel@example.org")
        self.cohort = ""
        self.receipts: dict[str, str] = {}

    def someone(self, email: str) -> Any:
        """Return a person with a browser of their own."""
        return self.new(email, prefix=self.prefix)

    def t(self, text: str, **words: object) -> str:
        """Return a text of the site in the language of the walk."""
        with translation.override(self.language):
            said = gettext(text)
        return said % words if words else said

    def url(self, path: str) -> str:
        """Return a path in the language of the walk."""
        return self.prefix + path

    def letter(self, key: str, subject: str) -> Any:
        """Return the newest letter to one of the people."""
        return latest_to(f"{key}@example.org", self.t(subject).split("%", maxsplit=1)[0])

    def staff_logs_in(self, somebody: Any) -> None:
        """Log a member of staff in: by the code in a letter."""
        somebody.log_in()

    def walk(self) -> None:
        """Walk the whole path."""
        self.interest()
        self.cohort_with_proposal()
        self.invitations()
        self.planning()
        self.studying()
        self.voting()
        self.certificate()
        self.confirming()

    def interest(self) -> None:
        """1. Three people say that they would like to take part, and confirm by letter."""
        firms = {
            "anna": (ANNAS_FIRM, legal_number(1)),
            "bo": (ANNAS_FIRM, legal_number(1)),
            "cia": (CIAS_FIRM, ""),
        }
        for key, name in PEOPLE.items():
            person, (firm, number) = self.people[key], firms[key]
            person.open(self.url("/anmalan/"))
            person.reads("icke-bindande" if self.language == "sv" else "non-binding")
            person.press(
                self.t("Anmäl intresse"),
                name=name,
                email=person.email,
                company=firm,
                number=number,
                place="umea",
            )
            person.reads(self.t("Titta i din e-post"))
        post(timezone.now())
        for key, person in self.people.items():
            link = links_in(self.letter(key, "Bekräfta din intresseanmälan"))[0]
            person.open(link)
            person.reads(PEOPLE[key])
            person.press(self.t("Bekräfta anmälan"))
            person.reads(self.t("Tack! Din intresseanmälan är bekräftad. Den är icke-bindande."))

    def cohort_with_proposal(self) -> None:
        """2. A facilitator opens a cohort; the platform proposes who fits and why."""
        starts_on = timezone.localdate() + timedelta(days=30)
        self.staff_logs_in(self.frida)
        self.frida.open(self.url("/handledare/grupper/ny/")).press(
            self.t("Öppna gruppen"),
            name="Umeå tisdagar",
            place="umea",
            language=self.language,
            weekday="1",
            time_of_day="lunch",
            starts_on=starts_on.isoformat(),
            seats="12",
            least="2",
        )
        found = re.search(r"/handledare/grupper/(\d+)/", self.frida.at)
        assert found, self.frida.at
        self.cohort = found.group(1)
        self.frida.open(self.desk("forslag/")).press(self.t("Föreslå personer"))
        self.frida.reads(*PEOPLE.values(), self.t("vill helst träffas här"))

    def invitations(self) -> None:
        """3. Invitations go out; all three accept and have a log-in."""
        with translation.override(self.language):
            send = ngettext("Skicka %(n)s inbjudan", "Skicka %(n)s inbjudningar", 3) % {"n": 3}
        self.frida.open(self.desk("skicka/")).press(self.t("Granska breven"))
        self.frida.press(send)
        post(timezone.now())
        for key, person in self.people.items():
            link = links_in(self.letter(key, "Du är inbjuden till %(cohort)s"))[0]
            person.open(link)
            person.reads("Elements of AI", self.t("0 kr. Kursen är gratis för alla."))
            person.press(self.t("Tacka ja"), login_email=person.email)
            person.reads(self.t("Välkommen! Du har en plats."))
            person.log_in()
            person.reads("Umeå tisdagar")

    def planning(self) -> None:
        """4. The series is proposed with 14 to 28 days between meetings, saved, and begun."""
        self.frida.open(self.desk("traffar/")).press(self.t("Spara träffarna"))
        self.frida.open(self.desk()).press(self.t("Bekräfta gruppen"))
        self.frida.open(self.desk("starta/")).press(self.t("Starta kursen"))
        post(timezone.now())
        for key in PEOPLE:
            assert links_in(self.letter(key, "Träffarna i %(cohort)s"))
        anna = self.people["anna"].open(self.url(f"/grupp/{self.cohort}/"))
        anna.reads(self.t("Träffar"), self.t("Lektioner"))

    def studying(self) -> None:
        """5. Anna ticks off lessons, asks a question, and answers the first meeting."""
        anna = self.people["anna"].open(self.url(f"/grupp/{self.cohort}/"))
        lessons = anna.choices("done")
        anna.press(self.t("Spara markeringarna"), done=lessons[:2], unclear=lessons[1:2])
        anna.reads(self.t("Du har gjort %(done)s av %(total)s.", done=2, total=6))
        anna.press(self.t("Lägg till på dagordningen"), text="Hur börjar vi på sågen?")
        anna.reads("Hur börjar vi på sågen?")
        meeting = re.findall(r'href="([^"]*/traff/\d+/)"', self.page_of(anna))[0]
        anna.open(meeting).press(self.t("Spara svaret"), answer="on_site")
        anna.reads(
            self.t(
                "%(on_site)s på plats, %(digital)s digitalt, %(no)s kan inte",
                on_site=1,
                digital=0,
                no=0,
            )
        )

    def voting(self) -> None:
        """6. The cohort votes on its next course; everybody can check that the vote is in."""
        closes_on = timezone.localdate() + timedelta(days=10)
        self.frida.open(self.desk("omrostning/"))
        options = self.frida.choices("courses")
        self.frida.press(
            self.t("Granska omröstningen"), courses=options, closes_on=closes_on.isoformat()
        )
        self.frida.press(self.t("Öppna omröstningen"))
        post(timezone.now())
        ballot = Ballot.objects.get()
        building = ballot.options.get(title="Building AI").key
        for key, person in self.people.items():
            link = links_in(self.letter(key, "Rösta om nästa kurs"))[0]
            person.open(link).press(self.t("Granska din röst"), **{f"plats-{building}": "1"})
            person.reads(self.t("Spara kvittot innan du röstar"))
            person.press(self.t("Rösta"))
            person.reads(self.t("Din röst är lagd"))
            found = re.search(r"\b[0-9A-Z]{4}(-[0-9A-Z]{4}){4}\b", self.page_of(person))
            assert found
            self.receipts[key] = found.group()
        assert close_votes(now=self.later(ballot.closes_at)) == 1
        post(self.later(ballot.closes_at))
        cia = self.people["cia"].open(links_in(self.letter("cia", "Nästa kurs: %(course)s"))[0])
        cia.reads(self.t("%(course)s är vald.", course="Building AI"))
        cia.press(self.t("Kontrollera"), receipt=self.receipts["cia"])
        cia.reads(self.t("Ja, en röst med det kvittot är räknad."))

    def certificate(self) -> None:
        """7. The course has a price: Anna's firm hands in its certificate, an officer checks it."""
        anna = self.people["anna"]
        anna.open(self.fee_page("anna")).reads(
            self.t("Företaget har inte lämnat något de minimis-intyg.")
        )
        link = links_in(self.letter("anna", "De minimis-intyg för %(company)s"))[0]
        signer = self.someone("anna@example.org").open(link)
        fill_in_certificate(signer, self.t)
        signer.reads(self.t("inlämnat, granskas"))
        self.staff_logs_in(self.axel)
        self.axel.open(self.url("/stod/")).reads(ANNAS_FIRM)
        queue = re.findall(r'href="([^"]*/stod/intyg/\d+/)"', self.page_of(self.axel))
        self.axel.open(queue[0]).press(self.t("Godkänn intyget"), no_conflict="on")
        post(timezone.now() + timedelta(seconds=1))

    def confirming(self) -> None:
        """8. Each sees the cost and why, and decides: aid for two, the third sits out."""
        for key in ("anna", "bo"):
            person = self.people[key].open(self.fee_page(key))
            person.reads(
                self.t("Företaget har utrymme kvar under EU:s tak för stöd av mindre betydelse."),
                self.t("Du är inte bunden till något än."),
            )
            person.press(self.t("Säg ja till platsen"))
            person.reads(self.t("Din plats är bekräftad."))
        post(timezone.now())
        assert self.letter("anna", "Stöd av mindre betydelse till %(company)s")
        assert [entry.amount_sek for entry in LedgerEntry.objects.all()] == [4000, 4000]
        cia = self.people["cia"].open(self.fee_page("cia"))
        cia.press(self.t("Stå över den här kursen"))
        cia.reads(self.t("står över den här kursen"))

    def desk(self, page: str = "") -> str:
        """Return a page of the facilitator's desk."""
        return self.url(f"/handledare/grupper/{self.cohort}/{page}")

    def fee_page(self, key: str) -> str:
        """Return the page of what the newest course costs somebody."""
        newest = Participation.objects.filter(enrolment__user__email=f"{key}@example.org").latest(
            "id"
        )
        return self.url(f"/avgift/{newest.pk}/")

    @staticmethod
    def page_of(person: Any) -> str:
        """Return the source of the page that somebody looks at."""
        return str(person.html)

    @staticmethod
    def later(moment: datetime) -> datetime:
        """Return a moment just after another."""
        return moment + timedelta(seconds=1)


def fill_in_certificate(signer: Any, t: Callable[[str], str]) -> None:
    """Answer the questions of a certificate one page after another, and sign it."""
    onward = t("Spara och fortsätt")
    signer.follow(t("Börja"))
    signer.press(onward, name="Ådis Åström", is_authorised="ja")
    signer.press(onward)
    signer.press(onward, is_group="nej")
    signer.press(onward, sector="other")
    signer.press(t("Vi har inte fått något"))
    signer.follow(t("Fortsätt till underskriften"))
    if t("Logga in och skriv under") in signer.html:
        signing = signer.at
        signer.log_in().open(signing)
    signer.press(t("Skriv under och lämna in"), is_authorised="on", covers_group="on", is_true="on")
