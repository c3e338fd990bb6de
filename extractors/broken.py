"""Rows that a page break cuts in two: where their pieces begin and end on a page.

Programs that break a row set each of its pieces from the top, whatever the alignment of whole rows: so all cells of
the last row of a page begin at one level, and the rest stands where the table begins on the next page.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from extractors.assign import Anchors
from extractors.glyphs import Floats
from extractors.lines import Ints, Lines
from extractors.model import TableModel
from extractors.reach import REACH

_FEW = 3
"""Cells that must begin at one level before a row is said to be set from the top."""
_BLANK = 2.2
"""Times the usual line step: two lines of a cell with a blank one between them stand no further apart."""

_CLOSE = 2.2
"""Of the glyph height: lines of one cell stand closer, whatever the sample showed."""

Span = tuple[float, float]


def printed_headers(lines: Lines, mask: NDArray[np.bool_], height: float) -> list[Span]:
    """From where to where the headers on a page go, downwards; *mask* marks their lines."""
    found: list[Span] = []
    for top, bottom in sorted(zip(lines.top[mask].tolist(), lines.bottom[mask].tolist(), strict=True)):
        if found and top - found[-1][1] <= height:
            found[-1] = (found[-1][0], max(found[-1][1], bottom))
        else:
            found.append((top, bottom))
    return found


def limits(headers: list[Span], bottoms: Floats, first_line: float) -> Span:
    """Below which height, and above which, the rest of a row stands: before the first row, or before the header printed
    again between the two. *bottoms* are those of its lines."""
    above = [span for span in headers if span[0] < first_line]
    if not above:
        return -np.inf, first_line
    if len(bottoms) and bottoms.max() <= above[-1][0] + 1.0:
        return above[-2][1] if len(above) > 1 else -np.inf, above[-1][0]
    return above[-1][1], first_line


def table_begins(model: TableModel, header_bottom: float) -> float:
    """The height where the table begins on a page whose header ends at *header_bottom* (-inf: it has none)."""
    return max(header_bottom, (model.body_top or -np.inf) - model.line_step)


def begins_table(lines: Lines, model: TableModel, header_bottom: float) -> bool:
    """Whether the uppermost of the *lines* stands where the table begins on a page."""
    reach = model.row_step + 2 * model.line_step
    return bool(lines.top.min() <= table_begins(model, header_bottom) + reach)


def set_from_top(
    band: Lines, rows: Ints, stray: NDArray[np.bool_], anchors: Anchors, alignment: str, near: float
) -> Ints:
    """The lines of the last row where it is one that the page's end cut: the rows found by alignment (*rows*, *stray*)
    do not bear it out, and all of its cells begin at one level; else none."""
    last = len(anchors.blocks) - 1
    level = float(anchors.first_level[-1])
    mine = np.flatnonzero(((rows >= last) | stray) & (band.middle >= level - near))
    none = mine[:0]
    # What stands above that level is of the row before, or the row is not set from the top.
    if ((rows == last) & ~stray & (band.middle < level - near)).any():
        return none
    columns, first = np.unique(band.column[mine], return_index=True)
    if len(columns) < _FEW or (np.abs(band.middle[mine[first]] - level) > near).any():
        return none
    is_odd = stray[mine].any() or (rows[mine] > last).any()
    if alignment == "bottom":  # the cells of a whole row end at one level
        ends = band.middle[mine[np.append(first[1:], len(mine)) - 1]]
        is_odd = np.count_nonzero(np.abs(ends - anchors.last_level[-1]) > near) > 1
    return mine if is_odd else none


def centred_from_top(band: Lines, anchors: Anchors, near: float) -> NDArray[np.bool_]:
    """Which lines are of the last row of a page of centred rows, where it is one that the page's end cut: all cells
    beside its anchor begin where the anchor does, and two at least are not centred on it; else none."""
    level, end = float(anchors.first_level[-1]), float(anchors.last_level[-1])
    below = band.middle >= level - near
    index = np.flatnonzero(below)
    none = np.zeros(len(band), np.bool_)
    first = np.unique(band.column[index], return_index=True)[1]
    is_beside = band.middle[index[first]] <= end + near
    is_level = np.abs(band.middle[index[first]] - level) <= near
    if len(anchors.blocks) < 2 or np.count_nonzero(is_level) < _FEW or (is_beside & ~is_level).any():
        return none
    last = index[np.append(first[1:], len(index)) - 1]
    centre = (band.top[index[first]] + band.bottom[last]) / 2
    off = is_level & (np.abs(centre - anchors.centre[-1]) > near)
    return below if np.count_nonzero(off) > 1 else none


def rest_above(band: Lines, index: Ints, piece: Ints, model: TableModel, header_bottom: float) -> Ints:
    """The piece of a row above the first row of a page: *piece* is what follows closely among the lines *index*; all
    of them, where blank lines part it and it goes up to where the table begins."""
    index = index[band.bottom[index] > header_bottom]
    if not len(piece) or len(piece) == len(index) or band.crossed[index].any():
        return piece
    y = np.sort(band.bottom[index])
    is_tight = bool((np.diff(y) <= _BLANK * model.line_step).all())
    return index if is_tight and begins_table(band.select(index), model, header_bottom) else piece


def below_header(band: Lines, rows: Ints, reached: Ints, model: TableModel, header_bottom: float) -> Ints:
    """Lines of a page's first row that do not follow it closely (*rows* gave them to it, *reached* does not), but with
    blank lines between them go up to the header: all that stands there is of the row."""
    index = np.flatnonzero((rows == 0) & (band.bottom > header_bottom))
    cut = index[reached[index] < 0]
    if not len(cut) or band.crossed[cut].any() or not begins_table(band.select(cut), model, header_bottom):
        return cut[:0]
    y = np.sort(band.bottom[index])
    return cut if bool((np.diff(y) <= _BLANK * model.line_step).all()) else cut[:0]


def close_columns(band: Lines, left: Ints, row: Ints, limit: float, model: TableModel, away_up: bool) -> frozenset[int]:
    """The columns of those lines, *left* over, that may be of a row which ends at the height *limit*: no further from
    it, and from each other, than lines with a blank one between them; as tall as the lines of rows, and set as those of
    their column are. *row* is the row of every line, -1 where it is in none."""
    y = band.bottom[left]
    found: set[int] = set()
    at = limit
    for k in np.argsort(-y if away_up else y).tolist():
        if abs(y[k] - at) > _BLANK * model.line_step:
            break
        i = int(left[k])
        if not band.crossed[i] and _is_set_alike(band, i, (row >= 0) & (band.column == band.column[i]), model.height):
            found.add(int(band.column[i]))
        at = y[k]
    return frozenset(found)


def _is_set_alike(band: Lines, i: int, others: NDArray[np.bool_], height: float) -> bool:
    """Whether the line *i* has the height of the *others*, and begins, ends or is centred where one of them does."""
    if not others.any():
        return True
    sides = (band.x0, band.x1, (band.x0 + band.x1) / 2)
    aligned = [bool((np.abs(side[others] - side[i]) < 0.2 * height).any()) for side in sides]
    tall = np.median((band.bottom - band.top)[others])
    return any(aligned) and abs(band.bottom[i] - band.top[i] - tall) < 0.3 * tall


def from_top(band: Lines, model: TableModel) -> Ints:
    """The lines of one row below the last ruling of a page, from the first line on as long as they follow closely."""
    order = np.argsort(band.bottom, kind="stable")
    far = max(REACH * model.line_step, _CLOSE * model.height)
    wide = np.flatnonzero(np.diff(band.bottom[order]) > far)
    return np.sort(order[: wide[0] + 1] if len(wide) else order)
