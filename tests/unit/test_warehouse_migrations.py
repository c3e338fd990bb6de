"""The schema: numbered, recorded, commented, and in step with the nouns of records."""

from __future__ import annotations

import duckdb
import pytest

from records.documents import row_id, segment_id
from records.errors import WarehouseError
from records.rows import AUDIT_FIELDS
from warehouse import load_parts, migrate
from warehouse.migrate import Migration


@pytest.fixture
def connection() -> duckdb.DuckDBPyConnection:
    connection = duckdb.connect()
    migrate.migrate(connection)
    return connection


def test_every_table_and_view_has_a_comment(connection: duckdb.DuckDBPyConnection) -> None:
    relations = connection.execute(
        "SELECT schema_name, table_name, comment FROM duckdb_tables() WHERE NOT internal"
        " UNION ALL SELECT schema_name, view_name, comment FROM duckdb_views() WHERE NOT internal"
    ).fetchall()
    assert len(relations) >= 19
    assert [(schema, name) for schema, name, comment in relations if not comment] == []


def test_every_column_has_a_comment_also_those_of_views(connection: duckdb.DuckDBPyConnection) -> None:
    columns = connection.execute(
        "SELECT schema_name, table_name, column_name, comment FROM duckdb_columns() WHERE NOT internal"
    ).fetchall()
    assert {("out", "audit_search"), ("raw", "audit_row")} <= {column[:2] for column in columns}
    assert [column[:3] for column in columns if not column[3]] == []


def test_only_the_four_schemas_are_used(connection: duckdb.DuckDBPyConnection) -> None:
    used = connection.execute("SELECT DISTINCT schema_name FROM duckdb_columns() WHERE NOT internal").fetchall()
    assert {schema for (schema,) in used} == {"raw", "core", "out", "meta"}


def test_dates_and_times_say_so_in_their_names(connection: duckdb.DuckDBPyConnection) -> None:
    columns = connection.execute(
        "SELECT column_name, data_type, comment FROM duckdb_columns() WHERE NOT internal"
    ).fetchall()
    for name, kind, comment in columns:
        assert (kind == "DATE") == name.endswith("_date"), name
        assert (kind == "TIMESTAMP") == name.endswith("_datetime"), name
        assert (kind == "BOOLEAN") == name.startswith(("is_", "has_", "needs_")), name
        if kind == "TIMESTAMP":
            assert "naive UTC" in comment


@pytest.mark.parametrize("relation", ["raw.audit_row", '"out".audit_search_printed'])
def test_rows_have_the_canonical_fields_in_order(connection: duckdb.DuckDBPyConnection, relation: str) -> None:
    columns = [name for name, *_ in connection.execute(f"DESCRIBE {relation}").fetchall()]
    start = columns.index("id")
    assert tuple(columns[start : start + len(AUDIT_FIELDS)]) == AUDIT_FIELDS


def test_there_is_one_box_per_canonical_field(connection: duckdb.DuckDBPyConnection) -> None:
    (kind,) = connection.sql("SELECT cell_boxes FROM raw.audit_row").types
    assert tuple(name for name, _ in kind.children) == AUDIT_FIELDS
    assert {str(child) for _, child in kind.children} == {"STRUCT(x0 FLOAT, top FLOAT, x1 FLOAT, bottom FLOAT)"}


def test_sql_and_python_make_the_same_ids(connection: duckdb.DuckDBPyConnection) -> None:
    document_id = "0123456789abcdef" * 4
    for page, number in ((1, 1), (99_999, 999), (123_456, 1234)):
        made = connection.execute(
            f"SELECT {load_parts.ROW_ID}, {load_parts.SEGMENT_ID} FROM (SELECT ? AS document_id) AS f,"
            " (SELECT ? AS page_number, ? AS row_number, 7 AS segment_ordinal) AS p",
            [document_id, page, number],
        ).fetchone()
        assert made == (row_id(document_id, page, number), segment_id(document_id, 7))


def test_a_second_run_applies_nothing(connection: duckdb.DuckDBPyConnection) -> None:
    before = connection.execute("FROM meta.migration").fetchall()
    assert migrate.migrate(connection) == len(before) == len(migrate.migrations())
    assert connection.execute("FROM meta.migration").fetchall() == before


def test_a_failing_migration_leaves_neither_its_tables_nor_its_record(
    connection: duckdb.DuckDBPyConnection, monkeypatch: pytest.MonkeyPatch
) -> None:
    good = migrate.migrations()
    broken = Migration(len(good) + 1, "9999_broken.sql", "CREATE TABLE raw.half (a INTEGER); SELECT 1 / 'x'::INTEGER;")
    monkeypatch.setattr(migrate, "migrations", lambda: [*good, broken])
    with pytest.raises(duckdb.Error):
        migrate.migrate(connection)
    assert connection.execute("SELECT count(*) FROM duckdb_tables() WHERE table_name = 'half'").fetchone() == (0,)
    assert connection.execute("SELECT count(*) FROM meta.migration").fetchone() == (len(good),)


def test_a_migration_that_was_edited_afterwards_is_refused(
    connection: duckdb.DuckDBPyConnection, monkeypatch: pytest.MonkeyPatch
) -> None:
    first, *rest = migrate.migrations()
    edited = Migration(first.number, first.file_name, first.sql + "-- edited")
    monkeypatch.setattr(migrate, "migrations", lambda: [edited, *rest])
    with pytest.raises(WarehouseError, match=r"0001_meta\.sql was changed"):
        migrate.migrate(connection)
