"""Reading an open decision log: its entries in order, some of them, and what counts."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from pathlib import Path
from typing import Any, Self

from records.decisions import Decision
from review.errors import DecisionError
from review.log_file import decision_of, open_log

LIVE = "kind <> 'undo' AND NOT EXISTS (SELECT 1 FROM decision AS u WHERE u.undoes = decision.decision_id)"
"""SQL: entries that count."""


class LogReader:
    """An open decision log, for looking; a context manager. Every thread and process opens its own."""

    _connection: sqlite3.Connection

    def __init__(self, path: Path) -> None:
        """Open the log at *path*; it is made when missing, for its owner's eyes only (mode 0600)."""
        self.path = path
        self._connection = open_log(path)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._connection.close()

    def entries(self) -> list[Decision]:
        """The whole log in its order."""
        return self._select("TRUE")

    def newest(
        self,
        most: int,
        *,
        before: int | None = None,
        who: str = "",
        kind: str = "",
        target: str = "",
        is_counted: bool | None = None,
    ) -> list[Decision]:
        """The last *most* entries (older than number *before*), the newest first: of one reviewer, of one kind, about
        one row, mark or document, and only those that count or that do not."""
        asked: dict[str, object] = {
            "sequence < ?": before,
            "who = ?": who or None,
            "kind = ?": kind or None,
            "? IN (target_id, document_id)": target or None,
        }
        told = {condition: value for condition, value in asked.items() if value is not None}
        conditions = [*told, *({True: [LIVE], False: [f"NOT ({LIVE})"], None: []}[is_counted])]
        return self._select(
            " AND ".join(conditions or ["TRUE"]), (*told.values(), most), "ORDER BY sequence DESC LIMIT ?"
        )

    def counting(self, entries: Sequence[Decision]) -> dict[str, int]:
        """Id of those *entries* that count -> how many that were taken along with it count, too."""
        found = {}
        for entry in entries:
            if self._select(f"sequence = ? AND {LIVE}", (entry.sequence,)):
                found[entry.decision_id] = len(self._select(f"along_with = ? AND {LIVE}", (entry.decision_id,)))
        return found

    def reviewers(self) -> list[str]:
        """Everybody who decided, by name."""
        return [who for (who,) in self._connection.execute("SELECT DISTINCT who FROM decision ORDER BY who")]

    def has(self, sequence: int, decision_id: str) -> bool:
        """Whether the entry of that number is that decision; true of number 0."""
        found = self._connection.execute("SELECT decision_id FROM decision WHERE sequence = ?", (sequence,)).fetchone()
        return sequence == 0 or (found is not None and found[0] == decision_id)

    def facts_since(self, sequence: int) -> list[tuple[Any, ...]]:
        """What was logged after number *sequence*, without places and reasons: many at little cost. Number, id, time as
        text, who, kind, kind and id of the target, field, value, what it was taken along with, what it undoes, and the
        snapshot it was made on."""
        rows = self._connection.execute(
            "SELECT sequence, decision_id, decided_datetime, who, kind, target_kind, target_id, field, value,"
            " along_with, undoes, snapshot_hash FROM decision WHERE sequence > ? ORDER BY sequence",
            (sequence,),
        )
        return [tuple(row) for row in rows]

    def entry(self, number: int) -> Decision:
        """The entry with that sequence number; :class:`DecisionError` when there is none."""
        found = self._select("sequence = ?", (number,))
        if not found:
            raise DecisionError(f"There is no decision number {number}; the log has {self.last_sequence}.")
        return found[0]

    def entry_of(self, decision_id: str) -> Decision:
        """The entry with that id; :class:`DecisionError` when there is none."""
        found = self._select("decision_id = ?", (decision_id,))
        if not found:
            raise DecisionError(f"There is no decision {decision_id} in the log.")
        return found[0]

    def of_token(self, token: str) -> list[Decision]:
        """What the form of that token had logged; nothing when it was not sent yet."""
        return self._by_token(token)

    def about(self, target_id: str, field: str | None = None) -> list[Decision]:
        """What was decided on a row or mark, or on one *field* of it; undone ones and undos, too."""
        condition = "target_id = ?" if field is None else "target_id = ? AND field = ?"
        return self._select(condition, (target_id,) if field is None else (target_id, field))

    @property
    def last_sequence(self) -> int:
        """Number of the last entry; 0 before the first."""
        (last,) = self._connection.execute("SELECT coalesce(max(sequence), 0) FROM decision").fetchone()
        return int(last)

    def _by_token(self, token: str | None) -> list[Decision]:
        """What the form of that token had logged, the first first; nothing when it is new."""
        first = self._select("token = ?", (token,))
        return [*first, *self._select("along_with = ?", (first[0].decision_id,))] if first else []

    def _select(
        self, condition: str, parameters: tuple[object, ...] = (), order: str = "ORDER BY sequence"
    ) -> list[Decision]:
        rows = self._connection.execute(f"SELECT * FROM decision WHERE {condition} {order}", parameters)
        return [decision_of(row) for row in rows]
