"""A run: lock, ledger, reading with isolation, report. Children are a script, the warehouse is not needed."""

from __future__ import annotations

import contextlib
import json
import os
import subprocess
import sys
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from extractors.fingerprint import LAYOUT_VERSION
from flows import extract, ledger_documents, ledger_inbox, ledger_runs, lock, reading, retry
from flows.child import Children
from flows.exit_codes import ExitCode, exit_code_of
from flows.intake import take_in
from flows.ledger import open_ledger, transaction, utc_now
from flows.open_documents import find_trouble
from flows.paths import data_folder
from flows.progress import SilentProgress, in_words
from flows.reading import documents_to_read, read_document
from flows.report import Report
from flows.run import Run, joined_run
from flows.running import run_ingest
from flows.settings import Settings, load_settings
from flows.status import Status, gather
from records.errors import ConfigurationError, RunInProgressError, ToolError, WarehouseError
from records.parts import MANIFEST

# Reads what a "PDF" says to do: `bad` is damaged, `die` crashes, `big` comes in three chunks, all else has one row.
_CHILD = """
import json, os, sys
job = json.load(open(sys.argv[1]))
text = open(job["source"]).read()
def say(**event): print(json.dumps(event), flush=True)
def finish(rows, **more):
    target = os.path.join(job["parts_dir"], job["fingerprint"])
    os.makedirs(target + ".tmp", exist_ok=True)
    counts = {"page_count": 1, "row_count": rows, "mark_count": 0, "sharing_count": 0}
    manifest = {"state": "loaded", **counts, "reason": None, "advice": None, **more}
    json.dump(manifest, open(os.path.join(target + ".tmp", "manifest.json"), "w"))
    os.rename(target + ".tmp", target)
    say(event="done", **manifest)
if job["command"] == "extract":
    os.makedirs(os.path.join(job["parts_dir"], job["fingerprint"] + ".work"), exist_ok=True)
if "bad" in text:
    say(event="document_error", code="damaged", message="It is cut.", advice="Ask again.")
    sys.exit(3)
if "die" in text:
    os.abort()
if "locked" in text and job["hints"]["password"] != "sesame":
    say(event="document_error", code="encrypted", message="It is locked.", advice=None)
    sys.exit(3)
if "big" in text and job["command"] == "extract":
    os.makedirs(os.path.join(job["parts_dir"], "leftover"), exist_ok=True)
    say(event="planned", chunks=3)
elif job["command"] == "chunk":
    open(os.path.join(job["parts_dir"], "leftover", str(job["chunk"])), "w").close()
    say(event="progress", pages_done=2, pages=2)
    say(event="done")
elif "letter" in text:
    finish(0, state="set_aside", reason="1 page, no audit log.", advice="Look once.", kinds={"letter": 1})
elif job["command"] == "finish":
    finish(len(os.listdir(os.path.join(job["parts_dir"], "leftover"))))
else:
    finish(1)
"""

Night = Callable[..., Report]


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    (tmp_path / "data" / "inbox").mkdir(parents=True)
    return replace(Settings(), data=tmp_path / "data", settle_seconds=0, workers=2)


@pytest.fixture
def night(settings: Settings, tmp_path: Path) -> Night:
    """Runs intake and reading, as the flow does; returns the report."""
    script = tmp_path / "child.py"
    script.write_text(_CHILD)

    def run_once(prepare: Callable[[Run], None] | None = None) -> Report:
        with joined_run(settings, "test", SilentProgress()) as run:
            run.children = Children(settings, run.folder.work, (sys.executable, str(script)))
            if prepare is not None:
                prepare(run)
            take_in(run.folder, run.settings, run.ledger, run.intake)
            for document_id in documents_to_read(run):
                read_document(run, document_id)
            run.report.trouble = find_trouble(run.ledger)
            return run.report

    return run_once


def _put(settings: Settings, path: str, text: str) -> Path:
    file = data_folder(settings.data).inbox / path
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(text)
    return file


def _gather(settings: Settings) -> Status:
    folder = data_folder(settings.data)
    return gather(folder, open_ledger(folder.ledger))


