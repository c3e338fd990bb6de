"""Two logs one above the other on a page, each with its own columns: sheets printed without a page break between them,
and tables of one web page. The page is read in parts, each by the table model that holds there.
"""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from extractors.find_lines import find_lines
from extractors.glyphs import PageContent
from extractors.layout import PageLayout, layout_page
from extractors.model import TableModel
from extractors.slanted import pick

_NEAR = 0.1
"""Of the glyph height: a part begins so much above its first line."""


def part_of(content: PageContent, top: float, bottom: float) -> PageContent:
    """What stands on the page between the heights *top* and *bottom*, where it stands. Text at an angle to the page is
    of its last part."""
    middle = (content.glyphs.top + content.glyphs.bottom) / 2
    inside = (middle >= top) & (middle < bottom)
    return replace(
        content,
        glyphs=pick(content.glyphs, inside),
        covered=None if content.covered is None else content.covered[inside],
        slanted=content.slanted if bottom == np.inf else None,
        typed_rules=content.typed_rules if bottom == np.inf else None,
        unread=tuple(u for u in content.unread if top <= (u.top + u.bottom) / 2 < bottom),
    )


def rows_above(content: PageContent, model: TableModel, top: float) -> bool:
    """Whether a log of the *model* has rows on the page above the height *top*."""
    above = layout_page(part_of(content, -np.inf, top), model)
    return above.fits and any(row.piece == "whole" for row in above.rows)


def lay_out_stack(content: PageContent, models: list[TableModel]) -> list[tuple[PageContent, PageLayout]] | None:
    """The parts of a page and their layouts, downwards; each of the *models* but the first begins at its ``top``. None
    where one of them does not hold on its part."""
    parts: list[tuple[PageContent, PageLayout]] = []
    begin = -np.inf
    for model, after in zip(models, [*models[1:], None], strict=True):
        end = after.top - _NEAR * after.height if after else np.inf
        part = part_of(content, begin, end)
        layout = layout_page(part, model)
        if after is not None and not model.is_ruled:
            until = _end_of_rows(part, layout, model)
            if until < end:
                part, layout = _without_title(content, part, model, begin, until)
                end = until
        if not layout.fits:
            return None
        parts.append((part, layout))
        begin = end
    return parts


def _end_of_rows(part: PageContent, layout: PageLayout, model: TableModel) -> float:
    """Below which height no line of the *part* follows its last row as lines of one cell follow each other: what stands
    there may be the title of the table below."""
    anchors = [cell for row in layout.rows if row.piece == "whole" and (cell := row.cells[model.anchor]) is not None]
    if not anchors:
        return np.inf
    lines = find_lines(part.glyphs, model.edges, model.height)
    at = anchors[-1].bottom
    for bottom in np.sort(lines.bottom[lines.bottom > at + _NEAR * model.height]).tolist():
        if bottom - at > model.line_step:
            return float(at + _NEAR * model.height)
        at = bottom
    return np.inf


def _without_title(
    content: PageContent, part: PageContent, model: TableModel, begin: float, until: float
) -> tuple[PageContent, PageLayout]:
    """The *part* of the page up to the height *until*, laid out; the cells that may go on in what stands below that are
    told as cut."""
    lines = find_lines(part.glyphs, model.edges, model.height)
    beyond = lines.column[(lines.middle >= until) & (lines.column >= 0) & (lines.column < len(model.columns))]
    upper = part_of(content, begin, until)
    layout = layout_page(upper, model)
    layout.grid.cut_below |= frozenset(beyond.tolist())
    return upper, layout
