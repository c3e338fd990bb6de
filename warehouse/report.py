"""The report: figures of one snapshot, each with the query that makes it, the rows in doubt behind it and a citation.

The queries are data: ``warehouse/reports/<number>_<name>.sql``, in the order of the report. They begin with lines
``-- part:``, ``-- title:``, ``-- note:`` (any number) and perhaps ``-- chart: <label column>, <number column>``; what
follows is one statement over relations of ``out`` alone, so that it runs in any program that opens a snapshot.
"""

from __future__ import annotations

import functools
import importlib.resources
import threading
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import duckdb

from records.errors import ConfigurationError

SECONDS = 600.0
"""How long one query may take: the report of a file too large for its machine must end."""


@dataclass(frozen=True, slots=True)
class Query:
    """One numbered query."""

    number: int
    name: str
    part: str
    title: str
    notes: tuple[str, ...]
    chart: tuple[str, str] | None
    """Columns of the labels and of the numbers of a bar chart."""
    sql: str


@dataclass(frozen=True, slots=True)
class Table:
    """What a query answered. Columns of issues and citations are part of it."""

    query: Query
    columns: tuple[str, ...]
    rows: tuple[tuple[Any, ...], ...]


@dataclass(frozen=True, slots=True)
class Report:
    """Every table of one snapshot, and which snapshot it is."""

    content_hash: str
    built_datetime: datetime
    tables: tuple[Table, ...]


@functools.cache
def queries() -> tuple[Query, ...]:
    """All queries, in the order of their numbers."""
    folder = importlib.resources.files("warehouse") / "reports"
    files = sorted((file for file in folder.iterdir() if file.name.endswith(".sql")), key=lambda file: file.name)
    return tuple(parse(file.name, file.read_text(encoding="utf-8")) for file in files)


def parse(file_name: str, text: str) -> Query:
    """The query in a file; ``ValueError`` where its head is wrong."""
    number, _, name = file_name.removesuffix(".sql").partition("_")
    said: dict[str, list[str]] = {"part": [], "title": [], "note": [], "chart": []}
    lines = text.splitlines()
    while lines and lines[0].startswith("-- "):
        key, colon, value = lines.pop(0)[3:].partition(": ")
        if not colon or key not in said:
            raise ValueError(f"{file_name}: {key!r} is no head of a query")
        said[key].append(value.strip())
    if len(said["part"]) != 1 or len(said["title"]) != 1 or len(said["chart"]) > 1:
        raise ValueError(f"{file_name}: a query has one part, one title and at most one chart")
    label, _, value = said["chart"][0].partition(", ") if said["chart"] else ("", "", "")
    chart = (label, value) if label else None
    return Query(int(number), name, said["part"][0], said["title"][0], tuple(said["note"]), chart, "\n".join(lines))


def choose(names: Sequence[str]) -> tuple[Query, ...]:
    """The queries of these names or numbers, all without any; ``ConfigurationError`` for one that is not there."""
    known = {key: query for query in queries() for key in (query.name, str(query.number))}
    if unknown := [name for name in names if name not in known]:
        there = ", ".join(query.name for query in queries())
        raise ConfigurationError(f"There is no figure {unknown[0]!r}.", f"There are: {there}.")
    return tuple(dict.fromkeys(known[name] for name in names)) or queries()


def report(connection: duckdb.DuckDBPyConnection, chosen: Sequence[Query]) -> Report:
    """Ask the *chosen* queries of the snapshot that is open."""
    built = connection.execute("SELECT content_hash, built_datetime FROM meta.build").fetchone()
    if built is None:
        raise ConfigurationError("The file says of no build what it is.", "Publish one: recordtrail nightly.")
    return Report(str(built[0]), built[1], tuple(_answers(connection, chosen)))


def _answers(connection: duckdb.DuckDBPyConnection, chosen: Sequence[Query]) -> Iterator[Table]:
    for query in chosen:
        timer = threading.Timer(SECONDS, connection.interrupt)
        timer.start()
        try:
            answer = connection.execute(query.sql)
            columns = tuple(column[0] for column in answer.description or ())
            yield Table(query, columns, tuple(answer.fetchall()))
        except duckdb.Error as error:
            # The text of the error may quote a cell.
            message = f"The figure {query.name} could not be made ({type(error).__name__})."
            raise ConfigurationError(message, "Publish again with this version: recordtrail nightly.") from error
        finally:
            timer.cancel()
