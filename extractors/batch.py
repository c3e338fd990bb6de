"""Rows of many pages -> columns of texts and boxes, without an object per cell.

The lines of all pages are sorted by column, row and height; a cell is a run of them. Its text is their characters, one
after the other, with a space where the break of a line ate one: the same rule as :func:`extractors.joined.join_lines`.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from extractors import wraps
from extractors.glyphs import Floats
from extractors.grid import CellBoxes, Grid, cell_boxes
from extractors.joined import ENDS, OPENS, is_cut
from extractors.lines import Codes, Ints, Lines, spell, stack_lines
from extractors.model import TableModel
from extractors.values import TIME, UUID
from extractors.wraps import wrap_kind

SLACK = 0.05
"""Points by which a line may be wider than its column's widest before it counts as full."""
_INDENT = 0.5
"""Of a glyph's width: a line that begins further from the edge begins with a space."""
_HYPHEN = ord("-")
_NUMERAL = np.array([ord(char) for char in "0123456789/:,"], np.uint32)
_DIGITS = np.array([ord(char) for char in "0123456789"], np.uint32)
_INSIDE = np.array([ord(char) for char in ",/:"], np.uint32)
_AFTER_DIGIT = np.array([ord(char) for char in "TZ"], np.uint32)
_HEX = np.array([ord(char) for char in "-0123456789abcdefABCDEF"], np.uint32)
_CODED = np.array([ord(char) for char in "GUAP"], np.uint32)
_LINKS = np.array([ord(char) for char in "/?=&#%._-"], np.uint32)
_LETTERS = np.array([chr(code).isalnum() for code in range(0x3000)])
_ENDS = np.array([ord(char) for char in ENDS], np.uint32)
_OPENS = np.array([ord(char) for char in OPENS], np.uint32)


@dataclass(frozen=True, slots=True)
class Columns:
    """Cells of some rows by column. ``boxes`` has shape (columns, rows, 4), nan where a cell is blank; ``heights`` is
    the number of lines of each cell, ``doubtful`` marks cells, ``initials`` is each cell's first character (0 where
    blank); these have shape (columns, rows)."""

    texts: list[pa.Array]
    boxes: Floats
    heights: Ints
    doubtful: NDArray[np.bool_]
    initials: Codes


def put_together(grids: Sequence[Grid], places: Sequence[Ints], count: int, model: TableModel) -> Columns:
    """The cells of *count* rows. *places* say for each grid at which place each of its rows is stored (-1: nowhere)."""
    shape = (len(model.columns), count)
    boxes, initials = np.full((*shape, 4), np.nan), np.zeros(shape, np.uint32)
    heights, doubtful = np.zeros(shape, np.int64), np.zeros(shape, np.bool_)
    texts = [pa.nulls(count, pa.string()) for _ in model.columns]
    if not any(len(grid.lines) for grid in grids):
        return Columns(texts, boxes, heights, doubtful, initials)
    lines = stack_lines([grid.lines for grid in grids])
    offsets = np.cumsum([0, *(len(grid.rows) for grid in grids)])
    pairs = list(zip(grids, offsets.tolist(), strict=False))
    row = np.concatenate([np.where(grid.row_of >= 0, grid.row_of + at, -1) for grid, at in pairs])
    cells = cell_boxes(lines, row, model.edges, np.repeat(np.arange(len(grids)), np.diff(offsets)))
    place = np.concatenate(places)[cells.row]
    stored = place >= 0
    if not stored.any():
        return Columns(texts, boxes, heights, doubtful, initials)
    size = np.diff(np.append(cells.first, len(cells.order)))
    is_doubtful = lines.crossed | lines.overprinted | np.concatenate([grid.doubtful for grid in grids])
    at = cells.column[stored], place[stored]
    boxes[at] = np.column_stack((cells.x0, cells.top, cells.x1, cells.bottom))[stored]
    heights[at] = size[stored]
    doubtful[at] = np.logical_or.reduceat(is_doubtful[cells.order], cells.first)[stored]
    chars, begin = _texts(lines, cells, size, stored, model)
    initials[at] = chars[begin[:-1]]
    is_parted = bool((lines.chars == wraps.PARTED).any())
    data, begin = _utf8(chars, begin)
    for j, (first, last) in enumerate(_runs(at[0], len(model.columns))):
        if first < last:
            texts[j] = _strings(data, begin[first : last + 1], at[1][first:last], count)
            if is_parted and model.columns[j].parts_words:
                texts[j] = pc.replace_substring_regex(texts[j], wraps.PARTED_WORD, wraps.WHOLE_WORD)
    return Columns(texts, boxes, heights, doubtful, initials)


