"""Intake: whatever lies in the inbox is known afterwards, once, and the inbox is as it was."""

from __future__ import annotations

import hashlib
import os
import stat
import threading
import time
from dataclasses import replace
from pathlib import Path

import pytest

from flows import inbox, ledger_documents, ledger_inbox, store
from flows.intake import Intake, take_in
from flows.ledger import Ledger, open_ledger
from flows.paths import DataFolder
from flows.regular_file import NotARegularFileError
from flows.settings import Settings
from records.errors import ConfigurationError

_PDF = b"%PDF-1.7 not really"


@pytest.fixture
def folder(tmp_path: Path) -> DataFolder:
    folder = DataFolder(tmp_path / "data")
    folder.create()
    return folder


@pytest.fixture
def ledger(folder: DataFolder) -> Ledger:
    return open_ledger(folder.ledger)


def _put(folder: DataFolder, path: str, content: bytes = _PDF) -> Path:
    file = folder.inbox / path
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_bytes(content)
    return file


def _take_in(folder: DataFolder, ledger: Ledger, only: str | None = None, **settings: float) -> Intake:
    intake = Intake()
    take_in(folder, replace(Settings(), **{"settle_seconds": 0, **settings}), ledger, intake, only)
    return intake


def _codes(ledger: Ledger) -> list[str]:
    return [issue.code for issue in ledger_inbox.issues(ledger)]


def test_the_store_has_a_read_only_copy_named_by_its_bytes(folder: DataFolder, ledger: Ledger) -> None:
    source = _put(folder, "r/a.pdf")
    before = source.stat()
    _take_in(folder, ledger)
    (document,) = ledger_documents.source_documents(ledger)
    assert document.document_id == hashlib.sha256(_PDF).hexdigest()
    assert (document.file_name, document.byte_count, document.media_type) == ("a.pdf", len(_PDF), "application/pdf")
    copy = store.path_of(folder.store, document.document_id)
    assert copy.read_bytes() == _PDF
    assert stat.S_IMODE(copy.stat().st_mode) == 0o400
    assert store.verify(folder.store, document.document_id)
    assert (source.stat().st_mtime_ns, source.stat().st_mode, source.stat().st_ino) == (
        before.st_mtime_ns,
        before.st_mode,
        before.st_ino,
    )


def test_the_same_bytes_twice_are_one_document_with_two_receipts(folder: DataFolder, ledger: Ledger) -> None:
    _put(folder, "r1/a.pdf")
    _put(folder, "r2/deep/b.pdf")
    intake = _take_in(folder, ledger)
    assert (intake.new_document_count, intake.new_receipt_count) == (1, 2)
    receipts = ledger_inbox.receipts(ledger)
    assert [(receipt.release_id, receipt.path) for receipt in receipts] == [("r1", "a.pdf"), ("r2", "deep/b.pdf")]


def test_a_second_intake_reads_no_file_and_finds_nothing_new(
    folder: DataFolder, ledger: Ledger, monkeypatch: pytest.MonkeyPatch
) -> None:
    _put(folder, "r/a.pdf")
    _take_in(folder, ledger)
    monkeypatch.setattr(store, "put", lambda *_: pytest.fail("an unchanged file was read again"))
    intake = _take_in(folder, ledger)
    assert (intake.file_count, intake.new_document_count, intake.new_receipt_count) == (1, 0, 0)


def test_a_change_is_seen_even_when_size_and_date_are_the_same(folder: DataFolder, ledger: Ledger) -> None:
    file = _put(folder, "r/a.pdf", b"%PDF-1")
    _take_in(folder, ledger)
    before = file.stat()
    file.write_bytes(b"%PDF-2")
    os.utime(file, ns=(before.st_atime_ns, before.st_mtime_ns))
    assert _take_in(folder, ledger).new_document_count == 1


def test_a_copy_lost_from_the_store_is_made_again(folder: DataFolder, ledger: Ledger) -> None:
    _put(folder, "r/a.pdf")
    _take_in(folder, ledger)
    copy = store.path_of(folder.store, hashlib.sha256(_PDF).hexdigest())
    copy.unlink()
    _take_in(folder, ledger)
    assert copy.read_bytes() == _PDF


