"""Both snapshots of one build, the masking key, going back, and what may be deleted."""

from __future__ import annotations

import json
import shutil
import stat
from dataclasses import replace
from pathlib import Path

import duckdb
import pytest
from typer.testing import CliRunner, Result

import flows.publishing
import warehouse.publish
from extractors.fingerprint import fingerprint
from flows import masking_key
from flows.cli import app
from flows.exit_codes import ExitCode
from flows.going_back import listed, roll_back
from flows.intake import take_in
from flows.ledger import open_ledger
from flows.masking_key import MaskingKeyError, find_key, key_path
from flows.paths import DataFolder, data_folder
from flows.progress import SilentProgress
from flows.pruning import leftovers, prune
from flows.reading import documents_to_read, read_document
from flows.report import Report
from flows.run import joined_run
from flows.settings import Settings
from flows.status import gather
from flows.usage import UsageError
from flows.warehousing import build_warehouse, publish_if_new
from records.errors import ConfigurationError
from records.release import FileHints
from tests.unit.parts_factory import PartsFactory
from warehouse.analyst_check import MaskingError
from warehouse.versions import published_analyst, versions

FINGERPRINT = fingerprint(FileHints())


def _settings(base: Path) -> Settings:
    made = replace(Settings(), data=base / "data", settle_seconds=0, workers=1, masking_key=base / "keys/masking.key")
    (made.data / "inbox" / "r").mkdir(parents=True)
    return made


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return _settings(tmp_path)


@pytest.fixture
def folder(settings: Settings) -> DataFolder:
    return data_folder(settings.data)


def _put(settings: Settings, name: str) -> None:
    log = PartsFactory(f"%PDF-{name}", ["Name", "Reason"], [["jqsmithson", f"theft {name}"]])
    (settings.data / "inbox" / "r" / f"{name}.pdf").write_text(log.name)
    log.write(data_folder(settings.data).parts, FINGERPRINT)


def _night(settings: Settings, *new: str) -> Report:
    for name in new:
        _put(settings, name)
    with joined_run(settings, "test", SilentProgress()) as run:
        take_in(run.folder, run.settings, run.ledger, run.intake)
        for document_id in documents_to_read(run):
            read_document(run, document_id)
        build_warehouse(run)
        publish_if_new(run)
        return run.report


@pytest.fixture(scope="module")
def night_a(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Report]:
    """Data folder and key after a night on one log; whoever asks for ``first`` has a copy."""
    base = tmp_path_factory.mktemp("share")
    return base, _night(_settings(base), "a")


@pytest.fixture
def first(night_a: tuple[Path, Report], settings: Settings) -> Report:
    """The folder of *settings* is as after a night on one log."""
    base, report = night_a
    shutil.copytree(base, settings.data.parent, symlinks=True, dirs_exist_ok=True)
    return report


def _rows(path: Path) -> int:
    with duckdb.connect(path, read_only=True) as connection:
        return int(connection.execute('SELECT count(*) FROM "out".audit_search').fetchall()[0][0])


def _names(folder: DataFolder) -> list[str]:
    return sorted(path.name for path in folder.snapshots.iterdir())


def _run(settings: Settings, *arguments: str) -> Result:
    return CliRunner().invoke(app, [*arguments, "--data", str(settings.data)])


def test_a_night_publishes_both_files_of_one_build_and_the_next_neither(settings: Settings, folder: DataFolder) -> None:
    report = _night(settings, "a")
    assert report.published and report.analyst_published
    assert report.published.removeprefix("full") == report.analyst_published.removeprefix("analyst")
    assert folder.analyst_snapshot.resolve().name == report.analyst_published
    there = published_analyst(folder.snapshots)
    assert there and there.content_hash == report.content_hash
    before = _names(folder)
    again = _night(settings)
    assert (again.published, again.analyst_published, again.is_unchanged) == (None, None, True)
    assert "Nothing published" in "\n".join(again.lines())
    assert _names(folder) == before
    assert _rows(folder.analyst_snapshot) == _rows(folder.full_snapshot) == 1


def test_the_key_is_made_once_private_and_outside_of_the_data_folder(settings: Settings, folder: DataFolder) -> None:
    assert find_key(settings) is None
    _night(settings, "a")
    key = find_key(settings)
    assert key and len(key) == 32
    assert stat.S_IMODE(key_path(settings).stat().st_mode) == 0o600
    _night(settings, "b")
    assert find_key(settings) == key
    inside = replace(settings, masking_key=folder.root / "masking.key")
    with pytest.raises(MaskingKeyError, match="lies in the data folder"):
        masking_key.masking_key(inside, folder, was_used=False)
    assert key_path(Settings()).name == "masking.key"


