"""Swedish organisation numbers: read as people write them, told apart, shown.

A sole trader's organisation number is the owner's personal identity number. It is recognised by
its third digit (a month: 0 or 1); a legal person's third digit is 2 or more.

**Source:** Lag (1974:174) om identitetsbeteckning för juridiska personer m.fl.; Skatteverket
SKV 709 (organisationsnummer), SKV 704 (personnummer). Check digits by python-stdnum.
"""

import re
from dataclasses import dataclass
from enum import StrEnum

from stdnum.exceptions import ValidationError
from stdnum.se import orgnr, personnummer

_SEPARATORS = re.compile(r"[\s\u2010-\u2015-]")
_VAT_NUMBER = re.compile(r"SE(\d{10})01", re.ASCII | re.IGNORECASE)
_LONG_LEGAL = re.compile(r"16(\d{10})", re.ASCII)
_PERSONAL = re.compile(r"(?:19|20)?(\d{2}[01]\d[0-3]\d\d{4})", re.ASCII)
_TEN = r"\d{6}[-+ \u2010-\u2015]?\d{4}"
_IN_A_TEXT = re.compile(
    rf"(?<!\d)(?:SE ?{_TEN} ?01|(?:16|19|20)?{_TEN})(?!\d)", re.ASCII | re.IGNORECASE
)
FIRST_LEGAL_THIRD_DIGIT = 2


class NumberFault(StrEnum):
    """Why what was typed is no organisation number."""

    SHAPE = "shape"
    CHECK_DIGIT = "check_digit"


class WrongNumber(Exception):
    """What was typed is no organisation number; ``fault`` says in which way."""

    def __init__(self, fault: NumberFault) -> None:
        super().__init__(fault)
        self.fault = fault


@dataclass(frozen=True, slots=True)
class OrganisationNumber:
    """Ten digits that pass the check. ``repr`` and ``str`` never show a personal number."""

    digits: str
    is_personal: bool

    def __repr__(self) -> str:
        return f"OrganisationNumber({self})"

    def __str__(self) -> str:
        return masked(self.digits) if self.is_personal else shown(self.digits)


def shown(digits: str) -> str:
    """Return ten digits as NNNNNN-NNNN."""
    return f"{digits[:6]}-{digits[6:]}"


def masked(digits: str) -> str:
    """Return a personal number with all but its last two digits hidden."""
    return f"••••••-••{digits[-2:]}"


def with_hidden_numbers(text: str) -> str:
    """Return a text in which each sole trader's number is masked, and the rest as it was."""
    return _IN_A_TEXT.sub(lambda found: _hidden(found.group()), text)


def _hidden(found: str) -> str:
    try:
        number = read(found)
    except WrongNumber:
        return found
    return str(number) if number.is_personal else found


def read(typed: str) -> OrganisationNumber:
    """Return the number in what somebody typed: with or without hyphen, century, 16 or SE..01.

    :raises WrongNumber: if it has no such shape or its check digit or date is wrong.
    """
    compact = _SEPARATORS.sub("", typed.strip()).replace("+", "")
    vat = _VAT_NUMBER.fullmatch(compact) or _LONG_LEGAL.fullmatch(compact)
    digits = vat.group(1) if vat else compact
    if re.fullmatch(r"\d{10}", digits, re.ASCII) and int(digits[2]) >= FIRST_LEGAL_THIRD_DIGIT:
        return OrganisationNumber(_checked(digits), is_personal=False)
    personal = _PERSONAL.fullmatch(digits)
    if personal is None:
        raise WrongNumber(NumberFault.SHAPE)
    try:
        personnummer.validate(f"{digits[:-4]}-{digits[-4:]}")
    except ValidationError as wrong:
        raise WrongNumber(NumberFault.CHECK_DIGIT) from wrong
    return OrganisationNumber(personal.group(1), is_personal=True)


def _checked(digits: str) -> str:
    try:
        return str(orgnr.validate(digits))
    except ValidationError as wrong:
        raise WrongNumber(NumberFault.CHECK_DIGIT) from wrong
