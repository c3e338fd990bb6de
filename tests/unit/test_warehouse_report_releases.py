"""The same searches released twice, masked once: what one release shows counts, whichever comes first."""

from __future__ import annotations

import dataclasses
from pathlib import Path

import duckdb
import pytest

from tests.unit.parts_factory import PartsFactory, inputs
from warehouse.build import build
from warehouse.report import choose, report

HEADERS: list[str | None] = ["ID", "Org Name", "Search Time", "Reason", "License Plate"]
SHOWN = ["ICE warrant", "Immigration (civil/administrative) - x", "theft", "ICE", "Robbery - 26-1"]


def _row(number: int, reason: str, plate: str = "SMPL01") -> list[str | None]:
    uuid = f"{number:08d}-1111-4111-8111-111111111111"
    return [uuid, "Town TX PD", f"03/01/2025, 10:00:{number:02d} AM UTC", reason, plate]


def _built(folder: Path, *logs: PartsFactory) -> duckdb.DuckDBPyConnection:
    made = inputs(folder / "parts", *logs)
    releases = [dataclasses.replace(made.releases[0], agency=None), *made.releases[1:]]
    build(dataclasses.replace(made, releases=releases), folder / "w.duckdb")
    return duckdb.connect(folder / "w.duckdb", read_only=True)


def _figures(connection: duckdb.DuckDBPyConnection, name: str) -> dict[object, dict[str, object]]:
    (table,) = report(connection, choose([name])).tables
    return {row[0]: dict(zip(table.columns, row, strict=True)) for row in table.rows}


@pytest.mark.parametrize("names", [("first", "second"), ("second", "first")])
def test_what_one_release_masks_another_shows(tmp_path: Path, names: tuple[str, str]) -> None:
    masked = PartsFactory(f"log {names[0]}", HEADERS, [_row(n, "***", "***") for n in range(len(SHOWN))])
    shown = PartsFactory(f"log {names[1]}", HEADERS, [_row(n, reason) for n, reason in enumerate(SHOWN)])
    with _built(tmp_path, masked, shown) as connection:
        ((across, readable),) = connection.execute(
            "SELECT count(*), count(*) FILTER (reason_state = 'value') FROM \"out\".audit_search_across"
        ).fetchall()
        assert (across, readable) == (5, 5)
        classes = _figures(connection, "immigration_classes")
        counted = {c: (f["rows_printed"], f["searches_in_logs"], f["searches_across"]) for c, f in classes.items()}
        assert counted == {
            "label: civil": (1, 1, 1),
            "label: criminal": (0, 0, 0),
            "label: civil or criminal": (1, 1, 1),
            "agency keyword": (2, 2, 2),
            "topic keyword": (0, 0, 0),
            "ambiguous": (0, 0, 0),
        }
        assert classes["agency keyword"]["of_searches_in_logs"] == 10
        assert classes["agency keyword"]["of_readable"] == 5
        (line,) = _figures(connection, "immigration_organizations").values()
        assert (line["labelled_searches"], line["agency_keyword"], line["searches_across"]) == (1, 2, 3)
        terms = _figures(connection, "published_term_sets")["virginia_newsroom"]
        assert (terms["rows_printed"], terms["searches_in_logs"], terms["searches_across"]) == (3, 3, 3)
        categories = _figures(connection, "reason_categories")
        assert categories["Robbery"]["searches_across"] == 1
        assert categories["not_readable"]["searches_across"] == 0


def test_rows_of_one_search_in_one_log_are_one_whatever_each_shows(tmp_path: Path) -> None:
    rows = [_row(1, "***"), _row(1, "ICE warrant"), _row(2, "theft"), _row(2, "***")]
    rows += [_row(3, "Immigration (criminal)"), _row(3, "Immigration (civil/administrative)")]
    with _built(tmp_path, PartsFactory("one", HEADERS, rows)) as connection:
        classes = _figures(connection, "immigration_classes")
        assert {c: f["searches_in_logs"] for c, f in classes.items() if f["searches_in_logs"]} == {
            "label: civil": 1,
            "label: criminal": 1,
            "label: civil or criminal": 1,
            "agency keyword": 1,
        }
        assert classes["agency keyword"]["of_readable"] == 3
        (month,) = _figures(connection, "immigration_months").values()
        assert (month["labelled_searches"], month["agency_keyword"], month["searches_across"]) == (1, 1, 2)
