"""The rules of the house, asked of the files themselves: who imports whom, and what no commit may hold."""

from __future__ import annotations

import ast
import re
import shutil
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).resolve().parents[2]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
PACKAGES = PROJECT["tool"]["hatch"]["build"]["targets"]["wheel"]["packages"]
LOCKS = ["requirements.lock", "requirements-dev.lock"]

PDF_READERS = {"pdfplumber", "pdfminer", "pypdfium2", "pypdfium2_raw"}
DATABASES = {"duckdb", "sqlite3", "sqlalchemy"}
MUST_NOT_IMPORT = {
    "records": {"extractors", "warehouse", "flows", "review", "samples"},  # and the standard library only: below
    "extractors": {"warehouse", "flows", "review", "samples", "prefect"} | DATABASES,
    "warehouse": {"extractors", "flows", "review", "samples", "prefect"} | PDF_READERS,
    # Files from outside are parsed in child processes under limits, never in the process of a flow.
    "flows": {"extractors"} | PDF_READERS,
    "review": {"extractors", "flows", "samples", "prefect"} | PDF_READERS,
    # What samples expect is written down as drawn. Read back by our own code it would prove nothing.
    "samples": {"extractors", "warehouse", "flows", "review", "prefect"},
}
# What a flow asks of a document before it starts a child: pure functions on names and first bytes.
EXCEPT = {"flows": {"extractors.sniff", "extractors.fingerprint", "extractors.pictures.versions"}}

# Taken apart, so that this file is not one of those it finds.
REGISTRY_HOSTS = [
    ".".join(parts)
    for parts in [
        ("pypi", "org"),
        ("pythonhosted", "org"),
        ("npmjs", "org"),
        ("debian", "org"),
        ("crates", "io"),
        ("proxy", "golang", "org"),
    ]
]
MACHINE_PATH = re.compile(r"(?<![\w.~*$}>/-])/(?:home|mnt|opt|private|root|tmp|Users|work)/\w|\b[A-Z]:\\+Users\b")


def sources(package: str) -> list[Path]:
    return sorted((ROOT / package).rglob("*.py"))


def imported(path: Path) -> Iterator[tuple[int, str]]:
    """Line and full dotted name of everything that a file imports, inside functions and by name in a string too."""
    here = [*path.relative_to(ROOT).parts[:-1]]
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        match node:
            case ast.Import(names=names):
                yield from ((node.lineno, alias.name) for alias in names)
            case ast.ImportFrom(module=module, names=names, level=level):
                above = here[: len(here) + 1 - level] if level else []
                origin = [*above, *([module] if module else [])]
                yield from ((node.lineno, ".".join([*origin, alias.name])) for alias in names)
            case ast.Call(
                func=ast.Name(id="__import__" | "import_module") | ast.Attribute(attr="import_module"),
                args=[ast.Constant(value=str(name)), *_],
            ):
                yield node.lineno, name


def is_within(name: str, packages: set[str]) -> bool:
    return any(name == package or name.startswith(f"{package}.") for package in packages)


@cache
def tracked() -> list[Path]:
    """The files of a commit: what git tracks or would; without git, what no tool has written."""
    files = [path for path in ROOT.rglob("*") if not is_written_by_a_tool(path.relative_to(ROOT))]
    if shutil.which("git") and (ROOT / ".git").exists():
        command = ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"]
        listed = subprocess.run(command, cwd=ROOT, check=False, capture_output=True, text=True, encoding="utf-8")
        # Git refuses a checkout that belongs to another user; the walk above then has to do.
        if listed.returncode == 0:
            files = [ROOT / name for name in listed.stdout.split("\0") if name]
    return sorted(path for path in files if path.is_file() and not path.is_symlink())


def is_written_by_a_tool(path: Path) -> bool:
    hidden = {part for part in path.parts if part.startswith(".") and part != ".ci"}
    return path.parts[0] in {"data", "dist"} or "__pycache__" in path.parts or bool(hidden - {path.name})


def text_of(path: Path) -> str:
    """The text of a tracked file; empty for pictures, PDFs and other bytes."""
    content = path.read_bytes()
    return "" if b"\0" in content or content.startswith(b"%PDF") else content.decode("utf-8", "replace")


def lines_that_match(pattern: re.Pattern[str]) -> list[str]:
    return [
        f"{path.relative_to(ROOT).as_posix()}:{number}: {line.strip()[:120]}"
        for path in tracked()
        for number, line in enumerate(text_of(path).splitlines(), start=1)
        if pattern.search(line)
    ]


