"""``make bench``: all benchmarks in turn, or those that are named.

``python -m benchmarks [site] [aid] [votes] [meetings] [cohorts]``. The whole takes about ten
minutes on two quiet cores, with the longest sizes left out; one that is named runs all its sizes.
Time is measured here and asserted nowhere.
"""

import sys
from collections.abc import Callable

from benchmarks import assess_aid, count_votes, form_cohorts, plan_meetings, whole_site

ALL: dict[str, Callable[[], object]] = {
    "site": whole_site.main,
    "aid": assess_aid.main,
    "votes": count_votes.main,
    "meetings": plan_meetings.main,
    "cohorts": form_cohorts.main,
}


# What is run of each when all are.
SHORTER = {"aid": ["20000"], "meetings": ["one", "twenty"], "cohorts": ["100", "2000"]}


def main(names: list[str]) -> int:
    """Run the benchmarks that are named, all if none is; return 2 if there is no such one."""
    if unknown := [name for name in names if name not in ALL]:
        print(f"{', '.join(unknown)}: no such benchmark; there are {', '.join(ALL)}.")
        return 2
    for name in names or ALL:
        sys.argv[1:] = [] if names else SHORTER.get(name, [])  # each reads its own words there
        print(f"\n== {name} ==", flush=True)
        ALL[name]()
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
