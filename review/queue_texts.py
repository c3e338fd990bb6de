"""What a list of items shows of each: the beginning of its reading, and the name of what it is about."""

from __future__ import annotations

from collections.abc import Sequence

import duckdb

from review.decided import Key
from review.queue import Item
from review.targets import read_texts

SHOWN = 400
"""Characters of a text in a list of items."""


def texts(connection: duckdb.DuckDBPyConnection, some: Sequence[Item]) -> dict[Key, str | None]:
    """What was read of *some* items, as much of it as a list shows."""
    return read_texts(connection, [(item.target_kind, item.target_id, item.field) for item in some], SHOWN)


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