def locked(lock: str) -> dict[str, tuple[Requirement, frozenset[str]]]:
    """Name -> requirement and hashes. Fails on a line that is neither."""
    entries: dict[str, tuple[Requirement, frozenset[str]]] = {}
    text = re.sub(r"\\\n", " ", (ROOT / lock).read_text(encoding="utf-8"))
    for line in (line.split("  #")[0].strip() for line in text.splitlines()):
        if line and not line.startswith("#"):
            requirement, *hashes = re.split(r"\s+--hash=", line)
            assert hashes and all(re.fullmatch(r"sha256:[0-9a-f]{64}", one) for one in hashes), f"{lock}: {line[:80]}"
            parsed = Requirement(requirement)
            entries[canonicalize_name(parsed.name)] = (parsed, frozenset(hashes))
    return entries


def needed(lock: str) -> list[Requirement]:
    groups = [PROJECT["project"]["dependencies"], PROJECT["dependency-groups"]["build"]]
    if "dev" in lock:
        groups.append(PROJECT["project"]["optional-dependencies"]["dev"])
    return [Requirement(one) for group in groups for one in group]


def test_every_package_that_is_shipped_has_an_import_rule() -> None:
    assert set(PACKAGES) == set(MUST_NOT_IMPORT)
    with_code = {path.parent.name for path in ROOT.glob("*/__init__.py") if not path.parent.name.startswith(".")}
    assert with_code - {"tests", "benchmarks"} <= set(PACKAGES)


@pytest.mark.parametrize("package", PACKAGES)
def test_imports_point_down(package: str) -> None:
    wrong = [
        f"{path.relative_to(ROOT).as_posix()}:{line}: {name}"
        for path in sources(package)
        for line, name in imported(path)
        if is_within(name, MUST_NOT_IMPORT[package]) and not is_within(name, EXCEPT.get(package, set()))
    ]
    assert wrong == []


def test_records_import_the_standard_library_only() -> None:
    allowed = sys.stdlib_module_names | {"records"}
    wrong = [
        (path.name, line, name)
        for path in sources("records")
        for line, name in imported(path)
        if name.partition(".")[0] not in allowed
    ]
    assert wrong == []


@pytest.mark.parametrize(
    ("line", "names"),
    [
        ("import duckdb", ["duckdb"]),
        ("def f():\n    from warehouse.build import build", ["warehouse.build.build"]),
        ("from .plumber import read", ["extractors.plumber.read"]),
        ("from .. import flows", ["flows"]),
        ("import importlib\nimportlib.import_module('flows.cli')", ["importlib", "flows.cli"]),
    ],
)
def test_imports_are_seen_however_they_are_written(
    line: str, names: list[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys.modules[__name__], "ROOT", tmp_path)
    path = tmp_path / "extractors" / "probe.py"
    path.parent.mkdir()
    path.write_text(line, encoding="utf-8")
    assert [name for _, name in imported(path)] == names


@pytest.mark.parametrize(
    ("line", "found"),
    [
        ("open('/{}/me/x.pdf')", True),
        ("cd /{}/main", True),
        ("see file:///{}/x", False),  # a URL; the registries have a rule of their own
        ("data/{}/aside", False),
        ("../{}/x", False),
        ("f'{{root}}/{}/x'", False),
    ],
)
@pytest.mark.parametrize("folder", ["home", "root", "tmp", "Users", "work"])
def test_a_path_of_a_machine_is_told_from_a_path_of_the_project(line: str, folder: str, found: bool) -> None:
    assert bool(MACHINE_PATH.search(line.format(folder))) is found


def test_no_tracked_file_names_a_path_of_a_machine() -> None:
    assert lines_that_match(MACHINE_PATH) == []


def test_no_tracked_file_names_a_registry() -> None:
    hosts = "|".join(map(re.escape, REGISTRY_HOSTS))
    assert lines_that_match(re.compile(rf"(?:^|[^\w-])(?:[\w-]+\.)*(?:{hosts})\b")) == []


@pytest.mark.parametrize("lock", LOCKS)
def test_a_lock_has_a_version_and_hashes_for_everything_and_names_no_place(lock: str) -> None:
    assert "://" not in (ROOT / lock).read_text(encoding="utf-8")
    for requirement, _ in locked(lock).values():
        assert requirement.url is None
        assert [specifier.operator for specifier in requirement.specifier] == ["=="], requirement.name


@pytest.mark.parametrize("lock", LOCKS)
def test_a_lock_fits_what_the_project_asks_for(lock: str) -> None:
    entries = locked(lock)
    for asked in needed(lock):
        pinned, _ = entries[canonicalize_name(asked.name)]
        version = next(iter(pinned.specifier)).version
        assert asked.specifier.contains(version), f"{asked} is locked at {version}: run python3 bootstrap.py lock"


def test_the_development_lock_holds_the_whole_runtime_lock() -> None:
    runtime, development = (locked(lock) for lock in LOCKS)
    assert {name: development.get(name) for name in runtime} == runtime
