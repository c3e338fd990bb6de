"""One page and the table model -> rows of cells, furniture, and what is left over. Every line goes to exactly one."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from extractors.assign import Anchors, assign_rows, find_anchors, group_cells
from extractors.bands import row_bands
from extractors.fit import is_furniture
from extractors.glyphs import Floats, PageContent
from extractors.header import Header, find_headers, header_lines, may_hold_header
from extractors.lines import WORD_GAP, LineLists, Lines, find_lines
from extractors.model import TableModel

_FOREIGN = 0.05
"""Share of lines cut by a column edge from which on the page is looked at as if it were another log's."""
REACH = 1.35
"""Times the usual line step: a line further below its cell than this is no part of it."""


@dataclass(slots=True)
class Cell:
    """The lines of one cell on one page, downwards, with their widths, and the cell's box."""

    texts: list[str]
    widths: list[float]
    first_widths: list[float]
    x0: float
    top: float
    x1: float
    bottom: float
    is_doubtful: bool = False
    hidden: str | None = None
    """Text in the file at this place that cannot be seen on the page; never part of the value."""


@dataclass(slots=True)
class Row:
    """A row, or the piece of one that a page break cut off.

    ``piece`` is ``whole`` where the value that starts rows is there; ``loose`` until the neighbouring pages tell; then
    ``rest`` (of the row begun on the page before) or ``start`` (of the row whose anchor is on the next page).
    """

    cells: list[Cell | None]
    piece: str = "whole"

    @property
    def top(self) -> float:
        return min(cell.top for cell in self.cells if cell)

    @property
    def is_printed(self) -> bool:
        """Whether anything of the row can be seen."""
        return any(cell and cell.texts for cell in self.cells)


@dataclass(slots=True)
class OutsideLine:
    """A line in no cell: furniture with the rule that says so, or left over (``account`` = ``left``)."""

    account: str
    rule: str
    text: str
    glyph_count: int
    x0: float
    top: float
    x1: float
    bottom: float


@dataclass(slots=True)
class PageLayout:
    """What became of a page's lines. ``rows`` downwards; ``fits`` is False when the model is not this page's."""

    rows: list[Row]
    outside: list[OutsideLine]
    fits: bool
    used: int
    other_headers: list[Header]
    """Headers on the page that are not this model's: another log begins here."""


def layout_page(content: PageContent, model: TableModel, headers: list[Header] | None = None) -> PageLayout:
    """Lay the page out by the model. *headers* are the page's headers where they are known already."""
    lines = find_lines(content.glyphs, model.edges, model.height, content.covered)
    label_mask = repeated_header(lines, model)
    # Where another log begins, its labels are cut by this one's columns.
    is_foreign = len(lines) > 0 and np.count_nonzero(lines.crossed) > _FOREIGN * len(lines)
    if not label_mask.any() and headers is None and (is_foreign or may_hold_header(lines, model.height)):
        headers = find_headers(content.glyphs, content.rulings.vertical)
    if headers and not label_mask.any():
        label_mask = header_lines(lines, [h for h in headers if h.key == model.header_key])
    furniture_mask = is_furniture(lines, model.furniture, model.height) & ~label_mask
    across = (lines.x0 + lines.x1) / 2
    off_page = (across < 0) | (across > content.width) | (lines.middle < 0) | (lines.middle > content.height)
    in_table = ~label_mask & ~furniture_mask & (lines.column >= 0) & (lines.column < len(model.columns)) & ~off_page
    header_top = float(lines.top[label_mask].min()) if label_mask.any() else -np.inf
    header_bottom = float(lines.bottom[label_mask].max()) if label_mask.any() else -np.inf
    if content.page_number == model.header_page:
        in_table &= lines.top >= header_top

    rows: list[Row] = []
    taken = np.zeros(len(lines), np.bool_)
    flat, is_start = lines.lists(), _start_lines(lines, model)
    anchors_on_page = 0
    bounds = row_bands(content.rulings, model) if model.is_ruled else np.empty(0)
    is_ruled = len(bounds) > 0
    for closed, members in _bands(lines, np.flatnonzero(in_table), bounds):
        starts = int(np.count_nonzero(is_start[members]))
        anchors_on_page += starts
        if closed and starts <= 1:
            found = [_closed_band(flat, _by_column(lines, members, len(model.columns)), model)]
        elif starts or not is_ruled:
            found = _open_band(lines, flat, members, model, header_bottom)
        else:
            found = _above_rulings(lines, flat, members, content, model, float(bounds[0]))
        for row, used in found:
            rows.append(row)
            taken[used] = True
    _clip(rows, model)
    outside = _outside(lines, label_mask, "furniture", "header")
    outside += _outside(lines, furniture_mask, "furniture", "repeated")
    # Text under a black box is never part of a value; it is left over, with its own rule.
    hidden = taken & lines.covered
    outside += _outside(lines, hidden, "left", "blacked_out")
    taken &= ~hidden
    over = ~(label_mask | furniture_mask | taken | hidden)
    outside += _outside(lines, over & ~off_page, "left", "outside_table")
    outside += _outside(lines, over & off_page, "left", "off_page")
    others = [h for h in headers or [] if h.key != model.header_key]
    fits = anchors_on_page > 0 or bool(rows) or bool(label_mask.any())
    return PageLayout(rows, outside, fits, int(lines.glyph_count[taken].sum()), others)


