"""Publication: a built warehouse and its masked copy become the next snapshots, all at once or not at all.

``full.duckdb`` and ``analyst.duckdb`` are symlinks to versioned files that never change again. Whoever has an old file
open keeps it; whoever opens a symlink after the replacement has the new one. Going back is two symlinks, too
(:mod:`warehouse.versions`).
"""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

import duckdb

from records.errors import ConfigurationError, WarehouseError
from warehouse.build import STORAGE_VERSION
from warehouse.decision_export import SUFFIX, export_decisions
from warehouse.query import connect
from warehouse.resources import DEFAULT, Resources
from warehouse.versions import ANALYST, FULL, content_hash_of, free_stamp, link, point, row_count, superseded, sync

LINK = "full.duckdb"
_ASIDE = ".publishing"
"""Where the copy is made: on the same file system, for the owner's eyes only, and nobody takes it for a snapshot."""


def publish(
    built: Path,
    snapshots: Path,
    content_hash: str,
    keep: int = 3,
    resources: Resources = DEFAULT,
    analyst: Path | None = None,
) -> Path:
    """Copy *built*, and *analyst* made of it, to new snapshots and point the symlinks at them; the new full file. The
    last *keep* versions stay.

    The files that symlinks point to are never deleted. A crash at any moment leaves the old snapshots published, or the
    new ones, or the new full one beside the old analyst one, which says of which build it is and which the next
    publication replaces. One publisher at a time: the caller holds the lock of the data folder.
    """
    with _aside(snapshots) as aside:
        copied = aside / LINK
        # A second thread copies no faster, and takes a third more memory.
        replace(resources, threads=1).attempt(row_count(built), lambda enough: _copy(built, copied, enough))
        found = _hash_of(copied)
        if found != content_hash:
            raise WarehouseError("The build to publish is not the one that was checked: its content hash differs.")
        masked = _copied_analyst(analyst, aside, content_hash) if analyst else None
        target = _free_name(snapshots, content_hash)
        exported = aside / "decisions"
        if export_decisions(copied, exported):
            exported.replace(target.with_suffix(SUFFIX))
        copied.replace(target)
        if masked:
            masked = masked.replace(snapshots / f"{ANALYST}-{target.name.removeprefix(f'{FULL}-')}")
        sync(snapshots)
        point(snapshots, FULL, target)
        if masked:
            point(snapshots, ANALYST, masked)
    _prune(snapshots, keep)
    return target


def publish_analyst(analyst: Path, snapshots: Path, content_hash: str, keep: int = 3) -> Path:
    """Publish *analyst* beside the full snapshot of the same build, which is published already; the new file."""
    with _aside(snapshots) as aside:
        masked = _copied_analyst(analyst, aside, content_hash)
        name = f"{ANALYST}-{free_stamp(snapshots)}-{content_hash[:12]}.duckdb"
        masked = masked.replace(snapshots / name)
        sync(snapshots)
        point(snapshots, ANALYST, masked)
    _prune(snapshots, keep)
    return masked


def published_hash(snapshots: Path) -> str | None:
    """Content hash of the full snapshot that is published now.

    None before the first, and when the file cannot be read: the next run then replaces what is damaged.
    """
    place = link(snapshots, FULL)
    try:
        return _hash_of(place) if place.exists() else None
    except (ConfigurationError, duckdb.Error):
        return None


def published_decision(snapshots: Path) -> tuple[int, str | None]:
    """Number and id of the last decision that the published snapshot knows; 0 and None without any, and when there is
    no snapshot that could be asked."""
    try:
        with connect(link(snapshots, FULL)) as connection:
            row = connection.execute("SELECT decision_sequence, last_decision_id FROM meta.build").fetchone()
    except (ConfigurationError, duckdb.Error):
        return 0, None
    return (int(row[0]), row[1]) if row else (0, None)


@contextmanager
def _aside(snapshots: Path) -> Iterator[Path]:
    snapshots.mkdir(parents=True, exist_ok=True)
    aside = snapshots / _ASIDE
    shutil.rmtree(aside, ignore_errors=True)
    aside.mkdir(mode=0o700)
    try:
        yield aside
    finally:
        shutil.rmtree(aside, ignore_errors=True)


def _copy(built: Path, copied: Path, resources: Resources) -> None:
    """A compact, closed copy of *built* on disk: no write-ahead log beside it, mode 0600, flushed."""
    for leftover in (copied, copied.with_name(copied.name + ".wal")):  # of a try with less memory
        leftover.unlink(missing_ok=True)
    try:
        with resources.connect(":memory:", copied.with_name("spill")) as connection:
            connection.execute(f"ATTACH {_quoted(built)} AS built (READ_ONLY)")
            connection.execute(f"ATTACH {_quoted(copied)} AS copied (STORAGE_VERSION '{STORAGE_VERSION}')")
            connection.execute("COPY FROM DATABASE built TO copied")
            connection.execute("CHECKPOINT copied")
            connection.execute("DETACH copied")
    except duckdb.Error as error:
        raise resources.failure(error, "DuckDB could not copy the build") from error
    copied.chmod(0o600)
    sync(copied)


def _copied_analyst(analyst: Path, aside: Path, content_hash: str) -> Path:
    copied = aside / "analyst.duckdb"
    shutil.copyfile(analyst, copied)
    copied.chmod(0o600)
    sync(copied)
    if _hash_of(copied) != content_hash:
        raise WarehouseError("The analyst file to publish is not of the build that is published.")
    return copied


def _hash_of(path: Path) -> str | None:
    return content_hash_of(path)


def _free_name(snapshots: Path, content_hash: str) -> Path:
    return snapshots / f"{FULL}-{free_stamp(snapshots)}-{content_hash[:12]}.duckdb"


def _prune(snapshots: Path, keep: int) -> None:
    for path in superseded(snapshots, keep):
        path.unlink()


def _quoted(path: Path) -> str:
    return "'" + str(path.absolute()).replace("'", "''") + "'"
