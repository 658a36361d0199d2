"""What people do with certificates and with the register, one file a noun."""

from deminimis.actions.certificates import (
    NotHandedIn,
    begin_again,
    begin_certificate,
    hand_in,
    settle_regulations,
    withdraw,
)
from deminimis.actions.drafts import (
    Declared,
    NotADraft,
    replace_declared_aid,
    save_accounts,
    save_group,
    save_number,
    save_sector,
    save_signer,
)
from deminimis.actions.register import mark_registered

__all__ = [
    "Declared",
    "NotADraft",
    "NotHandedIn",
    "begin_again",
    "begin_certificate",
    "hand_in",
    "mark_registered",
    "replace_declared_aid",
    "save_accounts",
    "save_group",
    "save_number",
    "save_sector",
    "save_signer",
    "settle_regulations",
    "withdraw",
]
