"""One page of a sharing list -> rows, furniture, and what is left over. Every line goes to exactly one."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from extractors.assign import assign_rows, group_cells
from extractors.bandrows import by_column, split_bands
from extractors.bands import row_bands
from extractors.cells import OutsideLine, Row, clip_rows, make_row, outside_lines
from extractors.find_lines import find_lines
from extractors.glyphs import Floats, PageContent
from extractors.header import header_lines
from extractors.lines import Lines
from extractors.repeated import is_furniture
from extractors.sharing_fit import spaced_bounds
from extractors.sharing_header import SharingHeader, find_sharing_headers
from extractors.sharing_model import SharingModel
from extractors.sharing_names import anchors_of, name_blocks, name_steps

_FAR = 1.6
"""Times the usual step: what stands further from the first or last row is no part of the table."""
_CUT = 0.25
"""Share of lines that column edges may cut; of prose and of other tables they cut more."""
_PAGE = re.compile(r"(?:page|pg\.?)?\s*-?\s*\d+\s*-?(?:\s*(?:of|/)\s*\d+)?\s*", re.IGNORECASE)


@dataclass(slots=True)
class SharingLayout:
    """What became of a page's lines. ``unsure`` are indices of rows whose lines may be another row's; ``headers`` are
    those on the page that are not this list's."""

    rows: list[Row]
    outside: list[OutsideLine]
    fits: bool
    used: int
    unsure: set[int] = field(default_factory=set)
    headers: list[SharingHeader] = field(default_factory=list)


def lay_out_sharing(content: PageContent, model: SharingModel) -> SharingLayout:
    """Lay the page out by the model. Pieces of rows without a name are ``loose``."""
    table = model.table
    lines = find_lines(content.glyphs, table.edges, table.height, content.covered)
    headers = find_sharing_headers(content)
    same = [h for h in headers if _is_same(h, model)]
    labels = header_lines(lines, [h.header for h in same])
    furniture = is_furniture(lines, table.furniture, table.height) & ~labels
    across = (lines.x0 + lines.x1) / 2
    off_page = (across < 0) | (across > content.width) | (lines.middle < 0) | (lines.middle > content.height)
    body = ~labels & ~furniture & ~off_page & (lines.column >= 0) & (lines.column < len(table.columns))
    if same:
        body &= lines.top >= same[0].header.top
    body[_far_lines(lines, np.flatnonzero(body), model, bool(same))] = False

    found: list[tuple[Row, list[int]]] = []
    unsure: set[int] = set()
    for members in _bands(lines, np.flatnonzero(body), content, model):
        for row, used, is_unsure in _rows(lines, members, model):
            unsure |= {len(found)} if is_unsure else set()
            found.append((row, used))
    taken = np.zeros(len(lines), np.bool_)
    for _, used in found:
        taken[used] = True
    rows = [row for row, _ in found]
    clip_rows(rows, table)
    hidden, covered = taken & lines.covered, ~taken & lines.covered
    outside = outside_lines(lines, labels & ~covered, "furniture", "header")
    outside += outside_lines(lines, furniture & ~covered, "furniture", "repeated")
    outside += outside_lines(lines, hidden, "left", "blacked_out")
    outside += outside_lines(lines, covered, "left", "covered")
    over = ~(labels | furniture | taken | covered)
    outside += outside_lines(lines, over & ~off_page, "left", "outside_table")
    outside += outside_lines(lines, over & off_page, "left", "off_page")
    cut = int(np.count_nonzero(lines.crossed & body))
    fits = bool(rows) and cut <= _CUT * max(1, int(body.sum()))
    others = [h for h in headers if h.direction is None and h not in same]
    return SharingLayout(rows, outside, fits, int(lines.glyph_count[taken & ~hidden].sum()), unsure, others)


def _is_same(header: SharingHeader, model: SharingModel) -> bool:
    """Whether *header* is the one that opened the list, printed again."""
    return header.header.key == model.table.header_key


def _bands(lines: Lines, body: NDArray[np.int64], content: PageContent, model: SharingModel) -> list[NDArray[np.int64]]:
    """The table's lines, parted into bands of one row each; into one band where names have to part them."""
    bounds: Floats = np.empty(0)
    if model.table.is_ruled:
        bounds = row_bands(content.rulings, model.table)
    elif model.is_spaced:
        bounds = spaced_bounds(lines.select(body), model)
    return [members for _, members in split_bands(lines, body, bounds)]


