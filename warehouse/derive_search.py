"""``raw.audit_row`` -> ``core.audit_search``: every printed row typed, each field with its state. Set-based SQL.

A printed row becomes exactly one row here. What a text says is asked of the text alone and of what its log shows as a
whole (:mod:`warehouse.search_segments`); what cannot be told stays null, with the reason in ``_state`` or ``_parse``
and an issue (:mod:`warehouse.search_issues`).
"""

from __future__ import annotations

import duckdb

from warehouse.search_issues import add_search_issues
from warehouse.search_reasons import create_reason_heads
from warehouse.search_same import group_rows, store_groups
from warehouse.search_segments import describe_segments
from warehouse.search_times import create_time_macros
from warehouse.search_typed import typed_row

_ROWS_AT_ONCE = 81_920
"""Two row groups of the file that is built (warehouse/build.py)."""
_LEAST_ROWS = 5_000


def derive_search(connection: duckdb.DuckDBPyConnection) -> None:
    """Fill ``core.audit_search`` and ``core.search_group``; ``raw`` must be loaded, and ``noticed`` hold the issues so
    far, of which some say what a blank cell is."""
    create_time_macros(connection)
    describe_segments(connection)
    connection.execute(
        """CREATE OR REPLACE TEMP TABLE hidden_cell AS
        SELECT printf('%s-p%05d-r%03d', left(document_id, 16), page_number, row_number) AS row_id,
            list(DISTINCT field ORDER BY field) AS fields
        FROM noticed WHERE code = 'blacked_out' AND row_number IS NOT NULL AND field IS NOT NULL GROUP BY ALL"""
    )
    create_reason_heads(connection)
    group_rows(connection)
    _store_rows(connection)
    store_groups(connection)
    add_search_issues(connection)
    connection.execute("DROP TABLE logged_name")
    for name in ("row_search", "hidden_cell", "segment_fact", "constant_field", "zone_period", "reason_head"):
        connection.execute(f"DROP TABLE {name}")


def _store_rows(connection: duckdb.DuckDBPyConnection) -> None:
    """In the order of ``raw.audit_row``, a batch at a time: memory follows the batch.

    One thread: a batch has too few rows for two, and each would compile all patterns for itself.
    """
    (count,) = connection.execute("SELECT count(*) FROM raw.audit_row").fetchone() or (0,)
    threads = connection.execute("SELECT current_setting('threads')").fetchone()
    connection.execute("SET threads = 1")
    first, size = 0, _ROWS_AT_ONCE
    while first < count:
        try:
            _store_batch(connection, first, first + size)
            first += size
        except duckdb.OutOfMemoryException:
            if size <= _LEAST_ROWS:
                raise
            size //= 2  # long texts
    connection.execute("SET threads = $threads", {"threads": threads[0] if threads else 1})


def _store_batch(connection: duckdb.DuckDBPyConnection, first: int, last: int) -> None:
    connection.execute(
        f"""INSERT INTO core.audit_search BY NAME
        SELECT t.* EXCLUDE (place), s.log_tier, s.is_first_in_log, s.across_tier, s.is_first_across
        FROM ({typed_row()}) AS t JOIN row_search AS s ON s.place = t.place
        WHERE s.place >= $first AND s.place < $last
        ORDER BY t.place""",
        {"first": first, "last": last},
    )