def test_a_replaced_file_leaves_its_receipt_and_is_no_longer_current(folder: DataFolder, ledger: Ledger) -> None:
    _put(folder, "r/a.pdf", b"%PDF-cut")
    _take_in(folder, ledger)
    _put(folder, "r/a.pdf", b"%PDF-whole")
    _take_in(folder, ledger)
    assert len(ledger_inbox.receipts(ledger)) == 2
    current = {row["document_id"]: bool(row["is_current"]) for row in ledger_documents.documents(ledger)}
    assert current == {
        hashlib.sha256(b"%PDF-cut").hexdigest(): False,
        hashlib.sha256(b"%PDF-whole").hexdigest(): True,
    }


@pytest.mark.parametrize("is_whole_release", [False, True])
def test_what_is_removed_stays_known(folder: DataFolder, ledger: Ledger, is_whole_release: bool) -> None:
    file = _put(folder, "r/a.pdf")
    _take_in(folder, ledger)
    file.unlink()
    if is_whole_release:
        file.parent.rmdir()
    _take_in(folder, ledger)
    (row,) = ledger_documents.documents(ledger)
    assert not row["is_current"]
    assert len(ledger_inbox.receipts(ledger)) == 1
    assert ledger_inbox.current_ids(ledger) == [row["document_id"]]  # a new extractor still reads it


def test_a_denial_without_files_is_a_release(folder: DataFolder, ledger: Ledger) -> None:
    _put(folder, "denied/release.toml", b'agency = "X"\nstatus = "denied"\n')
    _take_in(folder, ledger)
    (release,) = ledger_inbox.releases(ledger)
    assert (release.release_id, release.status.value) == ("denied", "denied")
    assert "release_without_files" not in _codes(ledger)


def test_a_fulfilled_release_without_files_is_a_doubt(folder: DataFolder, ledger: Ledger) -> None:
    _put(folder, "r/release.toml", b'status = "fulfilled"\n')
    _take_in(folder, ledger)
    assert "release_without_files" in _codes(ledger)


def test_links_pipes_and_leftovers_are_not_taken(folder: DataFolder, ledger: Ledger, tmp_path: Path) -> None:
    secret = tmp_path / "secret.pdf"
    secret.write_bytes(_PDF)
    (folder.inbox / "r").mkdir()
    (folder.inbox / "r" / "link.pdf").symlink_to(secret)
    (folder.inbox / "linked").symlink_to(tmp_path)
    os.mkfifo(folder.inbox / "r" / "pipe.pdf")
    for name in (".DS_Store", "~$log.docx", "a.pdf.part", "b.crdownload", "Thumbs.db"):
        _put(folder, f"r/{name}")
    intake = _take_in(folder, ledger)
    assert intake.file_count == 0
    assert intake.skipped_count == 5
    assert _codes(ledger).count("not_a_regular_file") == 3


