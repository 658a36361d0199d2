"""What docker-compose.yml, the Dockerfile and .env.example say is what the site does."""

import re
from pathlib import Path
from typing import Any

import pytest
import yaml
from django.conf import settings

from regai.environment import Environment
from regai.starting.commands import BUILD, SERVICES, UPGRADE, Sizes, knock, production, serve
from regai.starting.keys import new_keys, stand_ins

pytestmark = pytest.mark.pure

ROOT = Path(__file__).parents[2]
SET_BY_COMPOSE_ALONE = {"POSTGRES_PASSWORD"}
SECRETS = {*new_keys(), *SET_BY_COMPOSE_ALONE, "EMAIL_HOST_PASSWORD"}


def compose() -> dict[str, Any]:
    told: dict[str, Any] = yaml.safe_load((ROOT / "docker-compose.yml").read_text())
    return told


def env_example() -> dict[str, str]:
    """Return every variable in the file, those that are commented out too."""
    lines = (ROOT / ".env.example").read_text().splitlines()
    found = [re.fullmatch(r"#?([A-Z_]+)=(.*)", line) for line in lines]
    return {line[1]: line[2] for line in found if line}


def names_read() -> set[str]:
    """Return every variable that the site asks its environment for."""
    Sizes.told_by(settings.ENV)
    return {*settings.ENV.asked}


@pytest.mark.parametrize("service", SERVICES)
def test_a_process_is_started_and_looked_after_by_our_own_words(service: str) -> None:
    told = compose()["services"][service]
    assert told["command"] == [*serve(service)]
    assert told["healthcheck"]["test"] == ["CMD", *knock(service)]


def test_the_processes_are_those_that_production_has_and_no_other() -> None:
    sizes = Sizes("127.0.0.1", 8000, 2, 4, 2, 0)
    ours = {name for name, told in compose()["services"].items() if told["image"] == "regai"}
    assert ours == {"migrate", *SERVICES}
    assert set(production(sizes, folder=Path("var"))) == set(SERVICES)


@pytest.mark.parametrize(("port", "is_told"), [(0, False), (9100, True)])
def test_the_web_server_writes_no_addresses_and_tells_numbers_only_if_asked(
    port: int, *, is_told: bool
) -> None:
    web = production(Sizes("127.0.0.1", 8000, 2, 4, 2, port), folder=Path("var"))["web"]
    assert "--no-access-log" in web
    assert (str(port) in web, "--metrics" in web) == (is_told, is_told)


def test_the_database_is_upgraded_once_before_anything_starts() -> None:
    services = compose()["services"]
    assert services["migrate"]["command"] == [*UPGRADE]
    assert services["migrate"]["restart"] == "no"
    waits = {name: services[name]["depends_on"]["migrate"]["condition"] for name in SERVICES}
    assert set(waits.values()) == {"service_completed_successfully"}


def test_the_site_does_not_wait_for_a_healthy_redis() -> None:
    services = compose()["services"]
    waits = {services[name]["depends_on"]["redis"]["condition"] for name in SERVICES}
    assert waits == {"service_started"}


def test_what_must_survive_lies_in_volumes_and_nothing_else_can_be_written() -> None:
    told = compose()
    assert set(told["volumes"]) == {"database", "files"}
    assert told["services"]["postgres"]["volumes"] == ["database:/var/lib/postgresql/data"]
    for name in ("migrate", *SERVICES):
        service = told["services"][name]
        assert service["volumes"] == [f"files:{service['environment']['REGAI_VAR']}"]
        assert (service["read_only"], service["cap_drop"]) == (True, ["ALL"])


def test_only_the_web_process_can_be_reached_and_only_from_this_machine() -> None:
    ports = {name: told.get("ports") for name, told in compose()["services"].items()}
    assert {name: told for name, told in ports.items() if told} == {"web": ["127.0.0.1:8000:8000"]}


def test_no_secret_stands_in_a_file_and_a_missing_password_stops_compose() -> None:
    text = (ROOT / "docker-compose.yml").read_text()
    assert re.findall(r"\$\{\w+\}", text) == []
    assert set(re.findall(r"\$\{(\w+):\?", text)) == SET_BY_COMPOSE_ALONE
    assert {name: env_example()[name] for name in SECRETS} == dict.fromkeys(SECRETS, "")


def test_the_example_file_names_every_setting_and_no_other() -> None:
    assert set(env_example()) - SET_BY_COMPOSE_ALONE == names_read()


def test_the_operators_page_names_every_setting() -> None:
    page = (ROOT / "docs/operations.md").read_text()
    assert {name for name in env_example() if f"`{name}`" not in page} == set()


def test_a_copied_example_file_is_refused_for_what_is_empty_in_it() -> None:
    lines = (ROOT / ".env.example").read_text().splitlines()
    copied = dict(line.split("=", 1) for line in lines if re.match(r"[A-Z_]+=", line))
    env = Environment({**copied, "REGAI_MODE": "production"})
    needed = [name for name in stand_ins() if name != "REGAI_MODE"]
    for name in needed:
        env.needed(name, "")
    assert set(env.missing) == set(needed)


def test_the_image_is_built_from_locked_packages_for_somebody_without_rights() -> None:
    lines = (ROOT / "Dockerfile").read_text()
    assert re.findall(r"^FROM (.*)$", lines, re.MULTILINE) == ["python:3.11-slim"]
    assert re.findall(r"^USER (.*)$", lines, re.MULTILINE) == ["regai"]
    assert "pip install --require-hashes --no-deps --requirement requirements/run.txt" in lines
    assert [words for words in BUILD if f"python {' '.join(words)}" not in lines] == []
    assert [
        name for name in SECRETS if re.search(rf"^(ENV|ARG) .*{name}", lines, re.MULTILINE)
    ] == []


def test_the_image_holds_what_the_site_reads_and_no_tests() -> None:
    told = (ROOT / ".dockerignore").read_text().splitlines()
    let_in = {line[1:] for line in told if line.startswith("!")}
    apps = {"regai", "reports", "cohorts", "voting", "deminimis", "companies", "outbox"}
    assert told[0] == "*"
    assert let_in >= {*apps, "accounts", "ground", "templates", "static", "locale", "manage.py"}
    assert [line for line in let_in if not (ROOT / line).exists()] == []
    assert let_in & {"tests", "benchmarks", "docs", "var", ".env"} == set()
