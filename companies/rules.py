"""What a company can be, and how companies control each other. No Django."""

import re
from enum import StrEnum


class Kind(StrEnum):
    """What stands behind an organisation number, as far as aid is concerned."""

    ENTERPRISE = "enterprise"
    SOLE_TRADER = "sole_trader"
    ASSOCIATION = "association"
    PUBLIC_BODY = "public_body"


class Basis(StrEnum):
    """Why one company controls another. **Source:** Reg. (EU) 2023/2831 Art. 2(2)."""

    VOTES = "votes"
    BOARD_MAJORITY = "board_majority"
    CONTRACT = "contract"
    AGREEMENT_SOLE = "agreement_sole"


class SizeClass(StrEnum):
    """Size class. **Source:** Recommendation 2003/361/EC, Annex, Art. 2."""

    MICRO = "micro"
    SMALL = "small"
    MEDIUM = "medium"
    LARGE = "large"
    UNKNOWN = "unknown"


class Sector(StrEnum):
    """The sectors that the aid rules tell apart."""

    OTHER = "other"
    PRIMARY_AGRICULTURE = "primary_agriculture"
    PRIMARY_FISHERY = "primary_fishery_aquaculture"
    ROAD_FREIGHT = "road_freight"
    AGRI_PROCESSING = "agri_processing"


class JoinRefusal(StrEnum):
    """Why a link of control was not written, or not ended; nothing was changed."""

    SAME_COMPANY = "same_company"
    STANDS_ALREADY = "stands_already"
    ENDED_ALREADY = "ended_already"
    ENDS_BEFORE_START = "ends_before_start"


class ContactRefusal(StrEnum):
    """Why somebody was not let speak for a company, or not ended; nothing was changed."""

    STANDS_ALREADY = "stands_already"
    ENDED_ALREADY = "ended_already"
    ONESELF = "oneself"


class KindRefusal(StrEnum):
    """Why what a company is was not changed; nothing was."""

    SAME = "same"
    FOLLOWS_THE_NUMBER = "follows_the_number"


class Restructuring(StrEnum):
    """What may move earlier aid from one undertaking to another.

    **Source:** Reg. (EU) 2023/2831 Art. 3(8) (mergers and acquisitions), 3(9) (splits).
    """

    MERGER = "merger"
    SPLIT = "split"
    ASSET_PURCHASE = "asset_purchase"


class RestructuringRefusal(StrEnum):
    """Why a merger, split or purchase was not written; nothing was changed."""

    SAME_COMPANY = "same_company"
    STANDS_ALREADY = "stands_already"
    AHEAD = "ahead"


_NACE = re.compile(r"(\d\d)[. ]?(\d)?[. ]?(\d)?\d?", re.ASCII)
LAST_NACE_DIVISION = 99


def nace_in(typed: str) -> str:
    """Return a code of trade as the register has it: "62.010", "6201" give "62.01"; "" if none.

    **Source:** Reg. (EC) No 1893/2006 (NACE Rev. 2). The fifth figure is Swedish (SNI), left out.
    """
    found = _NACE.fullmatch(typed.strip())
    if found is None or not 0 < int(found[1]) <= LAST_NACE_DIVISION:
        return ""
    figures = "".join(found.groups(default="")[1:])
    return f"{found[1]}.{figures}" if figures else found[1]
