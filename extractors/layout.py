"""One page and the table model -> rows of cells, furniture, and what is left over. Every line goes to exactly one."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from extractors.bandrows import find_rows
from extractors.broken import printed_headers
from extractors.cells import OutsideLine, Row, outside_lines
from extractors.clipped import cut_lines
from extractors.columns import cluster, stand_on_rulings
from extractors.find_lines import find_lines
from extractors.glyphs import PageContent
from extractors.grid import Grid
from extractors.header import find_headers, header_lines
from extractors.header_hint import may_hold_header
from extractors.labels import Header
from extractors.lines import Lines
from extractors.model import TableModel
from extractors.overflow import struck_through
from extractors.repeated import is_furniture

_FOREIGN = 0.05
"""Share of lines cut by a column edge from which on the page is looked at as if it were another log's."""
_CELLS = 3
"""Cells of a row that is one whatever stands around it."""
CUT = 0.2
"""Share of a table's lines cut by column edges from which on it is another table: the model does not read it."""


@dataclass(slots=True)
class PageLayout:
    """What became of a page's lines. ``rows`` downwards; ``fits`` is False when the model is not this page's."""

    rows: list[Row]
    grid: Grid
    """The same rows as columns."""
    outside: list[OutsideLine]
    fits: bool
    used: int
    other_headers: list[Header]
    """Headers on the page that are not this model's: another log begins here."""


def layout_page(
    content: PageContent, model: TableModel, headers: list[Header] | None = None, lines: Lines | None = None
) -> PageLayout:
    """Lay the page out by the model. *headers* are the page's headers, *lines* its lines in the columns of the model,
    where they are known already."""
    if lines is None:
        lines = find_lines(content.glyphs, model.edges, model.height, content.covered, model.meets)
    struck = struck_through(lines.x0, lines.top, lines.x1, lines.bottom, content.rulings.horizontal)
    if struck.any():
        lines = replace(lines, overprinted=lines.overprinted | struck)
    label_mask = repeated_header(lines, model)
    # Where another log begins, its labels are cut by this one's columns.
    is_foreign = len(lines) > 0 and np.count_nonzero(lines.crossed) > _FOREIGN * len(lines)
    if headers is None and (is_foreign or may_hold_header(lines, model.height, label_mask)):
        headers = find_headers(content)
    if headers and not label_mask.any():
        label_mask = header_lines(lines, [h for h in headers if h.key == model.header_key])
    furniture_mask = is_furniture(lines, model.furniture, model.height) & ~label_mask
    across = (lines.x0 + lines.x1) / 2
    beside = ((across < 0) | (across > content.width)) & ~lines.covered
    off_page = beside | (lines.middle < 0) | (lines.middle > content.height)
    in_table = (
        ~_typed_rules(lines)
        & ~label_mask
        & ~furniture_mask
        & (lines.column >= 0)
        & (lines.column < len(model.columns))
        & ~off_page
    )
    header_top = float(lines.top[label_mask].min()) if label_mask.any() else -np.inf
    header_spans = printed_headers(lines, label_mask, model.height)
    if content.page_number == model.header_page:
        in_table &= lines.top >= header_top

    grid, anchors_on_page = find_rows(lines, np.flatnonzero(in_table), content, model, header_spans)
    grid.doubtful |= cut_lines(lines, content.width, model)
    taken = grid.row_of >= 0
    # Text under a black box is never part of a value, nor is it furniture; it is left over, with its own rules.
    hidden, covered = taken & lines.covered, ~taken & lines.covered
    outside = outside_lines(lines, label_mask & ~covered, "furniture", "header")
    outside += outside_lines(lines, furniture_mask & ~covered, "furniture", "repeated")
    outside += outside_lines(lines, hidden, "left", "blacked_out")
    outside += outside_lines(lines, covered, "left", "covered")
    taken &= ~hidden
    over = ~(label_mask | furniture_mask | taken | hidden | covered)
    outside += outside_lines(lines, over & ~off_page, "left", "outside_table")
    outside += outside_lines(lines, over & off_page, "left", "off_page")
    own = lines.middle[label_mask]
    others = [h for h in headers or [] if h.key != model.header_key and not ((own >= h.top) & (own <= h.bottom)).any()]
    cut = _cuts(lines, in_table, taken, grid.rows, model.height)
    cut = cut and not stand_on_rulings(model.edges, content.rulings.vertical)
    fits = (anchors_on_page > 0 or bool(grid.rows) or bool(label_mask.any())) and not cut
    return PageLayout(list(grid.rows), grid, outside, fits, int(lines.glyph_count[taken].sum()), others)


def _cuts(
    lines: Lines, in_table: NDArray[np.bool_], taken: NDArray[np.bool_], rows: Sequence[Row], height: float
) -> bool:
    """Whether the model's columns cut so many *lines* that they are of another table. One line across the columns is a
    remark; a head and a foot are around a row, on however short a page, and titles above each, if there are as many
    *rows* of several cells as these. *taken*: which lines are in rows."""
    crossed = lines.crossed & in_table
    most = CUT * np.count_nonzero(in_table)
    if np.count_nonzero(crossed) <= most:
        return False
    whole = sum(len(row.filled) >= _CELLS for row in rows)
    if len(cluster(lines.middle[crossed], 0.5 * height)) <= (2 if whole else 1):
        return False
    titles = cluster(lines.middle[crossed & ~taken], 0.5 * height)
    return not whole or len(titles) > whole + 2 or bool(np.count_nonzero(crossed & taken) > most)


def _typed_rules(lines: Lines) -> NDArray[np.bool_]:
    """Which lines are pieces of a rule that a typewritten report draws across columns."""
    rules = np.zeros(len(lines), np.bool_)
    for i in np.flatnonzero(lines.crossed).tolist():
        rules[i] = len(lines.text[i]) > 1 and lines.text[i][0] in "-=_" and len(set(lines.text[i])) == 1
    return rules


def repeated_header(lines: Lines, model: TableModel) -> NDArray[np.bool_]:
    """Which lines are the model's header printed again: most of its lines, each in its column, close together."""
    wanted = set(model.header_lines)
    mask = np.zeros(len(lines), np.bool_)
    if not wanted:
        return mask
    texts = {text for _, text in wanted}
    likely = [i for i, text in enumerate(lines.text) if text in texts]
    keys = {i: (column, lines.text[i]) for i, column in zip(likely, lines.column[likely].tolist(), strict=True)}
    hits = [i for i, key in keys.items() if key in wanted]
    if len({keys[i] for i in hits}) < 0.8 * len(wanted):
        return mask
    # Words of a label occur among the values too; the header is where all of them stand together.
    tall = max(2.0 * model.height * len(wanted), 4.0 * model.height)
    ordered = sorted(zip(lines.bottom[hits].tolist(), hits, strict=True))
    for k, (bottom, start) in enumerate(ordered):
        if mask[start]:
            continue
        near = _together([line for line in ordered[k:] if line[0] - bottom <= tall], 1.8 * model.height)
        if len({keys[i] for i in near}) >= 0.8 * len(wanted):
            mask[near] = True
    return mask


def _together(band: list[tuple[float, int]], step: float) -> list[int]:
    """Of lines, downwards, those up to the first wide *step*; each line is its bottom and its number."""
    for k, ((above, _), (below, _)) in enumerate(pairwise(band), start=1):
        if below - above > step:
            return [i for _, i in band[:k]]
    return [i for _, i in band]
