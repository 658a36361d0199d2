"""The rules that come before the count, in their order; the first that fails decides.

First those that look at the facts alone: target group, free for all, undertaking, anything given.
Then, under the version of the regulation in force: sector, export, same costs, declaration.

**Source:** Reg. (EU) 2023/2831 Art. 1(1) (a) to (d) and 1(2) (sectors and export), 5(3) (same
costs), 7(4) (declaration); Art. 107(1) TFEU (undertaking, advantage). The target group is policy.
"""

from collections.abc import Callable

from deminimis.engine.declaration import declaration
from deminimis.engine.facts import NO_ROLE, Facts
from deminimis.engine.outcomes import Rule
from deminimis.engine.regulations import Policies, Version


def target_group(facts: Facts) -> Rule | None:
    """A person with no role in a company or organisation of the county is not who this is for."""
    return Rule.OUT_OF_TARGET_GROUP if facts.new_aid.participant_role == NO_ROLE else None


def free_for_all(facts: Facts) -> Rule | None:
    """What is open and free to everybody favours nobody, so it is no aid."""
    return Rule.NO_ADVANTAGE_FREE_FOR_ALL if facts.open_and_free_to_all else None


def undertaking(facts: Facts) -> Rule | None:
    """Aid is given to undertakings; without economic activity there is none."""
    return None if facts.the_applicant().economic_activity else Rule.NOT_UNDERTAKING


def anything_given(facts: Facts) -> Rule | None:
    """Who pays the full price is given nothing."""
    return None if facts.new_aid.amount else Rule.NO_AID_FULL_PRICE_PAID


def sector(facts: Facts, version: Version, _: Policies) -> Rule | None:
    """An excluded sector may have no aid; a firm that is partly in one must keep it apart."""
    applicant = facts.the_applicant()
    excluded = version.excluded.intersection(applicant.sectors)
    if facts.new_aid.activity in version.excluded:
        return Rule.SECTOR_EXCLUDED
    if not excluded:
        return None
    if len(excluded) == len(set(applicant.sectors)):
        return Rule.SECTOR_EXCLUDED
    return None if applicant.separation_of_accounts else Rule.SECTOR_SEPARATION_MISSING


def export(facts: Facts, _: Version, __: Policies) -> Rule | None:
    """Aid tied to exports is never small aid."""
    return Rule.EXPORT_AID_EXCLUDED if facts.new_aid.export_linked else None


def same_costs(facts: Facts, _: Version, __: Policies) -> Rule | None:
    """All aid for the same costs stays within the highest intensity; exactly on it is within."""
    costs = facts.new_aid.same_costs
    if costs is None or costs.other_aid_pct + costs.de_minimis_pct <= costs.max_intensity_pct:
        return None
    return Rule.SAME_COSTS_INTENSITY


ON_THE_FACTS: tuple[Callable[[Facts], Rule | None], ...] = (
    target_group,
    free_for_all,
    undertaking,
    anything_given,
)
UNDER_A_VERSION: tuple[Callable[[Facts, Version, Policies], Rule | None], ...] = (
    sector,
    export,
    same_costs,
    declaration,
)
