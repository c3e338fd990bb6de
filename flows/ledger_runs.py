"""Runs and publications in the ledger."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from flows.ledger import Ledger, transaction, utc_now
from flows.lock import Owner


@dataclass(frozen=True, slots=True)
class RunRecord:
    """One line of the run history."""

    run_id: str
    command: str
    started: str
    finished: str | None
    status: str
    exit_code: int | None
    message: str | None
    counts: dict[str, Any]


def start(ledger: Ledger, owner: Owner) -> int:
    """Record the run of *owner*. Called under the lock, so runs still marked running are dead: returns how many."""
    with transaction(ledger):
        crashed = ledger.execute(
            "update run set status = 'crashed', finished = ? where status = 'running'", [utc_now().isoformat(" ")]
        ).rowcount
        ledger.execute(
            "insert into run (run_id, command, pid, host, started, status) values (?, ?, ?, ?, ?, 'running')",
            [owner.run_id, owner.command, owner.pid, owner.host, owner.started],
        )
    return crashed


def finish(ledger: Ledger, run_id: str, exit_code: int, message: str | None, counts: Mapping[str, Any]) -> None:
    """Record how the run ended. Exit codes 0 and 3 are a success: 3 is about documents, not about the run."""
    with transaction(ledger):
        ledger.execute(
            "update run set finished = ?, status = ?, exit_code = ?, message = ?, counts = ? where run_id = ?",
            [
                utc_now().isoformat(" "),
                "succeeded" if exit_code in (0, 3) else "failed",
                exit_code,
                message,
                json.dumps(counts),
                run_id,
            ],
        )


def forget(ledger: Ledger, run_id: str) -> None:
    """Take a run back that has done nothing."""
    with transaction(ledger):
        ledger.execute("delete from run where run_id = ?", [run_id])


def last_runs(ledger: Ledger, count: int = 1) -> list[RunRecord]:
    """The newest runs, newest first."""
    rows = ledger.execute(
        "select run_id, command, started, finished, status, exit_code, message, counts from run"
        " order by rowid desc limit ?",
        [count],
    )
    return [RunRecord(**{**dict(row), "counts": json.loads(row["counts"])}) for row in rows]


def record_publication(ledger: Ledger, run_id: str, content_hash: str, file_name: str) -> None:
    """A snapshot was published by this run."""
    with transaction(ledger):
        ledger.execute(
            "insert into publication values (?, ?, ?, ?)",
            [content_hash, file_name, run_id, utc_now().isoformat(" ")],
        )


def last_publication(ledger: Ledger) -> sqlite3.Row | None:
    """The newest publication: content_hash, file_name, run_id, published."""
    row: sqlite3.Row | None = ledger.execute("select * from publication order by rowid desc limit 1").fetchone()
    return row
