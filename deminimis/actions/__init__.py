"""What people do with certificates, the ledger, the register and rates, one file a noun."""

from deminimis.actions.certificates import (
    Known,
    NotHandedIn,
    begin_again,
    begin_certificate,
    hand_in,
    settle_lines,
    withdraw,
)
from deminimis.actions.drafts import (
    Declared,
    replace_declared_aid,
    save_accounts,
    save_group,
    save_number,
    save_sector,
    save_signer,
)
from deminimis.actions.papers import (
    add_paper,
    answer_officer,
    give_back,
    hand_over,
    start_from_last,
)
from deminimis.actions.rates import keep_rates
from deminimis.actions.register import mark_registered
from deminimis.steps import NotADraft

__all__ = [
    "Declared",
    "Known",
    "NotADraft",
    "NotHandedIn",
    "add_paper",
    "answer_officer",
    "begin_again",
    "begin_certificate",
    "give_back",
    "hand_in",
    "hand_over",
    "keep_rates",
    "mark_registered",
    "replace_declared_aid",
    "save_accounts",
    "save_group",
    "save_number",
    "save_sector",
    "save_signer",
    "settle_lines",
    "start_from_last",
    "withdraw",
]
