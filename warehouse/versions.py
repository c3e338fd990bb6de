"""The published files: versions by build, two symlinks, and the note that a rollback leaves.

``full-<time>-<hash>.duckdb`` and ``analyst-<time>-<hash>.duckdb``; <hash> begins the content hash of the build, so that
the two files of one build are known by their names. ``full.duckdb`` and ``analyst.duckdb`` point at what is served.
"""

from __future__ import annotations

import contextlib
import json
import os
import re
from dataclasses import asdict, dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

import duckdb

from records.errors import ConfigurationError
from warehouse.analyst_identity import Identity
from warehouse.query import connect

FULL, ANALYST = "full", "analyst"
KINDS = (FULL, ANALYST)
NOTE = "rollback.json"
DECISIONS = ".decisions.jsonl"
_STAMP = "%Y%m%dT%H%M%SZ"
_NAME = re.compile(r"(full|analyst)-(\d{8}T\d{6}Z)-([0-9a-f]{12})\.duckdb\Z")


@dataclass(frozen=True, slots=True)
class Version:
    """One build that was published and can be served again."""

    name: str
    """``<time>-<hash>``, as people name it."""
    full: Path
    analyst: Path | None
    """The newest analyst file of that build; None where it has none."""
    is_served: bool

    @property
    def short_hash(self) -> str:
        return self.name.rpartition("-")[2]


@dataclass(frozen=True, slots=True)
class Rollback:
    """A person went back to an older build: what was served then is not to be served again by itself."""

    refused: tuple[str, ...]
    """Content hashes of the builds that were gone back from."""
    served: str
    """Content hash of the build that was gone back to."""
    when: str
    """Naive UTC."""


def link(snapshots: Path, kind: str) -> Path:
    """The symlink that readers open."""
    return snapshots / f"{kind}.duckdb"


def files(snapshots: Path, kind: str) -> list[Path]:
    """Files of our own naming, oldest first; a copy that somebody put beside them is not ours."""
    if not snapshots.is_dir():
        return []
    found = [path for path in snapshots.iterdir() if (match := _NAME.match(path.name)) and match[1] == kind]
    return sorted(found, key=lambda path: path.name)


def versions(snapshots: Path) -> list[Version]:
    """What can be served, newest first."""
    analysts = {_hash_in(path): path for path in files(snapshots, ANALYST)}
    served = link(snapshots, FULL).resolve()
    return [
        Version(path.stem.removeprefix("full-"), path, analysts.get(_hash_in(path)), path.resolve() == served)
        for path in reversed(files(snapshots, FULL))
    ]


def free_stamp(snapshots: Path) -> str:
    """A time that sorts after all others, also after one of this second and one made by a clock that was ahead."""
    moment = datetime.now(UTC)
    taken = [match[2] for kind in KINDS for path in files(snapshots, kind) if (match := _NAME.match(path.name))]
    if taken:
        latest = datetime.strptime(max(taken), _STAMP).replace(tzinfo=UTC)
        moment = max(moment, latest + timedelta(seconds=1))
    return moment.strftime(_STAMP)


def content_hash_of(path: Path) -> str | None:
    """Content hash of the build in the file, full or analyst, at *path*. Raises what opening it raises."""
    with connect(path) as connection:
        row = connection.execute("SELECT content_hash FROM meta.build").fetchone()
    return str(row[0]) if row else None


def row_count(path: Path) -> int:
    """Rows of audit logs in the build at *path*. Raises what opening it raises."""
    with connect(path) as connection:
        row = connection.execute("SELECT row_count FROM meta.build").fetchone()
    return int(row[0]) if row else 0


def published_analyst(snapshots: Path) -> Identity | None:
    """What the analyst file that is served is of; None before the first, and when it cannot be read."""
    path = link(snapshots, ANALYST)
    try:
        if not path.exists():
            return None
        with connect(path) as connection:
            row = connection.execute("SELECT content_hash, key_id, policy_hash FROM meta.analyst").fetchone()
    except (ConfigurationError, duckdb.Error):
        return None
    return Identity(*map(str, row)) if row else None


def point(snapshots: Path, kind: str, target: Path | None) -> None:
    """Let the symlink of *kind* point at *target*, or take it away.

    A symlink cannot be changed, but one can be renamed over another: readers see the old or the new, never none.
    """
    place = link(snapshots, kind)
    if target is None:
        place.unlink(missing_ok=True)
    else:
        aside = snapshots / f".{kind}.link"
        aside.unlink(missing_ok=True)
        aside.symlink_to(target.name)
        aside.replace(place)
    sync(snapshots)


def rollback_note(snapshots: Path) -> Rollback | None:
    """The note of the last rollback that still holds; None without one."""
    try:
        told = json.loads((snapshots / NOTE).read_text(encoding="utf-8"))
        return Rollback(tuple(told["refused"]), told["served"], told["when"])
    except FileNotFoundError:
        return None
    except (ValueError, KeyError, TypeError) as error:
        raise ConfigurationError(
            f"{NOTE} in the folder of the snapshots cannot be read.",
            f"Delete {NOTE}: then `recordtrail nightly` publishes again. It was written by `recordtrail rollback`.",
        ) from error


def write_note(snapshots: Path, note: Rollback | None) -> None:
    """Leave *note*, or take the last one away."""
    place = snapshots / NOTE
    if note is None:
        place.unlink(missing_ok=True)
    else:
        aside = snapshots / f".{NOTE}"
        aside.write_text(json.dumps(asdict(note)) + "\n", encoding="utf-8")
        aside.replace(place)
    with contextlib.suppress(FileNotFoundError):
        sync(snapshots)


def superseded(snapshots: Path, keep: int) -> list[Path]:
    """Files of versions but the last *keep* (by the time in their names) and what is served; oldest first.

    Analyst files go with the full file of their build, and where a newer one of the same build is.
    """
    served = {link(snapshots, kind).resolve() for kind in KINDS}
    fulls = files(snapshots, FULL)
    old = [path for path in fulls[: max(len(fulls) - keep, 0)] if path.resolve() not in served]
    kept = {_hash_in(path) for path in fulls if path not in old}
    newest = {_hash_in(path): path for path in files(snapshots, ANALYST)}
    for path in files(snapshots, ANALYST):
        if path.resolve() not in served and (_hash_in(path) not in kept or newest[_hash_in(path)] != path):
            old.append(path)
    names = {path.stem for path in fulls if path not in old}
    for path in sorted(snapshots.glob(f"full-*{DECISIONS}")) if snapshots.is_dir() else []:
        stem = path.name.removesuffix(DECISIONS)
        if _NAME.match(f"{stem}.duckdb") and stem not in names:
            old.append(path)
    return old


def _hash_in(path: Path) -> str:
    return path.stem.rpartition("-")[2]


def sync(path: Path) -> None:
    """Flush a file or a folder to disk, so that a power cut cannot undo what was announced."""
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
