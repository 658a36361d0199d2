"""``python manage.py form_cohorts FILE.json``: cohorts and reasons to wait, for each case."""

from argparse import ArgumentParser
from typing import Any

from cohorts.planning.formation.facts import Formation
from cohorts.planning.formation.reading import read_forming_cases
from cohorts.planning.forming import SECONDS, form_cohorts
from ground.commands import FileCommand


class Command(FileCommand):
    """Prints ``{"results": [...]}``, one result for each case of the file."""

    help = "Form cohorts from the interests of the cases in a file."

    def add_arguments(self, parser: ArgumentParser) -> None:
        super().add_arguments(parser)
        parser.add_argument(
            "--seconds",
            type=float,
            default=SECONDS,
            help="how long to search for each case (default %(default)s)",
        )

    def answer(self, text: str, **options: Any) -> Any:
        cases = read_forming_cases(text)
        seconds = options.get("seconds", SECONDS)
        return {"results": [_result(form_cohorts(case, seconds=seconds)) for case in cases]}


def _result(formation: Formation) -> dict[str, Any]:
    return {
        "id": formation.case,
        "placed": formation.placed,
        "points": formation.points,
        "cohorts": [
            {
                "place": cohort.kind.place,
                "language": cohort.kind.language,
                "time": cohort.kind.time,
                "people": list(cohort.people),
            }
            for cohort in formation.cohorts
        ],
        "waiting": dict(sorted(formation.waiting.items())),
        "proven_optimal": formation.proven,
    }