def repeated_header(lines: Lines, model: TableModel) -> NDArray[np.bool_]:
    """Which lines are the model's header printed again: most of its lines, each in its column, close together."""
    wanted = set(model.header_lines)
    mask = np.zeros(len(lines), np.bool_)
    if not wanted:
        return mask
    hits = [i for i, key in enumerate(zip(lines.column.tolist(), lines.text, strict=True)) if key in wanted]
    if len({(int(lines.column[i]), lines.text[i]) for i in hits}) < 0.8 * len(wanted):
        return mask
    # Words of a label occur among the values too; the header is where all of them stand together.
    tall = max(2.0 * model.height * len(wanted), 4.0 * model.height)
    for start in sorted(hits, key=lambda i: lines.bottom[i]):
        if mask[start]:
            continue
        band = [i for i in hits if 0 <= lines.bottom[i] - lines.bottom[start] <= tall]
        near = _together(lines, band, model.height)
        if len({(int(lines.column[i]), lines.text[i]) for i in near}) >= 0.8 * len(wanted):
            mask[near] = True
    return mask


def _together(lines: Lines, band: list[int], height: float) -> list[int]:
    """The lines of *band*, downwards, up to the first wide step."""
    near: list[int] = []
    for i in sorted(band, key=lambda i: lines.bottom[i]):
        if near and lines.bottom[i] - lines.bottom[near[-1]] > 1.8 * height:
            break
        near.append(i)
    return near


def _bands(lines: Lines, table: NDArray[np.int64], bounds: Floats) -> list[tuple[bool, NDArray[np.int64]]]:
    """The table's lines (indices) band by band, downwards; a closed band has a ruling above and below."""
    if not len(bounds):
        return [(False, table)] if len(table) else []
    slots = np.searchsorted(bounds, lines.middle[table])
    order = np.argsort(slots, kind="stable")
    cuts = np.flatnonzero(np.diff(slots[order])) + 1
    first = slots[order][np.concatenate(([0], cuts))] if len(table) else np.empty(0, np.int64)
    groups = np.split(table[order], cuts) if len(table) else []
    return [(0 < slot < len(bounds), group) for slot, group in zip(first.tolist(), groups, strict=True)]


def _start_lines(lines: Lines, model: TableModel) -> NDArray[np.bool_]:
    """Which lines of the anchor column start a row."""
    starts = np.zeros(len(lines), np.bool_)
    match = model.anchor_type.start.match
    for i in np.flatnonzero(lines.column == model.anchor).tolist():
        starts[i] = match(lines.text[i]) is not None
    return starts


def _by_column(lines: Lines, members: NDArray[np.int64], count: int) -> list[list[int]]:
    cells: list[list[int]] = [[] for _ in range(count)]
    for i, column in zip(members.tolist(), lines.column[members].tolist(), strict=True):
        cells[column].append(i)
    return cells


def _closed_band(flat: LineLists, cells: list[list[int]], model: TableModel) -> tuple[Row, list[int]]:
    """A ruled band holds one row, or a piece of one, or something that is no row (a total, a remark)."""
    row = _row(flat, cells, model)
    if not any(cells[j] and t.start.match(flat.text[cells[j][0]]) for j, t in model.starts()):
        row.piece = "loose"
    return row, [i for cell in cells for i in cell]


