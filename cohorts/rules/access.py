"""Getting into a course that costs something: places ordered, codes handed out. No Django.

A code is as good as money: it is shown to the one who got it and to nobody else, and one that has
been shown is never given to another.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

LONGEST_CODE = 80
MOST_CODES = 500


class OrderKind(StrEnum):
    """How the provider lets people in: by a code each, or by an invitation of its own."""

    VOUCHER = "voucher"
    INVITATION = "invitation"


class AccessState(StrEnum):
    """reserved: the person is in, and waits for the way in; issued: has got it; used: is inside."""

    RESERVED = "reserved"
    ISSUED = "issued"
    USED = "used"
    RETURNED = "returned"


ACCESS_NEXT: dict[AccessState, frozenset[AccessState]] = {
    AccessState.RESERVED: frozenset({AccessState.ISSUED, AccessState.RETURNED}),
    AccessState.ISSUED: frozenset({AccessState.USED, AccessState.RETURNED}),
    AccessState.USED: frozenset(),
    AccessState.RETURNED: frozenset(),
}
# These take one of the places that have been ordered.
TAKES_A_PLACE = frozenset({AccessState.RESERVED, AccessState.ISSUED, AccessState.USED})


class OrderRefusal(StrEnum):
    """Why an order, or codes, were not saved; nothing was."""

    FEWER_THAN_CONFIRMED = "fewer_than_confirmed"
    FEWER_THAN_CODES = "fewer_than_codes"
    KIND_SETTLED = "kind_settled"
    NO_ORDER = "no_order"
    NO_CODES = "no_codes"
    MORE_CODES_THAN_PLACES = "more_codes_than_places"
    KNOWN_ALREADY = "known_already"


class CodeFault(StrEnum):
    """What is wrong with one line of a list of codes."""

    BLANK = "blank"
    TWICE = "twice"
    TOO_LONG = "too_long"
    HAS_SPACE = "has_space"


@dataclass(frozen=True, slots=True)
class CodesRead:
    """The codes of a list in their order, and the faults by line, the first line being 1."""

    codes: tuple[str, ...]
    faults: tuple[tuple[int, CodeFault], ...]


def read_codes(lines: Sequence[str]) -> CodesRead:
    """Return the codes, one a line. Blank lines at the end are no fault; between codes they are."""
    last = max((n for n, line in enumerate(lines, start=1) if line.strip()), default=0)
    codes: list[str] = []
    faults: list[tuple[int, CodeFault]] = []
    seen: set[str] = set()
    for number, line in enumerate(lines[:last], start=1):
        code = line.strip()
        fault = _fault_of(code, seen)
        if fault is not None:
            faults.append((number, fault))
            continue
        seen.add(code)
        codes.append(code)
    return CodesRead(tuple(codes), tuple(faults))


def order_refusal(
    *, places: int, confirmed: int, codes: int, is_voucher: bool
) -> OrderRefusal | None:
    """Return why an order of so many places cannot be saved, or None.

    ``confirmed`` have said yes already; ``codes`` have been put in.
    """
    if places < confirmed:
        return OrderRefusal.FEWER_THAN_CONFIRMED
    if places < codes:
        return OrderRefusal.FEWER_THAN_CODES
    return OrderRefusal.KIND_SETTLED if codes and not is_voucher else None


def _fault_of(code: str, seen: set[str]) -> CodeFault | None:
    if not code:
        return CodeFault.BLANK
    if len(code) > LONGEST_CODE:
        return CodeFault.TOO_LONG
    if any(sign.isspace() for sign in code):
        return CodeFault.HAS_SPACE
    return CodeFault.TWICE if code in seen else None
