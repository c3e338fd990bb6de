"""Whatever SQL is typed into a snapshot, it reads that snapshot and nothing else."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import duckdb
import pytest

from records.errors import ConfigurationError
from tests.unit.parts_factory import inputs, ruled
from warehouse.build import build
from warehouse.query import connect


@pytest.fixture(scope="module")
def snapshot(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("query")
    build(inputs(folder / "parts", ruled()), folder / "b.duckdb")
    (folder / "secret.csv").write_text("a,b\n1,2\n", encoding="utf-8")
    return folder / "b.duckdb"


@pytest.fixture
def connection(snapshot: Path) -> Iterator[duckdb.DuckDBPyConnection]:
    with connect(snapshot) as connection:
        yield connection


def test_it_reads(connection: duckdb.DuckDBPyConnection) -> None:
    assert connection.execute("SELECT count(*) FROM out.audit_search").fetchone() == (5,)


@pytest.mark.parametrize(
    "sql",
    [
        "DELETE FROM raw.audit_row",
        "CREATE TABLE raw.mine (a INTEGER)",
        "FROM read_csv('{folder}/secret.csv')",
        "FROM read_text('{folder}/secret.csv')",
        "FROM glob('{folder}/*')",
        "COPY (SELECT 1) TO '{folder}/out.csv'",
        "EXPORT DATABASE '{folder}/out'",
        "ATTACH '{folder}/other.duckdb'",
        "FROM read_csv('http://localhost/x.csv')",
        "INSTALL httpfs",
        "LOAD httpfs",
        "SET enable_external_access = true",
        "SET memory_limit = '99GB'",
        "SET temp_directory = '{folder}'",
        "RESET lock_configuration",
    ],
)
def test_it_does_nothing_else(sql: str, connection: duckdb.DuckDBPyConnection, snapshot: Path) -> None:
    before = sorted(snapshot.parent.iterdir())
    with pytest.raises(duckdb.Error):
        connection.execute(sql.format(folder=snapshot.parent)).fetchall()
    assert sorted(snapshot.parent.iterdir()) == before


def test_a_runaway_query_ends_at_the_memory_limit(snapshot: Path) -> None:
    with connect(snapshot, memory_limit="50MB") as connection, pytest.raises(duckdb.OutOfMemoryException):
        connection.execute("SELECT list(i::VARCHAR || repeat('x', 100)) FROM range(10000000) AS t(i)").fetchall()


def test_no_warehouse_yet_says_what_to_do(tmp_path: Path) -> None:
    with pytest.raises(ConfigurationError, match=r"no warehouse at full\.duckdb") as refusal:
        connect(tmp_path / "full.duckdb")
    assert "nightly" in refusal.value.advice


def test_a_file_that_is_no_warehouse_says_so(tmp_path: Path) -> None:
    (tmp_path / "full.duckdb").write_text("not a database " * 1000, encoding="utf-8")
    with pytest.raises(ConfigurationError, match="cannot be opened"):
        connect(tmp_path / "full.duckdb")
