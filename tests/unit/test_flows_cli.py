"""The command line: help that teaches, exit codes, output that is safe to open."""

from __future__ import annotations

import csv
import io
import json
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import duckdb
import pytest
import typer
from typer.testing import CliRunner, Result

from flows import pictures, schedule
from flows.cli import app
from flows.exit_codes import ExitCode
from flows.ledger import open_ledger
from flows.paths import data_folder
from flows.settings import Settings
from flows.sql import QueryError, ask
from flows.table_output import csv_cell, plain, write_csv
from records.documents import DocumentState, SourceDocument
from records.errors import ConfigurationError, ToolError
from records.places import BBox, PageBox, PageBoxes
from records.release import Release
from warehouse.trace import Trace, TracedCell, TracedPage, TracedSegment

_ROOT = Path(__file__).parents[2]
_COMMANDS = {
    "demo", "doctor", "nightly", "ingest", "schedule", "retry", "status", "sql", "trace", "cite", "decide", "decisions",
    "export", "rollback", "prune", "report", "diff", "review", "double-review",
}  # fmt: skip
_SHA = "ab" * 32


def _run(*arguments: str, input: str | None = None) -> Result:
    return CliRunner().invoke(app, list(arguments), input=input)


@pytest.fixture
def data(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A data folder with a ledger and a snapshot that any query may run on."""
    folder = data_folder(tmp_path / "data")
    folder.create()
    open_ledger(folder.ledger).close()
    with duckdb.connect(folder.full_snapshot) as connection:
        connection.execute("create table t as select * from (values ('=1+1', -5), ('plain', 7)) v(text, number)")
    monkeypatch.setattr(sys, "excepthook", sys.__excepthook__)
    yield folder.root


def test_help_is_quick_and_imports_nothing_heavy() -> None:
    code = (
        "import sys, flows.cli\nfrom typer.testing import CliRunner\n"
        "assert CliRunner().invoke(flows.cli.app, ['--help']).exit_code == 0\n"
        "print([m for m in ('prefect', 'duckdb', 'pydantic', 'pypdfium2') if m in sys.modules])"
    )
    began = time.monotonic()
    found = subprocess.run([sys.executable, "-c", code], cwd=_ROOT, capture_output=True, text=True, check=True)
    assert found.stdout.strip() == "[]"
    assert time.monotonic() - began < 3  # half a second on an idle machine


def test_every_command_has_help_and_every_option_too() -> None:
    assert set(typer.main.get_command(app).commands) == _COMMANDS  # type: ignore[attr-defined]
    for command in _COMMANDS:
        shown = _run(command, "--help")
        assert shown.exit_code == 0
        assert "--data" in shown.output


def test_help_explains_every_exit_code() -> None:
    shown = " ".join(_run("--help").output.split())
    for code in ExitCode:
        assert f"{code.value} {code.meaning.split(' (')[0]}" in shown


@pytest.mark.parametrize("command", [["status"], ["cite", "x"], ["trace", "x"], ["sql", "select 1"]])
def test_looking_at_no_data_folder_is_an_error_in_two_lines(command: list[str], tmp_path: Path) -> None:
    shown = _run(*command, "--data", str(tmp_path / "none"))
    assert shown.exit_code == ExitCode.USAGE
    assert "no data folder yet" in shown.stderr
    assert "Traceback" not in shown.output
    assert not (tmp_path / "none").exists()


def test_before_the_first_night_sql_says_what_to_do(data: Path) -> None:
    (data / "snapshots" / "full.duckdb").unlink()
    shown = _run("sql", "select 1", "--data", str(data))
    assert shown.exit_code == ExitCode.USAGE
    assert "recordtrail nightly" in shown.stderr


def test_sql_as_table_json_and_csv(data: Path) -> None:
    shown = _run("sql", "select * from t order by number", "--data", str(data))
    assert shown.exit_code == 0
    assert "2 rows" in shown.output
    shown = _run("sql", "--json", "--data", str(data), input="select * from t order by number")
    assert json.loads(shown.output) == [{"text": "=1+1", "number": -5}, {"text": "plain", "number": 7}]
    shown = _run("sql", "select * from t order by number", "--csv", "--data", str(data))
    assert shown.stdout_bytes == b"text,number\n'=1+1,-5\nplain,7\n"  # as `cut`, `while read` and others expect
    assert list(csv.reader(io.StringIO(shown.output, newline=""))) == [
        ["text", "number"],
        ["'=1+1", "-5"],
        ["plain", "7"],
    ]


def test_commands_of_the_prompt_work_as_an_argument_too(data: Path) -> None:
    with duckdb.connect(data / "snapshots" / "full.duckdb") as connection:
        connection.execute("create schema core; create table core.issue (code varchar)")
    shown = _run("sql", " .tables ", "--csv", "--data", str(data))
    assert (shown.exit_code, shown.stdout) == (0, "name\ncore.issue\n")
    shown = _run("sql", "--json", "--data", str(data), input=".columns core.issue;\n")
    assert [column["column_name"] for column in json.loads(shown.stdout)] == ["code"]
    assert _run("sql", ".nope", "--data", str(data)).exit_code == ExitCode.USAGE


@pytest.mark.parametrize("text", ["a\rb", "a\nb", 'a"b', "a,b", "a\r\n"])
def test_csv_gives_back_what_it_was_given(text: str) -> None:
    out = io.StringIO(newline="")
    write_csv(out, ["a"], [[text], ["plain"]])
    assert list(csv.reader(io.StringIO(out.getvalue(), newline=""))) == [["a"], [text], ["plain"]]
    assert out.getvalue().startswith("a\n")


@pytest.mark.parametrize("command", ["trace", "cite"])
def test_an_id_may_have_white_space_around_it(data: Path, command: str, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[str] = []

    def find(_connection: object, row_id: str) -> object:
        asked.append(row_id)
        raise ConfigurationError("There is none.")

    monkeypatch.setattr(f"warehouse.trace.{command}", find)
    _run(command, " 0123456789abcdef-p00012-r003\n", "--data", str(data))
    assert asked == ["0123456789abcdef-p00012-r003"]


@pytest.mark.parametrize("command", [["nightly"], ["ingest"], ["retry", "--all"], ["schedule"]])
def test_a_folder_without_an_inbox_is_refused_and_nothing_is_made(command: list[str], tmp_path: Path) -> None:
    shown = _run(*command, "--data", str(tmp_path / "typo"))
    assert shown.exit_code == ExitCode.USAGE
    assert "mkdir -p" in shown.stderr and "recordtrail demo" in shown.stderr
    assert list(tmp_path.iterdir()) == []


def test_sql_reads_a_file_and_counts_what_it_does_not_show(data: Path, tmp_path: Path) -> None:
    (tmp_path / "query.sql").write_text("select * from t")
    shown = _run("sql", "--file", str(tmp_path / "query.sql"), "--rows", "1", "--data", str(data))
    assert "2 rows; the first 1 are shown" in shown.output


@pytest.mark.parametrize("query", ["drop table t", "create table u as select 1", "copy t to 'x.csv'", "select nope"])
def test_sql_changes_nothing_and_a_wrong_query_is_the_askers_move(data: Path, query: str) -> None:
    shown = _run("sql", query, "--data", str(data))
    assert shown.exit_code == ExitCode.USAGE
    assert "Traceback" not in shown.output


def test_a_query_that_takes_too_long_is_stopped() -> None:
    began = time.monotonic()
    with duckdb.connect() as connection, pytest.raises(QueryError, match=r"stopped after 0\.3 seconds"):
        ask(connection, "select count(*) from range(100000000000) a, range(1000) b", 0.3)
    assert time.monotonic() - began < 10


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t", "\r"])
def test_csv_cells_that_look_like_formulas_are_defused(start: str) -> None:
    out = io.StringIO(newline="")
    write_csv(out, ["a"], [[f"{start}cmd"]])
    assert list(csv.reader(io.StringIO(out.getvalue(), newline=""))) == [["a"], [f"'{start}cmd"]]
    assert csv_cell(-5) == -5
    assert csv_cell("a=b") == "a=b"


def test_a_document_cannot_drive_the_terminal() -> None:
    assert plain("a\x1b[31mred\x9b\u202e") == "a?[31mred??"


def test_status_of_an_empty_folder(data: Path) -> None:
    (data / "snapshots" / "full.duckdb").unlink()
    shown = _run("status", "--data", str(data))
    assert shown.exit_code == 0
    assert "No document needs a person." in shown.output
    assert json.loads(_run("status", "--json", "--data", str(data)).output)["snapshot"] is None


def test_retry_wants_to_know_what(data: Path) -> None:
    assert _run("retry", "--data", str(data)).exit_code == ExitCode.USAGE
    assert _run("retry", "abc", "--all", "--data", str(data)).exit_code == ExitCode.USAGE


def test_a_wrong_schedule_is_refused(tmp_path: Path) -> None:
    (tmp_path / "inbox").mkdir()
    command = [sys.executable, "-m", "flows.cli", "schedule", "--cron", "every night", "--data", str(tmp_path)]
    shown = subprocess.run(command, cwd=_ROOT, capture_output=True, text=True, check=False)
    assert shown.returncode == ExitCode.USAGE
    assert "Five fields" in shown.stderr


def test_a_missing_tool_has_its_own_exit_code(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    def no_tool(*_: object) -> None:
        raise ToolError("Nothing there.", "Install it.")

    monkeypatch.setattr(schedule, "serve_nightly", no_tool)
    shown = _run("schedule", "--data", str(tmp_path))
    assert shown.exit_code == ExitCode.TOOL
    assert "Nothing there.\n  Install it." in shown.stderr


def test_doctor_says_what_is_wrong(data: Path) -> None:
    shown = _run("doctor", "--json", "--data", str(data))
    findings = {finding["name"]: finding for finding in json.loads(shown.output)}
    assert findings["duckdb"]["is_fine"]
    assert findings["PDF reader (pdfium and LLVM, in a child process)"]["is_fine"]
    assert not findings["Snapshot"]["is_fine"]  # the fixture's snapshot has no meta.build
    assert shown.exit_code == ExitCode.TOOL


def test_marks_lie_on_the_pages_they_belong_to() -> None:
    trace = _trace()
    marks = pictures.marks_by_page(trace, None)
    assert {page: sorted(mark["color"] for mark in found) for page, found in marks.items()} == {
        (_SHA, 1): ["header", "header"],
        (_SHA, 3): ["cell", "cell", "row"],
        (_SHA, 4): ["cell", "row"],
    }
    assert not any(mark["label"] for found in marks.values() for mark in found)


def test_one_field_is_marked_alone_and_labelled() -> None:
    marks = pictures.marks_by_page(_trace(), "id")
    assert [mark["color"] for mark in marks[_SHA, 1]] == ["header"]
    assert [(mark["color"], mark["label"]) for mark in marks[_SHA, 3]] == [("row", ""), ("cell", "id")]
    with pytest.raises(ConfigurationError, match="id, reason"):
        pictures.marks_by_page(_trace(), "moderation")


def test_all_pictures_of_a_trace_are_drawn_by_one_child(data: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    jobs: list[dict[str, Any]] = []
    monkeypatch.setattr(pictures.Children, "run", lambda _, job: jobs.append(job))
    folder, ledger = data_folder(data), open_ledger(data / "ledger.db")
    marks = pictures.marks_by_page(_trace(), None)
    paths = pictures.draw(_trace(), marks, data / "traces", 2.0, folder, Settings(), ledger)
    (job,) = jobs
    assert [(picture["page_number"], picture["marks"]) for picture in job["pictures"]] == [
        (3, marks[_SHA, 3]),
        (1, marks[_SHA, 1]),
        (4, marks[_SHA, 4]),
    ]
    assert [Path(picture["out"]) for picture in job["pictures"]] == paths
    assert {path.stat().st_mode & 0o777 for path in paths} == {0o600}


def test_the_pictures_names(tmp_path: Path) -> None:
    assert pictures._path(tmp_path, _trace(), (_SHA, 3)).name == f"{_trace().row_id}-page-00003.png"
    assert pictures._path(tmp_path / "x.png", _trace(), (_SHA, 3)).name == "x.png"
    assert pictures._path(tmp_path / "x.png", _trace(), (_SHA, 1)).name == "x-page-00001.png"


def _trace() -> Trace:
    def box(page: int, x0: float) -> PageBox:
        return PageBox(_SHA, page, BBox(x0, 10, x0 + 5, 20))

    return Trace(
        row_id=f"{_SHA[:16]}-p00003-r001",
        page_number=3,
        row_number=1,
        place=PageBoxes((box(3, 0), box(4, 0))),
        cells=(
            TracedCell("id", True, "1", (box(3, 0),), ("ID",), (box(1, 0),)),
            TracedCell("reason", True, "x y", (box(3, 9), box(4, 9)), ("Reason",), (box(1, 9),)),
        ),
        engine="pdfium",
        confidence=None,
        page=TracedPage(3, 100, 100, 0, "text", 9, 9, 0, 0),
        segment=TracedSegment("s", 1, 4, "audit_log", "a header", "pdfium"),
        document=SourceDocument(_SHA, "a.pdf", 1, "application/pdf", DocumentState.LOADED),
        page_count=4,
        fingerprint="f",
        receipts=(),
        release=Release("r"),
        issues=(),
        citation="c",
    )


def test_an_error_that_holds_a_connection_fills_no_terminal() -> None:
    code = (
        "import duckdb\nfrom flows.cli_shared import told\nfrom records.errors import WarehouseError\nkept = []\n"
        "def build():\n"
        "    connection = duckdb.connect()\n"
        "    try: connection.execute('select nope')\n"
        "    except duckdb.Error as error:\n"
        "        kept.append(WarehouseError('It broke.', 'Mend it.'))\n"
        "        raise kept[0] from error\n"
        "with told(False): build()\n"
    )
    shown = subprocess.run([sys.executable, "-c", code], cwd=_ROOT, capture_output=True, text=True, check=False)
    assert shown.stderr.startswith("recordtrail: It broke.\n  Mend it.\n")
    assert "nanobind" not in shown.stderr
