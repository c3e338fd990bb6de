"""Blind double review as the decision log's file keeps it: rounds, values drawn, readings. Entries are only ever added.

Tables of their own beside the decisions: a blind reading decides nothing, and nothing that ``out`` shows depends on it.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from records.decisions import MAX_TEXT, MAX_WHO, TargetKind
from records.places import BBox
from review.double_sample import Drawn
from review.errors import DecisionError
from review.log_file import open_log, turn

READING, ADJUDICATION = "reading", "adjudication"
READERS = 2


@dataclass(frozen=True, slots=True)
class Round:
    """One sample, drawn from one snapshot."""

    round_number: int
    started_datetime: datetime
    """Naive UTC."""
    who: str
    snapshot_hash: str
    wanted: int


@dataclass(frozen=True, slots=True)
class DoubleItem:
    """One value of a sample, as it was when it was drawn."""

    round_number: int
    item_number: int
    kind: TargetKind
    target_id: str
    field: str
    document_id: str
    page_number: int
    bbox: BBox
    machine_text: str | None
    class_name: str
    class_size: int


@dataclass(frozen=True, slots=True)
class Reading:
    """What one person read; of an adjudication, what somebody decided two readings to mean."""

    item_number: int
    who: str
    role: str
    text: str | None
    """None where nothing is printed or nobody can tell."""
    is_unreadable: bool


class DoubleLog:
    """The rounds of one data folder; a context manager. Every thread and process opens its own."""

    def __init__(self, path: Path) -> None:
        self._connection = open_log(path)

    def __enter__(self) -> DoubleLog:
        return self

    def __exit__(self, *_: object) -> None:
        self._connection.close()

    def start(
        self, drawn: Sequence[Drawn], who: str, snapshot_hash: str, wanted: int, after: int | None = None
    ) -> Round:
        """A new round over *drawn*, all of it or nothing; :class:`DecisionError` for an empty sample. With *after*, the
        number of the round that was the last when somebody asked: asked twice, it is one round."""
        if not drawn:
            raise DecisionError("There is nothing to draw a sample from.", "Nothing was started.")
        with turn(self._connection):
            (last,) = self._connection.execute("SELECT coalesce(max(round_number), 0) FROM double_round").fetchone()
            if after is not None and int(last) > after:
                return self.rounds()[after]
            number = int(last) + 1
            self._connection.execute(
                "INSERT INTO double_round VALUES (?, ?, ?, ?, ?)", (number, _now(), who, snapshot_hash, wanted)
            )
            for item_number, one in enumerate(drawn, start=1):
                target, box = one.target, one.target.bbox
                assert box is not None
                self._connection.execute(
                    f"INSERT INTO double_item VALUES ({', '.join('?' * 14)})",
                    (
                        number, item_number, target.kind.value, target.id, target.field, target.document_id,
                        target.page_number, box.x0, box.top, box.x1, box.bottom, target.seen_text, one.class_name,
                        one.class_size,
                    ),
                )  # fmt: skip
        return self.rounds()[-1]

    def rounds(self) -> list[Round]:
        """All rounds, the first first."""
        rows = self._connection.execute("SELECT * FROM double_round ORDER BY round_number")
        return [Round(row[0], datetime.fromisoformat(row[1]), row[2], row[3], row[4]) for row in rows]

    def items(self, round_number: int) -> list[DoubleItem]:
        """The values of a round."""
        rows = self._connection.execute(
            "SELECT * FROM double_item WHERE round_number = ? ORDER BY item_number", (round_number,)
        )
        return [_item(row) for row in rows]

    def readings(self, round_number: int) -> list[Reading]:
        """What was read in a round, in order."""
        rows = self._connection.execute(
            "SELECT item_number, who, role, text, is_unreadable FROM double_reading WHERE round_number = ?"
            " ORDER BY sequence",
            (round_number,),
        )
        return [Reading(row[0], row[1], row[2], row[3], bool(row[4])) for row in rows]

    def add(
        self,
        round_number: int,
        item_number: int,
        who: str,
        role: str,
        text: str | None,
        is_unreadable: bool,
        token: str,
    ) -> None:
        """Log a reading, or an adjudication where two readings differ. The same *token* again adds nothing. Whoever
        reads a value again corrects the own reading; both stay in the log. That is possible until a second person has
        read the value, and of the own last reading until it is settled: then, and for a third person,
        :class:`DecisionError`."""
        if not who.strip() or len(who) > MAX_WHO or (text is not None and len(text) > MAX_TEXT):
            raise DecisionError("This cannot be logged: a name or a text is too long, or missing.")
        with turn(self._connection):
            if self._connection.execute("SELECT 1 FROM double_reading WHERE token = ?", (token,)).fetchone():
                return
            if not self._connection.execute(
                "SELECT 1 FROM double_item WHERE round_number = ? AND item_number = ?", (round_number, item_number)
            ).fetchone():
                raise DecisionError(f"Round {round_number} has no value {item_number}.", "Nothing was logged.")
            known = [one for one in self.readings(round_number) if one.item_number == item_number]
            readers = {one.who for one in known if one.role == READING}
            if role == READING and len(readers) >= READERS and not self._is_own_last(round_number, item_number, who):
                raise DecisionError(
                    "Two people have read this value already.", "Nothing was logged; go on to the next."
                )
            if role == READING and any(one.role == ADJUDICATION for one in known):
                raise DecisionError("What is printed there is settled already.", "Nothing was logged.")
            if role == ADJUDICATION and len(readers) < READERS:
                raise DecisionError(
                    "Nobody can decide between two readings before there are two.", "Nothing was logged."
                )
            self._connection.execute(
                "INSERT INTO double_reading SELECT coalesce(max(sequence), 0) + 1, ?, ?, ?, ?, ?, ?, ?, ?"
                " FROM double_reading",
                (round_number, item_number, _now(), who, role, text, int(is_unreadable), token),
            )

    def _is_own_last(self, round_number: int, item_number: int, who: str) -> bool:
        mine = [one for one in self.readings(round_number) if one.who == who and one.role == READING]
        return bool(mine) and mine[-1].item_number == item_number


def _item(row: sqlite3.Row) -> DoubleItem:
    box = BBox(row["x0"], row["top"], row["x1"], row["bottom"])
    place = (row["document_id"], row["page_number"], box)
    about = (TargetKind(row["target_kind"]), row["target_id"], row["field"])
    return DoubleItem(
        row["round_number"], row["item_number"], *about, *place, row["machine_text"], row["class"], row["class_size"]
    )


def _now() -> str:
    return datetime.now(UTC).replace(tzinfo=None, microsecond=0).isoformat(sep=" ")
