"""The decision log as SQLite keeps it: opening the file, and an entry as a row of it."""

from __future__ import annotations

import importlib.resources
import sqlite3
from datetime import datetime
from pathlib import Path
from typing import Any

from records.decisions import Decision, DecisionKind, Target, TargetKind
from records.errors import ConfigurationError
from records.places import BBox

SCHEMA_VERSION = 1
_BUSY_SECONDS = 30.0


def connect(path: Path) -> sqlite3.Connection:
    """A connection to the log at *path*, whose tables are made when missing; ConfigurationError for another version."""
    connection = sqlite3.connect(path, timeout=_BUSY_SECONDS, isolation_level=None)
    connection.row_factory = sqlite3.Row
    connection.execute("PRAGMA journal_mode = WAL")
    connection.execute("PRAGMA synchronous = FULL")
    connection.execute("PRAGMA foreign_keys = ON")
    version = _version(connection)
    if version == 0:
        connection.execute("BEGIN IMMEDIATE")
        version = _version(connection)  # another process may have made it meanwhile
        if version == 0:
            schema = importlib.resources.files("review").joinpath("schema.sql").read_text(encoding="utf-8")
            for statement in schema.split(";\n\n"):
                connection.execute(statement)
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
        "chain": decision.chain,
    }


def decision_of(row: sqlite3.Row) -> Decision:
    """The entry in a row; ``ValueError`` when it makes no sense."""
    box = BBox(row["x0"], row["top"], row["x1"], row["bottom"]) if row["x0"] is not None else None
    place = (row["document_id"], row["page_number"], box)
    target = Target(TargetKind(row["target_kind"]), row["target_id"], row["field"], row["seen_text"], *place)
    decided = datetime.fromisoformat(row["decided_datetime"])
    words = {name: row[name] for name in ("value", "reason", "undoes", "snapshot_hash", "chain")}
    return Decision(row["sequence"], decided, row["who"], DecisionKind(row["kind"]), target, **words)