def _states(settings: Settings) -> dict[str, tuple[str, str | None]]:
    ledger = open_ledger(data_folder(settings.data).ledger)
    return {row["file_name"]: (row["state"], row["error_code"]) for row in ledger_documents.documents(ledger)}


def test_each_bad_file_ends_with_its_own_reason_and_the_good_ones_load(settings: Settings, night: Night) -> None:
    _put(settings, "r/good.pdf", "%PDF-good")
    _put(settings, "r/cut.pdf", "%PDF-bad")
    _put(settings, "r/crash.pdf", "%PDF-die")
    _put(settings, "r/empty.pdf", "")
    _put(settings, "r/picture.pdf", "\x89PNG no")
    _put(settings, "r/table.csv", "a,b,c\n1,2,3\n")
    report = night()
    assert _states(settings) == {
        "good.pdf": ("loaded", None),
        "cut.pdf": ("quarantined", "damaged"),
        "crash.pdf": ("quarantined", "reader_crashed"),
        "empty.pdf": ("quarantined", "empty_file"),
        "picture.pdf": ("quarantined", "not_what_its_name_says"),
        "table.csv": ("set_aside", "unsupported_type"),
    }
    assert all(trouble.standing.reason and trouble.standing.advice for trouble in report.trouble)
    assert report.exit_code is ExitCode.NEEDS_PERSON
    assert report.extracted_count == 1


def test_a_second_night_reads_nothing_and_tells_of_old_trouble_without_alarm(settings: Settings, night: Night) -> None:
    _put(settings, "r/good.pdf", "%PDF-good")
    _put(settings, "r/cut.pdf", "%PDF-bad")
    assert night().exit_code is ExitCode.NEEDS_PERSON
    report = night()
    assert report.standings == {}
    assert report.exit_code is ExitCode.FINE
    assert "Nothing new to extract." in report.lines()
    assert any("told of before: 1 document;" in line for line in report.lines())


def test_trouble_found_by_a_run_that_died_is_still_news(settings: Settings, night: Night) -> None:
    _put(settings, "r/cut.pdf", "%PDF-bad")
    with pytest.raises(ZeroDivisionError), joined_run(settings, "dies", SilentProgress()):
        report = night()  # joins the run that then dies
        assert report.trouble
        raise ZeroDivisionError
    report = night()
    assert report.standings == {}
    assert report.exit_code is ExitCode.NEEDS_PERSON


def test_a_document_set_aside_is_open_until_a_person_says_what_it_is(settings: Settings, night: Night) -> None:
    _put(settings, 'r/a "letter".pdf', "%PDF-letter")
    _put(settings, "r/list.csv", "a,b,c\n1,2,3\n")
    report = night()
    assert report.exit_code is ExitCode.NEEDS_PERSON
    said = {(trouble.standing.advice or "").partition("[files.")[2] for trouble in report.trouble}
    assert said == {'"a \\"letter\\".pdf"] kind = "letter"', '"list.csv"] kind = "unknown"'}
    lines = [line.replace("] kind", "]\nkind") for line in said]
    _put(settings, "r/release.toml", "\n".join(f"[files.{line}" for line in lines))
    report = night()
    assert (report.exit_code, report.trouble) == (ExitCode.FINE, [])
    assert {state for state, _ in _states(settings).values()} == {"set_aside"}
    assert not any(document["needs_person"] for document in _gather(settings).documents)
    assert not any("[files." in (document["advice"] or "") for document in _gather(settings).documents)


def test_a_log_that_was_set_aside_stays_open_when_a_person_says_that_it_is_one(
    settings: Settings, night: Night
) -> None:
    _put(settings, "r/a.pdf", "%PDF-letter")
    _put(settings, "r/release.toml", '[files."a.pdf"]\nkind = "audit_log"\n')
    assert night().exit_code is ExitCode.NEEDS_PERSON
    assert len(_gather(settings).needs_person) == 1


