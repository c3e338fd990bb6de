"""What reviewers said of a row or mark: the log as it is now, beside what the snapshot has made of it."""

from __future__ import annotations

from dataclasses import dataclass

import duckdb

from records.decisions import Decision, DecisionKind
from review.decision_log import DecisionLog
from warehouse.traced import Chain


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry of the log, and what has become of it."""

    decision: Decision
    outcome: str
    """``applied`` in this snapshot, ``waiting`` for the next build, ``undone``, an ``undo`` itself, or ``elsewhere``:
    what it was about is now found at another place, or not at all."""


def history(connection: duckdb.DuckDBPyConnection, log: DecisionLog, trace: Chain, id: str) -> list[Entry]:
    """The entries about the row or mark *id*, newest first: by its id, and those that were found to be about it by
    their place."""
    (known,) = connection.execute("SELECT decision_sequence FROM meta.build").fetchall()[0]
    applied = {decision_id for standing in trace.standings for decision_id in standing.decision_ids}
    found = {entry.sequence: entry for entry in log.about(id)}
    if applied:
        numbers = connection.execute(
            "SELECT sequence FROM core.decision WHERE list_contains($1, decision_id) OR list_contains($1, undoes)",
            [sorted(applied)],
        ).fetchall()
        found |= {number: log.entry(number) for (number,) in numbers if number not in found}
    undone = {entry.undoes for entry in found.values()}
    return [Entry(entry, _outcome(entry, applied, undone, known)) for _, entry in sorted(found.items(), reverse=True)]


def _outcome(entry: Decision, applied: set[str], undone: set[str | None], known: int) -> str:
    if entry.kind is DecisionKind.UNDO:
        return "undo"
    if entry.decision_id in undone:
        return "undone"
    if entry.sequence > known:
        return "waiting"
    return "applied" if entry.decision_id in applied else "elsewhere"
