"""Numbered ``.sql`` files are the warehouse's schema; this runs those that are not recorded yet."""

from __future__ import annotations

import hashlib
import importlib.resources
import re
from dataclasses import dataclass

import duckdb

from records.errors import WarehouseError

_FILE_NAME = re.compile(r"(\d{4})_[a-z0-9_]+\.sql\Z")


@dataclass(frozen=True, slots=True)
class Migration:
    """One file of ``warehouse/migrations``."""

    number: int
    file_name: str
    sql: str

    @property
    def sql_sha256(self) -> str:
        return hashlib.sha256(self.sql.encode()).hexdigest()


def migrations() -> list[Migration]:
    """All migrations in the order of their numbers, which run from 1 without a gap."""
    found = []
    for file in (importlib.resources.files("warehouse") / "migrations").iterdir():
        match = _FILE_NAME.match(file.name)
        if match:
            found.append(Migration(int(match[1]), file.name, file.read_text(encoding="utf-8")))
    found.sort(key=lambda migration: migration.number)
    if [migration.number for migration in found] != list(range(1, len(found) + 1)):
        raise WarehouseError("The migrations are not numbered 1, 2, 3, … without a gap.")
    return found


def migrate(connection: duckdb.DuckDBPyConnection) -> int:
    """Run what is pending, each migration and its record in one transaction; the number of migrations now applied.

    ``WarehouseError`` when a recorded migration was edited afterwards: the file's schema is then nobody's schema.
    """
    recorded = _recorded(connection)
    for migration in migrations():
        if migration.number in recorded:
            if recorded[migration.number] != migration.sql_sha256:
                raise WarehouseError(f"{migration.file_name} was changed after it had been applied.")
            continue
        connection.begin()
        try:
            connection.execute(migration.sql)
            connection.execute(
                "INSERT INTO meta.migration VALUES (?, ?, ?)",
                [migration.number, migration.file_name, migration.sql_sha256],
            )
        except duckdb.Error:
            connection.rollback()
            raise
        connection.commit()
        recorded[migration.number] = migration.sql_sha256
    return len(recorded)


def _recorded(connection: duckdb.DuckDBPyConnection) -> dict[int, str]:
    """Number -> SHA-256 of the migrations this file has; empty for a new file, which has no ``meta`` yet."""
    exists = connection.execute(
        "SELECT 1 FROM duckdb_tables() WHERE database_name = current_database()"
        " AND schema_name = 'meta' AND table_name = 'migration'"
    ).fetchone()
    if exists is None:
        return {}
    rows = connection.execute("SELECT migration_number, sql_sha256 FROM meta.migration").fetchall()
    return {int(number): str(digest) for number, digest in rows}
