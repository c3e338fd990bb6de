"""What lies in the inbox: release folders and their files. Only looks; follows no link, opens no file.

Skipped without a word (and counted): names that begin with ``.`` or ``~$``, unfinished downloads (``*.part``,
``*.partial``, ``*.crdownload``, ``*.tmp``), and what desktops leave behind (``Thumbs.db``, ``desktop.ini``,
``__MACOSX``). Everything else is either a file to take in or an issue.
"""

from __future__ import annotations

import hashlib
import os
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from flows.release_file import NAME as RELEASE_FILE
from flows.words import count
from records.issues import Issue, Severity

UNSORTED = "unsorted"
"""The release of files that lie in the inbox itself, in no release folder."""

_SAFE_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,99}\Z")
_SKIPPED_NAMES = frozenset({"thumbs.db", "desktop.ini", "__macosx"})
_SKIPPED_PREFIXES = (".", "~$")
_SKIPPED_SUFFIXES = (".part", ".partial", ".crdownload", ".tmp")


@dataclass(frozen=True, slots=True)
class InboxFile:
    """One regular file of a release. ``path`` is for people and the ledger; ``location`` opens it."""

    path: str
    location: Path
    stat: os.stat_result

    @property
    def stamp(self) -> str:
        """Changes when the file does: its change time cannot be set back by copying an old date over."""
        s = self.stat
        return f"{s.st_size}-{s.st_mtime_ns}-{s.st_ctime_ns}-{s.st_ino}"


@dataclass(slots=True)
class InboxRelease:
    """One release folder, or the loose files of the inbox."""

    release_id: str
    folder: str
    location: Path
    files: list[InboxFile] = field(default_factory=list)
    issues: list[Issue] = field(default_factory=list)
    skipped_count: int = 0

    @property
    def is_loose(self) -> bool:
        return self.release_id == UNSORTED


def printable(name: str) -> str:
    """A file's name as text that every database takes: bytes that are no UTF-8 become ``\\xNN``, and stay distinct."""
    return os.fsencode(name).decode("utf-8", "backslashreplace")


def release_id_of(folder: str) -> str:
    """The folder's name; a name with other characters (or one we use ourselves) gets a slug and a hash of it."""
    if _SAFE_NAME.match(folder) and folder != UNSORTED:
        return folder
    slug = re.sub(r"[^A-Za-z0-9]+", "-", folder).strip("-")[:80] or "release"
    return f"{slug}-{hashlib.sha256(os.fsencode(folder)).hexdigest()[:8]}"


def walk(inbox: Path) -> tuple[list[InboxRelease], list[Issue]]:
    """Every release in the inbox, in the order of their names, and issues about the inbox itself."""
    releases: list[InboxRelease] = []
    issues: list[Issue] = []
    loose = InboxRelease(UNSORTED, "", inbox)
    for entry in _entries(inbox):
        if _is_skipped(entry.name):
            continue
        if entry.is_dir(follow_symlinks=False):
            releases.append(_walk_release(entry))
        elif entry.is_file(follow_symlinks=False) and entry.name == RELEASE_FILE:
            advice = "Move it into the folder of the release it describes."
            issues.append(Issue("release_file_misplaced", Severity.DOUBT, f"{RELEASE_FILE} lies in no folder.", advice))
        elif entry.is_file(follow_symlinks=False):
            loose.files.append(InboxFile(printable(entry.name), Path(entry.path), entry.stat(follow_symlinks=False)))
        else:
            issues.append(_not_regular(entry.name, None))
    if loose.files:
        message = f"In the inbox itself: {count(len(loose.files), 'file')}, taken as release `{UNSORTED}`."
        advice = f"Make a folder per release, with a {RELEASE_FILE}, and move them there."
        loose.issues.append(Issue("loose_files", Severity.DOUBT, message, advice, UNSORTED))
        releases.append(loose)
    return releases, issues


def _walk_release(folder: os.DirEntry[str]) -> InboxRelease:
    release = InboxRelease(release_id_of(folder.name), printable(folder.name), Path(folder.path))
    if release.release_id != folder.name:
        message = "The folder's name is not a plain name; the release's id is made from it."
        advice = "Nothing to do. For an id of your own use letters, digits, `.`, `_` and `-`."
        release.issues.append(Issue("release_name", Severity.NOTICE, message, advice, release.release_id))
    for entry, path in _below(folder.path, ""):
        if any(_is_skipped(part) for part in path.split("/")):
            release.skipped_count += 1
        elif not entry.is_file(follow_symlinks=False):
            release.issues.append(_not_regular(path, release.release_id))
        elif path != RELEASE_FILE:
            release.files.append(InboxFile(printable(path), Path(entry.path), entry.stat(follow_symlinks=False)))
    return release


def _below(folder: str, prefix: str) -> Iterator[tuple[os.DirEntry[str], str]]:
    """Everything below *folder* that is no folder itself, with its path inside the release."""
    for entry in _entries(Path(folder)):
        path = f"{prefix}{entry.name}"
        if entry.is_dir(follow_symlinks=False) and not _is_skipped(entry.name):
            yield from _below(entry.path, f"{path}/")
        else:
            yield entry, path


def _entries(folder: Path) -> list[os.DirEntry[str]]:
    with os.scandir(folder) as entries:
        return sorted(entries, key=lambda entry: os.fsencode(entry.name))


def _is_skipped(name: str) -> bool:
    lower = name.casefold()
    return lower.startswith(_SKIPPED_PREFIXES) or lower.endswith(_SKIPPED_SUFFIXES) or lower in _SKIPPED_NAMES


def _not_regular(path: str, release_id: str | None) -> Issue:
    return Issue(
        "not_a_regular_file",
        Severity.DOUBT,
        "A link, pipe or device in the inbox was not followed.",
        "Put the file itself there.",
        release_id,
        seen_text=printable(path),
    )
