"""A sole trader's number is a personal identity number: it stands in the register's file alone."""

import io
import logging
import re
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from accounts.rules import Role
from cohorts.models import Interest, Participation
from companies.models import Company
from deminimis.models import Certificate
from deminimis.rules import CertificateState
from outbox.actions import deliver_waiting
from outbox.models import Message
from tests.aftermath import everything
from tests.cohorts.aid_world import approved, confirm, make_round, offer
from tests.deminimis.pages import answered, path_of
from tests.factories import make_company, make_contact, make_user

pytestmark = pytest.mark.django_db

# 811228-9874 is the Tax Agency's own example of a personal identity number.
TYPED = "19811228-9874"
# A part of it counts where it stands by itself: a digest may hold four figures by chance.
MARKER = re.compile(r"8112289874|(?<![\w.])(?:811228-9874|19811228|811228|9874)(?!\w)")
REGISTER_FILES = ("/stod/register/register.csv", "/stod/register/register.xlsx")


def holds_marker(text: str) -> list[str]:
    return MARKER.findall(text)


class Watched:
    """A visitor whose every address, page and header is looked through."""

    def __init__(self, client: Client) -> None:
        self.client = client
        self.found: dict[str, list[str]] = {}
        self.visited: set[str] = set()

    def get(self, path: str) -> str:
        return self._looked(path, self.client.get(path))

    def post(self, path: str, told: dict[str, str]) -> str:
        return self._looked(path, self.client.post(path, told))

    def _looked(self, path: str, response: Any) -> str:
        assert response.status_code < 500, path
        self.visited.add(path)
        page: str = response.content.decode("utf-8", "replace")
        said = f"{path} {response.headers} {page}"
        if path not in REGISTER_FILES and (found := holds_marker(said)):
            self.found[path] = found
        return page


def a_sole_trader() -> Company:
    """Return a company whose number has been told by its owner on the certificate's page."""
    company = make_company(name="Firma Fia", number=None, number_digest=None, needs_check=True)
    Client().post(f"{path_of(answered(company=company))}foretaget/", {"number": TYPED})
    company.refresh_from_db()
    assert company.sealed_number
    assert company.number is None
    return company


def test_the_number_is_in_no_address_page_log_letter_or_export_but_the_registers(
    client: Client, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    company = a_sole_trader()
    Certificate.objects.update(state=CertificateState.WITHDRAWN)
    approved(company)
    participation = offer(company, to=make_round())
    confirm(participation)
    entry = company.ledger.get()

    officer = Watched(client)
    client.force_login(make_user(role=Role.AID_OFFICER))
    pages = [
        "/stod/",
        f"/stod/foretag/{company.pk}/",
        f"/stod/foretag/{company.pk}/hor-ihop/",
        f"/stod/arenden/{participation.pk}/",
        f"/stod/intyg/{Certificate.objects.latest('id').pk}/",
        f"/stod/register/{entry.pk}/",
        "/stod/register/",
    ]
    for path in pages:
        officer.get(path)
    officer.post("/stod/", {"sought": company.name})
    assert officer.visited >= set(pages)

    owner = Watched(Client())
    user = participation.enrolment.user
    make_contact(company, user)
    owner.client.force_login(user)
    for path in (
        "/foretag/",
        "/mina-uppgifter/",
        "/min-sida/",
        f"/varfor/{participation.pk}/",
        f"/avgift/{participation.pk}/",
    ):
        owner.get(path)
    coordinator = Watched(Client())
    coordinator.client.force_login(make_user(role=Role.COORDINATOR))
    for path in ("/samordna/", f"/samordna/personer/{Interest.objects.latest('id').pk}/"):
        coordinator.get(path)

    assert officer.found | owner.found | coordinator.found == {}
    deliver_waiting(now=timezone.now() + timedelta(minutes=1))
    letters = [f"{m.subject}\n{m.text}\n{m.links}\n{m.to}\n{m.key}" for m in Message.objects.all()]
    assert letters
    assert [text for text in letters if holds_marker(text)] == []
    assert holds_marker(caplog.text) == []
    assert Participation.objects.filter(pk=participation.pk).exists()


def test_the_registers_file_has_it_in_full(client: Client) -> None:
    company = a_sole_trader()
    Certificate.objects.update(state=CertificateState.WITHDRAWN)
    approved(company)
    confirm(offer(company, to=make_round()))
    client.force_login(make_user(role=Role.AID_OFFICER))
    csv_file, xlsx_file = (client.get(path).content for path in REGISTER_FILES)
    assert b"811228-9874" in csv_file
    assert io.BytesIO(xlsx_file).read(2) == b"PK"


def test_no_column_but_the_sealed_ones_holds_it() -> None:
    company = a_sole_trader()
    rows = everything()
    assert holds_marker(repr(rows)) == []
    assert company.shown_number == "••••••-••74"
