"""The queries of the report: on relations of ``out`` alone, told in words, safe to print. What they count is compared
with a drawn log in ``tests/golden/test_golden_report.py``."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator

import duckdb
import pytest

from flows.figures import shown
from flows.figures_html import html
from flows.figures_json import told_as_json
from flows.figures_markdown import markdown
from records.errors import ConfigurationError
from tests.unit.search_logs import built, log
from warehouse.report import Query, choose, parse, queries, report

HOSTILE = "<script>alert(1)</script> | PD"
SEARCH = "00000001-0000-4000-8000-000000000001"


@pytest.fixture(scope="module")
def warehouse(tmp_path_factory: pytest.TempPathFactory) -> Iterator[duckdb.DuckDBPyConnection]:
    rows = [
        {"ID": SEARCH, "Reason": "Immigration (civil/administrative) -"},
        {"Org Name": HOSTILE, "Reason": "ICE warrant"},
        {"Search Time": "garbage"},
    ]
    again = log("again", [{"ID": SEARCH, "Reason": "***"}])
    with built(tmp_path_factory.mktemp("report"), log("first", rows), again) as connection:
        yield connection


@pytest.mark.parametrize("query", queries(), ids=lambda query: query.name)
def test_a_query_asks_only_what_every_snapshot_has(query: Query, warehouse: duckdb.DuckDBPyConnection) -> None:
    answer = warehouse.execute(query.sql)
    columns = [column[0] for column in answer.description or ()]
    assert not re.search(r"\b(?:core|raw|meta)\.", query.sql)
    assert set(query.chart or ()) <= set(columns)
    assert query.notes and query.title and query.sql.strip().endswith(";")


def test_numbers_follow_each_other() -> None:
    assert [query.number for query in queries()] == list(range(1, len(queries()) + 1))


def test_three_counts_stay_three(warehouse: duckdb.DuckDBPyConnection) -> None:
    (table,) = report(warehouse, choose(["immigration_classes"])).tables
    civil = dict(zip(table.columns, table.rows[0], strict=True))
    # The search is printed in two logs; only one of them shows its reason.
    assert (civil["rows_printed"], civil["searches_in_logs"], civil["searches_across"]) == (1, 1, 1)
    (table,) = report(warehouse, choose(["1"])).tables
    by_tier = {row[0]: row[1:4] for row in table.rows}
    assert by_tier["id"] == (2, 2, 1)


def test_rows_in_doubt_are_counted(warehouse: duckdb.DuckDBPyConnection) -> None:
    (table,) = report(warehouse, choose(["months"])).tables
    doubtful = {row[0]: row[table.columns.index("rows_under_issues")] for row in table.rows}
    assert doubtful == {"2025-11": 0, "time not known": 1}


def test_text_of_documents_cannot_write_the_page(warehouse: duckdb.DuckDBPyConnection) -> None:
    made = report(warehouse, choose(["organizations"]))
    page, text = html(made, 10), markdown(made, 10)
    assert "<script>" not in page
    assert "&lt;script&gt;alert(1)&lt;/script&gt; | PD" in page
    assert r"\<script\>alert(1)\</script\> \| PD" in text


def test_lines_are_shown_to_a_limit_and_told(warehouse: duckdb.DuckDBPyConnection) -> None:
    (table,) = report(warehouse, choose(["organizations"])).tables
    assert len(table.rows) == 2
    seen = shown(table, 1)
    assert len(seen.rows) == 1
    assert seen.said[0] == "2 lines; the first 1 are shown (--limit, --format json)."
    assert len(json.loads(told_as_json(report(warehouse, choose(["organizations"])), 1))["tables"][0]["rows"]) == 2


def test_a_figure_that_is_not_there_is_named() -> None:
    with pytest.raises(ConfigurationError, match="'nonsense'"):
        choose(["nonsense"])


@pytest.mark.parametrize("text", ["-- part: A\nSELECT 1", "-- part: A\n-- title: B\n-- colour: red\nSELECT 1"])
def test_a_wrong_head_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r"x\.sql"):
        parse("01_x.sql", text)
