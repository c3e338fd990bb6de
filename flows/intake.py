"""Intake: inbox -> store, receipts and releases in the ledger. Nothing in the inbox is changed.

What a file is and whether it can be read is not decided here (see :mod:`flows.reading`): whatever came in is known
first, with its receipt.
"""

from __future__ import annotations

import os
import time
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path

from extractors.sniff import sniff
from flows import inbox, ledger_inbox, release_file, store
from flows.inbox import InboxFile, InboxRelease
from flows.ledger import Ledger, utc_now
from flows.paths import DataFolder
from flows.regular_file import NotARegularFileError
from flows.release_file import ReleaseFile
from flows.settings import Settings
from flows.usage import UsageError
from records.documents import SourceDocument
from records.issues import Issue, Severity
from records.release import FileHints, Receipt, Release, RequestStatus

_SETTLED_AFTER_SECONDS = 5.0
"""A file untouched for so long is taken as complete without a second look."""


@dataclass(slots=True)
class Intake:
    """What one intake found. ``passwords`` (by document) live in memory only."""

    release_count: int = 0
    file_count: int = 0
    new_document_count: int = 0
    new_receipt_count: int = 0
    waiting_count: int = 0
    skipped_count: int = 0
    passwords: dict[str, str] = field(default_factory=dict, repr=False)


def take_in(folder: DataFolder, settings: Settings, ledger: Ledger, intake: Intake, only: str | None = None) -> None:
    """Take in the whole inbox, or the one release *only* (its id or its folder's name). Fills *intake*."""
    releases, inbox_issues = inbox.walk(folder.inbox)
    if only is not None:
        releases = _named(only, releases, folder)
    else:
        _note_absent_releases(ledger, {release.release_id for release in releases})
    unsettled = _unsettled(release.files for release in releases) if settings.settle_seconds else set()
    if unsettled:
        time.sleep(settings.settle_seconds)
    intake.release_count = len(releases)
    for release in releases:
        _take_in_release(release, unsettled, folder, settings, ledger, intake)
    if only is None:
        ledger_inbox.replace_issues(ledger, "", [*inbox_issues, *_differing_hints(ledger)])


def require_release(folder: DataFolder, name: str) -> None:
    """Raise UsageError unless the inbox has a release of that name (its id or its folder's)."""
    _named(name, inbox.walk(folder.inbox)[0], folder)


def _named(name: str, releases: list[InboxRelease], folder: DataFolder) -> list[InboxRelease]:
    found = [release for release in releases if name in (release.release_id, release.folder)]
    if not found:
        raise UsageError(
            f"There is no release of that name in {folder.inbox}.",
            "Give the name of a folder in the inbox, or none to take in all of them.",
        )
    return found


def _take_in_release(
    release: InboxRelease,
    unsettled: set[Path],
    folder: DataFolder,
    settings: Settings,
    ledger: Ledger,
    intake: Intake,
) -> None:
    described = _describe(release)
    issues = [*release.issues, *described.issues]
    ledger_inbox.record_release(ledger, described.release, release.folder, utc_now())
    seen = ledger_inbox.seen_files(ledger, release.release_id)
    intake.skipped_count += release.skipped_count
    for file in release.files:
        intake.file_count += 1
        hints = described.hints_for(file.path)
        document_id = _unchanged(file, seen, folder, settings)
        if document_id is not None:
            ledger_inbox.record_hints(ledger, release.release_id, file.path, hints)
        else:
            taken = _take_in_file(file, release.release_id, hints, unsettled, folder, settings, ledger, intake)
            if isinstance(taken, Issue):
                issues.append(taken)
                continue
            document_id = taken
        if hints.password is not None:
            intake.passwords.setdefault(document_id, hints.password)
    ledger_inbox.record_gone(ledger, release.release_id, seen.keys() - {file.path for file in release.files})
    issues += _doubts_about_release(described, release)
    ledger_inbox.replace_issues(ledger, release.release_id, issues)


def _describe(release: InboxRelease) -> ReleaseFile:
    if release.is_loose:
        return ReleaseFile(Release(release.release_id, is_inferred=True), {}, [])
    return release_file.read_release_file(release.location / release_file.NAME, release.release_id)


