"""What is decided at this moment: the decisions that count in the log, by the ids that the snapshot gives their values.

The log knows a value by the id of its own time; a snapshot says where it is now (``core.standing``). Of decisions
younger than the snapshot, those made on it are about its ids. Those made on another one, while this one was built, are
found by their place, as the next build will find them. A stale decision decides nothing: its value is open again.

A log may hold tens of thousands of decisions, and every page asks. Entries never change, so what was read of the log
once is kept, and only what was added since is read.
"""

from __future__ import annotations

import threading
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from types import MappingProxyType

import duckdb

from records.decisions import PLACED, DecisionKind, TargetKind
from review.decision_log import DecisionLog
from warehouse.derive_standing import found_values
from warehouse.load_decisions import given_decisions

Key = tuple[str, str]
"""Id of a row, mark, organization or release; field."""


@dataclass(frozen=True, slots=True)
class Said:
    """A decision that counts, without its place."""

    sequence: int
    decision_id: str
    decided_datetime: datetime
    who: str
    kind: DecisionKind
    target_kind: TargetKind
    target_id: str
    field: str
    value: str | None
    along_with: str | None
    snapshot_hash: str | None


@dataclass(slots=True)
class _Known:
    """A log as far as it was read."""

    last: int = 0
    last_id: str = ""
    live: dict[str, Said] = field(default_factory=dict)
    """Decision id -> those that count, in the order of the log."""
    decided: dict[str, Mapping[Key, Said]] = field(default_factory=dict)
    """Content hash of a snapshot -> what is decided of it up to ``last``."""
    places: dict[str, dict[int, str | None]] = field(default_factory=dict)
    """Content hash of a snapshot -> number of a decision made on another one -> the id that its value has here; None
    where something else is read there, or nothing."""


_known: dict[Path, _Known] = {}
_turn = threading.Lock()


def decided(connection: duckdb.DuckDBPyConnection, log: DecisionLog) -> Mapping[Key, Said]:
    """Value -> the last decision on it that counts."""
    row = connection.execute("SELECT content_hash, decision_sequence FROM meta.build").fetchone()
    assert row is not None
    content_hash, sequence = row
    with _turn:
        known = _known.get(log.path)
        if known is None or not log.has(known.last, known.last_id):  # another log was put in its place
            known = _known[log.path] = _Known()
        _read_on(known, log)
        if content_hash not in known.decided:
            _find_places(connection, log, known, sequence, content_hash)
            found = _by_key(connection, known.live, sequence, known.places[content_hash])
            known.decided = {content_hash: MappingProxyType(found)}
        return known.decided[content_hash]


def _read_on(known: _Known, log: DecisionLog) -> None:
    added = log.facts_since(known.last)
    for sequence, decision_id, moment, who, kind, target_kind, target_id, name, value, along, undoes, made_on in added:
        if undoes is not None:
            known.live.pop(undoes, None)
        else:
            at, said = datetime.fromisoformat(moment), DecisionKind(kind)
            about = (TargetKind(target_kind), target_id, name)
            known.live[decision_id] = Said(sequence, decision_id, at, who, said, *about, value, along, made_on)
        known.last, known.last_id = sequence, decision_id
    if added:
        known.decided = {}


def _find_places(
    connection: duckdb.DuckDBPyConnection, log: DecisionLog, known: _Known, sequence: int, content_hash: str
) -> None:
    """Look for the values of decisions younger than number *sequence* that were made on another snapshot."""
    places = known.places.get(content_hash, {})
    known.places = {content_hash: places}
    wanted = [
        log.entry(said.sequence)
        for said in known.live.values()
        if said.sequence > sequence
        and said.sequence not in places
        and said.snapshot_hash not in (None, content_hash)
        and said.target_kind in PLACED
    ]
    if not wanted:
        return
    # On a connection of its own: that of the request may have a result that nobody has fetched to its end.
    with connection.cursor() as own, given_decisions(own, "younger", wanted):
        rows = own.execute(
            f"SELECT sequence, CASE WHEN is_same THEN found_id END FROM ({found_values('younger')})"
        ).fetchall()
    places.update(rows)


def _by_key(
    connection: duckdb.DuckDBPyConnection,
    live: Mapping[str, Said],
    known: int,
    places: Mapping[int, str | None],
) -> dict[Key, Said]:
    found: dict[Key, Said] = {}
    for ids, target_id, name in connection.execute(
        "SELECT decision_ids, target_id, field FROM core.standing WHERE target_id IS NOT NULL AND standing <> 'stale'"
    ).fetchall():
        for id in ids:
            if id in live:
                found[target_id, name] = live[id]
    for said in live.values():
        here = places.get(said.sequence, said.target_id) if said.sequence > known else None
        if here is not None:
            found[here, said.field] = said
    return found


def last_of(who: str, decided: Mapping[Key, Said]) -> tuple[Said | None, int]:
    """The last decision of *who* that counts, and how many were taken along with it; of such ones, the one that they
    were taken along with."""
    mine = [said for said in decided.values() if said.who == who]
    last = max(mine, key=lambda said: said.sequence, default=None)
    if last is None:
        return None, 0
    first = next((said for said in mine if said.decision_id == last.along_with), last)
    return first, sum(said.along_with == first.decision_id for said in mine)
