"""The sample of a blind double review: some rows and marks of every class, drawn by the hash of their ids.

An id begins with the hash of its document, so the sample is chosen by document hash, place by place: the same snapshot
gives the same sample to everybody, and nobody can choose. Within a class every row has the same chance, and all its
fields are read; each field is then a simple random sample of its own.

A class says who read and how sure that is: of cells of logs the engine; of organizations the agreement of the readers
(or the engine, where text was not recognised); of marks style and agreement, as in ``warehouse/confidence.toml``.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import duckdb

from records.decisions import Target, can_be_named
from records.sharing_headers import SHARING_FIELDS
from review.printed import Facts, mark_value, row_value, shared_value
from warehouse.trace_chain import every

_CLASSES = {
    "raw.audit_row": ("row_id", "coalesce(engine, 'unknown')"),
    "raw.sharing_row": ("row_id", "coalesce(agreement, engine, 'unknown')"),
    "raw.hotlist_mark": ("mark_id", "style || '/' || coalesce(label_agreement, 'unknown')"),
}


@dataclass(frozen=True, slots=True)
class Drawn:
    """A value of the sample."""

    target: Target
    """Its ``seen_text`` is what the machine read: not to be shown."""
    class_name: str
    class_size: int


def draw(connection: duckdb.DuckDBPyConnection, wanted: int) -> list[Drawn]:
    """Up to *wanted* rows or marks of every class, with all their fields, in the order of their ids' hashes."""
    drawn = []
    for relation, (key, class_name) in _CLASSES.items():
        classes = connection.execute(
            f"SELECT {class_name} AS class, count(*), min_by({key}, sha256({key}), ?) FROM {relation} GROUP BY class",
            [wanted],
        ).fetchall()
        sizes = {name: size for name, size, _ in classes}
        class_of = {id: name for name, _, ids in classes for id in ids}
        condition = f"{key} IN (SELECT unnest(?)) ORDER BY sha256({key})"
        rows = every(connection, relation, condition, [list(class_of)])
        printed = _printed(connection, relation, {row["segment_id"] for row in rows})
        for row in rows:
            name = class_of[row[key]]
            drawn += [Drawn(target, name, sizes[name]) for target in _values(relation, row, printed)]
    return drawn


def _values(relation: str, row: Facts, printed: Mapping[str, Sequence[str]]) -> list[Target]:
    """The values of *row* that its page prints; a direction is concluded, not printed."""
    if relation == "raw.hotlist_mark":
        return [mark_value(row, field)[0] for field in ("label", "state")]
    fields = printed.get(row["segment_id"], ())
    if relation == "raw.sharing_row":
        return [shared_value(row, field)[0] for field in fields]
    # A name that no log can hold whole is left out.
    return [row_value(row, field, fields)[0] for field in fields if can_be_named(field)]


def _printed(connection: duckdb.DuckDBPyConnection, relation: str, segments: set[str]) -> dict[str, list[str]]:
    """Segment -> the fields that it prints, in their order."""
    counted = ", ".join(f"CASE WHEN count({field}) > 0 THEN '{field}' END" for field in SHARING_FIELDS)
    queries = {
        "raw.audit_row": "SELECT segment_id, list(coalesce(field, other_key) ORDER BY column_ordinal)"
        " FROM raw.segment_column",
        "raw.sharing_row": f"SELECT segment_id, list_filter([{counted}], lambda f: f IS NOT NULL) FROM raw.sharing_row",
    }
    if relation not in queries:
        return {}
    rows = connection.execute(
        f"{queries[relation]} WHERE segment_id IN (SELECT unnest(?)) GROUP BY segment_id", [sorted(segments)]
    ).fetchall()
    return {segment_id: list(dict.fromkeys(fields)) for segment_id, fields in rows}
