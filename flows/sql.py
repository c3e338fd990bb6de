"""`recordtrail sql`: read-only queries on the published snapshot, with a time limit."""

from __future__ import annotations

import contextlib
import sys
import threading
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import duckdb

from flows.table_output import print_table, terminal, write_csv, write_json
from flows.words import count
from records.errors import ConfigurationError, PipelineError
from warehouse.query import connect

_HELP = "End a query with `;`. .tables lists the tables, .columns NAME the columns of one, .quit (or Ctrl-D) ends."
_TABLES = (
    "select table_schema || '.' || table_name as name from information_schema.tables"
    " where table_schema in ('out', 'core', 'raw', 'meta') order by all"
)
_COLUMNS = (
    "select column_name, data_type, comment from duckdb_columns() where schema_name || '.' || table_name = ?"
    " order by column_index"
)


class QueryError(ConfigurationError):
    """The query is wrong, or took too long; the asker's move."""

    code = "query"
    advice = 'recordtrail sql "select table_schema, table_name from information_schema.tables" lists what there is.'


@dataclass(frozen=True, slots=True)
class Answer:
    """The rows of a query."""

    columns: list[str]
    rows: list[tuple[Any, ...]]


def ask(
    connection: duckdb.DuckDBPyConnection, query: str, timeout_seconds: float, parameters: list[Any] | None = None
) -> Answer:
    """Run one query. Raises QueryError, also when it is interrupted at the time limit: DuckDB has none of its own."""
    timer = threading.Timer(timeout_seconds, connection.interrupt)
    timer.start()
    try:
        result = connection.execute(query, parameters)
        return Answer([column[0] for column in result.description or []], result.fetchall())
    except duckdb.InterruptException as error:
        advice = "Narrow the query, or raise --timeout."
        raise QueryError(f"The query was stopped after {timeout_seconds:g} seconds.", advice) from error
    except duckdb.BinderException as error:
        advice = 'recordtrail sql ".columns out.audit_search" lists the columns of a table, ".tables" the tables.'
        raise QueryError(str(error), advice) from error
    except duckdb.Error as error:
        raise QueryError(str(error)) from error
    finally:
        timer.cancel()


def answer_once(snapshot: Path, query: str, output: str, max_rows: int, timeout_seconds: float) -> None:
    """Run *query*, or a command such as ``.tables``, and write its answer to standard output as ``table``, ``json`` or
    ``csv``."""
    with connect(snapshot) as connection:
        _show(_ask_or_command(connection, query.strip(), timeout_seconds), output, max_rows)


def prompt(snapshot: Path, history: Path, output: str, max_rows: int, timeout_seconds: float) -> None:
    """Ask for queries until the end of input. The history is kept in the data folder: it can hold personal data."""
    with _history(history), connect(snapshot) as connection:
        print(_HELP)
        query = ""
        while True:
            try:
                line = input("   ...> " if query else "sql> ")
            except EOFError:
                print()
                return
            except KeyboardInterrupt:
                print()
                query = ""
                continue
            if not query and line.strip() in (".quit", ".exit"):
                return
            query = f"{query}\n{line}".strip()
            if query.endswith(";") or query.startswith("."):
                try:
                    _show(_ask_or_command(connection, query, timeout_seconds), output, max_rows)
                except PipelineError as error:
                    print(error, file=sys.stderr)
                query = ""


def _ask_or_command(connection: duckdb.DuckDBPyConnection, query: str, timeout_seconds: float) -> Answer:
    command, _, name = query.rstrip("; ").partition(" ") if query.startswith(".") else ("", "", "")
    match command:
        case ".tables":
            return ask(connection, _TABLES, timeout_seconds)
        case ".columns":
            return ask(connection, _COLUMNS, timeout_seconds, [name.strip()])
        case _ if query.startswith("."):
            raise QueryError(_HELP)
        case _:
            return ask(connection, query, timeout_seconds)


def _show(answer: Answer, output: str, max_rows: int) -> None:
    if output == "json":
        write_json(sys.stdout, [dict(zip(answer.columns, row, strict=True)) for row in answer.rows])
    elif output == "csv":
        write_csv(sys.stdout, answer.columns, answer.rows)
    else:
        print_table(terminal(), answer.columns, answer.rows[:max_rows])
        more = len(answer.rows) - max_rows
        rows = count(len(answer.rows), "row")
        print(f"{rows}; the first {max_rows} are shown (--rows, --csv, --json)" if more > 0 else rows)


@contextlib.contextmanager
def _history(path: Path) -> Any:
    try:
        import readline
    except ImportError:  # some Pythons come without it; then there is no history
        yield
        return
    if path.exists():
        readline.read_history_file(path)
    try:
        yield
    finally:
        readline.set_history_length(1000)
        readline.write_history_file(path)
        path.chmod(0o600)
