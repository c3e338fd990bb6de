"""Titles and subtotals between the rows of an unruled table: a text alone at its height, over one or several columns,
further from what stands above and below than lines of one cell are. It is of no row. Nor is a text a line of a cell,
however close, that is alone at its height and begins in the column whose values start rows, or runs into it, where the
value is whole without it; nor one that begins with a heading and a colon, where no reason stands first: a group's name.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from extractors.lines import WORD_GAP, Ints, Lines
from extractors.model import TableModel
from records.headers import canonical_field, normalise_header
from records.totals import is_total

_PROSE = frozenset({"reason", "filters", "text_prompt", "moderation"})
"""Fields whose values have paragraphs with blank lines between."""
WORD = 0.5
"""Of the glyph height: a space between two words at most."""
_RARE = 0.3
"""Of the rows of a page: so many such lines at most; more are a second value that the column prints."""
_FAR = 1.2
"""Of the step between lines of one cell: what stands further apart is of two cells."""


def between_rows(
    lines: Lines, table: Ints, starts: NDArray[np.bool_], owned: NDArray[np.bool_], model: TableModel, step: float
) -> Ints:
    """Which of the lines *table* (indices) are titles between rows; *starts* marks the lines that start rows, *owned*
    all lines of the values that do, *step* is that from one line of a cell to the next. What a page break may have cut,
    above the first start and below the last one, is none, but for a printed total at the very end."""
    begun = np.sort(lines.middle[table[starts[table]]])
    if len(begun) < 2:
        return table[:0]
    order = table[np.argsort(lines.middle[table], kind="stable")]
    first = np.flatnonzero(np.concatenate(([True], np.diff(lines.middle[order]) > 0.3 * model.height)))
    count = np.diff(np.append(first, len(order)))
    level = np.add.reduceat(lines.middle[order], first) / count
    top, bottom = np.minimum.reduceat(lines.top[order], first), np.maximum.reduceat(lines.bottom[order], first)
    is_far = (np.diff(level) > _FAR * step) & (bottom[:-1] <= top[1:])
    inside = (level > begun[0]) & (level < begun[-1]) & ~np.logical_or.reduceat(owned[order], first)
    alone = np.zeros(len(first), np.bool_)
    alone[1:-1] = is_far[:-1] & is_far[1:]
    alone &= inside
    beside = inside & np.logical_or.reduceat(lines.column[order] == model.anchor, first)
    groups = {k: order[first[k] : first[k] + count[k]] for k in np.flatnonzero(alone | beside).tolist()}
    groups = {k: group for k, group in groups.items() if is_one_text(lines, group, WORD * model.height)}
    last = len(first) - 1
    is_end = level[last] > begun[-1] and is_far[-1] and not owned[order[first[last] :]].any()
    if is_end and is_total(_text(lines, order[first[last] :], model.height)):
        groups[last] = order[first[last] :]
        alone[last] = True
    found = {k for k in groups if alone[k] and (k == last or not _is_prose(model, int(lines.column[groups[k]].min())))}
    extra = {k for k in groups if beside[k]}
    if len(extra) <= _RARE * len(begun):
        found |= extra
    return np.sort(np.concatenate([order[:0], *(groups[k] for k in found)]))


def named_groups(lines: Lines, table: Ints, owned: NDArray[np.bool_], model: TableModel) -> Ints:
    """Which of the lines *table* (indices) are titles that name their group by a heading and a colon; *owned* marks the
    lines of the values that start rows."""
    if not any(":" in lines.text[i] or lines.crossed[i] for i in table[lines.column[table] == 0].tolist()):
        return table[:0]
    order = table[np.argsort(lines.middle[table], kind="stable")]
    first = np.flatnonzero(np.concatenate(([True], np.diff(lines.middle[order]) > 0.3 * model.height)))
    found = [
        group for group in np.split(order, first[1:]) if not owned[group].any() and _names_group(lines, group, model)
    ]
    return np.sort(np.concatenate([order[:0], *found]))


def _names_group(lines: Lines, group: Ints, model: TableModel) -> bool:
    """Whether the lines at one height are one text that begins, in the first column, with a heading and a colon."""
    if lines.column[group[np.argmin(lines.x0[group])]] != 0 or _is_prose(model, 0):
        return False
    heading, colon, _ = _text(lines, group, model.height).partition(":")
    if not colon:
        return False
    names = {normalise_header(column.name) for column in model.columns if column.name}
    is_heading = normalise_header(heading) in names or canonical_field(heading) is not None
    return is_heading and is_one_text(lines, group, WORD * model.height)


def _text(lines: Lines, group: Ints, height: float) -> str:
    """What the lines at one height say together."""
    across = group[np.argsort(lines.x0[group])]
    near = np.append(False, lines.x0[across[1:]] - lines.x1[across[:-1]] <= WORD_GAP * height)
    pieces = zip(across.tolist(), near.tolist(), strict=True)
    return "".join(lines.text[i] if goes_on else f" {lines.text[i]}" for i, goes_on in pieces).strip()


def is_one_text(lines: Lines, group: Ints, space: float) -> bool:
    """Whether the lines at one height are pieces of one text that column edges cut, through a word or at a *space*
    (points)."""
    across = group[np.argsort(lines.x0[group])]
    near = lines.x0[across[1:]] - lines.x1[across[:-1]] <= space
    return bool((near | (lines.crossed[across[1:]] & lines.crossed[across[:-1]])).all())


def _is_prose(model: TableModel, column: int) -> bool:
    name = model.columns[column].name if column < len(model.columns) else None
    return name is None or canonical_field(name) in _PROSE
