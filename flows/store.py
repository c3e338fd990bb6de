"""The content-addressed store: one read-only copy of every document, named by the SHA-256 of its bytes.

``store/<first two hex>/<sha256>``, mode 0400. The inbox is only read. A copy is made aside, synced and renamed, so a
file under its final name is whole.
"""

from __future__ import annotations

import hashlib
import os
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import IO, BinaryIO

from flows.regular_file import open_regular

_BLOCK = 1024 * 1024
HEAD_BYTES = 4096


class FileChangedError(Exception):
    """The file changed while it was read; look again in the next run."""


@dataclass(frozen=True, slots=True)
class Stored:
    """What was read of a file: its name, its size and its first bytes."""

    document_id: str
    byte_count: int
    head: bytes


def path_of(store: Path, document_id: str) -> Path:
    """Where the copy of a document is, or would be."""
    return store / document_id[:2] / document_id


def put(store: Path, source: Path, max_bytes: int) -> Stored:
    """Hash *source* and copy it into the store; a file over *max_bytes* is hashed only.

    Does nothing twice: bytes already stored are not written again. Raises FileChangedError, NotARegularFileError
    and OSError.
    """
    with open_regular(source) as reader:
        before = os.fstat(reader.fileno())
        if before.st_size > max_bytes:
            stored = _copy(reader, None)
            _check_unchanged(reader, before, stored)
            return stored
        aside = store / "incoming"
        aside.mkdir(mode=0o700, exist_ok=True)
        with tempfile.NamedTemporaryFile(dir=aside, delete=False) as writer:
            copy = Path(writer.name)
            try:
                stored = _copy(reader, writer.file)
                _check_unchanged(reader, before, stored)
                _finish(writer.file, copy, path_of(store, stored.document_id), stored.byte_count)
            finally:
                copy.unlink(missing_ok=True)
        return stored


def has(store: Path, document_id: str) -> bool:
    """Whether there is a copy of the document."""
    return path_of(store, document_id).is_file()


def verify(store: Path, document_id: str) -> bool:
    """Whether the stored copy still has the bytes it is named by."""
    try:
        with path_of(store, document_id).open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest() == document_id
    except FileNotFoundError:
        return False


def clean_incoming(store: Path) -> None:
    """Remove half-made copies of a crashed run. Only while holding the lock."""
    aside = store / "incoming"
    if aside.is_dir():
        for leftover in aside.iterdir():
            leftover.unlink()


def _copy(reader: BinaryIO, writer: IO[bytes] | None) -> Stored:
    digest = hashlib.sha256()
    byte_count = 0
    head = b""
    while block := reader.read(_BLOCK):
        digest.update(block)
        byte_count += len(block)
        head = head or block[:HEAD_BYTES]
        if writer is not None:
            writer.write(block)
    return Stored(digest.hexdigest(), byte_count, head)


def _check_unchanged(reader: BinaryIO, before: os.stat_result, stored: Stored) -> None:
    after = os.fstat(reader.fileno())
    if (after.st_size, after.st_mtime_ns) != (before.st_size, before.st_mtime_ns) or stored.byte_count != after.st_size:
        raise FileChangedError


def _finish(writer: IO[bytes], copy: Path, target: Path, byte_count: int) -> None:
    if target.is_file() and target.stat().st_size == byte_count:
        return
    writer.flush()
    os.fsync(writer.fileno())
    os.fchmod(writer.fileno(), 0o400)
    target.parent.mkdir(mode=0o700, exist_ok=True)
    copy.replace(target)
    sync_folder(target.parent)


def sync_folder(folder: Path) -> None:
    """Make a rename in *folder* last through a power cut."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
