"""The sample of a blind double review: some rows and marks of every class, drawn by the hash of their ids.

An id begins with the hash of its document, so the sample is chosen by document hash, place by place: the same snapshot
gives the same sample to everybody, and nobody can choose. Within a class every row has the same chance, and all its
fields are read; each field is then a simple random sample of its own.

A class says who read and how sure that is: of cells of logs the engine; of organizations the agreement of the readers
(or the engine, where text was not recognised); of marks style and agreement, as in ``warehouse/confidence.toml``.
"""

from __future__ import annotations

from dataclasses import dataclass

import duckdb

from records.decisions import Target
from records.sharing_headers import SHARING_FIELDS
from review.targets import see

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
        rows = connection.execute(
            f"""SELECT {key}, class, class_size FROM (
                SELECT {key}, {class_name} AS class, sha256({key}) AS place,
                    count(*) OVER (PARTITION BY class) AS class_size
                FROM {relation})
            QUALIFY row_number() OVER (PARTITION BY class ORDER BY place) <= ?
            ORDER BY place""",
            [wanted],
        ).fetchall()
        for id, name, size in rows:
            drawn += [
                Drawn(see(connection, id, field).target, name, size) for field in _fields(connection, relation, id)
            ]
    return drawn


def _fields(connection: duckdb.DuckDBPyConnection, relation: str, id: str) -> list[str]:
    """The fields that its page prints; a direction is concluded, not printed."""
    if relation == "raw.hotlist_mark":
        return ["label", "state"]
    if relation == "raw.sharing_row":
        printed = connection.execute(
            f"SELECT {', '.join(f'count({field}) > 0' for field in SHARING_FIELDS)} FROM raw.sharing_row"
            " WHERE segment_id = (SELECT segment_id FROM raw.sharing_row WHERE row_id = ?)",
            [id],
        ).fetchone()
        assert printed is not None
        return [field for field, is_printed in zip(SHARING_FIELDS, printed, strict=True) if is_printed]
    rows = connection.execute(
        """SELECT DISTINCT coalesce(field, other_key), min(column_ordinal) FROM raw.segment_column
        WHERE segment_id = (SELECT segment_id FROM raw.audit_row WHERE row_id = ?)
        GROUP BY ALL ORDER BY 2""",
        [id],
    ).fetchall()
    return [name for name, _ in rows]
