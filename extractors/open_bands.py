"""Bands of a table that hold no row, or more than one: rows by anchors, and the pieces of rows that page breaks cut."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from extractors.assign import assign_rows, find_anchors
from extractors.astray import astray, beside_astray
from extractors.broken import (
    Span,
    begins_table,
    below_header,
    centred_from_top,
    close_columns,
    from_top,
    limits,
    rest_above,
    set_from_top,
    table_begins,
)
from extractors.glyphs import PageContent
from extractors.lines import Ints, Lines
from extractors.model import TableModel
from extractors.reach import cut_reach, piece_beside
from extractors.startless import mend_anchors

_AWAY = -9
"""The row of what is in none."""
_FEW = 3
"""Cells that must begin at one level below the last ruling before they are taken for those of a row."""


@dataclass(frozen=True, slots=True)
class BandRows:
    """The rows of one band: the row of each of its lines (-1: none), what each row is, which of them lack their start,
    and which lines are doubtful. ``cut_above`` and ``cut_below`` are columns of lines in no row, close above the first
    and below the last one."""

    row: Ints
    pieces: list[str]
    startless: frozenset[int]
    doubtful: NDArray[np.bool_]
    cut_above: frozenset[int] = frozenset()
    cut_below: frozenset[int] = frozenset()
    is_broken: bool = False
    """Whether the last row is set from the top though the others are not: the page's end cut it."""


def open_band(lines: Lines, members: Ints, model: TableModel, headers: list[Span], is_closed: bool) -> BandRows:
    """Rows by anchors. The first and the last row reach only as far as their lines follow closely; the last one down to
    the ruling where one closes the band."""
    header_bottom = headers[-1][1] if headers else -np.inf
    band = lines.select(members)
    near = 0.4 * model.height
    anchors, startless = mend_anchors(band, find_anchors(band, model.anchor, model.anchor_type), model, near)
    count = len(anchors.blocks)
    if not count:
        return _bare_band(band, model, header_bottom)
    cut = centred_from_top(band, anchors, near) if model.alignment == "middle" else None
    rows, stray = assign_rows(band, anchors, model.alignment, near, cut)
    broken = np.empty(0, np.int64) if cut is None else np.flatnonzero(cut)
    if model.alignment != "top" and not len(broken):
        broken = set_from_top(band, rows, stray, anchors, model.alignment, near)
        rows[broken] = count - 1
        stray[broken] = False
    if is_closed and count == 1 and model.alignment == "middle":
        # What the page before left of it is set from the top: below its start nothing else is before the ruling.
        own_rest = band.middle >= float(anchors.first_level[0]) - near
        rows[own_rest], stray[own_rest] = 0, False
    candidates = begun = np.empty(0, np.int64)
    if model.alignment == "top":
        candidates = np.flatnonzero(rows < 0)
    elif model.alignment == "middle":
        candidates = np.flatnonzero(stray & (rows == 0) & (band.middle < float(anchors.first_level[0]) - near))
    own = (rows == 0) & ~stray
    first_line = float(band.bottom[own].min()) if own.any() else float(anchors.first[0])
    header_bottom, limit = limits(headers, band.bottom[candidates], first_line)
    above = piece_beside(band, candidates, model, header_bottom, limit, away_up=True)
    above = rest_above(band, candidates, above, model, header_bottom)
    if (model.alignment == "middle" or limit < first_line) and (
        len(above) < len(candidates) or not begins(band, above, model, header_bottom)
    ):
        above = above[:0]
    stray[above] = False
    if model.alignment == "bottom":
        below = np.flatnonzero(rows >= count)
        begun = piece_beside(band, below, model, -np.inf, float(anchors.last[-1]), away_up=False)
    foot = max((bottom for top, bottom in headers if top > float(anchors.last_level[-1])), default=np.inf)
    last = np.flatnonzero(band.middle > foot)
    if len(last):
        rows[last] = _AWAY
        begun = _begun_below(band, last, rows, model, foot)
    reached = cut_reach(band, rows, anchors, model, is_closed)
    if model.alignment != "top" and np.isfinite(header_bottom):
        reached[below_header(band, rows, reached, model, header_bottom)] = 0
    rows = reached
    stray |= astray(band, rows, anchors, model.alignment, near, bool(len(broken)))
    if model.alignment == "middle":
        stray |= beside_astray(band, np.where(rows < count, rows, -1), stray, 1.1 * model.line_step, count)
    first = 1 if len(above) else 0
    row = np.where((rows >= 0) & (rows < count), rows + first, -1)
    row[above], row[begun] = 0, first + count
    pieces = [*["loose"] * first, *["whole"] * count, *["loose"] * bool(len(begun))]
    free = np.flatnonzero(row < 0)
    begin = float(band.bottom[row >= first].min())
    upper = free[(band.bottom[free] < begin) & (band.bottom[free] > header_bottom)]
    lower = free[(band.bottom[free] > float(anchors.last[-1])) & (band.middle[free] < foot)]
    return BandRows(
        row,
        pieces,
        frozenset(k + first for k in startless),
        stray,
        close_columns(band, upper, row, limit if limit < first_line else begin, model, away_up=True),
        close_columns(band, lower, row, float(band.bottom[row >= 0].max()), model, away_up=False),
        bool(len(broken)),
    )