def test_a_pipe_that_takes_a_files_place_does_not_hang(folder: DataFolder, tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    with pytest.raises(NotARegularFileError):
        store.put(folder.store, tmp_path / "pipe", 100)


def test_loose_files_are_taken_as_a_release_of_their_own(folder: DataFolder, ledger: Ledger) -> None:
    _put(folder, "loose.pdf")
    _put(folder, "release.toml", b'agency = "Nobody"')
    _put(folder, "unsorted/other.pdf", b"%PDF-other")
    _take_in(folder, ledger)
    by_id = {release.release_id: release for release in ledger_inbox.releases(ledger)}
    assert by_id[inbox.UNSORTED].agency is None
    assert len(by_id) == 2  # a folder that is called so gets another id
    assert {"loose_files", "release_file_misplaced"} <= set(_codes(ledger))


@pytest.mark.parametrize("name", ["..x", "a b", "-rf", "x" * 120, "é", "a\nb"])
def test_odd_folder_names_get_plain_and_distinct_ids(name: str) -> None:
    release_id = inbox.release_id_of(name)
    assert inbox.release_id_of(release_id) == release_id
    assert release_id not in (inbox.release_id_of(name + "2"), name)
    assert "/" not in release_id


def test_names_that_are_no_utf8_are_taken_and_stay_distinct(folder: DataFolder, ledger: Ledger) -> None:
    (folder.inbox / "r").mkdir()
    for byte in (b"\xff", b"\xfe"):
        (folder.inbox / "r" / os.fsdecode(byte + b".pdf")).write_bytes(b"%PDF" + byte)
    _take_in(folder, ledger)
    assert [receipt.path for receipt in ledger_inbox.receipts(ledger)] == ["\\xfe.pdf", "\\xff.pdf"]


def test_a_file_that_still_grows_waits_for_the_next_run(folder: DataFolder, ledger: Ledger) -> None:
    growing = _put(folder, "r/a.pdf", b"%PDF-1")
    _put(folder, "r/b.pdf", b"%PDF-done")

    def grow() -> None:
        time.sleep(0.2)
        with growing.open("ab") as file:
            file.write(b"more")

    thread = threading.Thread(target=grow)
    thread.start()
    intake = _take_in(folder, ledger, settle_seconds=0.6)
    thread.join()
    assert (intake.waiting_count, intake.new_document_count) == (1, 1)
    assert "still_being_written" in _codes(ledger)
    assert _take_in(folder, ledger, settle_seconds=0.1).new_document_count == 1
    assert "still_being_written" not in _codes(ledger)


def test_a_file_over_the_limit_is_known_but_not_copied(folder: DataFolder, ledger: Ledger) -> None:
    _put(folder, "r/a.pdf")
    _take_in(folder, ledger, max_file_bytes=5)
    (document,) = ledger_documents.source_documents(ledger)
    assert not store.has(folder.store, document.document_id)
    _take_in(folder, ledger, max_file_bytes=5000)  # the limit was raised
    assert store.has(folder.store, document.document_id)


def test_passwords_are_found_but_not_written(folder: DataFolder, ledger: Ledger) -> None:
    _put(folder, "r/a.pdf")
    _put(folder, "r/release.toml", b'[files."a.pdf"]\npassword = "hush-hush"\npages = "2-3"\n')
    intake = _take_in(folder, ledger)
    (document_id,) = ledger_inbox.current_ids(ledger)
    assert intake.passwords == {document_id: "hush-hush"}
    ((_, _, hints),) = ledger_inbox.hints_of(ledger, document_id)
    assert (hints.first_page, hints.last_page, hints.password) == (2, 3, None)
    ledger.close()
    assert b"hush-hush" not in folder.ledger.read_bytes()


def test_changed_hints_reach_a_file_that_did_not_change(folder: DataFolder, ledger: Ledger) -> None:
    _put(folder, "r/a.pdf")
    _take_in(folder, ledger)
    _put(folder, "r/release.toml", b'[files."a.pdf"]\npages = "2"\n[files."b.pdf"]\npages = "1"\n')
    _take_in(folder, ledger)
    ((_, _, hints),) = ledger_inbox.hints_of(ledger, ledger_inbox.current_ids(ledger)[0])
    assert hints.first_page == 2
    assert "hint_without_file" in _codes(ledger)


def test_hints_that_contradict_each_other_are_a_doubt(folder: DataFolder, ledger: Ledger) -> None:
    for release, pages in (("r1", "1-2"), ("r2", "3-4")):
        _put(folder, f"{release}/a.pdf")
        _put(folder, f"{release}/release.toml", f'[files."a.pdf"]\npages = "{pages}"\n'.encode())
    _take_in(folder, ledger)
    (doubt,) = [issue for issue in ledger_inbox.issues(ledger) if issue.code == "hints_differ"]
    assert doubt.document_id == hashlib.sha256(_PDF).hexdigest()


def test_hints_of_one_release_hold_for_the_document_and_that_is_said(folder: DataFolder, ledger: Ledger) -> None:
    for release in ("r1", "r2"):
        _put(folder, f"{release}/a.pdf")
    _put(folder, "r2/release.toml", b'[files."a.pdf"]\npages = "2"\n')
    _take_in(folder, ledger)
    assert "hints_shared" in _codes(ledger) and "hints_differ" not in _codes(ledger)


def test_one_release_alone(folder: DataFolder, ledger: Ledger) -> None:
    _put(folder, "r1/a.pdf")
    _put(folder, "r2/b.pdf", b"%PDF-b")
    assert _take_in(folder, ledger, only="r2").new_document_count == 1
    assert [release.release_id for release in ledger_inbox.releases(ledger)] == ["r2"]
    with pytest.raises(ConfigurationError, match="no release"):
        _take_in(folder, ledger, only="../r1")


def test_half_a_copy_is_never_under_a_final_name(
    folder: DataFolder, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    source = tmp_path / "a.pdf"
    source.write_bytes(_PDF)

    def power_cut(_handle: int) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(os, "fsync", power_cut)
    with pytest.raises(KeyboardInterrupt):
        store.put(folder.store, source, 1000)
    assert [path for path in folder.store.rglob("*") if path.is_file()] == []
