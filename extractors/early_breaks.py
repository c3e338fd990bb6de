"""Lines of a cell that end before they had to: the next word would have stood beside them. No program breaks a line so,
unless the value itself has a break; what follows may be a subtotal, or the title of what comes next."""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np
from numpy.typing import NDArray

from extractors.broken import Span
from extractors.lines import Ints, Lines
from extractors.model import Column, TableModel, expected_type
from records.headers import canonical_field

_PROSE = frozenset({"reason", "filters", "text_prompt", "moderation"})
"""Fields whose values people write in paragraphs."""
_OFTEN = 0.2
"""Share of a column's rows that may have such a line before it is usual there."""
_MANY = 40
"""Rows of prose on one line each that tell how it is written."""
_TORN = 0.4
"""Of the glyph height: by how much a step is wider than the largest usual one in a cell. Letters have descenders."""
_SPACE, _SLACK = 0.35, 0.95
"""Of the glyph height: a space; of the widest line: what surely fits."""


def is_watched(column: Column, most_lines: int, rows: int) -> bool:
    """Whether the column's values are written on as few lines as they fit on: names and numbers, and prose that takes
    one line in all but a few of many *rows* (*most_lines*)."""
    if expected_type(column) is not None:
        return False
    return (canonical_field(column.name or "") or "") not in _PROSE or (most_lines == 1 and rows >= _MANY)


def breaks_early(texts: list[str], widths: list[float], room: float, height: float) -> bool:
    """Whether one of a cell's lines ends though the next word would have fitted into *room*."""
    return any(
        _fits(widths[i], texts[i + 1], widths[i + 1], room, height) and not texts[i].endswith("-")
        for i in range(len(texts) - 1)
    )


def _fits(before: float, text: str, width: float, room: float, height: float) -> bool:
    first = text.split(" ", 1)[0]
    return before + _SPACE * height + width * len(first) / len(text) <= _SLACK * room


def breaks_often(cells: Iterable[tuple[list[str], list[float]]], rows: int, room: float, height: float) -> bool:
    """Whether many of a column's *cells* (texts and widths of their lines) have lines that end early."""
    return sum(breaks_early(texts, widths, room, height) for texts, widths in cells) > _OFTEN * rows


def early_breaks(lines: Lines, row_of: Ints, model: TableModel, headers: list[Span]) -> NDArray[np.bool_]:
    """Which lines end early, or stand further from the next than lines of one cell do, or follow one that does, in the
    same cell of a column where none should; or stand alone right above one of the *headers*, as titles do."""
    found = np.zeros(len(lines), np.bool_)
    watched = np.array([not c.breaks and c.widest > 0 for c in model.columns])
    if not watched.any():
        return found
    inner = np.clip(lines.column, 0, len(watched) - 1)
    widest = np.array([c.widest for c in model.columns])
    width = lines.x1 - lines.x0
    near = (row_of[1:] >= 0) & (row_of[1:] == row_of[:-1]) & (lines.column[1:] == lines.column[:-1])
    near &= watched[inner[1:]]
    torn = np.flatnonzero(near & (np.diff(lines.bottom) > model.line_step + _TORN * model.height))
    found[torn] = found[torn + 1] = True
    near &= width[:-1] < _SLACK * widest[inner[1:]]
    for i in np.flatnonzero(near).tolist():
        room = float(widest[inner[i]])
        if not lines.text[i].endswith("-") and _fits(width[i], lines.text[i + 1], width[i + 1], room, model.height):
            found[i] = found[i + 1] = True
    for top, _ in headers:
        above = np.flatnonzero((row_of >= 0) & (lines.middle < top))
        lowest = above[lines.bottom[above] > lines.bottom[above].max(initial=-np.inf) - 0.5 * model.height]
        if len(lowest) == 1 and watched[inner[i := int(lowest[0])]] and _follows(lines, row_of, i):
            found[i] = found[i - 1] = True
    return found


def _follows(lines: Lines, row_of: Ints, i: int) -> bool:
    """Whether the line before, in the order of lines, is of the same cell."""
    return bool(i > 0 and row_of[i - 1] == row_of[i] and lines.column[i - 1] == lines.column[i])
