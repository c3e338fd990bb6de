"""The decision log as SQLite keeps it: opening the file, and an entry as a row of it."""

from __future__ import annotations

import contextlib
import importlib.resources
import os
import sqlite3
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import Any

from records.decisions import Decision, DecisionKind, Target, TargetKind
from records.errors import ConfigurationError
from records.places import BBox
from review.errors import DecisionLogError

SCHEMA_VERSION = 2
_BUSY_SECONDS = 30.0


def connect(path: Path) -> sqlite3.Connection:
    """A connection to the log at *path*, whose tables are made when missing; ConfigurationError for another version."""
    # A request of the review page is served by several threads, one after the other, never by two at once.
    connection = sqlite3.connect(path, timeout=_BUSY_SECONDS, isolation_level=None, check_same_thread=False)
    connection.row_factory = sqlite3.Row
    connection.execute("PRAGMA journal_mode = WAL")
    connection.execute("PRAGMA synchronous = FULL")
    connection.execute("PRAGMA foreign_keys = ON")
    version = _version(connection)
    if version < SCHEMA_VERSION:
        connection.execute("BEGIN IMMEDIATE")
        version = _version(connection)  # another process may have made it meanwhile
        if version < SCHEMA_VERSION:
            _make(connection, version)
            connection.execute(f"PRAGMA user_version = {SCHEMA_VERSION}")
            version = SCHEMA_VERSION
        connection.execute("COMMIT")
    if version != SCHEMA_VERSION:
        connection.close()
        raise ConfigurationError(
            f"The decision log has version {version}, this program knows version {SCHEMA_VERSION}.",
            "Use the version of Recordtrail that wrote it.",
        )
    return connection


def _make(connection: sqlite3.Connection, version: int) -> None:
    """The tables of a new log, or what one of an earlier version lacks. Entries stay as they are, and their chain."""
    if version == 0:
        _run(connection, "schema.sql")
    else:
        connection.execute("ALTER TABLE decision ADD COLUMN along_with TEXT REFERENCES decision (decision_id)")
    connection.execute("CREATE INDEX decision_along ON decision (along_with) WHERE along_with IS NOT NULL")
    _run(connection, "double.sql")


def _run(connection: sqlite3.Connection, file_name: str) -> None:
    sql = importlib.resources.files("review").joinpath(file_name).read_text(encoding="utf-8")
    for statement in sql.split(";\n\n"):
        connection.execute(statement)


@contextlib.contextmanager
def turn(connection: sqlite3.Connection) -> Iterator[None]:
    """Nobody else writes: all of the body or nothing of it."""
    try:
        connection.execute("BEGIN IMMEDIATE")
    except sqlite3.OperationalError as error:
        raise ConfigurationError(
            "The decision log is busy or cannot be written.",
            "Nothing was logged. Try again; if it stays, see who holds decisions.db and whether the disk is full.",
        ) from error
    try:
        yield
    except BaseException:
        connection.execute("ROLLBACK")
        raise
    connection.execute("COMMIT")


def open_log(path: Path) -> sqlite3.Connection:
    """A connection to the log at *path*, which is made when missing, for its owner's eyes only (mode 0600)."""
    # SQLite gives the files that it puts beside it the same mode.
    with contextlib.suppress(FileExistsError):
        os.close(os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))
    try:
        return connect(path)
    except sqlite3.DatabaseError as error:
        raise DecisionLogError(f"{path.name} cannot be opened ({type(error).__name__}).") from error


def _version(connection: sqlite3.Connection) -> int:
    return int(connection.execute("PRAGMA user_version").fetchone()[0])


def row_of(decision: Decision) -> dict[str, Any]:
    """The columns of an entry, but its token."""
    target, box = decision.target, decision.target.bbox
    return {
        "sequence": decision.sequence,
        "decision_id": decision.decision_id,
        "decided_datetime": decision.decided_datetime.isoformat(sep=" "),
        "who": decision.who,
        "kind": decision.kind.value,
        "target_kind": target.kind.value,
        "target_id": target.id,
        "field": target.field,
        "seen_text": target.seen_text,
        "document_id": target.document_id,
        "page_number": target.page_number,
        **({"x0": box.x0, "top": box.top, "x1": box.x1, "bottom": box.bottom} if box else {}),
        "value": decision.value,
        "reason": decision.reason,
        "undoes": decision.undoes,
        "snapshot_hash": decision.snapshot_hash,
        "along_with": decision.along_with,
        "chain": decision.chain,
    }


def decision_of(row: sqlite3.Row) -> Decision:
    """The entry in a row; ``ValueError`` when it makes no sense."""
    box = BBox(row["x0"], row["top"], row["x1"], row["bottom"]) if row["x0"] is not None else None
    place = (row["document_id"], row["page_number"], box)
    target = Target(TargetKind(row["target_kind"]), row["target_id"], row["field"], row["seen_text"], *place)
    decided = datetime.fromisoformat(row["decided_datetime"])
    words = {name: row[name] for name in ("value", "reason", "undoes", "snapshot_hash", "along_with", "chain")}
    return Decision(row["sequence"], decided, row["who"], DecisionKind(row["kind"]), target, **words)
