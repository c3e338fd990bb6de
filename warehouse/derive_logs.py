"""The document against itself: what a log's own rows, totals, period and file name say of each other.

Questions of whole documents, so they are asked here and not while pages are read: another rule reads no page again.
"""

from __future__ import annotations

import duckdb

from warehouse.load_issues import add_issues
from warehouse.log_numbers import id_issues, running_number_issues
from warehouse.log_period import period_issues
from warehouse.log_repeats import mark_repeats, repeat_issues
from warehouse.log_times import order_issues, stage_times
from warehouse.log_totals import total_issues


def derive_logs(connection: duckdb.DuckDBPyConnection) -> None:
    """Fill ``core.row_repeat`` and add to ``noticed`` where a log contradicts itself; ``raw`` must be loaded."""
    mark_repeats(connection)
    stage_times(connection)
    for ask in (repeat_issues, id_issues, running_number_issues, order_issues, period_issues, total_issues):
        add_issues(connection, "derive", ask(connection))
    connection.execute("DROP TABLE log_time")
