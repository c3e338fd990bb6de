"""The analyst file is made anew, by a process of its own, of tables without gaps."""

from __future__ import annotations

from pathlib import Path

import duckdb
import pytest

from records.errors import WarehouseError
from warehouse.analyst_fresh import write_fresh
from warehouse.resources import Resources

_MADE = """
CREATE SCHEMA core; CREATE SCHEMA "out";
CREATE TABLE core.item (item_id INTEGER NOT NULL, names VARCHAR[], box STRUCT(x0 FLOAT, top FLOAT), said DATE);
INSERT INTO core.item SELECT i, ['a' || i, NULL], {'x0': i / 3, 'top': NULL}, DATE '2025-11-01' FROM range(5) AS r(i);
CREATE VIEW "out".zebra AS SELECT item_id, names[1] AS name FROM core.item;
CREATE VIEW "out".ant AS SELECT count(*) AS items FROM "out".zebra;
COMMENT ON TABLE core.item IS 'An item''s facts.'; COMMENT ON COLUMN core.item.names IS 'Its names.';
COMMENT ON VIEW "out".zebra IS 'Items by name.'; COMMENT ON COLUMN "out".zebra.name IS 'The first.';
"""
_ASKED = (
    "SELECT * FROM core.item", 'FROM "out".zebra', 'FROM "out".ant',
    "SELECT schema_name, table_name, sql, comment FROM duckdb_tables() ORDER BY ALL",
    "SELECT schema_name, view_name, comment FROM duckdb_views() WHERE NOT internal ORDER BY ALL",
    "SELECT table_name, column_name, data_type, is_nullable, comment FROM duckdb_columns() WHERE NOT internal"
    " ORDER BY ALL",
)  # fmt: skip


def _draft(folder: Path) -> Path:
    draft = folder / "draft.duckdb"
    with duckdb.connect(draft) as connection:
        connection.execute(_MADE)
    return draft


def _told(file: Path) -> list[list[tuple[object, ...]]]:
    with duckdb.connect(file, read_only=True) as connection:
        return [connection.execute(query).fetchall() for query in _ASKED]


def test_everything_is_in_the_new_file_and_nothing_beside_it(tmp_path: Path) -> None:
    draft = _draft(tmp_path)
    before = _told(draft)
    write_fresh(draft, tmp_path / "analyst.duckdb", Resources())
    assert _told(tmp_path / "analyst.duckdb") == before
    assert [file.name for file in tmp_path.iterdir()] == ["analyst.duckdb"]
    assert (tmp_path / "analyst.duckdb").stat().st_mode & 0o777 == 0o600


def test_a_process_that_fails_is_told_by_the_class_of_its_error(tmp_path: Path) -> None:
    (tmp_path / "analyst.duckdb").mkdir()
    with pytest.raises(WarehouseError, match=r"could not write the analyst file \(IOException\)"):
        write_fresh(_draft(tmp_path), tmp_path / "analyst.duckdb", Resources())
    assert [file.name for file in tmp_path.iterdir()] == ["analyst.duckdb"]
