"""Who may open what: access.txt, held against every address of the site and every kind of person.

Each address is really asked for, as everybody, with rows of their own and of somebody else, with
the second factor demanded as in production. A page that takes no GET is sent an empty form, and
what that did is undone.
"""

from collections.abc import Iterator

import pytest
from django.test.utils import override_settings

from accounts.gates import BY_LINK, FIRST_STEP, PUBLIC
from tests.architecture.access import ACTORS, TABLE, answer_for, as_line, line_of
from tests.architecture.access_world import World, names_in
from tests.architecture.addresses import addresses

VIEWS = dict(addresses())
ADDRESSES = sorted(VIEWS)
# What everybody may do without the second step: public pages, the step itself, and leaving.
BEFORE_THE_STEP = {"drift/admin/logout/"} | {
    path
    for path, view in VIEWS.items()
    if getattr(view, "gate", "") in {PUBLIC, BY_LINK, FIRST_STEP}
}
pytestmark = pytest.mark.django_db
NESTED = [one for one in ADDRESSES if len(names_in(one)) > 1 and "<int:" in one]


def opens_to(address: str) -> list[str]:
    """Return to whom the table says that an address opens, with rows of their own."""
    return [actor for actor in ACTORS if answer_for(address, actor).startswith("open")]


@pytest.fixture(autouse=True, scope="module")
def _as_in_production() -> Iterator[None]:
    """Once for all: each change of the addresses would have all their patterns compiled anew."""
    short = "tests.architecture.short_urls"
    with override_settings(STAFF_SECOND_FACTOR=True, ROOT_URLCONF=short):
        yield


def test_every_line_is_about_an_address_of_the_site() -> None:
    used = {line_of(path) for path in ADDRESSES}
    stale = [line.address for line in TABLE if line not in used]
    assert stale == [], f"Delete these lines from tests/architecture/access.txt: {stale}"


def test_every_line_says_it_once_and_for_everybody() -> None:
    assert [line.address for line in TABLE if len(line.answers) != len(ACTORS)] == []
    assert len({line.address for line in TABLE}) == len(TABLE)


@pytest.mark.parametrize("address", ADDRESSES)
def test_an_address_opens_to_those_whom_the_table_names_and_to_nobody_else(
    address: str, access_world: World
) -> None:
    found = {actor: access_world.ask(address, actor) for actor in ACTORS}
    line = as_line(address, found)
    assert line_of(address), f"Add to tests/architecture/access.txt, if it is right:\n{line}"
    told = {actor: answer_for(address, actor) for actor in ACTORS}
    assert found == told, f"If the site is right, the line in access.txt is:\n{line}"


@pytest.mark.parametrize("address", sorted(set(ADDRESSES) - BEFORE_THE_STEP))
def test_staff_without_the_second_step_reach_nothing(address: str, access_world: World) -> None:
    for actor in ACTORS:
        # Who holds another role is told no (403) with and without the step.
        if access_world.works_here(actor) and answer_for(address, actor) != "403":
            assert access_world.ask(address, actor, whole=False) == "step", actor


@pytest.mark.parametrize("address", [one for one in NESTED if opens_to(one)])
def test_a_row_below_one_of_ones_own_must_belong_to_it(address: str, access_world: World) -> None:
    opens = opens_to(address)
    assert {actor: access_world.ask_mixed(address, actor) for actor in opens} == dict.fromkeys(
        opens, "404"
    )
