"""The rows as drawn: what a reader of the file must find. Written by the drawing code, never read back from a PDF."""

from __future__ import annotations

import dataclasses
import json
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class ExpectedRow:
    """One printed row. ``cells`` and ``lines`` follow the printed columns, left to right."""

    page_numbers: tuple[int, ...]
    """Every page that holds a part of the row, in order; empty where a program we do not control broke the pages."""
    ordinal: int
    """From 1, among the rows that begin on the first of those pages; without pages, in the whole file."""
    header: tuple[str, ...]
    """The labels as printed; empty where the file prints none."""
    cells: tuple[str, ...]
    """The printed texts, white space as single spaces; ``""`` where nothing is printed."""
    lines: tuple[tuple[str, ...], ...]
    """The same texts in their printed lines; empty where a program we do not control broke the lines."""


def write_expected(rows: Iterable[ExpectedRow], path: Path) -> None:
    """One row a line, as JSON."""
    with path.open("w", encoding="utf-8", newline="\n") as file:
        for row in rows:
            file.write(json.dumps(dataclasses.asdict(row), ensure_ascii=False) + "\n")


def read_expected(path: Path) -> list[ExpectedRow]:
    """What :func:`write_expected` wrote."""
    return [_row(json.loads(line)) for line in path.read_text(encoding="utf-8").splitlines()]


def _row(raw: dict[str, list[object]]) -> ExpectedRow:
    return ExpectedRow(
        page_numbers=tuple(int(str(number)) for number in raw["page_numbers"]),
        ordinal=int(str(raw["ordinal"])),
        header=tuple(str(label) for label in raw["header"]),
        cells=tuple(str(text) for text in raw["cells"]),
        lines=tuple(tuple(str(line) for line in cell) for cell in raw["lines"] if isinstance(cell, list)),
    )
