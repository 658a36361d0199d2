"""``recount.py`` made from the counting code itself, so that the two can never differ.

The modules that a recount needs are written one after the other into one file, each after those
it builds on. Their imports of each other fall away and their imports of the standard library move
to the top. Two modules may therefore not use one name for different things at the top level.
"""

import ast
import builtins
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
ENTRY = "voting.management.recounting"
TARGET = ROOT / "voting" / "static" / "voting" / "recount.py"
GENERATED = """\
# Made by `manage.py bundle_recount` from voting/counting: change that, and make this again.
# ruff: noqa: INP001 -- a file to download, not part of a package
"""


class NotBundled(Exception):
    """The modules do not fit into one file; the text says why."""


@dataclass(frozen=True, slots=True)
class Part:
    """One module: its imports, its text without them, and the names that it defines."""

    name: str
    docstring: str
    needs: tuple[str, ...]
    imports: tuple[tuple[str, str], ...]
    body: str
    defines: frozenset[str]


def bundle() -> str:
    """Return the text of ``recount.py``.

    :raises NotBundled: if two modules define the same name, or one hides a built-in one.
    """
    parts: dict[str, Part] = {}
    _collect(ENTRY, parts)
    _refuse_clashes(parts)
    entry = parts[ENTRY]
    chapters = [_chapter(part) for part in parts.values() if part is not entry]
    imports = _imports({line for part in parts.values() for line in part.imports})
    head = f'{GENERATED}"""{entry.docstring}"""\n\n{imports}\n\n'
    return head + "\n\n\n".join([*chapters, entry.body]) + "\n"


def _chapter(part: Part) -> str:
    gap = "\n" * (3 if part.body.startswith(("class", "def", "@")) else 2)
    return f'# {"-" * 20} {part.name}\n"""{part.docstring}"""{gap}{part.body}'


def _collect(name: str, parts: dict[str, Part]) -> None:
    """Put a module and all that it needs into ``parts``, what is needed first."""
    part = _read(name)
    for needed in part.needs:
        if needed not in parts:
            _collect(needed, parts)
    parts[name] = part


def _read(name: str) -> Part:
    text = (ROOT / Path(*name.split("."))).with_suffix(".py").read_text(encoding="utf-8")
    tree = ast.parse(text)
    lines = text.splitlines()
    needs: list[str] = []
    imports: list[tuple[str, str]] = []
    first = tree.body[0].end_lineno or 0
    for node in tree.body[1:]:
        if not isinstance(node, ast.Import | ast.ImportFrom):
            break
        first = node.end_lineno or 0
        if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("voting."):
            needs.append(node.module or "")
        else:
            imports.extend(_one_by_one(node))
    return Part(
        name=name,
        docstring=ast.get_docstring(tree, clean=False) or "",
        needs=tuple(needs),
        imports=tuple(imports),
        body="\n".join(lines[first:]).strip("\n"),
        defines=frozenset(_defined(tree)),
    )


def _one_by_one(node: ast.Import | ast.ImportFrom) -> Iterator[tuple[str, str]]:
    """Yield where each name comes from (nothing for a module) and its name here."""
    for alias in node.names:
        renamed = f" as {alias.asname}" if alias.asname else ""
        yield (getattr(node, "module", None) or "", f"{alias.name}{renamed}")


def _imports(wanted: set[tuple[str, str]]) -> str:
    """Return the import lines: modules first, then the names of each module together."""
    lines = [f"import {name}" for origin, name in sorted(wanted) if not origin]
    for origin in sorted({origin for origin, _ in wanted if origin}):
        names = sorted(name for other, name in wanted if other == origin)
        plain = [name for name in names if " as " not in name]
        lines += [f"from {origin} import {', '.join(plain)}"] if plain else []
        lines += [f"from {origin} import {name}" for name in names if " as " in name]
    return "\n".join(lines)


def _defined(tree: ast.Module) -> Iterator[str]:
    for node in tree.body:
        match node:
            case ast.FunctionDef(name=name) | ast.ClassDef(name=name):
                yield name
            case ast.Assign(targets=targets):
                for target in targets:
                    yield from (n.id for n in ast.walk(target) if isinstance(n, ast.Name))
            case ast.AnnAssign(target=ast.Name(id=name)):
                yield name


def _refuse_clashes(parts: dict[str, Part]) -> None:
    seen = dict.fromkeys(vars(builtins), "a built-in name")
    for part in parts.values():
        for _, name in part.imports:
            seen[name.rsplit(" ", 1)[-1]] = "an import"
    for part in parts.values():
        for name in part.defines:
            if name in seen:
                raise NotBundled(f"{part.name} defines {name}, which is {seen[name]} already")
            seen[name] = f"in {part.name}"