def _open_band(
    lines: Lines, flat: LineLists, members: NDArray[np.int64], model: TableModel, header_bottom: float
) -> list[tuple[Row, list[int]]]:
    """Rows by anchors. The first and the last row reach only as far as their lines follow closely."""
    band = lines.select(members)
    anchors = find_anchors(band, model.anchor, model.anchor_type)
    count = len(anchors.blocks)
    if not count:
        # A page without any row start can only go on with the row before, from where the table begins on a page.
        begins = max(header_bottom, (model.body_top or -np.inf) - model.line_step)
        reachable = band.top.min() <= begins + model.row_step + 2 * model.line_step
        piece = _piece(band, np.arange(len(band) if reachable else 0), model, header_bottom, begins, away_up=False)
        return [_loose(lines, flat, members[piece], model)] if len(piece) else []
    rows, stray = assign_rows(band, anchors, model.alignment, 0.4 * model.height)
    found: list[tuple[Row, list[int]]] = []
    if model.alignment == "top":
        above = _piece(band, np.flatnonzero(rows < 0), model, header_bottom, float(anchors.first[0]), away_up=True)
        found += [_loose(lines, flat, members[above], model)] if len(above) else []
    below = np.flatnonzero(rows >= count)
    rows = _cut_reach(band, rows, anchors, model)
    doubtful = frozenset(members[stray].tolist())
    numbers = members.tolist()
    for cells in group_cells(band, rows, count, len(model.columns)):
        mine = [[numbers[i] for i in cell] for cell in cells]
        found.append((_row(flat, mine, model, doubtful), [i for cell in mine for i in cell]))
    if model.alignment == "bottom":
        begun = _piece(band, below, model, -np.inf, float(anchors.last[-1]), away_up=False)
        found += [_loose(lines, flat, members[begun], model)] if len(begun) else []
    return found


def _above_rulings(
    lines: Lines, flat: LineLists, members: NDArray[np.int64], content: PageContent, model: TableModel, first: float
) -> list[tuple[Row, list[int]]]:
    """Text outside the outermost rulings is titles and page numbers, but for the rest of a row at the very top:
    browsers draw no border above it, only the columns' vertical ones beside it."""
    upper = members[lines.bottom[members] < first]
    if not len(upper):
        return []
    vertical = content.rulings.vertical
    if len(vertical):
        y = float(lines.middle[upper].min())
        beside = vertical[(vertical[:, 0] <= y) & (vertical[:, 1] >= y)]
        if len(np.unique(np.round(beside[:, 2]))) < 3:
            return []
    band = lines.select(upper)
    piece = _piece(band, np.arange(len(band)), model, -np.inf, first, away_up=True)
    return [_loose(lines, flat, upper[piece], model)] if len(piece) == len(band) else []


def _loose(lines: Lines, flat: LineLists, index: NDArray[np.int64], model: TableModel) -> tuple[Row, list[int]]:
    row = _row(flat, _by_column(lines, index, len(model.columns)), model)
    row.piece = "loose"
    return row, index.tolist()


def _cut_reach(band: Lines, rows: NDArray[np.int64], anchors: Anchors, model: TableModel) -> NDArray[np.int64]:
    """Drop lines of the page's first (last) row that stand too far from it: titles above, remarks below."""
    rows = rows.copy()
    step = REACH * model.line_step
    last = len(anchors.blocks) - 1
    below = np.flatnonzero(rows == last)
    _drop_beyond(rows, below, band.bottom[below], float(anchors.last[last]), step, downwards=True)
    above = np.flatnonzero(rows == 0)
    _drop_beyond(rows, above, band.bottom[above], float(anchors.first[0]), step, downwards=False)
    return rows


def _drop_beyond(
    rows: NDArray[np.int64], index: NDArray[np.int64], y: Floats, start: float, step: float, downwards: bool
) -> None:
    """Walk away from the anchor; the first step that is too long ends the row."""
    sign = 1.0 if downwards else -1.0
    order = np.argsort(sign * y)
    at = start
    ended = False
    for k in order.tolist():
        if sign * (y[k] - start) <= 0:
            continue
        ended = ended or sign * (y[k] - at) > step
        if ended:
            rows[index[k]] = -9
        else:
            at = y[k]


