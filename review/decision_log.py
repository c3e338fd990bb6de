"""The decision log: one SQLite file on a local disk, ``<data>/decisions.db``, to which entries are only ever added.

WAL with synchronous FULL: an entry that was acknowledged survives ``kill -9`` and a power cut. Several processes may
write; they take turns. On a network drive SQLite's locks cannot be trusted: keep the data folder on a local disk.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

from records.decisions import Decision, DecisionKind, Target, chained
from review.errors import DecidedMeanwhileError, DecisionError, DecisionLogError
from review.log_file import row_of, turn
from review.log_reader import LIVE, LogReader

_SAID = {
    DecisionKind.ACCEPT: "accepted",
    DecisionKind.CORRECT: "corrected",
    DecisionKind.REJECT: "rejected",
    DecisionKind.UNREADABLE: "unreadable",
}


class DecisionLog(LogReader):
    """An open decision log, for looking and for adding; a context manager. Every thread and process opens its own."""

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
        about = {"value": value, "reason": reason, "snapshot_hash": snapshot_hash}
        return self.append_all(kind, [target], who, token=token, seen_sequence=seen_sequence, **about)[0]

    def append_all(
        self,
        kind: DecisionKind,
        targets: Sequence[Target],
        who: str,
        *,
        value: str | None = None,
        reason: str | None = None,
        snapshot_hash: str | None = None,
        token: str | None = None,
        seen_sequence: int | None = None,
    ) -> list[Decision]:
        """Log the same decision on several values, all of them or none: on the first of *targets*, which the reviewer
        looked at, and on the others, taken along with it. For the rest see :meth:`append`."""
        drafts = [
            _draft(kind, target, who, value=value, reason=reason, snapshot_hash=snapshot_hash) for target in targets
        ]
        with turn(self._connection):
            if known := self._by_token(token):
                demand_same(known[0], kind, targets[0].id, targets[0].field, value, who)
                return known
            seen = self.last_sequence if seen_sequence is None else seen_sequence
            for target in targets:
                since = self._select(
                    f"target_id = ? AND field = ? AND sequence > ? AND {LIVE}", (target.id, target.field, seen)
                )
                if since:
                    last = since[-1]
                    raise DecidedMeanwhileError(
                        f"{last.who} decided on it meanwhile: {_SAID[last.kind]} (number {last.sequence})."
                    )
            return self._insert_all(drafts, token)

    def undo(self, number: int, who: str, *, reason: str | None = None, token: str | None = None) -> Decision:
        """Log that decision *number* (its sequence) no longer counts; :class:`DecisionError` when it does not now."""
        with turn(self._connection):
            if known := self._by_token(token):
                return known[0]
            return self._insert_all([self._undoing(number, who, reason)], token)[0]

    def undo_all(
        self,
        number: int,
        who: str,
        *,
        reason: str | None = None,
        token: str | None = None,
        seen_sequence: int | None = None,
    ) -> list[Decision]:
        """Undo decision *number*, and what was taken along with it and still counts, together. With *seen_sequence*,
        the last entry that *who* knew of: :class:`DecidedMeanwhileError` when *who* decided something since, for then
        that may be what is meant."""
        with turn(self._connection):
            if known := self._by_token(token):
                return known
            seen = self.last_sequence if seen_sequence is None else seen_sequence
            later = self._select(f"who = ? AND sequence > ? AND {LIVE}", (who, seen))
            if later:
                raise DecidedMeanwhileError(
                    f"You decided on something since, number {later[-1].sequence}.",
                    "Nothing was undone. Load the page again; number and value of what z undoes stand there.",
                )
            first = self._undoing(number, who, reason)
            others = self._select(f"along_with = ? AND {LIVE}", (first.undoes,))
            drafts = [first, *(self._undoing(other.sequence, who, reason) for other in others)]
            return self._insert_all(drafts, token)

    def _undoing(self, number: int, who: str, reason: str | None) -> Decision:
        undone = self.entry(number)
        if undone.kind is DecisionKind.UNDO:
            raise DecisionError(f"Number {number} is itself an undo; decide anew instead.")
        if not self._select(f"sequence = ? AND {LIVE}", (number,)):
            raise DecisionError(f"Decision number {number} is undone already.")
        return _draft(DecisionKind.UNDO, undone.target, who, reason=reason, undoes=undone.decision_id)

    def _insert_all(self, drafts: Sequence[Decision], token: str | None) -> list[Decision]:
        """The first with the token of its form, the others as taken along with it."""
        first = self._insert(drafts[0], token)
        return [first, *(self._insert(replace(draft, along_with=first.decision_id), None) for draft in drafts[1:])]

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


def demand_same(known: Decision, kind: DecisionKind, target_id: str, field: str, value: str | None, who: str) -> None:
    """Raise :class:`DecidedMeanwhileError` when what is said now is not what the same form had logged, *known*."""
    before = known.kind, known.target.id, known.target.field, known.value, known.who
    if before != (kind, target_id, field, value, who.strip()):
        raise DecidedMeanwhileError("This page was used already, for another decision.")


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
