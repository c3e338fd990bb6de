"""`decide` and `decisions`: from a value of the snapshot into the log, and by the next build into what people see."""

from __future__ import annotations

import json
import shutil
import sys
from dataclasses import replace
from pathlib import Path

import duckdb
import pytest
from typer.testing import CliRunner, Result

from extractors.fingerprint import fingerprint
from flows import reading
from flows.cli import app
from flows.exit_codes import ExitCode
from flows.intake import take_in
from flows.paths import data_folder
from flows.progress import SilentProgress
from flows.reading import documents_to_read, read_document
from flows.report import Report
from flows.run import joined_run
from flows.settings import Settings
from flows.warehousing import build_warehouse, publish_if_new
from records.release import FileHints
from review.errors import DecisionLogError
from tests.unit.parts_factory import PartsFactory

LOG = PartsFactory("%PDF-log", ["ID", "Reason", "Org Name"], [["id-0", "thefl", "Alder OR"], ["id-1", None, None]])
pytestmark = pytest.mark.usefixtures("full_only")

ROW, BLANK = (f"{LOG.document_id[:16]}-p00001-r{number:03d}" for number in (1, 2))


@pytest.fixture(scope="module")
def first_night(tmp_path_factory: pytest.TempPathFactory) -> Settings:
    """A data folder after a night on one log; every test has a copy."""
    settings = replace(Settings(), data=tmp_path_factory.mktemp("decide") / "data", settle_seconds=0, workers=1)
    (settings.data / "inbox" / "r").mkdir(parents=True)
    (settings.data / "inbox" / "r" / "log.pdf").write_text(LOG.name)
    LOG.write(data_folder(settings.data).parts, fingerprint(FileHints()))
    night(settings)
    return settings


