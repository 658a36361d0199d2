"""The report page: who may read it, what an auditor does not see, and no names."""

from datetime import date

import pytest
from django.test import Client

from accounts.rules import Role
from cohorts.models import Programme
from tests.cohorts.aid_world import approved, confirm, make_round, offer
from tests.deminimis.pages import text_of
from tests.factories import make_company, make_interest, make_programme, make_user
from tests.reports.test_queries import held_on, make_ballot

pytestmark = pytest.mark.django_db

READERS = {Role.COORDINATOR, Role.AUDITOR}


def reader(client: Client, role: Role) -> Client:
    client.force_login(make_user(role=role))
    return client


@pytest.mark.parametrize("role", list(Role))
def test_coordinators_and_auditors_read_the_report_and_nobody_else(
    client: Client, role: Role
) -> None:
    make_programme()
    assert client.get("/rapporter/").status_code == 302
    assert reader(client, role).get("/rapporter/").status_code == (200 if role in READERS else 403)


def test_without_a_programme_the_page_explains_itself(client: Client) -> None:
    assert "Inget projekt pågår" in text_of(reader(client, Role.AUDITOR), "/rapporter/")


def test_every_figure_has_a_line_that_says_how_it_is_counted(client: Client) -> None:
    make_programme()
    content = reader(client, Role.COORDINATOR).get("/rapporter/").content.decode()
    tables = content.split("<table")[1:]
    defined = [table for table in tables if "Vad, och hur det räknas" in table]
    assert (len(tables), len(defined)) == (5, 5)
    for table in defined:
        body = table[table.index("<tbody") : table.index("</tbody>")]
        rows = body.split("<tr")[1:]
        hints = [row.split('class="govuk-hint')[1].split(">")[1].split("<")[0] for row in rows]
        assert [hint for hint in hints if not hint.strip()] == []


def world(people: int) -> None:
    round_ = make_round()
    held_on(round_, date(2026, 3, 2))
    for number in range(people):
        company = make_company(name=f"Företag {number} AB")
        approved(company)
        confirm(offer(company, to=round_, name=f"Person Namnsson {number}"))
    make_ballot(round_, voted=people, of=people + 1)


def test_an_auditor_sees_no_small_numbers_and_a_coordinator_does(client: Client) -> None:
    world(4)
    page = text_of(reader(client, Role.AUDITOR), "/rapporter/")
    assert "räknas en gång. färre än 5 färre än 5" in page
    assert "Platser som är gratis som stöd av mindre betydelse. färre än 5 färre än 5" in page
    assert "alla omröstningar tillsammans. färre än 5" in page
    assert "av dem som kunde rösta. visas inte" in page
    page = text_of(reader(client, Role.COORDINATOR), "/rapporter/")
    assert "färre än 5" not in page
    assert "räknas en gång. 4 4" in page
    assert "av dem som kunde rösta. 80 %" in page
    assert "of those who could vote. 80%" in text_of(client, "/en/rapporter/")


def test_five_is_shown_and_none_is_shown(client: Client) -> None:
    world(5)
    page = text_of(reader(client, Role.AUDITOR), "/rapporter/")
    assert "räknas en gång. 5 5" in page
    assert "enligt egen uppgift eller intyg. 0 0" in page
    assert "pris exklusive moms. 55 000 kr" in page


def test_the_share_of_a_vote_that_all_but_a_few_took_part_in_is_hidden(client: Client) -> None:
    make_ballot(make_round(), voted=8, of=10)
    page = text_of(reader(client, Role.AUDITOR), "/rapporter/")
    assert "av dem som kunde rösta. visas inte" in page


def test_the_report_names_nobody(client: Client) -> None:
    world(2)
    make_interest(name="Namnsson Ensam", company=make_company(name="Ensam AB"))
    for role in READERS:
        page = text_of(reader(client, role), "/rapporter/")
        assert ("Namnsson" in page, " AB" in page) == (False, False)


def test_a_programme_that_runs_no_cohorts_is_not_the_one(client: Client) -> None:
    make_programme()
    Programme.objects.update(runs_cohorts=False)
    assert "Inget projekt pågår" in text_of(reader(client, Role.COORDINATOR), "/rapporter/")
