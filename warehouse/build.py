"""Build a warehouse: one file, made new from its inputs, checked, and hashed."""

from __future__ import annotations

import shutil
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import duckdb

from warehouse.check import CheckResult, ChecksFailed, demand_passed, refuse, run_checks
from warehouse.content_hash import content_hash
from warehouse.culprits import NOT_ABOUT_THE_PARTS, culprits
from warehouse.inputs import BuildInputs, read_manifests
from warehouse.load import load
from warehouse.manifest import Manifest
from warehouse.migrate import migrate
from warehouse.resources import DEFAULT, Resources
from warehouse.search_rules import quoted

__all__ = ["BuildInputs", "BuildResult", "ChecksFailed", "Resources", "build"]

STORAGE_VERSION = "v1.5.0"
"""File format. DuckDB 2.0's own cannot be opened by the 1.5 programs that analysts have."""

_ROW_GROUP = 40_960
"""Rows that DuckDB holds of a table until it writes them. Its own 122,880 rows of seventy columns, beside what sorts
them, are more than the memory of a build; a published file is a copy and has DuckDB's own."""

_BLOCK = 16_384
"""Bytes of a block. DuckDB keeps half-filled blocks of hundreds of columns until a checkpoint ends: at its own 256 KiB
each, those alone would be more than the memory of a build."""

_COUNTED = (
    "raw.release",
    "raw.document",
    "raw.page",
    "raw.audit_row",
    "raw.hotlist_mark",
    "raw.sharing_row",
    "core.issue",
)


@dataclass(frozen=True, slots=True)
class BuildResult:
    """What was built. There is none for a build that failed a check: :func:`build` raises."""

    content_hash: str
    row_counts: Mapping[str, int]
    """Relation -> rows, for releases, documents, pages, rows, marks, organizations and issues."""
    checks: tuple[CheckResult, ...]
    """Every question that was asked; all answered with zero rows."""


def build(inputs: BuildInputs, path: Path, resources: Resources = DEFAULT) -> BuildResult:
    """Build the warehouse of *inputs* at *path*, replacing what is there; for the owner's eyes only (mode 0600).

    ``ChecksFailed`` when parts cannot be loaded or a check fails: it names the documents, as far as they are at fault.
    ``WarehouseError`` when the inputs contradict each other. The file then stays for inspection, but has no row in
    ``meta.build`` and cannot be published.
    """
    manifests = read_manifests(inputs)
    rows = sum(manifest.row_count for manifest in manifests)
    return resources.attempt(rows, lambda enough: _build(inputs, manifests, path, enough))


def _build(inputs: BuildInputs, manifests: Sequence[Manifest], path: Path, resources: Resources) -> BuildResult:
    path.parent.mkdir(parents=True, exist_ok=True)
    for leftover in (path, path.with_name(path.name + ".wal")):
        leftover.unlink(missing_ok=True)
    shutil.rmtree(_spill(path), ignore_errors=True)
    try:
        with _open(path, path, resources) as connection:
            # DuckDB creates the file with the umask; nobody else may read it from the first byte on.
            path.chmod(0o600)
            migration_count = migrate(connection)
            load(connection, inputs, manifests)
            results = run_checks(connection)
            demand_passed(results)
            digest = content_hash(connection)
            counts = {relation: _count(connection, relation) for relation in _COUNTED}
            built = datetime.now(UTC).replace(tzinfo=None)
            log = inputs.decisions[-1] if inputs.decisions else None
            decided = (log.sequence, log.decision_id) if log else (0, None)
            facts = (digest, built, inputs.run_id, duckdb.__version__, migration_count, *counts.values(), *decided)
            connection.execute(f"INSERT INTO meta.build VALUES ({', '.join('?' * len(facts))})", facts)
    except duckdb.Error as error:
        failure = resources.failure(error, "DuckDB could not build the warehouse")
        at_fault = [] if isinstance(error, NOT_ABOUT_THE_PARTS) else _at_fault(inputs, manifests, path, resources)
        if at_fault:
            raise refuse("parts_load", str(failure), at_fault) from error
        raise failure from error
    return BuildResult(digest, counts, tuple(results))


def _at_fault(inputs: BuildInputs, manifests: Sequence[Manifest], path: Path, resources: Resources) -> list[str]:
    """The documents whose parts DuckDB cannot load."""
    aside = path.with_name(path.name + ".trial")

    def try_load(some: Sequence[Manifest]) -> None:
        aside.unlink(missing_ok=True)
        with _open(aside, path, resources) as connection:
            migrate(connection)
            load(connection, inputs, some)

    try:
        return culprits(manifests, try_load)
    except duckdb.Error:
        return []
    finally:
        for leftover in (aside, aside.with_name(aside.name + ".wal")):
            leftover.unlink(missing_ok=True)


def _open(file: Path, path: Path, resources: Resources) -> duckdb.DuckDBPyConnection:
    connection = resources.connect(":memory:", _spill(path))
    storage = f"ROW_GROUP_SIZE {_ROW_GROUP}, BLOCK_SIZE {_BLOCK}, STORAGE_VERSION {quoted(STORAGE_VERSION)}"
    connection.execute(f"ATTACH {quoted(str(file))} AS built ({storage})")
    connection.execute("USE built")
    return connection


def _spill(path: Path) -> Path:
    """Where DuckDB puts what does not fit into memory. A killed build leaves it; the next one clears it."""
    return path.with_name(path.name + ".spill")


def _count(connection: duckdb.DuckDBPyConnection, relation: str) -> int:
    row = connection.execute(f"SELECT count(*) FROM {relation}").fetchone()
    return int(row[0]) if row else 0
