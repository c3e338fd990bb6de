"""What a list of items shows of each: the beginning of its reading, and the name of what it is about."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import duckdb

from records.decisions import TargetKind
from records.rows import AUDIT_FIELDS
from review.decided import Key
from review.queue import Item

SHOWN = 400
"""Characters of a text in a list of items."""


def _read_texts(
    connection: duckdb.DuckDBPyConnection, values: Iterable[tuple[str, str, str]], longest: int
) -> dict[tuple[str, str], str | None]:
    """(id, field) -> the first *longest* characters of what was read there, of many *values* (kind, id, field) at
    once. The database cuts: many cells of megabytes would not fit into memory."""
    by_relation: dict[tuple[str, str], dict[str, list[str]]] = {}
    for kind, id, field in values:
        by_relation.setdefault(_RELATIONS[kind], {}).setdefault(id, []).append(field)
    found: dict[tuple[str, str], str | None] = {}
    for (relation, key), wanted in by_relation.items():
        ids = sorted(wanted)
        names = sorted({field for fields in wanted.values() for field in fields})
        others = [name for name in names if relation == "raw.audit_row" and name not in AUDIT_FIELDS]
        names = [*(name for name in names if name not in others), *others]
        texts = [f'left("{name}"::VARCHAR, {longest})' for name in names[: len(names) - len(others)]]
        texts += [f"left(other[${number}], {longest})" for number, _ in enumerate(others, start=4)]
        # Rows lie in the order of their ids: the range spares a look at the others.
        rows = connection.execute(
            f"""SELECT {key}, {", ".join(texts)} FROM {relation}
            WHERE {key} BETWEEN $1 AND $2 AND list_contains($3, {key})""",
            [ids[0], ids[-1], ids, *others],
        ).fetchall()
        for id, *read in rows:
            found |= {(id, name): text for name, text in zip(names, read, strict=True) if name in wanted[id]}
    return found


_RELATIONS: dict[str, tuple[str, str]] = {
    TargetKind.AUDIT_CELL: ("raw.audit_row", "row_id"),
    TargetKind.SHARING_CELL: ("raw.sharing_row", "row_id"),
    TargetKind.MARK_LABEL: ("raw.hotlist_mark", "mark_id"),
    TargetKind.MARK_STATE: ("raw.hotlist_mark", "mark_id"),
    TargetKind.ORGANIZATION_ATTRIBUTE: ("core.organization", "org_id"),
    TargetKind.RELEASE_FACT: ("raw.release", "release_id"),
}


def texts(connection: duckdb.DuckDBPyConnection, some: Sequence[Item]) -> dict[Key, str | None]:
    """What was read of *some* items, as much of it as a list shows."""
    return _read_texts(connection, [(item.target_kind, item.target_id, item.field) for item in some], SHOWN)


def names(connection: duckdb.DuckDBPyConnection, ids: Sequence[str]) -> dict[str, str]:
    """Mark or organization -> its label or name, where it has one: what its state or attribute is one of."""
    return dict(
        connection.execute(
            f"""SELECT mark_id, left(label, {SHOWN}) FROM raw.hotlist_mark
            WHERE list_contains($ids, mark_id) AND label IS NOT NULL
            UNION ALL
            SELECT org_id, left(organization, {SHOWN}) FROM core.organization WHERE list_contains($ids, org_id)""",
            {"ids": list(ids)},
        ).fetchall()
    )
