"""The same content has the same hash, whatever the order, the clock or the run; anything else has another."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import duckdb
import pytest

from records.decisions import DecisionKind, Target, TargetKind
from records.places import BBox
from tests.unit.decision_factory import log
from tests.unit.lists_factory import line_box, say, settings, sharing
from tests.unit.parts_factory import PartsFactory, inputs, letter, ruled, unruled
from warehouse.build import BuildInputs, Resources, build
from warehouse.content_hash import EXCLUDED, SCHEMAS, content_hash, table_hash


@pytest.fixture
def given(tmp_path: Path) -> BuildInputs:
    given = inputs(tmp_path / "parts", ruled(), unruled(), letter(), *lists())
    box = BBox(*(20.0, 70.0, 235.0, 85.0))  # of the first row of the log
    reason = Target(
        TargetKind.AUDIT_CELL, f"{ruled().document_id[:16]}-p00001-r001", "reason", None, ruled().document_id, 1, box
    )
    said = [(reason, DecisionKind.CORRECT, {"value": "theft"}), (reason, DecisionKind.ACCEPT, {})]
    return dataclasses.replace(given, decisions=log(*said, (reason, DecisionKind.UNDO, {"undoes": 2})))


def lists() -> list[PartsFactory]:
    """Something for every table of marks and organizations, and a row that is printed twice."""
    screen = settings("screen", [("Stolen Plate", "off"), ("Felony", "on")], facts={"date": "2025-01-02"})
    screen.tables["reading"].append({"page_number": 1, "mark_number": 1, "reader": "r", "text": "t", **line_box(1)})
    say(screen, 1, "account", "Example PD")
    twice = PartsFactory("twice", ["ID", "Search Time"], [["a-1", "11/01/2025, 05:10:00 AM UTC"]] * 2)
    return [screen, sharing("shared", [("Alder OR PD", "East", "Home")]), twice]


def test_order_clock_and_run_do_not_matter(given: BuildInputs, tmp_path: Path) -> None:
    later = [
        dataclasses.replace(receipt, received_datetime=receipt.received_datetime + timedelta(days=n))
        for n, receipt in enumerate(given.receipts)
    ]
    other = BuildInputs(
        releases=given.releases[::-1],
        receipts=later[::-1],
        documents=given.documents[::-1],
        issues=given.issues,
        decisions=given.decisions,
        parts=dict(reversed(given.parts.items())),
        run_id="another",
    )
    one = build(given, tmp_path / "one.duckdb").content_hash
    assert build(other, tmp_path / "other.duckdb").content_hash == one
    assert build(given, tmp_path / "tight.duckdb", Resources(500_000_000, 1)).content_hash == one


@pytest.mark.parametrize(
    "change",
    [
        lambda log: log.rows[0].update(text_0="id-x"),
        lambda log: log.rows[0].update(x0_0=20.5),
        lambda log: log.rows.pop(),
        lambda log: log.headers.__setitem__(0, "Event ID") or log.tables["column"][0].update(printed_header="Event ID"),
        lambda log: log.tables["continuation"].pop(),
        lambda log: log.tables["page"][0].update(class_reason="another reason"),
    ],
)
def test_any_change_of_the_parts_changes_the_hash(change: Callable[[object], object], tmp_path: Path) -> None:
    one = build(inputs(tmp_path / "one", ruled()), tmp_path / "one.duckdb").content_hash
    changed = ruled()
    change(changed)
    assert build(inputs(tmp_path / "two", changed), tmp_path / "two.duckdb").content_hash != one


def test_every_column_of_every_hashed_table_counts_except_the_excluded(given: BuildInputs, tmp_path: Path) -> None:
    """Set one column of one table to null or to something else, everywhere: the hash must notice, or have said no."""
    build(given, tmp_path / "b.duckdb")
    with duckdb.connect() as connection:
        connection.execute(f"ATTACH '{tmp_path / 'b.duckdb'}' AS built (READ_ONLY)")
        connection.execute("ATTACH ':memory:' AS copy")
        connection.execute("COPY FROM DATABASE built TO copy")
        connection.execute("USE copy")
        # Nothing in these logs is printed twice, and nobody says anything of their files.
        connection.execute("INSERT INTO core.search_group VALUES ('log', 'r', 'id', 2, 1, 1, ['id'], TRUE, ['r'])")
        connection.execute("INSERT INTO raw.document_hint VALUES ('d', 'America/Chicago', 'p', '2025-01-01')")
        # Nor do they say anything of immigration.
        connection.execute(
            "INSERT INTO core.immigration_evidence VALUES"
            " ('r', 'd', 'u', 'ambiguous', 'reason', 'value', 'ICE', 0, 3, 'place', 'r', 'r')"
        )
        connection.execute("INSERT INTO core.rule_set_hit VALUES ('r', 'd', 's', 'ICE', 'ice', 0, 3, 'r', 'r')")
        connection.execute(
            "INSERT INTO core.evidence_search VALUES"
            " ('r', 'd', 's', 1, 1, 'p', 'o', 'n', '2025-01-01', 'Robbery', 'id', TRUE, TRUE)"
        )
        # Nor has anybody read them blind.
        connection.execute(
            "INSERT INTO core.double_review VALUES"
            " (1, 'audit_cell', 'id', 'pdfium', 9, 2, 2, 2, 0.3, 1, 2, 0, 0, 0, 0, 0, 0.7, 0)"
        )
        tables = connection.execute(
            "SELECT schema_name, table_name FROM duckdb_tables()"
            " WHERE database_name = 'copy' AND list_contains(?, schema_name)",
            [list(SCHEMAS)],
        ).fetchall()
        one = {f"{schema}.{name}": table_hash(connection, schema, name) for schema, name in tables}
        unnoticed = []
        columns = connection.execute(
            "SELECT schema_name || '.' || table_name, column_name, data_type FROM duckdb_columns()"
            " WHERE database_name = 'copy' AND schema_name || '.' || table_name IN (SELECT unnest(?))",
            [list(one)],
        ).fetchall()
        assert len(columns) > 100
        for relation, column, kind in columns:
            connection.execute("BEGIN")
            new = f"CASE WHEN {column} IS NULL THEN {_some(kind)} END"
            connection.execute(f"ALTER TABLE {relation} ALTER COLUMN {column} DROP NOT NULL")
            connection.execute(f"UPDATE {relation} SET {column} = {new}")
            if table_hash(connection, *relation.split(".")) == one[relation]:
                unnoticed.append((relation, column))
            connection.execute("ROLLBACK")
        assert unnoticed == [(relation, column) for relation, each in EXCLUDED.items() for column in each]


def _some(kind: str) -> str:
    """SQL for some value of the type *kind*."""
    if kind.startswith("MAP"):
        return f"MAP {{}}::{kind}"
    if kind.startswith("STRUCT(x0"):
        return "{x0: 1, top: 2, x1: 3, bottom: 4}"
    if kind.startswith("STRUCT"):
        return "NULL"  # cell_boxes: never null, so it is the null that must be noticed
    literal = {
        "VARCHAR": "'x'",
        "DATE": "'2000-01-01'",
        "TIMESTAMP": "'2000-01-01'",
        "BOOLEAN": "true",
        "VARCHAR[]": "['x']",
    }.get(kind, "1")
    return f"{literal}::{kind}"


def test_the_definition_of_a_view_counts(given: BuildInputs, tmp_path: Path) -> None:
    one = build(given, tmp_path / "b.duckdb").content_hash
    with duckdb.connect(tmp_path / "b.duckdb") as connection:
        assert content_hash(connection) == one
        connection.execute('CREATE OR REPLACE VIEW "out".release_status AS SELECT 1 AS release_id')
        assert content_hash(connection) != one


def test_rows_may_lie_in_any_order(given: BuildInputs, tmp_path: Path) -> None:
    build(given, tmp_path / "b.duckdb")
    with duckdb.connect(tmp_path / "b.duckdb") as connection:
        lines = "FROM (FROM raw.page_text LIMIT 1), (VALUES ('a'), ('b'), ('c')) AS line(written)"
        hashes = []
        for order in ("ASC", "DESC"):
            connection.execute("BEGIN")
            connection.execute(
                f"INSERT INTO raw.page_text SELECT * EXCLUDE written REPLACE (written AS text) {lines}"
                f" ORDER BY written {order}"
            )
            hashes.append(content_hash(connection))
            connection.execute("ROLLBACK")
    assert hashes[0] == hashes[1]


def test_a_table_more_is_other_content(given: BuildInputs, tmp_path: Path) -> None:
    one = build(given, tmp_path / "b.duckdb").content_hash
    with duckdb.connect(tmp_path / "b.duckdb") as connection:
        connection.execute("CREATE TABLE raw.new_thing (a INTEGER)")
        assert content_hash(connection) != one


def test_a_row_printed_twice_counts_twice(given: BuildInputs, tmp_path: Path) -> None:
    one = build(given, tmp_path / "b.duckdb").content_hash
    with duckdb.connect(tmp_path / "b.duckdb") as connection:
        connection.execute("INSERT INTO raw.page_text FROM raw.page_text")
        assert content_hash(connection) != one
