"""What differs between two snapshots is said, with its number and a citation; what does not differ is not."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from flows.cli import app
from flows.diff_words import told
from records.errors import ConfigurationError
from tests.unit.search_logs import built, log
from warehouse.diff import Change, both
from warehouse.diff_snapshots import differences

ROWS = [{"Reason": "theft"}, {"Reason": "Immigration (criminal) -", "Case #": "1"}, {"Org Name": "Sample TX PD"}]
LATER = [{"Reason": "larceny"}, {"Reason": "Immigration (criminal) -", "Case #": "***"}]


def _file(folder: Path, *logs: object) -> Path:
    with built(folder, *logs) as connection:  # type: ignore[arg-type]
        (path,) = connection.execute("SELECT path FROM duckdb_databases() WHERE path IS NOT NULL").fetchone() or ("",)
    return Path(path)


@pytest.fixture(scope="module")
def two(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    earlier = _file(tmp_path_factory.mktemp("earlier"), log("one", ROWS), log("gone", [{}]))
    return earlier, _file(tmp_path_factory.mktemp("later"), log("one", LATER), log("come", [{}, {}]))


@pytest.fixture(scope="module")
def changes(two: tuple[Path, Path]) -> list[Change]:
    with both(*two) as connection:
        return list(differences(connection, 5))


def _said(changes: list[Change], part: str) -> dict[str, Change]:
    return {change.said: change for change in changes if change.part == part and change.total}


def test_headline_figures_are_side_by_side(changes: list[Change]) -> None:
    figures = {row[0]: row[1:] for row in changes[0].rows}
    assert figures["rows printed"] == (4, 4, 0)
    assert figures["searching organizations"] == (2, 1, -1)
    assert figures["searches in logs with a criminal immigration label"] == (1, 1, 0)


def test_documents_that_came_and_went_are_named(changes: list[Change]) -> None:
    documents = _said(changes, "Documents")
    assert [row[0] for row in documents["New: 1."].rows] == ["come.pdf"]
    assert [row[0] for row in documents["Gone: 1."].rows] == ["gone.pdf"]
    assert documents["Other row_count: 1."].rows[0][:3] == ("one.pdf", "3", "2")


def test_cells_are_compared_one_by_one(changes: list[Change]) -> None:
    rows = _said(changes, "Rows of audit logs")
    ((earlier, later, citation),) = rows["Rows with another reason: 1."].rows
    assert (earlier, later) == ("theft", "larceny")
    assert " row 1, SHA-256 " in citation
    # A state that changed is no value that changed to null.
    assert rows["Rows with another case_number_state: 1."].rows[0][:2] == ("value", "masked")
    assert rows["Documents with rows that were not there before: 1."].rows[0][:2] == ("come.pdf", 2)
    lost = rows["Documents that lost rows: 2."]
    assert {row[0]: row[1] for row in lost.rows} == {"gone.pdf": 1, "one.pdf": 1}
    assert "another org_name:" not in " ".join(rows)


def test_equal_snapshots_differ_in_nothing(two: tuple[Path, Path], tmp_path: Path) -> None:
    same = tmp_path / "same.duckdb"
    same.write_bytes(two[0].read_bytes())
    with both(two[0], same) as connection:
        found = list(differences(connection, 5))
    assert [change.said for change in found if change.total] == []
    assert "No difference." in told(found, is_markdown=False)


def test_both_files_answer_one_query(two: tuple[Path, Path]) -> None:
    with both(*two) as connection:
        query = """SELECT count(*), count(DISTINCT o.citation) FROM earlier."out".audit_search AS o
            JOIN later."out".audit_search AS n USING (row_id)"""
        assert connection.execute(query).fetchall() == [(2, 2)]


def test_lists_are_bounded_and_say_so(two: tuple[Path, Path]) -> None:
    with both(*two) as connection:
        text = told(list(differences(connection, 1)), is_markdown=True)
    assert "Documents that lost rows: 2." in text
    assert "- … and 1 more" in text


def test_the_command_takes_two_files(two: tuple[Path, Path]) -> None:
    done = CliRunner().invoke(app, ["diff", str(two[0]), str(two[1]), "--format", "json"])
    assert done.exit_code == 0
    parts = {change["part"] for change in json.loads(done.stdout)}
    assert {"Figures", "Documents", "Rows of audit logs", "Open issues"} <= parts


def test_a_file_that_is_none_is_told(tmp_path: Path, two: tuple[Path, Path]) -> None:
    wrong = tmp_path / "wrong.duckdb"
    wrong.write_bytes(b"no database")
    with pytest.raises(ConfigurationError, match="cannot be opened"), both(two[0], wrong):
        pass


def test_the_later_id_of_a_row_is_taken_once(two: tuple[Path, Path]) -> None:
    with both(*two) as connection:
        list(differences(connection, 1))
        assert connection.execute("SELECT count(*), count(DISTINCT later_id) FROM pair").fetchall() == [(6, 4)]
