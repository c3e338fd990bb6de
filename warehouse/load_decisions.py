"""The decision log into ``core.decision``, as it is: undone decisions and undos, too."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager

import duckdb

from records.decisions import Decision
from warehouse.flat import registered

_COLUMNS = {
    "sequence": "int64",
    "decision_id": "string",
    "decided_datetime": "timestamp",
    "who": "string",
    "kind": "string",
    "target_kind": "string",
    "target_id": "string",
    "field": "string",
    "seen_text": "string",
    "document_id": "string",
    "page_number": "int32",
    "x0": "double",
    "top": "double",
    "x1": "double",
    "bottom": "double",
    "value": "string",
    "reason": "string",
    "undoes": "string",
    "snapshot_hash": "string",
    "along_with": "string",
    "chain": "string",
}


def load_decisions(connection: duckdb.DuckDBPyConnection, decisions: Sequence[Decision]) -> None:
    """Fill ``core.decision``, which must be empty."""
    with given_decisions(connection, "given_decision", decisions):
        connection.execute("INSERT INTO core.decision BY NAME FROM given_decision ORDER BY sequence")


@contextmanager
def given_decisions(connection: duckdb.DuckDBPyConnection, name: str, decisions: Sequence[Decision]) -> Iterator[None]:
    """*decisions* as the relation *name*, with the columns of ``core.decision``, while the block runs."""
    with registered(connection, f"{name}_flat", _COLUMNS, [_row(decision) for decision in decisions]):
        connection.execute(
            f"""CREATE TEMP VIEW {name} AS
            SELECT d.* EXCLUDE (x0, top, x1, bottom),
                CASE WHEN d.x0 IS NOT NULL
                    THEN struct_pack(x0 := d.x0, top := d.top, x1 := d.x1, bottom := d.bottom) END AS box,
                u.decision_id AS undone_by
            FROM {name}_flat AS d LEFT JOIN {name}_flat AS u ON u.undoes = d.decision_id"""
        )
        try:
            yield
        finally:
            connection.execute(f"DROP VIEW {name}")


def _row(decision: Decision) -> tuple[object, ...]:
    target, box = decision.target, decision.target.bbox
    return (
        decision.sequence,
        decision.decision_id,
        decision.decided_datetime,
        decision.who,
        decision.kind.value,
        target.kind.value,
        target.id,
        target.field,
        target.seen_text,
        target.document_id,
        target.page_number,
        *((box.x0, box.top, box.x1, box.bottom) if box else (None,) * 4),
        decision.value,
        decision.reason,
        decision.undoes,
        decision.snapshot_hash,
        decision.along_with,
        decision.chain,
    )
