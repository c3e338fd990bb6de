"""Publication: a built warehouse becomes the next snapshot, all at once or not at all.

``full.duckdb`` is a symlink to a versioned file that never changes again. Whoever has the old file open keeps it;
whoever opens the symlink after the replacement has the new one. Going back is a symlink, too.
"""

from __future__ import annotations

import os
import re
import shutil
from datetime import UTC, datetime, timedelta
from pathlib import Path

import duckdb

from records.errors import ConfigurationError, WarehouseError
from warehouse.build import STORAGE_VERSION
from warehouse.decision_export import SUFFIX, export_decisions
from warehouse.query import connect
from warehouse.resources import DEFAULT, Resources

LINK = "full.duckdb"
_STAMP = "%Y%m%dT%H%M%SZ"
_VERSION = re.compile(r"full-(\d{8}T\d{6}Z)-[0-9a-f]{12}\.duckdb\Z")
_ASIDE = ".publishing"
"""Where the copy is made: on the same file system, for the owner's eyes only, and nobody takes it for a snapshot."""


def publish(built: Path, snapshots: Path, content_hash: str, keep: int = 3, resources: Resources = DEFAULT) -> Path:
    """Copy *built* to a new snapshot and point the symlink at it; the new file. The last *keep* versions stay.

    The file that the symlink points to is never deleted. A crash at any moment leaves the old snapshot published, or
    the new one; what it left half done is removed by the next publication. One publisher at a time: the caller holds
    the lock of the data folder.
    """
    snapshots.mkdir(parents=True, exist_ok=True)
    aside = snapshots / _ASIDE
    shutil.rmtree(aside, ignore_errors=True)
    aside.mkdir(mode=0o700)
    try:
        copied = aside / LINK
        _copy(built, copied, resources)
        found = _hash_of(copied)
        if found != content_hash:
            raise WarehouseError("The build to publish is not the one that was checked: its content hash differs.")
        target = _free_name(snapshots, content_hash)
        exported = aside / "decisions"
        if export_decisions(copied, exported):
            exported.replace(target.with_suffix(SUFFIX))
        copied.replace(target)
        _sync(snapshots)
        # A symlink cannot be changed, but one can be renamed over another: readers see the old or the new, never none.
        link = aside / "link"
        link.symlink_to(target.name)
        link.replace(snapshots / LINK)
        _sync(snapshots)
    finally:
        shutil.rmtree(aside, ignore_errors=True)
    _prune(snapshots, keep)
    return target


def published_hash(snapshots: Path) -> str | None:
    """Content hash of the snapshot that is published now.

    None before the first, and when the file cannot be read: the next run then replaces what is damaged.
    """
    link = snapshots / LINK
    try:
        return _hash_of(link) if link.exists() else None
    except (ConfigurationError, duckdb.Error):
        return None


def published_decision(snapshots: Path) -> tuple[int, str | None]:
    """Number and id of the last decision that the published snapshot knows; 0 and None without any, and when there is
    no snapshot that could be asked."""
    link = snapshots / LINK
    try:
        with connect(link) as connection:
            row = connection.execute("SELECT decision_sequence, last_decision_id FROM meta.build").fetchone()
    except (ConfigurationError, duckdb.Error):
        return 0, None
    return (int(row[0]), row[1]) if row else (0, None)


def _copy(built: Path, copied: Path, resources: Resources) -> None:
    """A compact, closed copy of *built* on disk: no write-ahead log beside it, mode 0600, flushed."""
    try:
        with resources.connect(":memory:", copied.with_name("spill")) as connection:
            connection.execute(f"ATTACH {_quoted(built)} AS built (READ_ONLY)")
            connection.execute(f"ATTACH {_quoted(copied)} AS copied (STORAGE_VERSION '{STORAGE_VERSION}')")
            connection.execute("COPY FROM DATABASE built TO copied")
            connection.execute("CHECKPOINT copied")
            connection.execute("DETACH copied")
    except duckdb.Error as error:
        raise WarehouseError(f"DuckDB could not copy the build ({type(error).__name__}).") from error
    copied.chmod(0o600)
    _sync(copied)


def _hash_of(path: Path) -> str | None:
    with connect(path) as connection:
        row = connection.execute("SELECT content_hash FROM meta.build").fetchone()
    return str(row[0]) if row else None


def _free_name(snapshots: Path, content_hash: str) -> Path:
    """A name that sorts after all others, also after one of this second and one made by a clock that was ahead."""
    moment = datetime.now(UTC)
    taken = [match[1] for path in snapshots.iterdir() if (match := _VERSION.match(path.name))]
    if taken:
        latest = datetime.strptime(max(taken), _STAMP).replace(tzinfo=UTC)
        moment = max(moment, latest + timedelta(seconds=1))
    return snapshots / f"full-{moment.strftime(_STAMP)}-{content_hash[:12]}.duckdb"


def _prune(snapshots: Path, keep: int) -> None:
    """Delete versions but the last *keep* (by the time in their names) and the one that is published."""
    published = (snapshots / LINK).resolve()
    # Only names of our own making: a copy somebody put beside them is not ours to delete.
    versions = sorted(path for path in snapshots.iterdir() if _VERSION.match(path.name))
    for path in versions[: max(len(versions) - keep, 0)]:
        if path.resolve() != published:
            path.unlink()
    kept = {path.stem for path in snapshots.iterdir() if _VERSION.match(path.name)}
    for path in snapshots.glob(f"full-*{SUFFIX}"):
        if path.name.removesuffix(SUFFIX) not in kept and _VERSION.match(path.name.replace(SUFFIX, ".duckdb")):
            path.unlink()


def _quoted(path: Path) -> str:
    return "'" + str(path.absolute()).replace("'", "''") + "'"


def _sync(path: Path) -> None:
    """Flush a file or a folder to disk, so that a power cut cannot undo what was announced."""
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
