"""All ten states of a cell in one log: none is lost, none becomes another, in no view."""

from __future__ import annotations

import json
import tomllib
from collections import Counter
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import duckdb
import pytest

from records.documents import DocumentState, SourceDocument
from records.release import Receipt, Release
from records.rows import AUDIT_FIELDS
from samples.releases import SAMPLES
from samples.states import FILE_NAME, HIDDEN, RELEASE_ID, draw_states
from tests.golden.reading import job_for, read_parts, run
from warehouse.build import BuildInputs, build
from warehouse.report import choose, report
from warehouse.search_columns import NAMES
from warehouse.search_rules import STATES

FOLDER = SAMPLES / "states" / RELEASE_ID
EXPECTED: list[dict[str, str]] = json.loads((SAMPLES / "states" / "ten-states.json").read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def warehouse(tmp_path_factory: pytest.TempPathFactory) -> Iterator[duckdb.DuckDBPyConnection]:
    folder = tmp_path_factory.mktemp("states")
    job = job_for(FOLDER / FILE_NAME, folder / "parts")
    run(job)
    parts = read_parts(job.target)
    said = tomllib.loads((FOLDER / "release.toml").read_text(encoding="utf-8"))
    inputs = BuildInputs(
        [Release(RELEASE_ID, agency=said["agency"], state=said["state"], exemptions=tuple(said["exemptions"]))],
        [Receipt(RELEASE_ID, job.document_id, FILE_NAME, datetime(2026, 1, 21, tzinfo=UTC).replace(tzinfo=None))],
        [SourceDocument(job.document_id, FILE_NAME, 1, "application/pdf", DocumentState.LOADED)],
        (),
        {job.document_id: job.target},
    )
    assert len(parts.rows) == len(EXPECTED)
    build(inputs, folder / "built.duckdb")
    with duckdb.connect(folder / "built.duckdb", read_only=True) as connection:
        yield connection


def views_with_states() -> list[str]:
    return ["core.audit_search", '"out".audit_search', '"out".audit_search_distinct', '"out".audit_search_across']


def test_the_sample_holds_all_ten() -> None:
    assert {state for row in EXPECTED for state in row.values()} == set(STATES)


def test_redrawing_gives_the_committed_files(tmp_path: Path) -> None:
    for path in draw_states(tmp_path):
        committed = SAMPLES / path.relative_to(tmp_path)
        if path.suffix == ".pdf":  # another zlib packs the same page into other bytes
            assert abs(len(path.read_bytes()) - len(committed.read_bytes())) < 500
        else:
            assert path.read_bytes() == committed.read_bytes()


@pytest.mark.parametrize("view", views_with_states())
def test_every_cell_has_the_state_it_was_drawn_in(warehouse: duckdb.DuckDBPyConnection, view: str) -> None:
    columns = ", ".join(f"{NAMES[field]}_state" for field in AUDIT_FIELDS)
    rows = warehouse.execute(f"SELECT {columns} FROM {view} ORDER BY page_number, row_number").fetchall()
    assert [dict(zip(AUDIT_FIELDS, row, strict=True)) for row in rows] == EXPECTED


@pytest.mark.parametrize("view", views_with_states())
def test_a_value_stands_only_where_its_state_says_so(warehouse: duckdb.DuckDBPyConnection, view: str) -> None:
    for field in ("id", "name", "org_name", "license_plate", "reason", "case_number"):
        name = NAMES[field]
        query = f"SELECT {name} IS NOT NULL, {name}_state FROM {view} ORDER BY page_number, row_number"
        for (has_value, state), row in zip(warehouse.execute(query).fetchall(), EXPECTED, strict=True):
            assert has_value == (state in ("value", "partial")), (field, row[field])


def test_no_view_of_rows_is_left_out(warehouse: duckdb.DuckDBPyConnection) -> None:
    """A new view that tells states must be compared here, too."""
    found = warehouse.execute(
        "SELECT DISTINCT schema_name || '.' || table_name FROM duckdb_columns() WHERE schema_name IN ('core', 'out')"
        " AND column_name = 'license_plate_state' ORDER BY ALL"
    ).fetchall()
    assert [name for (name,) in found] == sorted(view.replace('"', "") for view in views_with_states())


def test_the_report_counts_them_apart(warehouse: duckdb.DuckDBPyConnection) -> None:
    (table,) = report(warehouse, choose(["states_of_cells"])).tables
    told = {(row[0], row[1]): row[2] for row in table.rows}
    names = {name: field for field, name in NAMES.items()}
    drawn = Counter((NAMES[field], state) for row in EXPECTED for field, state in row.items())
    asked = {name for name, _ in told}
    assert told == {key: count for key, count in drawn.items() if key[0] in asked}
    assert asked <= set(names)


def test_what_is_under_a_box_is_in_no_relation_for_people(warehouse: duckdb.DuckDBPyConnection) -> None:
    words = HIDDEN[:13]
    for (name,) in warehouse.execute("SELECT view_name FROM duckdb_views() WHERE schema_name = 'out'").fetchall():
        (count,) = warehouse.execute(
            f'SELECT count(*) FROM "out".{name} AS t WHERE contains(to_json(t)::VARCHAR, ?)', [words]
        ).fetchone() or (0,)
        assert count == 0, name