def test_another_fingerprint_has_everything_read_again_beside_the_old_parts(
    settings: Settings, night: Night, monkeypatch: pytest.MonkeyPatch
) -> None:
    _put(settings, "r/good.pdf", "%PDF-good")
    _put(settings, "r/cut.pdf", "%PDF-bad")
    _put(settings, "r/letter.pdf", "%PDF-letter")
    first = night()
    monkeypatch.setattr(reading, "fingerprint", lambda *_: "v0-0123456789ab")
    report = night()
    assert report.standings.keys() == first.standings.keys()
    assert report.extracted_count == 2
    parts = sorted(part.name.split("-")[0] for part in data_folder(settings.data).parts.glob("*/*"))
    assert parts == sorted([f"v{LAYOUT_VERSION}"] * 2 + ["v0"] * 2)


def test_a_document_that_could_not_be_read_leaves_no_empty_folder(settings: Settings, night: Night) -> None:
    _put(settings, "r/cut.pdf", "%PDF-bad")
    night()
    assert list(data_folder(settings.data).parts.iterdir()) == []


def test_finished_chunks_of_a_document_over_its_limit_stay(settings: Settings, tmp_path: Path) -> None:
    parts = tmp_path / "parts"
    (parts / "v1.work").mkdir(parents=True)
    (parts / "v1.work" / "chunk-00001.json").touch()
    (parts / "v0.work").mkdir()
    extract._remove_empty(parts)
    assert [path.name for path in parts.rglob("*")] == ["v1.work", "chunk-00001.json"]


def test_one_is_counted_as_one(settings: Settings, night: Night, capsys: pytest.CaptureFixture[str]) -> None:
    _put(settings, "r/good.pdf", "%PDF-good")
    (standing,) = night().standings.values()
    assert in_words(standing) == "loaded: 1 page, 1 row"


def test_a_mistyped_folder_is_no_quiet_night(settings: Settings, tmp_path: Path) -> None:
    for root in (tmp_path / "dat", tmp_path):  # one that is not there, and one without an inbox
        before = sorted(tmp_path.iterdir())
        with (
            pytest.raises(ConfigurationError, match="There is no inbox") as error,
            joined_run(replace(settings, data=root), "recordtrail nightly", SilentProgress()),
        ):
            pass
        assert f"mkdir -p {root}/inbox/<release>" in error.value.advice
        assert "recordtrail demo" in error.value.advice
        assert sorted(tmp_path.iterdir()) == before


def test_a_slip_of_the_asker_is_no_run(settings: Settings, night: Night) -> None:
    _put(settings, "r/good.pdf", "%PDF-good")
    night()
    with pytest.raises(ConfigurationError, match="no release of that name"):
        run_ingest(settings, SilentProgress(), release="nope")
    with pytest.raises(ConfigurationError, match="0 documents"):
        night(retry.clear(["zzzz"], False))

    def take_in_one(run: Run) -> None:
        take_in(run.folder, run.settings, run.ledger, run.intake, "nope")

    with pytest.raises(ConfigurationError, match="no release of that name"):
        night(take_in_one)
    runs = ledger_runs.last_runs(open_ledger(data_folder(settings.data).ledger), 9)
    assert [run.status for run in runs] == ["succeeded"]
    assert _gather(settings).last_run["status"] == "succeeded"  # type: ignore[index]


def test_a_replaced_file_is_trouble_no_more(settings: Settings, night: Night) -> None:
    _put(settings, "r/a.pdf", "%PDF-bad")
    night()
    _put(settings, "r/a.pdf", "%PDF-good")
    report = night()
    assert report.trouble == []
    assert report.exit_code is ExitCode.FINE


def test_a_large_document_is_read_in_chunks(settings: Settings, night: Night) -> None:
    _put(settings, "r/big.pdf", "%PDF-big")
    (standing,) = night().standings.values()
    assert standing.row_count == 3
    folder = data_folder(settings.data)
    (document,) = folder.parts.iterdir()
    assert [part.name for part in document.iterdir()] == [standing.fingerprint]  # nothing unfinished stays


def test_parts_made_by_a_run_that_died_are_taken_over(settings: Settings, night: Night) -> None:
    _put(settings, "r/a.pdf", "%PDF-good")

    def forget_standing(run: Run) -> None:
        for row in ledger_documents.documents(run.ledger):
            ledger_documents.set_waiting(run.ledger, row["document_id"])

    night()
    report = night(forget_standing)
    assert len(report.standings) == 1
    assert report.extracted_count == 0