@pytest.mark.parametrize(
    ("text", "mode", "told"), [("ab" * 32, 0o644, "Others may read"), ("short", 0o600, "64 hex digits")]
)
def test_a_key_that_is_none_or_not_private_is_refused(settings: Settings, text: str, mode: int, told: str) -> None:
    path = key_path(settings)
    path.parent.mkdir()
    path.write_text(text, encoding="ascii")
    path.chmod(mode)
    with pytest.raises(MaskingKeyError, match=told):
        find_key(settings)


def test_a_lost_key_is_not_replaced_quietly_and_the_full_snapshot_is_published_all_the_same(
    first: Report, settings: Settings, folder: DataFolder
) -> None:
    key_path(settings).unlink()
    with pytest.raises(MaskingKeyError, match="is gone"):
        _night(settings, "b")
    assert _rows(folder.full_snapshot) == 2
    there = published_analyst(folder.snapshots)
    assert there and there.content_hash == first.content_hash
    status = gather(folder, open_ledger(folder.ledger))
    assert status.snapshot and status.snapshot["analyst"]["is_of_same_build"] is False
    shown = _run(settings, "status")
    assert "of ANOTHER build" in " ".join(shown.stdout.split())


def test_a_new_key_makes_a_new_file_of_the_same_build_and_says_so(
    first: Report, settings: Settings, folder: DataFolder
) -> None:
    key_path(settings).write_text("cd" * 32 + "\n", encoding="ascii")
    report = _night(settings)
    assert report.published is None
    assert report.analyst_published != first.analyst_published
    assert "another masking key" in "\n".join(report.lines())
    assert folder.analyst_snapshot.resolve().name == report.analyst_published
    assert str(first.analyst_published) not in _names(folder)


def test_what_the_check_finds_stops_the_analyst_file_only_and_is_tried_again(
    settings: Settings, folder: DataFolder, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object) -> None:
        raise MaskingError("out.x.y holds a plate (1 rows).")

    honest = flows.publishing.build_analyst
    monkeypatch.setattr(flows.publishing, "build_analyst", refuse)
    for new in (["a"], []):
        with pytest.raises(MaskingError):
            _night(settings, *new)
        assert folder.full_snapshot.exists()
        assert not folder.analyst_snapshot.exists()
    monkeypatch.setattr(flows.publishing, "build_analyst", honest)
    report = _night(settings)
    assert (report.published, bool(report.analyst_published)) == (None, True)


def test_a_crash_between_the_two_links_is_told_and_mended_by_the_next_night(
    first: Report, settings: Settings, folder: DataFolder, monkeypatch: pytest.MonkeyPatch
) -> None:
    honest = warehouse.publish.point

    def die(snapshots: Path, kind: str, target: Path | None) -> None:
        if kind == "analyst":
            raise KeyboardInterrupt
        honest(snapshots, kind, target)

    monkeypatch.setattr(warehouse.publish, "point", die)
    with pytest.raises(KeyboardInterrupt):
        _night(settings, "b")
    there = published_analyst(folder.snapshots)
    assert (_rows(folder.full_snapshot), _rows(folder.analyst_snapshot)) == (2, 1)
    assert there and there.content_hash == first.content_hash
    monkeypatch.setattr(warehouse.publish, "point", honest)
    mended = _night(settings)
    assert (mended.published, mended.is_unchanged) == (None, True)
    assert folder.analyst_snapshot.resolve().name == mended.analyst_published
    assert _rows(folder.analyst_snapshot) == 2
    assert len([name for name in _names(folder) if name.startswith("analyst-")]) == 2


def test_a_rollback_serves_both_files_of_the_older_build_until_inputs_change(
    first: Report, settings: Settings, folder: DataFolder
) -> None:
    _night(settings, "b")
    chosen = roll_back(folder, None, is_undo=False)
    assert not chosen.is_served  # as it was found; it is now
    assert _rows(folder.full_snapshot) == _rows(folder.analyst_snapshot) == 1
    held = _night(settings)
    assert (held.is_held_back, held.published, held.analyst_published) == (True, None, None)
    assert "rollback --undo" in "\n".join(held.lines())
    assert _rows(folder.full_snapshot) == 1
    assert "Rolled back on" in _run(settings, "status").stdout
    changed = _night(settings, "c")
    assert changed.published
    assert _rows(folder.full_snapshot) == _rows(folder.analyst_snapshot) == 3
    assert "Rolled back on" not in _run(settings, "status").stdout


def test_an_undo_serves_the_newest_again_and_the_next_night_is_as_ever(
    first: Report, settings: Settings, folder: DataFolder
) -> None:
    _night(settings, "b")
    done = _run(settings, "rollback", versions(folder.snapshots)[1].name)
    assert done.exit_code == 0, done.output
    assert [line["refused"] for line in listed(folder)] == [True, False]
    assert _run(settings, "rollback", "--undo").exit_code == 0
    assert _rows(folder.full_snapshot) == _rows(folder.analyst_snapshot) == 2
    report = _night(settings)
    assert (report.is_unchanged, report.is_held_back) == (True, False)


