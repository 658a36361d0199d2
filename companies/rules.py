"""What a company can be, and how companies control each other. No Django."""

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