def _rows(lines: Lines, members: NDArray[np.int64], model: SharingModel) -> list[tuple[Row, list[int], bool]]:
    """The rows of a band: (row, its lines, whether it is unsure)."""
    if model.is_list:
        return _list_rows(lines, members, model)
    if not (model.table.is_ruled or model.is_spaced):
        return _aligned_rows(lines, members, model)
    band = lines.select(members)
    torn = any(fits for _, _, _, fits in name_steps(band, model))
    if torn:  # names that are one under the other without need: several rows in one band
        return [(row, used, True) for row, used, _ in _aligned_rows(lines, members, model)]
    flat = lines.lists(model.table.edges)
    row = make_row(flat, by_column(flat, members, len(model.fields)))
    if row.cells[model.table.anchor] is None:
        row.piece = "loose"
    return [(row, members.tolist(), False)]


def _aligned_rows(lines: Lines, members: NDArray[np.int64], model: SharingModel) -> list[tuple[Row, list[int], bool]]:
    """Rows by names, and by how the cells stand to them."""
    table, flat = model.table, lines.lists(model.table.edges)
    band = lines.select(members)
    blocks, unsure = name_blocks(band, model, table.alignment)
    number = members.tolist()
    if not blocks:
        row = make_row(flat, by_column(flat, members, len(table.columns)))
        row.piece = "loose"
        return [(row, number, False)]
    rows, stray = assign_rows(band, anchors_of(band, blocks), table.alignment, 0.4 * table.height)
    made: list[tuple[Row, list[int], bool]] = []
    for piece in (np.flatnonzero(rows < 0), np.flatnonzero(rows >= len(blocks))):
        if len(piece):
            loose = make_row(flat, by_column(flat, members[piece], len(table.columns)))
            loose.piece = "loose"
            made.append((loose, members[piece].tolist(), False))
    doubtful = set(np.flatnonzero(stray).tolist()) | set(unsure)
    grouped = group_cells(band, rows, len(blocks), len(table.columns))
    wrong = {n for n, cells in enumerate(grouped) if any(i in doubtful for cell in cells for i in cell)}
    # Where cells are centred, one name that is parted wrongly shifts the middles of all that follow.
    reach = len(grouped) if table.alignment == "middle" else 0
    for n, cells in enumerate(grouped):
        mine = [[number[i] for i in cell] for cell in cells]
        is_unsure = any(abs(n - other) <= reach for other in wrong)
        made.append((make_row(flat, mine), [i for cell in mine for i in cell], is_unsure))
    return sorted(made, key=lambda row: row[0].top)


def _list_rows(lines: Lines, members: NDArray[np.int64], model: SharingModel) -> list[tuple[Row, list[int], bool]]:
    """Each line of a column of names is a row, but for names that go on; column after column."""
    flat = lines.lists(model.table.edges)
    made = []
    for column, direction in enumerate(model.directions):
        mine = members[lines.column[members] == column]
        if direction is None or not len(mine):
            continue
        band = lines.select(mine)
        band.column[:] = model.table.anchor
        blocks, unsure = name_blocks(band, model, "top")
        for block in blocks:
            index = [int(mine[i]) for i in block]
            cells: list[list[int]] = [[] for _ in model.fields]
            cells[column] = index
            made.append((make_row(flat, cells), index, any(i in unsure for i in block)))
    return made


def _far_lines(lines: Lines, body: NDArray[np.int64], model: SharingModel, has_header: bool) -> NDArray[np.int64]:
    """Lines at the head and the foot of the table that stand apart from it and are no row: titles, page numbers,
    remarks. What has a name and something beside it stays."""
    if not len(body):
        return body
    order = body[np.argsort(lines.middle[body], kind="stable")]
    level = lines.middle[order]
    cuts = np.flatnonzero(np.diff(level) > 0.4 * model.table.height) + 1
    units = np.split(order, cuts)
    step = _FAR * max(model.table.row_step, model.table.line_step)
    far: list[NDArray[np.int64]] = []
    for sequence in (units[::-1], [] if has_header else units):
        for unit, inner in pairwise(sequence):
            gap = abs(float(lines.middle[unit].mean() - lines.middle[inner].mean()))
            text = " ".join(lines.text[i] for i in unit.tolist())
            if _PAGE.fullmatch(text) or (gap > step and not _is_row(lines, unit, model)):
                far.append(unit)
            else:
                break
    return np.concatenate(far) if far else order[:0]


def _is_row(lines: Lines, unit: NDArray[np.int64], model: SharingModel) -> bool:
    """Whether one line of the page can be a row by itself: a name, and a network beside it, inside their columns."""
    columns = set(lines.column[unit].tolist())
    if lines.crossed[unit].any() or model.table.anchor not in columns:
        return False
    return len(columns) > 1