def _texts(
    lines: Lines, cells: CellBoxes, size: Ints, stored: NDArray[np.bool_], model: TableModel
) -> tuple[Codes, Ints]:
    """The characters of all *stored* cells, and where each of these begins (and the last one ends)."""
    used = np.repeat(stored, size)
    order = cells.order[used]
    size = size[stored]
    first = np.cumsum(size) - size
    follows = np.ones(len(order), np.bool_)
    follows[first] = False
    spaces = follows.astype(np.int64)
    after = np.flatnonzero(follows)
    spaces[after[_goes_on(lines, order[after - 1], order[after], model)]] = 0
    chars, begin = spell(lines.chars, lines.begin[order], (lines.end - lines.begin)[order], spaces)
    return chars, np.append(begin[first], len(chars))


def _goes_on(lines: Lines, before: Ints, after: Ints, model: TableModel) -> NDArray[np.bool_]:
    """Whether a token of the line *before* goes on in the line *after*, of the same cell."""
    chars, begin, end = lines.chars, lines.begin, lines.end
    last, length = chars[end[before] - 1], (end - begin)[before]
    goes_on: NDArray[np.bool_] = np.asarray((last == _HYPHEN) & (length > 1))
    goes_on[goes_on] = _is_letter(chars[end[before][goes_on] - 2]) & _is_letter(chars[begin[after][goes_on]])
    column = lines.column[before]
    widest = np.array([c.widest for c in model.columns]) + SLACK
    room = np.array([c.full_width for c in model.columns]) + SLACK
    full = (lines.x1 - lines.x0)[before] + lines.first_width[after]
    is_token = (length == lines.glyph_count[before]) & ~np.isin(last, _ENDS)
    kinds = [wrap_kind(c) for c in model.columns]
    # Ids wrap in nearly every row: what wraps.goes_on says of them, for all of them at once.
    of_ids = np.array([kind == UUID.name for kind in kinds], np.bool_)[column]
    id_goes_on = of_ids & ((_is_letter(last) & np.isin(chars[begin[after]], _HEX)) | (last == _HYPHEN))
    goes_on[id_goes_on], is_token[id_goes_on] = True, False
    of_times = np.array([kind == TIME.name for kind in kinds], np.bool_)[column]
    is_told = of_times.copy()
    for k in np.flatnonzero(~of_ids & _may_tell(chars[begin[after]], last, column, kinds)).tolist():
        is_full = bool(full[k] > widest[column[k]])
        told = wraps.goes_on(kinds[column[k]], lines.text[before[k]], lines.text[after[k]], is_full)
        if told is not None:
            goes_on[k], is_token[k], is_told[k] = told, False, True
    goes_on |= ~is_told & _is_cut_anywhere(lines, before, after, model)
    goes_on |= ~is_told & np.isin(last, _OPENS) & (full > widest[column])
    is_token &= ~of_times
    for k in np.flatnonzero(is_token & ~goes_on & (full > widest[column])).tolist():
        goes_on[k] = is_cut(lines.text[before[k]], lines.text[after[k]], bool(full[k] > room[column[k]]))
    return goes_on


