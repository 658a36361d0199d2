"""The order of the apps, read from the contract in pyproject.toml, and the modules they hold."""

import pkgutil
import tomllib
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path
from types import ModuleType

ROOT = Path(__file__).resolve().parents[2]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
CONTRACTS = {one["id"]: one for one in PROJECT["tool"]["importlinter"]["contracts"]}
ORDER = [[name.strip() for name in row.split("|")] for row in CONTRACTS["apps"]["layers"]]
HEIGHT = {app: -depth for depth, row in enumerate(ORDER) for app in row}
APPS = sorted(HEIGHT)


def modules(name: str) -> Iterator[ModuleType]:
    """Yield the modules of that name in every app: a file, or a folder with all its files."""
    for app in APPS:
        if not any((ROOT / app).glob(f"{name}.py")) and not (ROOT / app / name).is_dir():
            continue
        module = import_module(f"{app}.{name}")
        yield module
        for below in pkgutil.walk_packages(getattr(module, "__path__", []), f"{module.__name__}."):
            yield import_module(below.name)


def python_files() -> Iterator[Path]:
    """Yield every Python file of ours, as a path from the root; migrations are written for us."""
    for folder in [*APPS, "tests", "benchmarks"]:
        for file in sorted((ROOT / folder).rglob("*.py")):
            if "migrations" not in file.parts:
                yield file.relative_to(ROOT)
    yield Path("manage.py")
