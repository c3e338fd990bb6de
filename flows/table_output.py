"""Rows for people and programs: table, CSV, JSON. What comes out of documents is hostile until it is neutralised."""

from __future__ import annotations

import csv
import json
import re
import sys
from collections.abc import Iterable, Sequence
from typing import Any, TextIO

from rich import box
from rich.console import Console
from rich.table import Table
from rich.text import Text

_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")
_FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")


def plain(value: object) -> str:
    """A value as terminal text: control characters, which could move the cursor or worse, become ``?``."""
    return "" if value is None else _CONTROL.sub("?", str(value))


def csv_cell(value: object) -> object:
    """A value as a CSV cell: text that a spreadsheet would take for a formula gets an apostrophe before it."""
    if isinstance(value, str) and value.startswith(_FORMULA_STARTS):
        return "'" + value
    return json.dumps(value, default=str, ensure_ascii=False) if isinstance(value, (dict, list)) else value


def terminal() -> Console:
    """Where tables go. Into a file or pipe they are wide: nobody's window is there to fit into."""
    return Console() if sys.stdout.isatty() else Console(width=240)


def print_table(console: Console, columns: Sequence[str], rows: Iterable[Sequence[object]], title: str = "") -> None:
    """A table of plain text; nothing in it is taken for markup."""
    table = Table(title=title or None, title_justify="left", box=box.SIMPLE_HEAD, title_style="bold")
    for column in columns:
        table.add_column(Text(plain(column)), overflow="fold")
    for row in rows:
        table.add_row(*(Text(plain(value)) for value in row))
    console.print(table)


class _LfLines:
    """A stream that takes one CSV line at a time."""

    def __init__(self, stream: TextIO) -> None:
        self._stream = stream

    def write(self, line: str) -> int:
        return self._stream.write(line.removesuffix("\r\n") + "\n")


def write_csv(stream: TextIO, columns: Sequence[str], rows: Iterable[Sequence[object]]) -> None:
    """CSV with a header, safe to open in a spreadsheet. Lines end with LF, as other programs of a pipeline expect."""
    # Written with CR LF, so that a lone CR in a cell is quoted, too; a line's end is made LF on its way out.
    writer = csv.writer(_LfLines(stream))
    writer.writerow([csv_cell(column) for column in columns])
    writer.writerows([csv_cell(value) for value in row] for row in rows)


def write_json(stream: TextIO, value: Any) -> None:
    """One JSON value and a line end; dates and other such things as text."""
    json.dump(value, stream, default=str, ensure_ascii=False, indent=2)
    stream.write("\n")
