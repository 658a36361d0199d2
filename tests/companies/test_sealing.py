import pytest
from cryptography.fernet import Fernet, InvalidToken
from pytest_django import Settings

from companies.sealing import digest, opened, sealed

NUMBER = "1212121212"


def test_a_sealed_number_is_opened_again_and_shows_nothing() -> None:
    seal = sealed(NUMBER)
    assert opened(seal) == NUMBER
    assert seal.count("1212") == 0


def test_no_two_seals_of_one_number_are_alike() -> None:
    assert sealed(NUMBER) != sealed(NUMBER)


def test_a_number_sealed_under_an_older_key_is_still_opened(settings: Settings) -> None:
    old, new = Fernet.generate_key().decode(), Fernet.generate_key().decode()
    settings.SEALING_KEYS = [old]
    seal = sealed(NUMBER)
    settings.SEALING_KEYS = [new, old]
    assert opened(seal) == NUMBER
    settings.SEALING_KEYS = [new]
    with pytest.raises(InvalidToken):
        opened(seal)


def test_a_digest_finds_the_same_number_and_depends_on_the_key(settings: Settings) -> None:
    first = digest(NUMBER)
    assert digest(NUMBER) == first
    assert digest("1212121220") != first
    settings.LOOKUP_KEY = "another key"
    assert digest(NUMBER) != first
