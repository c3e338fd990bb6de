"""Logs that print no header: read all the same, and it is said that their columns were named by values or a person."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from samples.content import entries
from samples.expected import ExpectedRow
from samples.layout import Layout
from samples.layouts import draw, layout_named
from tests.golden.reading import check_account, check_boxes, check_rows, read, witness

NO_HEADER = layout_named("no-header")
NAMES = tuple(" ".join(column.header.split()) for column in NO_HEADER.columns)


def drawn(folder: Path, layout: Layout = NO_HEADER, seed: int = 21) -> tuple[Path, list[ExpectedRow]]:
    path = folder / "log.pdf"
    return path, draw(layout, entries(seed, 40, layout.content), path)


@pytest.mark.parametrize("seed", [11, 21, 23])
def test_values_name_the_columns_and_it_is_said(seed: int, tmp_path: Path) -> None:
    path, expected = drawn(tmp_path, seed=seed)
    parts, seen = read(path, tmp_path), witness(path)
    check_rows(parts, expected)
    check_account(parts, seen)
    check_boxes(parts, seen)
    assert tuple(parts.labels(parts.rows[0])) == NAMES
    for column in parts.tables["column"]:
        assert (column["printed_header"], column["header_basis"], column["page_number"]) == (None, "values", None)
    [issue] = [issue for issue in parts.tables["issue"] if issue["code"] == "no_header"]
    assert (issue["severity"], issue["page_number"], issue["row_number"]) == ("doubt", 1, None)
    assert "column_names" in issue["advice"]


def test_given_names_are_taken_and_nothing_is_doubtful(tmp_path: Path) -> None:
    path, expected = drawn(tmp_path)
    parts = read(path, tmp_path, {"column_names": NAMES})
    check_rows(parts, expected)
    assert {tuple(parts.labels(row)) for row in parts.rows} == {NAMES}
    assert {column["header_basis"] for column in parts.tables["column"]} == {"hint"}
    assert "no_header" not in {issue["code"] for issue in parts.tables["issue"]}
    check_account(parts, witness(path))


def test_a_wrong_number_of_names_names_nothing_loses_no_row_and_is_told(tmp_path: Path) -> None:
    path, expected = drawn(tmp_path)
    parts = read(path, tmp_path, {"column_names": NAMES[:-1]})
    check_rows(parts, expected)
    assert {"column_names_unused", "no_header"} <= {issue["code"] for issue in parts.tables["issue"]}


def test_a_log_without_a_header_and_without_rules_is_read_by_its_gutters(tmp_path: Path) -> None:
    path, expected = drawn(tmp_path, replace(NO_HEADER, rules="none", pad_x=5.0))
    parts = read(path, tmp_path)
    check_rows(parts, expected)
    assert "no_header" in {issue["code"] for issue in parts.tables["issue"]}


def test_names_do_not_replace_a_printed_header(tmp_path: Path) -> None:
    layout = layout_named("sheet")
    path, expected = drawn(tmp_path, layout)
    parts = read(path, tmp_path, {"column_names": tuple("ABCDEFGHI")})
    check_rows(parts, expected)
    assert {column["header_basis"] for column in parts.tables["column"]} == {"printed"}
