"""`recordtrail prune`: what may go, with its size; nothing that a build needs which is served or can be."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import duckdb

from flows import ledger_documents
from flows.going_back import held
from flows.ledger import Ledger
from flows.paths import DataFolder
from flows.settings import Settings
from records.errors import ConfigurationError
from warehouse.query import connect
from warehouse.versions import FULL, files, superseded


@dataclass(frozen=True, slots=True)
class Leftover:
    """One file or folder that may go."""

    kind: str
    """snapshot, parts, pictures or scratch."""
    path: Path
    byte_count: int
    why: str


def leftovers(folder: DataFolder, settings: Settings, ledger: Ledger, with_parts: bool) -> list[Leftover]:
    """Everything that may go, in the order in which it is deleted. Looks only.

    Parts of former readings go only when *with_parts*: they are what tells where an older row id leads.
    """
    old = superseded(folder.snapshots, settings.keep_snapshots)
    found = [Leftover("snapshot", path, _size(path), "older than the versions that are kept") for path in old]
    for path in _there(folder.snapshots.glob(".*")):
        found.append(Leftover("scratch", path, _size(path), "left by a publication that was stopped"))
    if with_parts:
        found += _former_parts(folder, ledger, set(old))
    read = {row["document_id"] for row in ledger_documents.documents(ledger) if row["fingerprint"] is not None}
    for path in _there(folder.parts.glob("*/*")):
        # Of a document that is not read yet, the chunks that are finished are where the next run goes on.
        if path.parent.name in read and not folder.has_part(path.parent.name, path.name):
            found.append(Leftover("scratch", path, _size(path), "a reading that was never finished"))
    for path in _there((folder.root / "traces").glob("*")):
        found.append(Leftover("pictures", path, _size(path), "drawn by `trace`, and drawn again when asked for"))
    for path in _there(folder.review.glob("pictures/*")):
        found.append(
            Leftover("pictures", path, _size(path), "drawn for the review page, and drawn again when asked for")
        )
    for path in _there(folder.work.glob("*")):
        found.append(Leftover("scratch", path, _size(path), "scratch of a run that has ended"))
    return [one for one in found if one.byte_count]  # an empty folder frees nothing


def prune(folder: DataFolder, settings: Settings, ledger: Ledger, with_parts: bool) -> list[Leftover]:
    """Delete the :func:`leftovers`, under the lock; what was deleted. Raises RunInProgressError."""
    with held(folder, "recordtrail prune"):
        gone = leftovers(folder, settings, ledger, with_parts)
        for leftover in gone:
            # The review page draws and drops pictures while we look: what is gone already is gone.
            if leftover.path.is_dir() and not leftover.path.is_symlink():
                shutil.rmtree(leftover.path, ignore_errors=leftover.kind == "pictures")
            else:
                leftover.path.unlink(missing_ok=True)
        return gone


def _former_parts(folder: DataFolder, ledger: Ledger, old: set[Path]) -> list[Leftover]:
    """Parts of readings that neither the next build nor any version that stays is made of."""
    needed = {
        (row["document_id"], row["fingerprint"])
        for row in ledger_documents.documents(ledger)
        if row["fingerprint"] is not None
    }
    for path in files(folder.snapshots, FULL):
        if path not in old:
            needed |= _read_in(path)
    known = {document_id for document_id, _ in needed}
    return [
        Leftover("parts", path, _size(path), "a former reading; older row ids of it lead nowhere afterwards")
        for path in _there(folder.parts.glob("*/*"))
        # A document without any reading in use keeps what it has: it may have been set aside or left out for a night.
        if path.parent.name in known
        and (path.parent.name, path.name) not in needed
        and folder.has_part(path.parent.name, path.name)
    ]


def _read_in(snapshot: Path) -> set[tuple[str, str]]:
    """Document and fingerprint of every reading in *snapshot*. One that cannot be read stops the pruning."""
    try:
        with connect(snapshot) as connection:
            rows = connection.execute("SELECT document_id, fingerprint FROM raw.document WHERE fingerprint IS NOT NULL")
            return {(str(document_id), str(fingerprint)) for document_id, fingerprint in rows.fetchall()}
    except duckdb.Error as error:
        raise ConfigurationError(
            f"{snapshot.name} cannot be asked which parts it is made of.",
            "Without that nothing is pruned. Delete the file if it is damaged, or prune without --parts.",
        ) from error


def _there(paths: Iterator[Path]) -> list[Path]:
    return sorted(paths)


def _size(path: Path) -> int:
    if path.is_symlink() or not path.is_dir():
        return path.lstat().st_size
    return sum(file.lstat().st_size for file in path.rglob("*") if not file.is_dir())
