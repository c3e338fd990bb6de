"""Fitting how the rows of a sharing list are parted: by rulings, by wider steps, or by how cells stand to the names."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from extractors.assign import assign_rows, group_cells
from extractors.bands import row_bands
from extractors.glyphs import Floats, PageContent, Rulings
from extractors.lines import Lines
from extractors.sample import SamplePage
from extractors.sharing_header import SharingHeader, find_sharing_headers
from extractors.sharing_model import SLACK, SharingModel, body_lines, sharing_model
from extractors.sharing_names import anchors_of, name_blocks, name_steps

_CONTRADICTED = 0.06
"""Share of rows that may speak against a way to part them."""
_LEAST_LEAD = 0.02
"""Of all votes, by which one alignment must lead for the rows to be clear."""


def fit_sharing(header: SharingHeader, header_page: int, pages: list[PageContent]) -> SharingModel | None:
    """The model of the list that *header* opens, fitted on *pages* (ascending, from its page on); None where what
    follows is no list of organizations."""
    model = sharing_model(header, header_page, pages)
    if model is None:
        return None
    samples = [SamplePage(page, [h.header for h in find_sharing_headers(page)]) for page in pages]
    tables = [(s.content.rulings, body_lines(s, model)) for s in samples]
    tables = [(rulings, lines) for rulings, lines in tables if len(lines)]
    if not tables or not any((lines.column == model.table.anchor).any() for _, lines in tables):
        return None
    return _fit_rows(model, tables)


def _fit_rows(model: SharingModel, tables: list[tuple[Rulings, Lines]]) -> SharingModel:
    """The model with its steps, and with the way its rows are parted."""
    line_step = _smallest([lines for _, lines in tables], model.table.height)
    columns = tuple(
        replace(c, widest=max((float((n.x1 - n.x0).max()) for n in cells if len(n)), default=0.0))
        for c, cells in (
            (c, [lines.select(lines.column == j) for _, lines in tables]) for j, c in enumerate(model.table.columns)
        )
    )
    table = replace(model.table, columns=columns, line_step=line_step, row_step=line_step)
    model = replace(model, table=table)
    apart = [step for _, lines in tables for _, _, step, fits in name_steps(lines, model) if fits]
    apart = [step for step in apart if step > 0.7 * table.height]
    model = replace(model, table=replace(table, row_step=max(line_step, _recurring(apart) or line_step)))
    if _is_ruled(model, tables):
        return replace(model, table=replace(model.table, is_ruled=True))
    if _is_spaced(model, tables):
        return replace(model, is_spaced=True)
    return _aligned(model, tables)


def _smallest(pages: list[Lines], height: float) -> float:
    """The smallest step between lines of one column that occurs at least three times."""
    steps: list[float] = []
    for lines in pages:
        for column in np.unique(lines.column).tolist():
            steps += np.diff(np.sort(lines.middle[lines.column == column])).tolist()
    return _recurring([s for s in steps if 0.7 * height < s < 3.0 * height]) or 1.35 * height


def _recurring(steps: list[float]) -> float | None:
    """The smallest of *steps* that occurs three times, give or take a twentieth; the smallest of fewer."""
    ordered = sorted(steps)
    for a, c in zip(ordered, ordered[2:], strict=False):
        if c <= 1.05 * a:
            return c
    return ordered[0] if ordered else None


def _is_ruled(model: SharingModel, tables: list[tuple[Rulings, Lines]]) -> bool:
    """Whether nearly every name has a ruled band to itself."""
    alone = total = 0
    for rulings, lines in tables:
        bounds = row_bands(rulings, model.table)
        alone_here, names = _names_alone(lines, model, bounds)
        alone, total = alone + alone_here, total + names
    return total > 0 and alone >= 0.7 * total


def _names_alone(lines: Lines, model: SharingModel, bounds: Floats) -> tuple[int, int]:
    """How many names stand alone between two of *bounds*, and how many names there are. Lines of one band are one name
    where each ends because the next word did not fit."""
    slots = np.searchsorted(bounds, lines.middle)
    torn = {slots[k] for i, k, _, fits in name_steps(lines, model) if fits and slots[i] == slots[k]}
    mine = slots[lines.column == model.table.anchor].tolist()
    closed = {slot for slot in mine if 0 < slot < len(bounds)} - torn
    outside = sum(1 for slot in mine if slot not in closed)
    return len(closed), len(closed) + outside


def spaced_bounds(lines: Lines, model: SharingModel) -> Floats:
    """Heights between rows where the lines of the whole table stand further apart than lines of a cell."""
    if not len(lines):
        return np.empty(0)
    level = np.sort(lines.middle)
    wide = np.flatnonzero(np.diff(level) > SLACK * model.table.line_step)
    return np.asarray((level[wide] + level[wide + 1]) / 2, np.float64)


def _is_spaced(model: SharingModel, tables: list[tuple[Rulings, Lines]]) -> bool:
    """Whether the wider steps part the rows: between two of them stands one name, and something beside it.

    The first and the last of a page may be pieces of rows on other pages.
    """
    wrong = total = parted = 0
    for _, lines in tables:
        bounds = spaced_bounds(lines, model)
        parted += len(bounds)
        slots = np.searchsorted(bounds, lines.middle)
        named = set(slots[lines.column == model.table.anchor].tolist())
        torn = {int(slots[k]) for i, k, _, fits in name_steps(lines, model) if fits and slots[i] == slots[k]}
        nameless = set(range(1, len(bounds))) - named
        total += len(bounds) + 1
        wrong += len(torn) + len(nameless)
    return parted > 0 and wrong <= _CONTRADICTED * total


def _aligned(model: SharingModel, tables: list[tuple[Rulings, Lines]]) -> SharingModel:
    """The model with the alignment that most cells bear out."""
    votes = {name: sum(_vote(model, lines, name) for _, lines in tables) for name in ("bottom", "top", "middle")}
    best, second = sorted(votes, key=lambda name: -votes[name])[:2]
    is_unclear = votes[best] - votes[second] <= _LEAST_LEAD * max(1, abs(votes[best])) and _wraps(model, tables)
    return replace(model, is_unclear=is_unclear, table=replace(model.table, alignment=best))


def _wraps(model: SharingModel, tables: list[tuple[Rulings, Lines]]) -> bool:
    """Whether any column beside the names has more lines than there are names."""
    anchor = model.table.anchor
    for _, lines in tables:
        counts = np.bincount(lines.column, minlength=len(model.fields))
        if counts.max() > counts[anchor]:
            return True
    return False


def _vote(model: SharingModel, lines: Lines, alignment: str) -> int:
    """How many cells stand as *alignment* says and speak of their row's name, less those that do not and lost lines."""
    blocks, _ = name_blocks(lines, model, alignment)
    if not blocks:
        return 0
    anchors = anchors_of(lines, blocks)
    near = 0.4 * model.table.height
    rows, stray = assign_rows(lines, anchors, alignment, near)
    vote = -int(stray.sum()) - int(((rows < 0) | (rows >= len(blocks))).sum())
    for row, cells in enumerate(group_cells(lines, rows, len(blocks), len(model.fields))):
        words = _words(lines, cells[model.table.anchor])
        for column, cell in enumerate(cells):
            if not cell or column == model.table.anchor:
                continue
            if alignment == "top":
                off = lines.middle[cell[0]] - anchors.first_level[row]
            elif alignment == "bottom":
                off = lines.middle[cell[-1]] - anchors.last_level[row]
            else:
                off = (lines.top[cell[0]] + lines.bottom[cell[-1]]) / 2 - anchors.centre[row]
            vote += 1 if abs(off) <= near else -1
            vote += sum(1 for i in cell if words & _words(lines, [i])) if len(cell) > 1 else 0
    return vote


def _words(lines: Lines, index: list[int]) -> set[str]:
    """Long words: an organization's networks mostly bear its name."""
    return {word.strip("(),").casefold() for i in index for word in lines.text[i].split() if len(word) > 3}
