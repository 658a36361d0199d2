"""Words that settle a case, and cases of recovery: the one way of each to another state."""

from datetime import datetime

from accounts.models import User
from accounts.steps import acting, move
from deminimis.models import Recovery, Settlement
from deminimis.rules import (
    RECOVERY_NEXT,
    SETTLEMENT_NEXT,
    RecoveryState,
    SettlementRefusal,
    SettlementState,
)
from ground.steps import step


@step
def move_settlement(
    settlement: Settlement,
    to: SettlementState,
    *,
    without_conflict: bool,
    by: User,
    now: datetime,
) -> SettlementRefusal | None:
    """Say yes or no to a locked proposal, or take it back; return why not, or None.

    The one who proposed it may only take it back. Whoever says yes or no says not to be partial.
    """
    if not without_conflict:
        return SettlementRefusal.CONFLICT
    if to not in SETTLEMENT_NEXT[SettlementState(settlement.state)]:
        return SettlementRefusal.OVER
    if to is not SettlementState.TAKEN_BACK:
        if settlement.proposed_by == by:
            return SettlementRefusal.SAME_PERSON
        settlement.decided_by, settlement.decided_at = by, now
        settlement.decided_without_conflict = without_conflict
    fields = ("decided_by", "decided_at", "decided_without_conflict")
    move(settlement, to, ways=SETTLEMENT_NEXT, actor=acting(by), now=now, fields=fields)
    return None


@step
def move_recovery(
    recovery: Recovery,
    to: RecoveryState,
    *,
    by: User,
    now: datetime,
    fields: tuple[str, ...] = (),
) -> None:
    """Take a locked case of recovery further.

    :raises MoveRefused: if it is over, or nothing has been demanded yet.
    """
    move(recovery, to, ways=RECOVERY_NEXT, actor=acting(by), now=now, fields=fields)
