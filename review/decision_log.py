"""The decision log: one SQLite file on a local disk, ``<data>/decisions.db``, to which entries are only ever added.

WAL with synchronous FULL: an entry that was acknowledged survives ``kill -9`` and a power cut. Several processes may
write; they take turns. On a network drive SQLite's locks cannot be trusted: keep the data folder on a local disk.
"""

from __future__ import annotations

import contextlib
import os
import sqlite3
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

from records.decisions import Decision, DecisionKind, Target, chained
from records.errors import ConfigurationError
from review.errors import DecidedMeanwhileError, DecisionError, DecisionLogError
from review.log_file import connect, decision_of, row_of

_LIVE = "kind <> 'undo' AND NOT EXISTS (SELECT 1 FROM decision AS u WHERE u.undoes = decision.decision_id)"


class DecisionLog:
    """An open decision log; a context manager. Every thread and process opens its own."""

    def __init__(self, path: Path) -> None:
        """Open the log at *path*; it is made when missing, for its owner's eyes only (mode 0600)."""
        # SQLite gives the files that it puts beside it the same mode.
        with contextlib.suppress(FileExistsError):
            os.close(os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))
        try:
            self._connection = connect(path)
        except sqlite3.DatabaseError as error:
            raise DecisionLogError(f"{path.name} cannot be opened ({type(error).__name__}).") from error

    def __enter__(self) -> DecisionLog:
        return self

    def __exit__(self, *_: object) -> None:
        self._connection.close()

    def append(
        self,
        kind: DecisionKind,
        target: Target,
        who: str,
        *,
        value: str | None = None,
        reason: str | None = None,
        snapshot_hash: str | None = None,
        token: str | None = None,
        seen_sequence: int | None = None,
    ) -> Decision:
        """Log a decision on *target*; it is on disk when this returns.

        *token* names a form: sent again, it gives the decision that was logged the first time. *seen_sequence* is the
        last entry the reviewer knew of: :class:`DecidedMeanwhileError` when the same value was decided on since.
        :class:`DecisionError` when such a decision makes no sense.
        """
        draft = _draft(kind, target, who, value=value, reason=reason, snapshot_hash=snapshot_hash)
        with self._turn():
            if (known := self._by_token(token)) is not None:
                return known
            since = self._select(
                f"target_id = ? AND field = ? AND sequence > ? AND {_LIVE}",
                (target.id, target.field, self.last_sequence if seen_sequence is None else seen_sequence),
            )
            if since:
                raise DecidedMeanwhileError(
                    f"{since[-1].who} decided on it meanwhile: {since[-1].kind} (number {since[-1].sequence})."
                )
            return self._insert(draft, token)

    def undo(self, number: int, who: str, *, reason: str | None = None, token: str | None = None) -> Decision:
        """Log that decision *number* (its sequence) no longer counts; :class:`DecisionError` when it does not now."""
        with self._turn():
            if (known := self._by_token(token)) is not None:
                return known
            undone = self.entry(number)
            if undone.kind is DecisionKind.UNDO:
                raise DecisionError(f"Number {number} is itself an undo; decide anew instead.")
            if not self._select(f"sequence = ? AND {_LIVE}", (number,)):
                raise DecisionError(f"Decision number {number} is undone already.")
            draft = _draft(DecisionKind.UNDO, undone.target, who, reason=reason, undoes=undone.decision_id)
            return self._insert(draft, token)

    def entries(self) -> list[Decision]:
        """The whole log in its order."""
        return self._select("TRUE")

    def entry(self, number: int) -> Decision:
        """The entry with that sequence number; :class:`DecisionError` when there is none."""
        found = self._select("sequence = ?", (number,))
        if not found:
            raise DecisionError(f"There is no decision number {number}; the log has {self.last_sequence}.")
        return found[0]

    def about(self, target_id: str, field: str | None = None) -> list[Decision]:
        """What was decided on a row or mark, or on one *field* of it; undone ones and undos, too."""
        condition = "target_id = ?" if field is None else "target_id = ? AND field = ?"
        return self._select(condition, (target_id,) if field is None else (target_id, field))

    @property
    def last_sequence(self) -> int:
        """Number of the last entry; 0 before the first."""
        (last,) = self._connection.execute("SELECT coalesce(max(sequence), 0) FROM decision").fetchone()
        return int(last)

    @contextlib.contextmanager
    def _turn(self) -> Iterator[None]:
        """Nobody else writes: all of the body or nothing of it."""
        try:
            self._connection.execute("BEGIN IMMEDIATE")
        except sqlite3.OperationalError as error:
            raise ConfigurationError(
                "The decision log is busy or cannot be written.",
                "Nothing was logged. Try again; if it stays, see who holds decisions.db and whether the disk is full.",
            ) from error
        try:
            yield
        except BaseException:
            self._connection.execute("ROLLBACK")
            raise
        self._connection.execute("COMMIT")

    def _insert(self, draft: Decision, token: str | None) -> Decision:
        number = self.last_sequence
        previous = self.entry(number).chain if number else ""
        placed = replace(draft, sequence=number + 1, decided_datetime=_now())
        decision = replace(placed, chain=chained(previous, placed))
        row = {**row_of(decision), "token": token}
        self._connection.execute(
            f"INSERT INTO decision ({', '.join(row)}) VALUES ({', '.join('?' * len(row))})", tuple(row.values())
        )
        return decision

    def _by_token(self, token: str | None) -> Decision | None:
        found = self._select("token = ?", (token,))
        return found[0] if found else None

    def _select(self, condition: str, parameters: tuple[object, ...] = ()) -> list[Decision]:
        rows = self._connection.execute(f"SELECT * FROM decision WHERE {condition} ORDER BY sequence", parameters)
        return [decision_of(row) for row in rows]


def read_log(path: Path) -> list[Decision]:
    """All entries of the log at *path*, for a build; none where there is no log.

    :class:`DecisionLogError` when an entry is not the one that was written, or is missing.
    """
    if not path.exists():
        return []
    with DecisionLog(path) as log:
        try:
            entries = log.entries()
        except (sqlite3.DatabaseError, ValueError) as error:
            raise DecisionLogError(f"{path.name} cannot be read ({type(error).__name__}).") from error
    previous = ""
    for number, entry in enumerate(entries, start=1):
        if entry.sequence != number or entry.chain != chained(previous, entry):
            raise DecisionLogError(f"Entry {number} of {path.name} is not the one that was written.")
        previous = entry.chain
    return entries


def _now() -> datetime:
    return datetime.now(UTC).replace(tzinfo=None, microsecond=0)


def _draft(
    kind: DecisionKind,
    target: Target,
    who: str,
    *,
    value: str | None = None,
    reason: str | None = None,
    undoes: str | None = None,
    snapshot_hash: str | None = None,
) -> Decision:
    """The entry before it has its number; :class:`DecisionError` when such a decision makes no sense."""
    try:
        return Decision(0, _now(), who.strip(), kind, target, value, reason, undoes, snapshot_hash)
    except ValueError as error:
        raise DecisionError(f"This cannot be logged: {error}.") from error
