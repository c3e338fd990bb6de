"""A document whose rows fail a check of the build is left out; the night goes on."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import duckdb
import pytest

import warehouse.check
from extractors.fingerprint import fingerprint
from flows import ledger_documents, reading, retry
from flows.exit_codes import ExitCode
from flows.intake import take_in
from flows.ledger import open_ledger
from flows.open_documents import find_trouble, needs_person
from flows.paths import DataFolder, data_folder
from flows.progress import SilentProgress
from flows.reading import documents_to_read, read_document
from flows.report import Report
from flows.run import Run, joined_run
from flows.settings import Settings
from flows.warehousing import build_warehouse, publish_if_new
from records.errors import WarehouseError
from records.release import FileHints
from tests.unit.parts_factory import PartsFactory
from warehouse.check import Check, ChecksFailed

FINGERPRINT = fingerprint(FileHints())

pytestmark = pytest.mark.usefixtures("full_only")


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    settings = replace(Settings(), data=tmp_path / "data", settle_seconds=0, workers=1)
    (settings.data / "inbox" / "r").mkdir(parents=True)
    return settings


def _folder(settings: Settings) -> DataFolder:
    return data_folder(settings.data)


def _log(name: str) -> PartsFactory:
    """Parts of a file whose only content is its name: so they are named by the same hash."""
    return PartsFactory(f"%PDF-{name}", ["ID", "Reason"], [[f"{name}-{n}", "theft"] for n in range(4)])


def _put(settings: Settings, *logs: PartsFactory, extraction: str = FINGERPRINT) -> None:
    """The files into the inbox, and what reading them gives into the parts."""
    for log in logs:
        (settings.data / "inbox" / "r" / f"{log.name[5:]}.pdf").write_text(log.name)
        log.write(_folder(settings).parts, extraction)


def _damaged(name: str) -> PartsFactory:
    log = _log(name)
    log.tables["page"][0]["glyphs_left"] += 1
    return log


def _night(settings: Settings, prepare: Callable[[Run], None] | None = None) -> Report:
    with joined_run(settings, "test", SilentProgress()) as run:
        if prepare is not None:
            prepare(run)
        take_in(run.folder, run.settings, run.ledger, run.intake)
        for document_id in documents_to_read(run):
            read_document(run, document_id)
        run.report.trouble = find_trouble(run.ledger)
        build_warehouse(run)
        publish_if_new(run)
        return run.report


def _published(settings: Settings) -> dict[str, tuple[str, str | None, int]]:
    """Document -> state, error code and rows in the published snapshot."""
    with duckdb.connect(_folder(settings).full_snapshot, read_only=True) as connection:
        found = connection.execute(
            "SELECT document_id, state, error_code, (SELECT count(*) FROM raw.audit_row r WHERE r.document_id ="
            " d.document_id) FROM raw.document d"
        ).fetchall()
    return {document_id: (state, code, rows) for document_id, state, code, rows in found}


def _states(settings: Settings) -> dict[str, str]:
    ledger = open_ledger(_folder(settings).ledger)
    return {row["document_id"]: row["state"] for row in ledger_documents.documents(ledger)}


def test_a_document_that_fails_a_check_is_left_out_and_the_others_are_published(settings: Settings) -> None:
    good, bad = _log("good"), _damaged("bad")
    _put(settings, good, bad)
    report = _night(settings)
    assert report.exit_code is ExitCode.NEEDS_PERSON
    assert report.published
    assert report.counts()["left_out"] == 1
    assert (report.counts()["loaded"], report.counts()["quarantined"], report.counts()["rows"]) == (1, 1, 4)
    assert "Left out, because checks failed: 1 document." in report.lines()
    (trouble,) = report.trouble
    assert (trouble.document_id, trouble.standing.error_code) == (bad.document_id, "failed_checks")
    assert trouble.standing.reason == (
        "What was read of it failed 2 checks of the build: glyph_account (1), page_text_account (1)."
    )
    assert "recordtrail retry" in (trouble.standing.advice or "")
    assert _published(settings) == {
        good.document_id: ("loaded", None, 4),
        bad.document_id: ("quarantined", "failed_checks", 0),
    }
    assert (_folder(settings).work / "build" / "failed.duckdb").is_file()  # for whoever looks into it


def test_it_is_told_once_kept_on_disk_and_not_tried_every_night(settings: Settings) -> None:
    bad = _damaged("bad")
    _put(settings, _log("good"), bad)
    _night(settings)
    report = _night(settings)
    assert (report.exit_code, report.standings, report.is_unchanged) == (ExitCode.FINE, {}, True)
    assert report.counts()["needs_person_open"] == 1
    assert _folder(settings).has_part(bad.document_id, FINGERPRINT)


def test_another_fingerprint_has_it_read_again_and_keeps_the_old_parts(
    settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    good, bad = _log("good"), _damaged("bad")
    _put(settings, good, bad)
    _night(settings)
    monkeypatch.setattr(reading, "fingerprint", lambda *_: "v9-0123456789ab")
    _put(settings, _log("good"), _log("bad"), extraction="v9-0123456789ab")
    report = _night(settings)
    assert report.exit_code is ExitCode.FINE
    assert set(report.standings) == {good.document_id, bad.document_id}
    assert set(_states(settings).values()) == {"loaded"}
    assert {part.name for part in _folder(settings).parts_of(bad.document_id).iterdir()} == {
        FINGERPRINT,
        "v9-0123456789ab",
    }


def test_retry_takes_its_parts_away_so_that_it_is_read_anew(settings: Settings) -> None:
    bad = _damaged("bad")
    _put(settings, bad)
    _night(settings)

    def mend(run: Run) -> None:
        retry.clear([bad.document_id[:12]], False)(run)
        assert not run.folder.parts_of(bad.document_id).joinpath(FINGERPRINT).exists()
        _put(settings, _log("bad"))

    assert _night(settings, mend).exit_code is ExitCode.FINE
    assert _states(settings) == {bad.document_id: "loaded"}


def test_it_is_open_even_when_it_lies_in_the_inbox_no_more(settings: Settings) -> None:
    _put(settings, _damaged("bad"))
    _night(settings)
    (settings.data / "inbox" / "r" / "bad.pdf").unlink()
    _night(settings)
    ledger = open_ledger(_folder(settings).ledger)
    assert [needs_person(ledger, row) for row in ledger_documents.documents(ledger)] == [True]


@pytest.mark.parametrize("spoil", ["no manifest", "cut", "no column", "row without page"])
def test_parts_that_cannot_be_loaded_stop_no_night_either(settings: Settings, spoil: str) -> None:
    good, other, bad = _log("good"), _log("other"), _log("bad")
    if spoil == "row without page":
        bad.rows[0]["page_number"] = None
    if spoil == "no column":
        bad.tables["column"] = []
    _put(settings, good, other, bad)
    part = _folder(settings).part(bad.document_id, FINGERPRINT)
    with joined_run(settings, "test", SilentProgress()) as run:
        take_in(run.folder, run.settings, run.ledger, run.intake)
        for document_id in documents_to_read(run):
            read_document(run, document_id)
        if spoil == "no manifest":
            (part / "manifest.json").unlink()
        if spoil == "cut":
            (part / "row-s1-c1.parquet").write_bytes((part / "row-s1-c1.parquet").read_bytes()[:200])
        build_warehouse(run)
        publish_if_new(run)
        assert run.report.exit_code is ExitCode.NEEDS_PERSON
    assert _published(settings)[bad.document_id] == ("quarantined", "failed_checks", 0)
    assert _published(settings)[good.document_id] == ("loaded", None, 4)
    assert list((_folder(settings).work / "build").glob("*.trial*")) == []


@pytest.mark.parametrize(
    ("sql", "why"),
    [
        ("SELECT NULL AS document_id", "nobody's"),
        ("SELECT document_id FROM raw.document UNION ALL SELECT NULL", "some are nobody's"),
        ("SELECT repeat('0', 64) AS document_id", "of a document that has no parts"),
        ("SELECT document_id FROM raw.document", "also without the documents"),
    ],
)
def test_a_failure_that_leaving_documents_out_does_not_mend_stops_the_run(
    settings: Settings, monkeypatch: pytest.MonkeyPatch, sql: str, why: str
) -> None:
    log = _log("good")
    _put(settings, log)
    _night(settings)
    known = warehouse.check.checks()
    monkeypatch.setattr(warehouse.check, "checks", lambda: [*known, Check("odd", "Is it odd?", sql)])
    with pytest.raises(ChecksFailed, match=r"odd \(\d\): Is it odd\?"):
        _night(settings)
    assert _states(settings) == {log.document_id: "loaded"}, why
    assert _published(settings)[log.document_id] == ("loaded", None, 4)


def test_too_little_memory_is_no_documents_fault_and_names_the_setting(settings: Settings) -> None:
    log = PartsFactory("%PDF-many", ["ID", "Reason"], [[f"{n}", "theft " * 40] for n in range(3000)])
    _put(settings, log)
    with pytest.raises(WarehouseError) as failure:
        _night(replace(settings, build_memory_bytes=12 * 1024 * 1024))
    assert not isinstance(failure.value, ChecksFailed)
    assert "RECORDTRAIL_BUILD_MEMORY_BYTES" in failure.value.advice
    assert _states(settings) == {log.document_id: "loaded"}
