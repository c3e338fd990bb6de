"""The review queue: doubtful values in the order of their effect, without those that somebody has decided on.

The values and their order are those of the snapshot (``core.review_item``); what was decided is asked of the log, so a
decision takes its value out of the queue at once, not with the next build.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields, replace
from datetime import date
from typing import Any

import duckdb

from review.decided import Key, Said
from review.naming import HASHED
from warehouse.trace_chain import every

PAGE = 50
"""Items of one page of the queue."""


@dataclass(frozen=True, slots=True)
class Filters:
    """Which items; an empty word filters nothing."""

    kind: str = ""
    release: str = ""
    document: str = ""
    code: str = ""
    field: str = ""
    """As :func:`review.naming.word_of` has it."""
    show: str = ""
    """Empty: what is open. ``decided``: what somebody decided on. ``all``: both."""

    def words(self) -> dict[str, str]:
        """Those that are set, as the parameters of an address."""
        return {one.name: said for one in fields(self) if (said := getattr(self, one.name))}


@dataclass(frozen=True, slots=True)
class Item:
    """A row of ``core.review_item``."""

    item_number: int
    target_kind: str
    target_id: str
    field: str
    release_id: str | None
    document_id: str | None
    page_number: int | None
    codes: tuple[str, ...]
    doubt: float
    rows_touched: int
    score: float
    standing: str

    @property
    def key(self) -> Key:
        return self.target_id, self.field


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a reviewer is with what the filters let through."""

    all: int
    decided: int
    today_by_me: int
    """Decisions of this reviewer since midnight UTC that count, on whatever."""

    @property
    def open(self) -> int:
        return self.all - self.decided


_COLUMNS = ", ".join(f"i.{one.name}" for one in fields(Item))
# One text instead of two lists: tens of thousands of keys are taken over ten times as fast.
_DECIDED = """WITH decided AS (
    SELECT DISTINCT split_part(key, chr(31), 1) AS target_id, split_part(key, chr(31), 2) AS field
    FROM (SELECT unnest(string_split($decided, chr(30))) AS key)) """
_JOIN = "LEFT JOIN decided AS d ON d.target_id = i.target_id AND d.field = i.field"
_NEAR = 5_000
"""Items looked at first: what is wanted is mostly there, and the table lies in the order of the queue."""


def items(
    connection: duckdb.DuckDBPyConnection,
    filters: Filters,
    decided: Mapping[Key, Said],
    after: int = 0,
    most: int = PAGE,
) -> list[Item]:
    """The next *most* items behind item number *after*, in the order of the queue."""
    for last in (after + _NEAR, 2**31 - 1):
        found = _items(connection, filters, decided, (after + 1, last), "i.item_number", most)
        if len(found) == most:
            break
    return found


def item_before(connection: duckdb.DuckDBPyConnection, filters: Filters, place: int) -> Item | None:
    """The item before *place*, decided or not."""
    everything = replace(filters, show="all")
    for first in (place - _NEAR, 1):
        found = _items(connection, everything, {}, (first, place - 1), "i.item_number DESC", 1)
        if found:
            return found[0]
    return None


def item_after(
    connection: duckdb.DuckDBPyConnection, filters: Filters, place: int, decided: Mapping[Key, Said] | None = None
) -> Item | None:
    """The item after *place*: the next one, or with *decided* the next that is open."""
    wanted = replace(filters, show="all" if decided is None else "")
    found = items(connection, wanted, decided or {}, place, 1)
    return found[0] if found else None


def item_of(connection: duckdb.DuckDBPyConnection, target_id: str, field: str) -> Item | None:
    """The item of a value; None where it is not doubtful."""
    found = every(connection, "core.review_item", "target_id = ? AND field = ?", [target_id, field])
    return Item(**{**found[0], "codes": tuple(found[0]["codes"])}) if found else None


def progress(
    connection: duckdb.DuckDBPyConnection, filters: Filters, decided: Mapping[Key, Said], who: str, today: date
) -> Progress:
    """How much of what *filters* let through is decided, and how much *who* did today."""
    where, parameters = _where(replace(filters, show="all"))
    row = connection.execute(
        f"{_DECIDED} SELECT count(*), count(d.target_id) FROM core.review_item AS i {_JOIN} WHERE {where}",
        parameters | _keys(decided),
    ).fetchone()
    assert row is not None
    mine = sum(said.who == who and said.decided_datetime.date() == today for said in decided.values())
    return Progress(row[0], row[1], mine)


def open_counts(connection: duckdb.DuckDBPyConnection, decided: Mapping[Key, Said]) -> dict[str | None, int]:
    """Document -> its open items; None stands for what is in none. Those without an open item are left out."""
    rows = connection.execute(
        f"{_DECIDED} SELECT i.document_id, count(*) FROM core.review_item AS i {_JOIN} WHERE d.target_id IS NULL"
        " GROUP BY i.document_id",
        _keys(decided),
    ).fetchall()
    return dict(rows)


def _items(
    connection: duckdb.DuckDBPyConnection,
    filters: Filters,
    decided: Mapping[Key, Said],
    between: tuple[int, int],
    order: str,
    most: int,
) -> list[Item]:
    where, parameters = _where(filters)
    rows = connection.execute(
        f"{_DECIDED} SELECT {_COLUMNS} FROM core.review_item AS i {_JOIN}"
        f" WHERE {where} AND i.item_number BETWEEN $first AND $last ORDER BY {order} LIMIT $most",
        parameters | _keys(decided) | {"first": between[0], "last": between[1], "most": most},
    ).fetchall()
    names = [one.name for one in fields(Item)]
    found = [dict(zip(names, row, strict=True)) for row in rows]
    return [Item(**{**one, "codes": tuple(one["codes"])}) for one in found]


def _where(filters: Filters) -> tuple[str, dict[str, Any]]:
    conditions = {
        "kind": "i.target_kind = $kind",
        "release": "i.release_id = $release",
        "document": "i.document_id = $document",
        "code": "list_contains(i.codes, $code)",
        "field": f"'{HASHED}' || sha256(i.field) = $field" if filters.field.startswith(HASHED) else "i.field = $field",
    }
    said = filters.words()
    parts = [condition for name, condition in conditions.items() if name in said]
    if filters.show != "all":
        parts.append("d.target_id IS NOT NULL" if filters.show == "decided" else "d.target_id IS NULL")
    return " AND ".join(parts or ["TRUE"]), {name: said[name] for name in conditions if name in said}


def _keys(decided: Mapping[Key, Said]) -> dict[str, str]:
    return {"decided": "\x1e".join(f"{id}\x1f{field}" for id, field in decided)}