def _piece(
    band: Lines, index: NDArray[np.int64], model: TableModel, header_bottom: float, limit: float, away_up: bool
) -> NDArray[np.int64]:
    """Those of the lines without an anchor that look like a piece of a row: close together, inside their columns,
    below the page's header and next to the table: upwards (*away_up*) or downwards from the height *limit*."""
    index = index[band.bottom[index] > header_bottom]
    y = band.bottom[index]
    kept: list[int] = []
    at = limit
    for k in np.argsort(-y if away_up else y).tolist():  # the run of lines that touches the table
        if abs(at - y[k]) > (REACH * model.line_step if kept else model.row_step) + 0.5:
            break
        kept.append(int(index[k]))
        at = y[k]
    index = np.array(sorted(kept), np.int64)
    return index[:0] if band.crossed[index].any() else index


def _row(flat: LineLists, cells: list[list[int]], model: TableModel, doubtful: frozenset[int] = frozenset()) -> Row:
    made: list[Cell | None] = []
    for index, column in zip(cells, model.columns, strict=True):
        if not index:
            made.append(None)
            continue
        hidden = None
        if flat.has_covered and any(flat.covered[i] for i in index):
            hidden = " ".join(flat.text[i] for i in index if flat.covered[i])
            index = [i for i in index if not flat.covered[i]] or index
        if hidden and flat.covered[index[0]]:  # nothing of the cell can be seen: only its place is known
            made.append(_hidden_cell(flat, index, hidden))
            continue
        if len(index) == 1:
            i = index[0]
            left, right = flat.x0[i], flat.x1[i]
            box = (max(left, column.left), flat.top[i], min(right, column.right), flat.bottom[i])
            doubt = flat.crossed[i] or i in doubtful
            made.append(Cell([flat.text[i]], [right - left], [flat.first_width[i]], *box, doubt, hidden))
            continue
        x0, x1 = [flat.x0[i] for i in index], [flat.x1[i] for i in index]
        made.append(
            Cell(
                [flat.text[i] for i in index],
                [b - a for a, b in zip(x0, x1, strict=True)],
                [flat.first_width[i] for i in index],
                max(min(x0), column.left),
                min([flat.top[i] for i in index]),
                min(max(x1), column.right),
                max([flat.bottom[i] for i in index]),
                any(flat.crossed[i] for i in index) or not doubtful.isdisjoint(index),
                hidden,
            )
        )
    return Row(made)


def _hidden_cell(flat: LineLists, index: list[int], hidden: str) -> Cell:
    x0, x1 = min(flat.x0[i] for i in index), max(flat.x1[i] for i in index)
    top, bottom = min(flat.top[i] for i in index), max(flat.bottom[i] for i in index)
    return Cell([], [], [], x0, top, x1, bottom, hidden=hidden)


def _clip(rows: list[Row], model: TableModel) -> None:
    """Boxes of neighbouring cells never overlap: where tight lines do, the border lies half-way."""
    for j in range(len(model.columns)):
        above: Cell | None = None
        for row in rows:
            cell = row.cells[j]
            if cell is None:
                continue
            if above is not None and above.top < cell.top < above.bottom:
                above.bottom = cell.top = (above.bottom + cell.top) / 2
            above = cell


def _outside(lines: Lines, mask: NDArray[np.bool_], account: str, rule: str) -> list[OutsideLine]:
    """The lines in no cell, put together again across the column edges that cut them; labels stay apart."""
    chosen = np.flatnonzero(mask)
    made: list[OutsideLine] = []
    for i in chosen[np.lexsort((lines.x0[chosen], np.round(lines.bottom[chosen], 1)))].tolist():
        x0, top, x1, bottom = (float(v[i]) for v in (lines.x0, lines.top, lines.x1, lines.bottom))
        last = made[-1] if made else None
        if rule != "header" and last is not None and abs(last.bottom - bottom) < 0.3 * (bottom - top) and x0 > last.x0:
            gap = x0 - last.x1
            last.text += (" " if gap > WORD_GAP * (bottom - top) else "") + lines.text[i]
            last.glyph_count += int(lines.glyph_count[i])
            last.top, last.x1, last.bottom = min(last.top, top), max(last.x1, x1), max(last.bottom, bottom)
        else:
            made.append(OutsideLine(account, rule, lines.text[i], int(lines.glyph_count[i]), x0, top, x1, bottom))
    return made
