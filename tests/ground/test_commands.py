import json
from io import StringIO
from pathlib import Path
from typing import Any

import pytest

from ground.commands import FileCommand
from ground.reading import parse


class Doubled(FileCommand):
    """Gives back twice the number in a file."""

    def answer(self, text: str, **_: Any) -> Any:
        root = parse(text)
        number = root.get("number").whole()
        root.refuse_if_faulty()
        return {"twice": 2 * number}


def run(file: Path) -> tuple[int, str, str]:
    """Return the exit status and what was written to standard output and standard error."""
    out, err = StringIO(), StringIO()
    try:
        Doubled(stdout=out, stderr=err, no_color=True).handle(file=file)
    except SystemExit as ended:
        return int(str(ended.code)), out.getvalue(), err.getvalue()
    return 0, out.getvalue(), err.getvalue()


def written(folder: Path, content: bytes) -> Path:
    file = folder / "in.json"
    file.write_bytes(content)
    return file


def test_an_answer_is_printed_as_json(tmp_path: Path) -> None:
    status, out, err = run(written(tmp_path, b'{"number": 21}'))
    assert (status, json.loads(out), err) == (0, {"twice": 42}, "")


def test_a_byte_order_mark_is_no_fault(tmp_path: Path) -> None:
    assert run(written(tmp_path, b'\xef\xbb\xbf{"number": 1}'))[0] == 0


@pytest.mark.parametrize(
    ("content", "lines"),
    [
        (b'{"number": "x"}', ['$.number: expected a whole number, found "x"']),
        (b"{}", ["$.number: expected a value, found nothing"]),
        (b"[]", ["$: expected an object, found []"]),
    ],
)
def test_a_malformed_file_is_refused_with_a_line_for_each_fault_and_nothing_is_printed(
    tmp_path: Path, content: bytes, lines: list[str]
) -> None:
    status, out, err = run(written(tmp_path, content))
    assert (status, out, err.splitlines()) == (2, "", lines)


def test_bytes_that_are_no_text_are_refused_by_place(tmp_path: Path) -> None:
    file = written(tmp_path, b'{"a": "\xff"}')
    assert run(file) == (2, "", f"{file}: expected UTF-8 text, found byte 7\n")


def test_a_file_that_is_not_there_is_refused(tmp_path: Path) -> None:
    gone = tmp_path / "gone.json"
    assert run(gone) == (
        2,
        "",
        f"{gone}: expected a readable file, found No such file or directory\n",
    )


def test_a_folder_is_refused(tmp_path: Path) -> None:
    assert run(tmp_path) == (2, "", f"{tmp_path}: expected a readable file, found Is a directory\n")
