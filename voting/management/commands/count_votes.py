"""``manage.py count_votes FILE``: the result of every election in a file, as JSON."""

from argparse import ArgumentParser, ArgumentTypeError
from pathlib import Path
from typing import Any

from ground.commands import FileCommand
from voting.counting import Rule, Strength, count
from voting.management.reading import Faults, elections_in


class Command(FileCommand):
    """Counts. Needs no settings, database, clock or network, and never the whole file at once."""

    help = "Count the elections in a JSON file, a PrefLib file or the published lines of a vote."

    def add_arguments(self, parser: ArgumentParser) -> None:
        super().add_arguments(parser)
        rules = [rule.value for rule in Rule]
        strengths = [strength.value for strength in Strength]
        parser.add_argument("--rule", choices=rules, default=rules[0])
        parser.add_argument("--strength", choices=strengths, default=strengths[0])
        parser.add_argument("--seed", type=_text, default="", help="the published seed of the lot")
        parser.add_argument(
            "--vote-id", type=_text, default="", help="the vote that the lot is for"
        )
        parser.add_argument(
            "--option",
            action="append",
            default=[],
            type=_text,
            dest="vote_options",
            metavar="KEY",
            help="an option of a .jsonl file, which does not name those that nobody ranked",
        )
        parser.add_argument(
            "--open-count",
            action="store_true",
            help="the rankings are published, and bind the lot, even under ten ballots",
        )

    def answer_file(self, file: Path, **options: Any) -> dict[str, list[dict[str, object]]]:
        faults = Faults()
        results = []
        vote_id = options["vote_id"]
        for election in elections_in(
            file, faults, vote_id=vote_id, options=options["vote_options"]
        ):
            result = count(
                election,
                rule=Rule(options["rule"]),
                strength=Strength(options["strength"]),
                seed=options["seed"],
                vote_id=vote_id,
                open_count=options["open_count"],
            )
            results.append(result.as_json())
        faults.refuse_if_any()
        return {"results": results}


def _text(argument: str) -> str:
    try:
        argument.encode("utf-8")
    except UnicodeEncodeError as wrong:
        raise ArgumentTypeError("expected UTF-8 text") from wrong
    return argument
