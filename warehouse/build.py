"""Build a warehouse: one file, made new from its inputs, checked, and hashed."""

from __future__ import annotations

import shutil
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import duckdb

from records.errors import WarehouseError
from warehouse.check import CheckResult, demand_passed, run_checks
from warehouse.content_hash import content_hash
from warehouse.inputs import BuildInputs, read_manifests
from warehouse.load import load
from warehouse.migrate import migrate

__all__ = ["BuildInputs", "BuildResult", "build"]

STORAGE_VERSION = "v1.5.0"
"""File format. DuckDB 2.0's own cannot be opened by the 1.5 programs that analysts have."""

_COUNTED = ("raw.release", "raw.document", "raw.page", "raw.audit_row", "core.issue")


@dataclass(frozen=True, slots=True)
class BuildResult:
    """What was built. There is none for a build that failed a check: :func:`build` raises."""

    content_hash: str
    row_counts: Mapping[str, int]
    """Relation -> rows, for releases, documents, pages, rows and issues."""
    checks: tuple[CheckResult, ...]
    """Every question that was asked; all answered with zero rows."""


def build(inputs: BuildInputs, path: Path, memory_limit: str = "2GB") -> BuildResult:
    """Build the warehouse of *inputs* at *path*, replacing what is there; for the owner's eyes only (mode 0600).

    ``WarehouseError`` when the inputs contradict each other or a check fails; the file then stays for inspection, but
    has no row in ``meta.build`` and cannot be published.
    """
    manifests = read_manifests(inputs)
    path.parent.mkdir(parents=True, exist_ok=True)
    for leftover in (path, path.with_name(path.name + ".wal")):
        leftover.unlink(missing_ok=True)
    shutil.rmtree(_spill(path), ignore_errors=True)
    try:
        with duckdb.connect(path, config=_config(path, memory_limit)) as connection:
            # DuckDB creates the file with the umask; nobody else may read it from the first byte on.
            path.chmod(0o600)
            migration_count = migrate(connection)
            load(connection, inputs, manifests)
            results = run_checks(connection)
            demand_passed(results)
            digest = content_hash(connection)
            counts = {relation: _count(connection, relation) for relation in _COUNTED}
            built = datetime.now(UTC).replace(tzinfo=None)
            facts = (digest, built, inputs.run_id, duckdb.__version__, migration_count, *counts.values())
            connection.execute(f"INSERT INTO meta.build VALUES ({', '.join('?' * len(facts))})", facts)
    except duckdb.Error as error:
        # The text of a DuckDB error may quote a cell; the kind of error and its cause in the traceback are enough.
        raise WarehouseError(f"DuckDB could not build the warehouse ({type(error).__name__}).") from error
    return BuildResult(digest, counts, tuple(results))


def _config(path: Path, memory_limit: str) -> dict[str, str | bool | int | float | list[str]]:
    return {
        "storage_compatibility_version": STORAGE_VERSION,
        "memory_limit": memory_limit,
        "temp_directory": str(_spill(path)),
        "autoinstall_known_extensions": False,
        "autoload_known_extensions": False,
    }


def _spill(path: Path) -> Path:
    """Where DuckDB puts what does not fit into memory. A killed build leaves it; the next one clears it."""
    return path.with_name(path.name + ".spill")


def _count(connection: duckdb.DuckDBPyConnection, relation: str) -> int:
    row = connection.execute(f"SELECT count(*) FROM {relation}").fetchone()
    return int(row[0]) if row else 0