def test_parts_removed_by_hand_are_made_again(settings: Settings, night: Night) -> None:
    _put(settings, "r/a.pdf", "%PDF-good")
    night()
    (manifest,) = data_folder(settings.data).parts.glob(f"*/*/{MANIFEST}")
    manifest.unlink()
    manifest.parent.rmdir()
    assert night().extracted_count == 1


def test_a_password_given_later_is_a_reason_to_try_again(settings: Settings, night: Night) -> None:
    _put(settings, "r/a.pdf", "%PDF-locked")
    night()
    assert _states(settings) == {"a.pdf": ("quarantined", "encrypted")}
    _put(settings, "r/release.toml", '[files."a.pdf"]\npassword = "wrong"\n')
    assert night().exit_code is ExitCode.NEEDS_PERSON
    assert night().exit_code is ExitCode.FINE  # not tried again with the same password
    _put(settings, "r/release.toml", '[files."a.pdf"]\npassword = "sesame"\n')
    night()
    assert _states(settings) == {"a.pdf": ("loaded", None)}


def test_retry_reads_again_what_is_named(settings: Settings, night: Night) -> None:
    _put(settings, "r/good.pdf", "%PDF-good")
    _put(settings, "r/cut.pdf", "%PDF-bad")
    trouble = night().trouble[0]
    assert list(night(retry.clear([trouble.document_id[:12]], False)).standings) == [trouble.document_id]
    assert list(night(retry.clear([], True)).standings) == [trouble.document_id]
    good = next(iter(data_folder(settings.data).parts.glob(f"*/*/{MANIFEST}"))).parent.parent.name
    assert night(retry.clear([good[:12]], False)).extracted_count == 1
    with pytest.raises(ConfigurationError, match="0 documents"):
        night(retry.clear(["zzzz"], False))
    with pytest.raises(ConfigurationError, match="documents"):
        night(retry.clear([""], False))


def test_forgetting_parts_leaves_no_half_part(settings: Settings, night: Night) -> None:
    _put(settings, "r/a.pdf", "%PDF-good")
    (standing,) = night().standings.values()
    folder = data_folder(settings.data)
    (document,) = folder.parts.iterdir()
    assert standing.fingerprint is not None
    extract.forget(folder, document.name, standing.fingerprint)
    assert list(document.iterdir()) == []


def test_a_second_run_is_told_who_holds_the_folder(settings: Settings) -> None:
    with joined_run(settings, "recordtrail nightly", SilentProgress()):
        code = (
            "import sys; from pathlib import Path; from flows.run import joined_run; from flows.settings import *\n"
            "from records.errors import RunInProgressError\n"
            "try:\n"
            "    with joined_run(load_settings(Path(sys.argv[1])), 'second'): pass\n"
            "except RunInProgressError as error: print(error)\n"
        )
        second = subprocess.run(
            [sys.executable, "-c", code, str(settings.data)],
            capture_output=True,
            text=True,
            cwd=Path(__file__).parents[2],
            check=True,
        )
    assert f"`recordtrail nightly` (process {os.getpid()} on " in second.stdout
    assert exit_code_of(RunInProgressError("x")) is ExitCode.BUSY


def test_a_run_killed_by_9_leaves_a_free_lock_and_is_marked_crashed(settings: Settings) -> None:
    code = (
        "import sys, os, signal; from pathlib import Path; from flows.run import joined_run\n"
        "from flows.settings import load_settings\n"
        "with joined_run(load_settings(Path(sys.argv[1])), 'recordtrail nightly') as run:\n"
        "    (run.folder.work / 'half').mkdir()\n"
        "    (run.folder.store / 'incoming').mkdir()\n"
        "    (run.folder.store / 'incoming' / 'half').touch()\n"
        "    os.kill(os.getpid(), signal.SIGKILL)\n"
    )
    subprocess.run([sys.executable, "-c", code, str(settings.data)], cwd=Path(__file__).parents[2], check=False)
    with joined_run(settings, "next", SilentProgress()) as run:
        assert [record.status for record in ledger_runs.last_runs(run.ledger, 5)] == ["running", "crashed"]
        assert list(run.folder.work.iterdir()) == []
        assert list((run.folder.store / "incoming").iterdir()) == []
    assert lock.holder_of(run.folder.lock) is None


