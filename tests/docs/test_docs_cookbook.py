"""Every query of the cookbook runs, and answers something on logs that have something to answer."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import duckdb
import pytest

from records.release import Release
from tests.docs.reading_docs import ROOT, blocks
from tests.unit.search_logs import built, log

QUERIES = [block for block in blocks(ROOT / "docs" / "cookbook.md") if block.language == "sql"]
SEARCH = "00000001-0000-4000-8000-000000000001"


@pytest.fixture(scope="module")
def warehouse(tmp_path_factory: pytest.TempPathFactory) -> Iterator[duckdb.DuckDBPyConnection]:
    shown = log("shown", [{"ID": SEARCH, "Reason": "Robbery, Arson - shed"}, {"Search Time": "garbage"}])
    masked = log("masked", [{"ID": SEARCH, "Name": "***"}])
    later = Release("later-2026", agency="Example Sheriff", produced_date=date(2026, 1, 1))
    with built(tmp_path_factory.mktemp("cookbook"), shown, masked, releases=[(later, [masked])]) as connection:
        yield connection


@pytest.mark.parametrize("query", QUERIES, ids=lambda block: f"line {block.line}")
def test_a_query_of_the_cookbook_answers(warehouse: duckdb.DuckDBPyConnection, query: object) -> None:
    assert warehouse.execute(query.text).fetchall() != []  # type: ignore[attr-defined]


def test_the_first_query_counts_three_things(warehouse: duckdb.DuckDBPyConnection) -> None:
    assert warehouse.execute(QUERIES[0].text).fetchall() == [(3, 3, 2, 2)]