@pytest.fixture
def settings(first_night: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Settings:
    monkeypatch.setattr(sys, "excepthook", sys.__excepthook__)
    monkeypatch.setenv("RECORDTRAIL_REVIEWER", "anna")
    shutil.copytree(first_night.data, tmp_path / "data", symlinks=True)
    return replace(first_night, data=tmp_path / "data")


def night(settings: Settings) -> Report:
    with joined_run(settings, "test", SilentProgress()) as run:
        take_in(run.folder, run.settings, run.ledger, run.intake)
        for document_id in documents_to_read(run):
            read_document(run, document_id)
        build_warehouse(run)
        publish_if_new(run)
        return run.report


def run(settings: Settings, *arguments: str) -> Result:
    return CliRunner().invoke(app, [*arguments, "--data", str(settings.data)])


def shown(settings: Settings, query: str) -> list[tuple[object, ...]]:
    with duckdb.connect(data_folder(settings.data).full_snapshot, read_only=True) as connection:
        return connection.execute(query).fetchall()


def test_a_decision_is_logged_now_and_shown_by_the_next_night(settings: Settings) -> None:
    said = run(settings, "decide", f" {ROW}", "reason", "--correct", "theft", "--reason", "a t, not an l")
    assert said.exit_code == 0, said.output
    assert said.stdout.splitlines() == [
        f"read      reason 'thefl' on page 1 of log.pdf, {ROW}",
        "logged    number 1: correct to 'theft' by anna, because 'a t, not an l'",
        "next      the next build applies it: recordtrail nightly",
        "          to take it back: recordtrail decide --undo 1",
    ]
    query = "SELECT reason, standing, decision_ids FROM out.audit_search ORDER BY row_id LIMIT 1"
    assert shown(settings, query) == [("thefl", "machine", [])]
    waiting = json.loads(run(settings, "status", "--json").stdout)["snapshot"]
    assert (waiting["decisions"], waiting["decisions_waiting"]) == (0, 1)
    assert "1 decision not in it yet" in run(settings, "status").stdout
    report = night(settings)  # no new file, but a decision
    assert json.loads(run(settings, "status", "--json").stdout)["snapshot"]["decisions_waiting"] == 0
    assert (report.extracted_count, report.is_unchanged, report.counts()["decisions"]) == (0, False, 1)
    (entry,) = json.loads(run(settings, "decisions", "--json").stdout)
    assert shown(settings, query) == [("theft", "corrected", [entry["decision_id"]])]
    assert night(settings).is_unchanged
    # Beside the snapshot the decisions are text that needs no program of ours.
    (export,) = data_folder(settings.data).snapshots.glob("*.decisions.jsonl")
    line = json.loads(export.read_text())
    assert (line["value"], line["who"], line["decision_id"]) == ("theft", "anna", entry["decision_id"])
    assert export.stat().st_mode & 0o777 == 0o600
    assert export.name.removesuffix(".decisions.jsonl") + ".duckdb" == report.published
    said = run(settings, "decide", "--undo", "1", "--who", "ben")
    assert said.stdout.splitlines()[:2] == [
        "undone    number 1: correct to 'theft' by anna, because 'a t, not an l'",
        "logged    number 2: undo by ben",
    ]
    night(settings)
    assert shown(settings, query) == [("thefl", "machine", [])]
    assert [(e["kind"], e["counts"]) for e in json.loads(run(settings, "decisions", "--json").stdout)] == [
        ("correct", False),
        ("undo", False),
    ]
    assert "2 entries." in run(settings, "decisions", "--id", ROW).stdout
    assert "0 entries." in run(settings, "decisions", "--document", "0000").stdout


def test_another_reading_makes_it_stale(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    run(settings, "decide", ROW, "reason", "--correct", "theft")
    run(settings, "decide", BLANK, "reason", "--accept")
    anew = PartsFactory(LOG.name, ["ID", "Reason", "Org Name"], [["id-0", "thett", "Alder OR"], ["id-1", None, None]])
    anew.write(data_folder(settings.data).parts, "v9-0123456789ab")
    monkeypatch.setattr(reading, "fingerprint", lambda *_: "v9-0123456789ab")
    night(settings)
    assert shown(settings, "SELECT reason, standing FROM out.audit_search ORDER BY row_id") == [
        ("thett", "stale"),
        (None, "accepted"),
    ]


def test_what_was_decided_before_is_told(settings: Settings) -> None:
    run(settings, "decide", ROW, "reason", "--reject", "--who", "ben")
    night(settings)
    lines = run(settings, "decide", ROW, "reason", "--unreadable").stdout.splitlines()
    assert lines[1:4] == [
        "shown     (blank) (rejected)",
        "before    number 1: reject by ben",
        "logged    number 2: unreadable by anna",
    ]


def test_what_an_organization_is_can_be_decided_too(settings: Settings) -> None:
    ((org_id, kind),) = shown(
        settings, "SELECT org_id, org_type FROM core.organization WHERE organization ILIKE 'alder%'"
    )
    assert kind != "sheriff"
    assert run(settings, "decide", str(org_id), "org_type", "--correct", "cheriff").exit_code == ExitCode.USAGE
    assert run(settings, "decide", str(org_id), "state", "--correct", "oregon").exit_code == ExitCode.USAGE
    said = run(settings, "decide", str(org_id), "org_type", "--correct", "sheriff")
    assert said.stdout.splitlines()[0] == f"read      org_type {kind!r}, {org_id}"
    night(settings)
    query = f"SELECT org_type, standing FROM out.organization WHERE org_id = '{org_id}'"
    assert shown(settings, query) == [("sheriff", "corrected")]


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (["0123456789abcdef-p00001-r001", "reason", "--accept"], "no row, mark or list with the id"),
        (["../../etc/passwd", "reason", "--accept"], "no row, mark or list with the id"),
        ([ROW, "moderation", "--accept"], "has no field 'moderation'"),
        ([ROW, "reason", "--correct", "thefl"], "accept the reading instead"),
        ([ROW, "reason", "--correct", "x" * 10_001], "at most 10,000"),
        ([ROW, "reason"], "Say one of"),
        ([ROW, "reason", "--accept", "--reject"], "Say one of"),
        ([ROW, "--accept"], "names an id and a field"),
        ([ROW, "reason", "--undo", "1"], "names an id and a field"),
        (["--undo", "7"], "no decision number 7"),
    ],
)
def test_a_slip_logs_nothing_and_ends_with_2(settings: Settings, arguments: list[str], says: str) -> None:
    said = run(settings, "decide", *arguments)
    assert (said.exit_code, "Traceback" in said.output) == (ExitCode.USAGE, False)
    assert says in said.stderr
    assert json.loads(run(settings, "decisions", "--json").stdout) == []


def test_a_log_that_lost_what_was_published_stops_the_build(settings: Settings) -> None:
    run(settings, "decide", ROW, "reason", "--correct", "theft")
    night(settings)
    log = data_folder(settings.data).decisions
    for file in log.parent.glob("decisions.db*"):
        file.unlink()
    with pytest.raises(DecisionLogError, match=r"has 1 decision that"):
        night(settings)
    run(settings, "decide", ROW, "reason", "--correct", "arson")  # a new log of the same length
    with pytest.raises(DecisionLogError):
        night(settings)
    assert shown(settings, "SELECT reason FROM out.audit_search ORDER BY row_id LIMIT 1") == [("theft",)]
