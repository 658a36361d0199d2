from typing import Any

from deminimis.engine import CaseFile, TraceCode, assess, read_file, result
from ground.commands import FileCommand


class Command(FileCommand):
    """Says of each case in a file whether the place may be free as de minimis aid, and why."""

    help = "Assess the cases in a JSON file and print the decisions as JSON."

    def answer(self, text: str, **_: Any) -> dict[str, Any]:
        file = read_file(text)
        results = []
        for facts in file.cases:
            decision = assess(facts, file.law)
            results.append(result(facts, decision))
            for line in decision.trace:
                if line.code is TraceCode.GRANTED_LATER:
                    self.stderr.write(
                        f"warning: case {facts.id}: aid {line.aid} is dated after the grant "
                        "and was not counted"
                    )
        self._say_what_was_ignored(file)
        return {"results": results}

    def _say_what_was_ignored(self, file: CaseFile) -> None:
        for name, times in sorted(file.ignored.times.items()):
            self.stderr.write(f"warning: {name} is not read ({times} times)")