def test_rollback_lists_and_refuses_what_is_not_there(first: Report, settings: Settings, folder: DataFolder) -> None:
    told = _run(settings, "rollback", "--list", "--json")
    (line,) = json.loads(told.stdout)
    assert (line["served"], line["analyst_served"], line["refused"]) == (True, True, False)
    for arguments in ((), ("19990101T000000Z",), ("--list", "--undo")):
        assert _run(settings, "rollback", *arguments).exit_code == ExitCode.USAGE
    with pytest.raises(UsageError, match="no older version"):
        roll_back(folder, None, is_undo=False)
    assert _rows(folder.full_snapshot) == 1


def test_a_version_without_an_analyst_file_takes_the_served_one_away(
    first: Report, settings: Settings, folder: DataFolder
) -> None:
    _night(settings, "b")
    (folder.snapshots / str(first.analyst_published)).unlink()
    chosen = roll_back(folder, None, is_undo=False)
    assert chosen.analyst is None
    assert not folder.analyst_snapshot.exists()
    assert _rows(folder.full_snapshot) == 1


def test_what_is_pruned_and_what_stays(settings: Settings, folder: DataFolder) -> None:
    settings = replace(settings, keep_snapshots=2)
    for name in "abc":
        _night(replace(settings, keep_snapshots=9), name)
    former = folder.parts / PartsFactory("%PDF-a", ["Name"], [["x"]]).document_id / "former"
    (folder.parts / former.parent.name / FINGERPRINT).rename(former)
    PartsFactory("%PDF-a", ["Name", "Reason"], [["jqsmithson", "theft a"]]).write(folder.parts, FINGERPRINT)
    for path in (folder.root / "traces" / "a.png", folder.work / "left" / "x", folder.review / "pictures" / "p.png"):
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(b"x" * 1000)
    ledger = open_ledger(folder.ledger)
    found = leftovers(folder, settings, ledger, with_parts=False)
    kinds = sorted((one.kind, one.path.name.partition("-")[0]) for one in found)
    assert kinds == [
        ("pictures", "a.png"),
        ("pictures", "p.png"),
        ("scratch", "left"),
        ("snapshot", "analyst"),
        ("snapshot", "full"),
    ]
    assert all(one.byte_count >= 1000 for one in found)
    dry = _run(replace(settings), "prune", "--dry-run")
    assert "Would free" in dry.stdout
    assert all(one.path.exists() for one in found)
    gone = prune(folder, settings, ledger, with_parts=True)
    assert [one.path for one in gone if one.kind == "parts"] == [former]
    assert not any(one.path.exists() for one in gone)
    assert len(versions(folder.snapshots)) == 2
    assert all(version.analyst for version in versions(folder.snapshots))
    assert _rows(roll_back(folder, None, is_undo=False).full) == 2
    assert _night(settings).is_held_back


def test_parts_that_a_version_is_made_of_stay_as_long_as_the_version(
    first: Report, settings: Settings, folder: DataFolder
) -> None:
    ledger = open_ledger(folder.ledger)
    ledger.execute("update document set fingerprint = 'newer'")
    (part,) = folder.parts.glob("*/*")
    (part.parent / "newer").mkdir()
    for file in part.iterdir():
        (part.parent / "newer" / file.name).write_bytes(file.read_bytes())
    assert [one for one in leftovers(folder, settings, ledger, with_parts=True) if one.kind == "parts"] == []
    folder.full_snapshot.resolve().write_bytes(b"damaged" * 1000)
    with pytest.raises(ConfigurationError):
        leftovers(folder, settings, ledger, with_parts=True)


def test_sql_and_export_read_the_snapshot_that_is_named(
    first: Report, settings: Settings, folder: DataFolder, tmp_path: Path
) -> None:
    query = 'select name from "out".audit_search'
    assert "jqsmithson" in _run(settings, "sql", query).stdout
    masked = _run(settings, "sql", "--snapshot", "analyst", query).stdout
    assert "account_" in masked
    assert "jqsmithson" not in masked
    done = _run(settings, "export", str(tmp_path / "out"), "--format", "csv")
    assert done.exit_code == 0, done.output
    text = (tmp_path / "out" / "audit_search.csv").read_text(encoding="utf-8")
    assert "account_" in text
    assert "jqsmithson" not in text
    assert _run(settings, "export", str(tmp_path / "out")).exit_code == ExitCode.USAGE
    whole = _run(settings, "export", str(tmp_path / "all"), "--snapshot", "full")
    assert "personal data" in whole.stdout


def test_doctor_looks_at_the_key(settings: Settings, folder: DataFolder) -> None:
    from flows.doctor import _masking

    assert "the next nightly makes it" in _masking(folder, settings).detail
    _night(settings, "a")
    assert _masking(folder, settings).is_fine
    key_path(settings).unlink()
    gone = _masking(folder, settings)
    assert (gone.is_fine, "is gone" in gone.detail) == (False, True)
