"""`recordtrail rollback`: serve an older build again, full and masked, and keep the nightly from undoing it."""

from __future__ import annotations

import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from flows import lock
from flows.ledger import utc_now
from flows.paths import DataFolder
from flows.usage import UsageError
from warehouse.versions import (
    ANALYST,
    FULL,
    Rollback,
    Version,
    content_hash_of,
    point,
    rollback_note,
    versions,
    write_note,
)

_ADVICE = "`recordtrail rollback --list` shows what can be served."


@contextmanager
def held(folder: DataFolder, command: str) -> Iterator[None]:
    """The lock of the data folder: no run publishes or reads meanwhile. Raises RunInProgressError."""
    started = utc_now()
    with lock.hold(folder.lock, lock.owner_now(f"{started:%Y%m%dT%H%M%SZ}-{secrets.token_hex(3)}", command, started)):
        yield


def roll_back(folder: DataFolder, wanted: str | None, is_undo: bool) -> Version:
    """Serve the version *wanted* (the first letters of its name or of its hash will do), or the one before what is
    served; *is_undo*: the newest. Raises UsageError when there is no such version.

    Every build newer than the chosen one is noted as refused: `nightly` does not publish these by itself again. With
    the newest served the note is gone.
    """
    with held(folder, "recordtrail rollback"):
        there = versions(folder.snapshots)
        chosen = _choose(there, wanted, is_undo)
        newer = there[: there.index(chosen)]
        content_hash = content_hash_of(chosen.full)
        if content_hash is None:
            raise UsageError(f"{chosen.name} says nothing of its content.", _ADVICE)
        refused = {found for version in newer if (found := content_hash_of(version.full))} - {content_hash}
        # The note first: a crash in between holds back too much rather than nothing.
        note = Rollback(tuple(sorted(refused)), content_hash, utc_now().isoformat(" ")) if refused else None
        if note:
            write_note(folder.snapshots, note)
        point(folder.snapshots, FULL, chosen.full)
        point(folder.snapshots, ANALYST, chosen.analyst)
        if note is None:
            write_note(folder.snapshots, None)
        return chosen


def _choose(there: list[Version], wanted: str | None, is_undo: bool) -> Version:
    if not there:
        raise UsageError("Nothing was published yet.", "Run `recordtrail nightly` first.")
    if is_undo:
        return there[0]
    if wanted is None:
        served = next((number for number, version in enumerate(there) if version.is_served), None)
        if served is None or served + 1 >= len(there):
            raise UsageError("There is no older version than the one that is served.", _ADVICE)
        return there[served + 1]
    text = wanted.strip().removeprefix(f"{FULL}-").removeprefix(f"{ANALYST}-").removesuffix(".duckdb")
    found = [
        version for version in there if text and (version.name.startswith(text) or version.short_hash == text[:12])
    ]
    if len(found) != 1:
        raise UsageError(f"{'No version is' if not found else 'Several versions are'} called {wanted}.", _ADVICE)
    return found[0]


def listed(folder: DataFolder) -> list[dict[str, Any]]:
    """The versions, newest first, as `rollback --list` shows them."""
    note = rollback_note(folder.snapshots)
    refused = note.refused if note else ()
    served_analyst = folder.analyst_snapshot.resolve()
    return [
        {
            "version": version.name,
            "served": version.is_served,
            "analyst": version.analyst.name if version.analyst else None,
            "analyst_served": version.analyst is not None and version.analyst.resolve() == served_analyst,
            "megabytes": round((version.full.stat().st_size + _size(version)) / 1e6, 1),
            "refused": any(content_hash.startswith(version.short_hash) for content_hash in refused),
        }
        for version in versions(folder.snapshots)
    ]


def _size(version: Version) -> int:
    return version.analyst.stat().st_size if version.analyst else 0
