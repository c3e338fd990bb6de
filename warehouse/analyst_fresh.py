"""The analyst file, written by a process that has never seen what is masked.

DuckDB leaves gaps in the blocks it writes, and a gap holds whatever its memory held before: in a process that has read
the full warehouse, that may be a plate. So the masked tables leave that process as Parquet, which has no gaps, and a
process of its own makes the file of them: ``python -m warehouse.analyst_fresh FOLDER FILE BYTES THREADS``.
"""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import duckdb

from records.errors import MemoryLimitError, WarehouseError
from warehouse.build import STORAGE_VERSION
from warehouse.resources import Resources
from warehouse.search_rules import quoted

_PLAN = "plan.json"
_Made = tuple[str, str, str, str, str | None]
"""TABLE or VIEW, schema, name, the statement that makes it, its comment."""
_ROW_GROUP = 40_960
"""Rows that are held until they are written: 122,880, as usual, do not fit beside the rest, and it spills."""
_RELATIONS = """SELECT 'TABLE' AS kind, schema_name, table_name AS name, sql, comment FROM duckdb_tables()
    WHERE NOT internal
    UNION ALL SELECT 'VIEW', schema_name, view_name, sql, comment FROM duckdb_views() WHERE NOT internal
    ORDER BY kind, schema_name, name"""


def write_fresh(masked: Path, path: Path, resources: Resources) -> None:
    """Move the relations of the file *masked* into a new file at *path* (mode 0600), made by a process of its own.

    Raises WarehouseError when that process fails; *masked* and what was written on the way are gone afterwards.
    """
    folder = path.with_name(path.name + ".parquet")
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(mode=0o700)
    try:
        with resources.connect(masked, folder / "spill") as connection:
            (folder / _PLAN).write_text(json.dumps(_unload(connection, folder)), encoding="utf-8")
        masked.unlink()
        limits = [str(resources.memory_bytes), str(resources.threads)]
        done = subprocess.run(
            [sys.executable, "-m", __name__, str(folder.absolute()), str(path.absolute()), *limits],
            cwd=Path(__file__).parents[1], stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE,
            check=False,
        )  # fmt: skip
        if done.returncode:
            kind = done.stderr.decode(errors="replace").strip().rpartition("\n")[2]
            message = f"DuckDB could not write the analyst file ({kind})."
            if kind == duckdb.OutOfMemoryException.__name__:
                raise MemoryLimitError(message, resources.advice)
            raise WarehouseError(message)
    finally:
        masked.unlink(missing_ok=True)
        shutil.rmtree(folder, ignore_errors=True)


def _unload(connection: duckdb.DuckDBPyConnection, folder: Path) -> list[list[str]]:
    """Write every table to Parquet; the statements that make all of it again, each with the table it fills or ''."""
    relations = _in_order(connection.execute(_RELATIONS).fetchall())
    steps = [[f'CREATE SCHEMA IF NOT EXISTS "{schema}"', ""] for schema in sorted({one[1] for one in relations})]
    told: list[list[str]] = []
    for number, (kind, schema, name, sql, comment) in enumerate(relations):
        full_name = f'"{schema}"."{name}"'
        steps.append([sql, ""])
        if kind == "TABLE":
            file = f"{number}.parquet"
            written = f"{quoted(str(folder / file))} (FORMAT parquet, ROW_GROUP_SIZE {_ROW_GROUP})"
            connection.execute(f"COPY {full_name} TO {written}")
            steps.append([full_name, file])
        if comment is not None:
            told.append([f"COMMENT ON {kind} {full_name} IS {quoted(comment)}", ""])
    columns = connection.execute(
        "SELECT schema_name, table_name, column_name, comment FROM duckdb_columns()"
        " WHERE NOT internal AND comment IS NOT NULL ORDER BY ALL"
    ).fetchall()
    told += [[f'COMMENT ON COLUMN "{s}"."{t}"."{c}" IS {quoted(comment)}', ""] for s, t, c, comment in columns]
    return steps + told


def _in_order(relations: list[_Made]) -> list[_Made]:
    """A view after what it rests on: after all views that its statement names."""
    ordered, waiting = [], list(relations)
    while waiting:
        free = [one for one in waiting if not any(_rests_on(one, other) for other in waiting)]
        ordered += free or waiting
        waiting = [one for one in waiting if free and one not in free]
    return ordered


def _rests_on(one: _Made, other: _Made) -> bool:
    return one is not other and one[0] == "VIEW" and re.search(rf"\b{re.escape(other[2])}\b", one[3]) is not None


def _load(folder: Path, path: Path, resources: Resources) -> None:
    os.umask(0o077)
    steps = json.loads((folder / _PLAN).read_text(encoding="utf-8"))
    with resources.connect(path, folder / "spill", storage_compatibility_version=STORAGE_VERSION) as connection:
        connection.begin()  # one commit: hundreds of comments, each flushed for itself, would take seconds
        for statement, file in steps:
            source = f"SELECT * FROM read_parquet({quoted(str(folder / file))})"
            connection.execute(f"INSERT INTO {statement} {source}" if file else statement)
        connection.commit()
        connection.execute("CHECKPOINT")


if __name__ == "__main__":
    try:
        _load(Path(sys.argv[1]), Path(sys.argv[2]), Resources(int(sys.argv[3]), int(sys.argv[4])))
    except duckdb.Error as error:
        sys.exit(type(error).__name__)  # its words may quote a cell
