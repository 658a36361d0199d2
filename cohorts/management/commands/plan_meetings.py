"""``python manage.py plan_meetings FILE.json``: a plan, or the reasons why none, for each case."""

from argparse import ArgumentParser
from dataclasses import asdict
from typing import Any

from cohorts.planning.facts import Case, Meeting, Plan
from cohorts.planning.planner import SECONDS, plan_meetings
from cohorts.planning.reading import read_cases
from cohorts.planning.times import start_utc
from ground.commands import FileCommand


class Command(FileCommand):
    """Prints ``{"results": [...]}``, one result for each case of the file."""

    help = "Plan the meetings of the cases in a file."

    def add_arguments(self, parser: ArgumentParser) -> None:
        super().add_arguments(parser)
        parser.add_argument(
            "--seconds",
            type=float,
            default=SECONDS,
            help="how long to search for each case of several cohorts (default %(default)s)",
        )

    def answer(self, text: str, **options: Any) -> Any:
        cases = read_cases(text)
        seconds = options.get("seconds", SECONDS)
        return {"results": [_result(case, plan_meetings(case, seconds=seconds)) for case in cases]}


def _result(case: Case, plan: Plan) -> dict[str, Any]:
    return {
        "id": plan.case,
        "feasible": plan.feasible,
        "score": plan.score,
        "measures": asdict(plan.measures) if plan.measures else None,
        "plan": _meetings(case, plan),
        "proven_optimal": plan.proven,
        "because": [str(reason) for reason in plan.because],
        "relaxations": list(plan.relaxations),
    }


def _meetings(case: Case, plan: Plan) -> dict[str, list[dict[str, str]]] | None:
    if plan.meetings is None:
        return None
    return {
        cohort: [
            {
                "date": meeting.on.isoformat(),
                "slot": meeting.slot,
                "place": meeting.place,
                "facilitator": meeting.facilitator,
                "start_utc": _utc(case, meeting),
            }
            for meeting in series
        ]
        for cohort, series in plan.meetings.items()
    }


def _utc(case: Case, meeting: Meeting) -> str:
    return f"{start_utc(meeting.on, case.slots[meeting.slot].start):%Y-%m-%dT%H:%MZ}"
