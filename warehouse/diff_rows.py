"""Differences between the rows of audit logs of two snapshots: which are new or lost, and which cells changed."""

from __future__ import annotations

from collections.abc import Iterator

import duckdb

from warehouse.diff import EARLIER, LATER, Change, listed, pair_rows, shared_columns

_PLACES = {
    "row_id", "release_id", "agency", "agency_state", "request_number", "produced_date", "file_name", "document_id",
    "segment_id", "page_number", "row_number", "decision_ids", "citation", "trace_url", "repeats_row_id",
}  # fmt: skip
"""Columns that say where a row is, not what it says."""
_PART = "Rows of audit logs"


def row_changes(connection: duckdb.DuckDBPyConnection, limit: int) -> Iterator[Change]:
    """Rows added and lost by document; then, column by column, what a row says otherwise."""
    pair_rows(connection)
    for said, side, other in (
        ("Documents with rows that were not there before: {n}.", LATER, "earlier_id"),
        ("Documents that lost rows: {n}.", EARLIER, "later_id"),
    ):
        yield listed(
            connection,
            _PART,
            said,
            f"""SELECT s.file_name, count(*) AS rows, min(s.citation) AS example
            FROM pair AS p JOIN {side}."out".audit_search AS s ON s.row_id = p.{side}_id
            WHERE p.{other} IS NULL GROUP BY s.document_id, s.file_name ORDER BY rows DESC, s.file_name""",
            limit,
        )
    columns = [name for name in shared_columns(connection, "audit_search") if name not in _PLACES]
    differs = {name: f'o."{name}" IS DISTINCT FROM n."{name}"' for name in columns}
    counted = ", ".join(f'count(*) FILTER ({sql}) AS "{name}"' for name, sql in differs.items())
    joined = (
        f'FROM pair AS p JOIN {EARLIER}."out".audit_search AS o ON o.row_id = p.earlier_id'
        f' JOIN {LATER}."out".audit_search AS n ON n.row_id = p.later_id'
    )
    counts = dict(zip(columns, connection.execute(f"SELECT {counted} {joined}").fetchone() or (), strict=True))
    changed = {name: count for name, count in counts.items() if count}
    if not changed:
        yield Change(_PART, "No cell of a row that is in both says something else.", 0)
    for name, count in changed.items():
        answer = connection.execute(
            f'SELECT o."{name}"::VARCHAR AS earlier, n."{name}"::VARCHAR AS later, n.citation {joined}'
            f" WHERE {differs[name]} ORDER BY n.row_id LIMIT {limit}"
        )
        cases = ("earlier", "later", "citation"), tuple(answer.fetchall())
        yield Change(_PART, f"Rows with another {name}: {count:,}.", count, *cases)