@pytest.mark.parametrize(
    ("error", "exit_code", "status"),
    [
        (None, 0, "succeeded"),
        (WarehouseError("a check"), 5, "failed"),
        (ToolError("a tool"), 6, "failed"),
        (KeyboardInterrupt(), 130, "failed"),
        (SystemExit(143), 143, "failed"),
        (ValueError("Jane Doe"), 1, "failed"),
    ],
)
def test_the_outcome_is_in_the_ledger(
    settings: Settings, error: BaseException | None, exit_code: int, status: str
) -> None:
    def end() -> None:
        if error is not None:
            raise error

    expected = contextlib.nullcontext() if error is None else pytest.raises(type(error))
    with expected, joined_run(settings, "test", SilentProgress()):
        end()
    (record,) = ledger_runs.last_runs(open_ledger(data_folder(settings.data).ledger))
    assert (record.exit_code, record.status) == (exit_code, status)
    assert record.finished is not None
    assert "Jane" not in (record.message or "")


def test_looking_at_the_lock_does_not_disturb_a_run_that_starts(tmp_path: Path) -> None:
    path = tmp_path / "lock"
    owner = lock.owner_now("id", "test", utc_now())
    with lock.hold(path, owner):
        assert lock.holder_of(path) == owner
    assert lock.holder_of(path) is None
    with lock.hold(path, owner) as crashed:
        assert crashed is None


def test_a_transaction_is_all_or_nothing(tmp_path: Path) -> None:
    ledger = open_ledger(tmp_path / "ledger.db")
    with pytest.raises(ZeroDivisionError), transaction(ledger):
        ledger.execute("insert into release values ('r', 'r', '{}', 'now')")
        raise ZeroDivisionError
    assert ledger_inbox.folders(ledger) == {}


def test_a_ledger_of_another_version_is_refused(tmp_path: Path) -> None:
    ledger = open_ledger(tmp_path / "ledger.db")
    ledger.execute("pragma user_version = 99")
    ledger.close()
    with pytest.raises(ConfigurationError, match="99"):
        open_ledger(tmp_path / "ledger.db")


@pytest.mark.parametrize("text", ["many", "-1", "nan", "1e3"])
def test_a_wrong_setting_names_its_variable(text: str) -> None:
    with pytest.raises(ConfigurationError, match=r"RECORDTRAIL_MAX_PAGES is not a whole number, at least 1"):
        load_settings(environment={"RECORDTRAIL_MAX_PAGES": text})


def test_settings_come_from_the_environment_and_the_option_wins(tmp_path: Path) -> None:
    environment = {"RECORDTRAIL_DATA": "elsewhere", "RECORDTRAIL_WORKERS": "3", "RECORDTRAIL_ENGINE": "both"}
    settings = load_settings(environment=environment)
    assert (settings.data, settings.worker_count, settings.engine) == (Path("elsewhere"), 3, "both")
    assert load_settings(tmp_path, environment).data == tmp_path
    with pytest.raises(ConfigurationError, match="RECORDTRAIL_ENGINE"):
        load_settings(environment={"RECORDTRAIL_ENGINE": "magic"})


def test_memory_of_a_build_is_none_set_or_enough_of_it() -> None:
    for text, expected in (("0", 0), ("200_000_000", 200_000_000)):
        assert load_settings(environment={"RECORDTRAIL_BUILD_MEMORY_BYTES": text}).build_memory_bytes == expected
    for text in ("1000", "-1"):
        with pytest.raises(ConfigurationError, match="at least 134,217,728 or 0"):
            load_settings(environment={"RECORDTRAIL_BUILD_MEMORY_BYTES": text})


def test_the_report_names_no_file(settings: Settings, night: Night) -> None:
    _put(settings, "r/Jane Doe.pdf", "%PDF-bad")
    report = night()
    told = [*report.lines(), report.markdown(), json.dumps(report.table()), json.dumps(report.counts())]
    assert not any("Jane" in text for text in told)
    assert report.table()[0]["release"] == "r"