def _begun_below(band: Lines, index: Ints, rows: Ints, model: TableModel, header_bottom: float) -> Ints:
    """Those of the lines *index*, below the last row and a header printed again, that begin a row whose start is on the
    next page: cells side by side, or one set as those above it (*rows*) are, not far below the header."""
    begins_at = float(band.bottom[index].min())
    if begins_at - header_bottom > 2 * model.row_step:
        return index[:0]
    piece = piece_beside(band, index, model, header_bottom, begins_at, away_up=False)
    columns = frozenset(band.column[piece].tolist())
    is_alike = columns == close_columns(band, piece, rows, begins_at, model, away_up=False)
    return piece if len(columns) >= _FEW or is_alike else piece[:0]


def begins(band: Lines, piece: Ints, model: TableModel, header_bottom: float) -> bool:
    """Whether a *piece* of a row stands where the table begins on the page."""
    return bool(len(piece)) and begins_table(band.select(piece), model, header_bottom)


def _bare_band(band: Lines, model: TableModel, header_bottom: float) -> BandRows:
    """A band without any row start can only go on with the row before, from where the table begins on a page."""
    every = np.arange(len(band))
    limit = table_begins(model, header_bottom)
    piece = every[:0]
    if begins_table(band, model, header_bottom):
        piece = piece_beside(band, every, model, header_bottom, limit, away_up=False)
        piece = rest_above(band, every, piece, model, header_bottom)
    left = np.setdiff1d(every[band.bottom > header_bottom], piece)
    begins_at = limit + model.row_step
    return _loose(len(band), piece, close_columns(band, left, _none(band), begins_at, model, away_up=False))


def above_rulings(
    lines: Lines, members: Ints, content: PageContent, model: TableModel, first: float, header_bottom: float
) -> BandRows:
    """Text outside the outermost rulings is titles and page numbers, but for the rest of a row at the very top:
    browsers draw no border above it, only the columns' vertical ones beside it, and where only every other row is
    filled nothing at all."""
    band = lines.select(members)
    every = np.arange(len(band))
    piece = piece_beside(band, every, model, header_bottom, first, away_up=True)
    piece = rest_above(band, every, piece, model, header_bottom)
    is_table = _stands_beside(content, float(band.middle.min())) or _starts_page(band, model, header_bottom)
    if is_table and len(piece) == len(band):
        return _loose(len(members), every)
    left = every[band.bottom > header_bottom]
    return _loose(len(members), piece[:0], close_columns(band, left, _none(band), first, model, away_up=True))


def below_rulings(
    lines: Lines,
    members: Ints,
    content: PageContent,
    model: TableModel,
    header_bottom: float,
    is_begun: bool,
    is_bare: bool,
) -> BandRows:
    """Below the last ruling: the row that the page's end cut (*is_begun*: its start is there); or, on a page that is
    *is_bare* of any row's start, the rest of one that goes on over the whole page."""
    band = lines.select(members)
    own = from_top(band, model)
    is_table = is_begun or _stands_beside(content, float(band.middle[own].max()))
    if not is_table:
        is_table = begins_table(band, model, header_bottom) if is_bare else _begins_row(band.select(own), model)
    if not is_table or (not is_begun and band.crossed[own].any()):
        return _loose(len(members), own[:0])
    row = np.full(len(members), -1)
    row[own] = 0
    left = np.flatnonzero(row < 0)
    cut = close_columns(band, left, row, float(band.bottom[own].max()), model, away_up=False)
    return BandRows(row, ["whole" if is_begun else "loose"], frozenset(), np.zeros(len(row), np.bool_), cut_below=cut)


def _stands_beside(content: PageContent, y: float) -> bool:
    """Whether the vertical rulings of a table stand beside the height *y*."""
    vertical = content.rulings.vertical
    beside = vertical[(vertical[:, 0] <= y) & (vertical[:, 1] >= y)]
    return len(np.unique(np.round(beside[:, 2]))) >= 3


def _starts_page(band: Lines, model: TableModel, header_bottom: float) -> bool:
    """Whether the band begins just where the table does, on a page of a table without vertical rulings."""
    begin = header_bottom if np.isfinite(header_bottom) else model.body_top
    return begin is not None and float(band.top.min()) - begin <= model.line_step and not band.crossed.any()


def _begins_row(band: Lines, model: TableModel) -> bool:
    """Whether lines below the last ruling are those of a row whose start went to the next page: they begin at one
    level in half of the columns, three at least, and cross none."""
    level = band.middle <= float(band.middle.min()) + 0.4 * model.height
    begun = len(np.unique(band.column[level]))
    return not band.crossed.any() and begun >= max(_FEW, 0.5 * len(model.columns))


def _none(band: Lines) -> Ints:
    """The row of every line of a band that has none."""
    return np.full(len(band), -1)


def _loose(count: int, piece: Ints, cut_above: frozenset[int] = frozenset()) -> BandRows:
    """A band of *count* lines of which *piece* is a piece of a row, and nothing else is in one."""
    row = np.full(count, -1)
    row[piece] = 0
    none = np.zeros(count, np.bool_)
    return BandRows(row, ["loose"] * bool(len(piece)), frozenset(), none, cut_above)