def _take_in_file(
    file: InboxFile,
    release_id: str,
    hints: FileHints,
    unsettled: set[Path],
    folder: DataFolder,
    settings: Settings,
    ledger: Ledger,
    intake: Intake,
) -> str | Issue:
    """The document's id, or why the file was not taken this time."""
    try:
        if file.location in unsettled and _stamp_now(file) != file.stamp:
            raise store.FileChangedError
        stored = store.put(folder.store, file.location, settings.max_file_bytes)
    except store.FileChangedError:
        intake.waiting_count += 1
        message = "A file was still being written; it waits for the next run."
        advice = "Run again when the copy is complete."
        return Issue("still_being_written", Severity.NOTICE, message, advice, release_id, seen_text=file.path)
    except (OSError, NotARegularFileError) as error:
        reason = error.strerror if isinstance(error, OSError) else "not a regular file"
        advice = "Make the file readable for the user who runs Recordtrail, and run again."
        message = f"A file could not be read: {reason}."
        return Issue("unreadable_file", Severity.ERROR, message, advice, release_id, seen_text=file.path)
    name = file.path.rpartition("/")[2]
    media_type = sniff(stored.head, stored.byte_count)
    document = SourceDocument(stored.document_id, name, stored.byte_count, media_type)
    receipt = Receipt(release_id, stored.document_id, file.path, utc_now())
    is_new_document, is_new_receipt = ledger_inbox.record_file(ledger, receipt, document, file.stamp, hints)
    intake.new_document_count += is_new_document
    intake.new_receipt_count += is_new_receipt
    return stored.document_id


def _unchanged(file: InboxFile, seen: dict[str, tuple[str, str]], folder: DataFolder, settings: Settings) -> str | None:
    """The document a file was when last looked at, if neither the file nor our copy needs another look."""
    stamp, document_id = seen.get(file.path, ("", ""))
    if stamp != file.stamp:
        return None
    is_kept = store.has(folder.store, document_id) or file.stat.st_size > settings.max_file_bytes
    return document_id if is_kept else None


def _unsettled(files_by_release: Iterable[list[InboxFile]]) -> set[Path]:
    newest = time.time() - _SETTLED_AFTER_SECONDS
    return {
        file.location
        for files in files_by_release
        for file in files
        if max(file.stat.st_mtime, file.stat.st_ctime) > newest
    }


def _stamp_now(file: InboxFile) -> str:
    try:
        return InboxFile(file.path, file.location, os.lstat(file.location)).stamp
    except FileNotFoundError:
        return "gone"


def _note_absent_releases(ledger: Ledger, present: set[str]) -> None:
    for release in ledger_inbox.releases(ledger):
        if release.release_id not in present:
            ledger_inbox.record_gone(ledger, release.release_id, ledger_inbox.seen_files(ledger, release.release_id))


def _differing_hints(ledger: Ledger) -> list[Issue]:
    message = "The document lies here under several names with different hints; those of the first name are used."
    advice = "Give the same hints everywhere, or only once."
    shared = "The document lies in several releases; the hints given in one of them are used for all."
    return [
        *(
            Issue("hints_differ", Severity.DOUBT, message, advice, document_id=document_id)
            for document_id in ledger_inbox.ids_with_differing_hints(ledger)
        ),
        *(
            Issue("hints_shared", Severity.NOTICE, shared, "Nothing, if that was meant.", document_id=document_id)
            for document_id in ledger_inbox.ids_with_shared_hints(ledger)
        ),
    ]


def _doubts_about_release(described: ReleaseFile, release: InboxRelease) -> list[Issue]:
    """Where ``release.toml`` and the folder contradict each other."""
    doubts = []
    names = {unicodedata.normalize("NFC", file.path) for file in release.files}
    for name in sorted(described.hints.keys() - names):
        message = f"{release_file.NAME}: there is no file of the name given in [files]."
        advice = "Correct the name (its path inside the release folder)."
        doubts.append(Issue("hint_without_file", Severity.DOUBT, message, advice, release.release_id, seen_text=name))
    status = described.release.status
    if not release.files and status in (RequestStatus.FULFILLED, RequestStatus.PARTIAL):
        message = f"The release is said to be {status.value}, but its folder holds no file."
        advice = f"Put the files there, or correct status in {release_file.NAME}."
        doubts.append(Issue("release_without_files", Severity.DOUBT, message, advice, release.release_id))
    return doubts
