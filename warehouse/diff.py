"""What differs between two snapshots: one after the other, in tables that people can read. Nothing is written.

Both files are attached to one connection, as ``earlier`` and ``later``; whoever wants to ask more attaches them so.
Rows are matched by id, and by ``meta.row_successor`` of the later file where a document was read anew and its rows are
counted in another way.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import duckdb

from records.errors import ConfigurationError
from warehouse.search_rules import quoted

EARLIER, LATER = "earlier", "later"


@dataclass(frozen=True, slots=True)
class Change:
    """One kind of difference: a sentence, and a list of cases up to a limit."""

    part: str
    said: str
    """What differs, with its number; or that nothing does."""
    total: int
    columns: tuple[str, ...] = ()
    rows: tuple[tuple[Any, ...], ...] = ()
    """At most as many as were asked for."""


@contextmanager
def both(earlier: Path, later: Path, memory_limit: str = "2GB") -> Iterator[duckdb.DuckDBPyConnection]:
    """Both snapshots, attached read-only under the names above; no other file, no network."""
    settings: dict[str, str | bool | int | float | list[str]] = {
        "autoinstall_known_extensions": False,
        "autoload_known_extensions": False,
        "memory_limit": memory_limit,
        "temp_directory": "",
    }
    with duckdb.connect(":memory:", config=settings) as connection:
        for name, path in ((EARLIER, earlier), (LATER, later)):
            if not path.exists():
                raise ConfigurationError(
                    f"There is no snapshot {path.name}.", "recordtrail rollback --list names them."
                )
            try:
                connection.execute(f"ATTACH {quoted(str(path.resolve()))} AS {name} (READ_ONLY)")
            except duckdb.Error as error:
                message = f"{path.name} cannot be opened as a warehouse ({type(error).__name__})."
                raise ConfigurationError(
                    message, "Two different snapshot files are needed, and neither open."
                ) from error
        # DuckDB would draw it into standard output, where another program may read JSON.
        connection.execute("SET enable_progress_bar = false")
        connection.execute("SET enable_external_access = false")
        connection.execute("SET lock_configuration = true")
        yield connection


def shared_columns(connection: duckdb.DuckDBPyConnection, relation: str) -> list[str]:
    """Columns of ``out.<relation>`` that both files have, in the order of the later one."""
    rows = connection.execute(
        "SELECT n.column_name FROM duckdb_columns() AS n JOIN duckdb_columns() AS o USING (schema_name, table_name,"
        " column_name) WHERE n.database_name = ? AND o.database_name = ? AND n.schema_name = 'out'"
        " AND n.table_name = ? ORDER BY n.column_index",
        [LATER, EARLIER, relation],
    ).fetchall()
    return [str(name) for (name,) in rows]


def listed(
    connection: duckdb.DuckDBPyConnection, part: str, said: str, query: str, limit: int, **parameters: object
) -> Change:
    """The rows of *query*, in its order: all counted, the first *limit* kept; ``{n}`` in *said* is their number."""
    answer = connection.execute(query, parameters or None)
    columns = tuple(column[0] for column in answer.description or ())
    rows = answer.fetchall()
    return Change(part, said.format(n=f"{len(rows):,}"), len(rows), columns, tuple(rows[:limit]))


def pair_rows(connection: duckdb.DuckDBPyConnection) -> None:
    """Make the temporary table ``pair``: earlier and later id of every row of a log; null where there is none."""
    connection.execute(
        f"""CREATE OR REPLACE TEMP TABLE pair AS
        WITH told AS (
            SELECT o.row_id AS earlier_id, coalesce(s.present_id, o.row_id) AS later_id,
                s.present_id IS NOT NULL AS is_successor
            FROM {EARLIER}."out".audit_search AS o
            LEFT JOIN {LATER}.meta.row_successor AS s ON s.former_id = o.row_id),
        -- An id that now names another row, whose own successor is known, is lost.
        best AS (FROM told QUALIFY row_number() OVER (PARTITION BY later_id ORDER BY is_successor DESC, earlier_id) = 1)
        SELECT t.earlier_id, n.row_id AS later_id
        FROM told AS t LEFT JOIN best AS b ON b.earlier_id = t.earlier_id
        FULL JOIN {LATER}."out".audit_search AS n ON n.row_id = b.later_id"""
    )