def _is_cut_anywhere(lines: Lines, before: Ints, after: Ints, model: TableModel) -> NDArray[np.bool_]:
    """Which wraps are of a text that is cut between any two glyphs, and stand between two that are no space: the next
    glyph would not have fitted any more, and the next line begins at the edge."""
    if all(c.cut is None for c in model.columns):
        return np.zeros(len(before), np.bool_)
    left, right = np.array([c.cut or (-np.inf, np.inf) for c in model.columns])[lines.column[before]].T
    width = lines.first_width[after]
    return np.asarray((lines.x1[before] + width > right + SLACK) & (lines.x0[after] < left + _INDENT * width))


def _may_tell(first: Codes, last: Codes, column: Ints, kinds: list[str | None]) -> NDArray[np.bool_]:
    """Which wraps, from a line that ends with *last* to one that begins with *first*, :func:`extractors.wraps.goes_on`
    may tell something about."""
    is_time, is_typed = (
        np.array([kind is not None and (kind == TIME.name) is of_time for kind in kinds], np.bool_)[column]
        for of_time in (True, False)
    )
    # Most times are parted behind the comma of their date, or before AM: nothing goes on there.
    to_number, from_number = np.isin(first, _DIGITS), np.isin(last, _DIGITS)
    numeral = np.isin(first, _NUMERAL) & np.isin(last, _NUMERAL) & ~(to_number & (last == ord(",")))
    letters = _is_letter(first) & _is_letter(last) & (last != ord("M")) & ~to_number
    letters &= ~from_number | np.isin(first, _AFTER_DIGIT)
    to_clock = to_number & (last == ord("T"))
    timely = is_time & (numeral | letters | to_clock | np.isin(first, _INSIDE) | (last == _HYPHEN))
    coded = np.isin(first, _CODED) & np.isin(last, _NUMERAL)
    return np.asarray(timely | is_typed | (~is_time & (np.isin(last, _LINKS) | (first == last) | coded)))


def _is_letter(codes: Codes) -> NDArray[np.bool_]:
    """Which characters are letters or digits."""
    known: NDArray[np.bool_] = _LETTERS[np.minimum(codes, len(_LETTERS) - 1)]
    for k in np.flatnonzero(codes >= len(_LETTERS)).tolist():
        known[k] = chr(codes[k]).isalnum()
    return known


def _utf8(chars: Codes, begin: Ints) -> tuple[NDArray[np.uint8], Ints]:
    """The same text in bytes."""
    if not len(chars) or int(chars.max()) < 0x80:
        return chars.astype(np.uint8), begin
    length = np.ones(len(chars), np.int64)
    for limit in (0x80, 0x800, 0x10000):
        length += chars >= limit
    encoded = chars.tobytes().decode("utf-32-le").encode()
    return np.frombuffer(encoded, np.uint8), np.append(0, np.cumsum(length))[begin]


def _runs(column: Ints, count: int) -> list[tuple[int, int]]:
    """From where to where the ascending *column* is 0, 1, … up to *count*."""
    bounds = np.searchsorted(column, np.arange(count + 1)).tolist()
    return list(pairwise(bounds))


def _strings(data: NDArray[np.uint8], begin: Ints, place: Ints, count: int) -> pa.Array:
    """Texts that stand one after the other in *data*, as a column: each at its *place*, null elsewhere."""
    length = np.zeros(count, np.int32)
    length[place] = np.diff(begin)
    is_there = np.zeros(count, np.bool_)
    is_there[place] = True
    offsets = np.concatenate(([0], np.cumsum(length))).astype(np.int32)
    mine = np.ascontiguousarray(data[begin[0] : begin[-1]])
    buffers = [pa.py_buffer(np.packbits(is_there, bitorder="little")), pa.py_buffer(offsets), pa.py_buffer(mine)]
    return pa.Array.from_buffers(pa.string(), count, buffers)
