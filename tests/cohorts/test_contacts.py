"""Who speaks for a company: the aid officer adds somebody by e-mail address, and ends it."""

from functools import partial
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from accounts.models import User
from accounts.rules import Role
from cohorts.actions.contacts import ToldContact, add_contact, end_contact
from cohorts.emails.rounds import company_reader
from companies.models import Company, Contact
from companies.rules import ContactRefusal
from outbox.models import Message
from tests.aftermath import everything, history, letters
from tests.at_once import at_once
from tests.cohorts.aid_world import make_round, offer
from tests.deminimis.pages import text_of, words_in
from tests.factories import make_company, make_contact, make_interest, make_user

pytestmark = pytest.mark.django_db

KIM = {"email": "Kim@Example.org", "name": "Kim Kontakt", "language": "sv"}


def officer(client: Client) -> Client:
    client.force_login(make_user(role=Role.AID_OFFICER))
    return client


def add(company: Company, by: User, **told: Any) -> ContactRefusal | None:
    contact = ToldContact(**{**KIM, "may_sign": False, **told})
    return add_contact(company_id=company.pk, told=contact, by=by, now=timezone.now())


def test_an_officer_adds_a_contact_who_gets_a_letter_and_opens_the_companys_page(
    client: Client,
) -> None:
    company = make_company(name="Sågen AB")
    page = f"/stod/foretag/{company.pk}/"
    assert "Ingen är kontaktperson." in text_of(officer(client), page)
    response = client.post(f"{page}kontakt/", {**KIM, "may_sign": "on"}, follow=True)
    shown = words_in(response.content.decode())
    assert "Kontaktpersonen är tillagd och får ett brev." in shown
    today = timezone.localdate()
    assert f"Kim Kontakt, kim@example.org, behörig firmatecknare, sedan {today}." in shown
    contact = Contact.objects.get()
    assert (contact.company, contact.may_sign, contact.ended_at) == (company, True, None)
    assert history(contact) == [("", "stands", "user")]
    letter = Message.objects.get()
    assert (letter.key, letter.to) == (f"contact/{contact.pk}/added", "kim@example.org")
    assert letter.subject.endswith("Du är kontaktperson för Sågen AB")
    assert "Du kan också säga ja eller nej till en kursavgift för företaget." in letter.text
    assert letter.links["company"]["path"] == "/foretag/"
    client.force_login(contact.user)
    assert "Sågen AB" in text_of(client, "/foretag/")


def test_letters_to_the_company_go_to_the_contact_and_not_to_the_employee_any_more() -> None:
    company = make_company()
    interest = make_interest(company=company)
    assert company_reader(company, fallback=interest).email == interest.email
    assert add(company, make_user()) is None
    assert company_reader(company, fallback=interest).email == "kim@example.org"
    offer(company, to=make_round())
    assert company.certificates.get().asked_email == "kim@example.org"


def test_a_known_address_keeps_its_account_with_name_and_language() -> None:
    known = make_user(email="kim@example.org", name="Kim Känd", language="en")
    assert add(make_company(name="Sågen AB"), make_user()) is None
    assert (Contact.objects.get().user, User.objects.count()) == (known, 2)
    letter = Message.objects.get()
    assert (letter.language, known.name in letter.text) == ("en", True)
    assert letter.subject.endswith("You are the contact person for Sågen AB")
    assert letter.links["company"]["path"] == "/en/foretag/"
    assert "say yes or no to a course fee" not in letter.text


def test_adding_somebody_twice_is_told_and_writes_nothing(client: Client) -> None:
    company = make_company()
    make_contact(company, make_user(email="kim@example.org"))
    path = f"/stod/foretag/{company.pk}/kontakt/"
    officer(client)
    before = everything()
    page = words_in(client.post(path, KIM).content.decode())
    assert "Personen är redan kontaktperson här." in page
    assert everything() == before


def test_who_decides_on_aid_does_not_speak_for_the_company() -> None:
    own = make_user(email="kim@example.org", role=Role.AID_OFFICER)
    company = make_company()
    before = everything()
    assert add(company, own) is ContactRefusal.ONESELF
    assert everything() == before


@pytest.mark.parametrize(
    ("told", "sentence"),
    [
        ({"email": ""}, "Skriv en e-postadress."),
        ({"email": "kim"}, "Ange en giltig e-postadress."),
        ({"name": " "}, "Skriv namnet."),
    ],
)
def test_what_is_missing_is_told_at_its_field_and_nothing_is_written(
    client: Client, told: dict[str, str], sentence: str
) -> None:
    path = f"/stod/foretag/{make_company().pk}/kontakt/"
    officer(client)
    before = everything()
    assert sentence in words_in(client.post(path, {**KIM, **told}).content.decode())
    assert everything() == before


def test_an_officer_ends_a_contact_after_a_question_and_the_row_stays(client: Client) -> None:
    company, user = make_company(name="Sågen AB"), make_user(name="Kim Kontakt")
    contact = make_contact(company, user)
    path = f"/stod/kontakter/{contact.pk}/"
    assert f'href="{path}"' in officer(client).get(f"/stod/foretag/{company.pk}/").content.decode()
    assert "Kim Kontakt" in text_of(client, path)
    assert Contact.objects.get().ended_at is None
    shown = words_in(client.post(path, follow=True).content.decode())
    assert "Kontaktpersonen är avslutad." in shown
    assert ("Kim Kontakt" in shown, "Ingen är kontaktperson." in shown) == (False, True)
    assert history(contact) == [("stands", "ended", "user")]
    assert "Kim Kontakt avslutades" in text_of(client, path)
    before = everything()
    shown = words_in(client.post(path, follow=True).content.decode())
    assert "Kontaktpersonen är redan avslutad. Ingenting ändrades." in shown
    assert everything() == before
    client.force_login(user)
    assert "Sågen AB" not in text_of(client, "/foretag/")


def test_somebody_who_was_ended_may_be_added_again_with_a_letter_of_its_own() -> None:
    company, by = make_company(), make_user()
    assert add(company, by) is None
    first = Contact.objects.get()
    assert end_contact(contact_id=first.pk, by=by, now=timezone.now()) is None
    assert add(company, by, may_sign=True) is None
    again = Contact.objects.get(ended_at=None)
    assert letters() == [f"contact/{first.pk}/added", f"contact/{again.pk}/added"]
    assert (again.user, again.may_sign) == (first.user, True)


def test_only_an_officer_adds_and_ends_contacts(client: Client) -> None:
    contact = make_contact(make_company(), make_user())
    client.force_login(make_user(role=Role.COORDINATOR))
    for page in (f"foretag/{contact.company_id}/kontakt", f"kontakter/{contact.pk}"):
        assert client.post(f"/stod/{page}/", KIM).status_code == 403
    assert (Contact.objects.count(), history(contact)) == (1, [])


@pytest.mark.postgresql
@pytest.mark.django_db(transaction=True)
def test_two_officers_at_once_add_one_contact_and_one_letter() -> None:
    company, officers = make_company(), [make_user(), make_user()]
    answers = at_once([partial(add, company, by) for by in officers])
    assert set(answers) == {None, ContactRefusal.STANDS_ALREADY}
    assert (Contact.objects.count(), len(letters())) == (1, 1)
