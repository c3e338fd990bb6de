"""What DuckDB may use: a set amount stays, otherwise it follows the rows."""

from __future__ import annotations

from pathlib import Path

import duckdb
import pytest

from warehouse.resources import LEAST, MIB, Resources


@pytest.mark.parametrize(
    ("rows", "least", "most"), [(0, 256, 256), (733_000, 256, 256), (2_000_000, 345, 360), (10_000_000, 1_000, 1_200)]
)
def test_memory_follows_the_rows(rows: int, least: int, most: int) -> None:
    assert least * MIB <= Resources().for_rows(rows).memory_bytes <= most * MIB


def test_memory_that_was_set_stays() -> None:
    assert Resources(300 * MIB).for_rows(10_000_000).memory_bytes == 300 * MIB


def test_duckdb_is_told_the_least_where_nothing_is_known(tmp_path: Path) -> None:
    with Resources().connect(":memory:", tmp_path) as connection:
        told = connection.execute("SELECT current_setting('memory_limit')").fetchone()
    with duckdb.connect(config={"memory_limit": f"{LEAST}B"}) as other:
        assert told == other.execute("SELECT current_setting('memory_limit')").fetchone()
