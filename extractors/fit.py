"""Fitting the table model of a segment on its sample pages."""

from __future__ import annotations

import re
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from extractors.columns import gutter_edges, ruled_edges
from extractors.find_lines import find_lines
from extractors.fit_rows import MOSTLY, fit_rows
from extractors.glyphs import Floats, Glyphs
from extractors.header import header_lines
from extractors.header_cut import whole_names
from extractors.joints import Meetings
from extractors.labels import Header, Label
from extractors.lines import Lines, glyph_height
from extractors.model import Column, TableModel, expected_type
from extractors.repeated import is_furniture, repeated_lines
from extractors.sample import SamplePage
from extractors.usual import share_of_kind, usual_end
from extractors.values import is_marker, is_type, squeeze

_TYPED_RULE = re.compile(r"-{20,}|={20,}|_{20,}")
"""What typewritten reports draw under their headings."""
_LINES, _APART = 10, 2.0
"""Lines of a page from which on the last may be left out, and, of the glyph height, how far below the others it is."""
_BLANKS = 0.02
"""Share of rows that may leave a column blank which every row fills otherwise."""


def fit_model(header: Header, header_page: int, pages: list[SamplePage]) -> TableModel | None:
    """The table model of the log that *header* opens on *header_page*, fitted on *pages* (ascending, from that page
    on); None when nothing below the header reads like rows of a log."""
    height = float(np.median([glyph_height(p.content.glyphs) for p in pages if len(p.content.glyphs)] or [8.0]))
    first = next(p for p in pages if p.content.page_number == header_page)
    furniture = repeated_lines(pages)
    edges = ruled_edges(header, first.content.rulings.vertical)
    bodies = [(p.content, _body_mask(p, header, header_page, furniture)) for p in pages]
    meetings = Meetings(bodies, [label.box.x0 for label in header.labels[1:]])
    if edges is None:
        edges = gutter_edges(header, bodies, height, meetings)
    meets = [*map(meetings.at, edges[1:-1].tolist()), None]
    labels = _labels_in_order(header, edges)
    whole = dict(zip(header.labels, whole_names(header.labels), strict=True))
    named = [whole.get(label) if label else None for label in labels]
    model = TableModel(
        columns=tuple(
            Column(
                float(a),
                float(b),
                label,
                None,
                False,
                float(b - a),
                given=name,
                basis="values" if name else None,
                meets=met,
            )
            for a, b, label, name, met in zip(edges[:-1], edges[1:], labels, named, meets, strict=True)
        ),
        header_page=header_page,
        height=height,
        is_ruled=False,
        alignment="top",
        anchor=0,
        line_step=1.6 * height,
        row_step=4.0 * height,
        furniture=tuple(furniture),
    )
    printed = find_lines(first.content.glyphs, edges, height)
    printed = printed.select(header_lines(printed, [header]))
    model = replace(model, header_lines=tuple(zip(printed.column.tolist(), printed.text, strict=True)))
    tables = [(p, table_lines(p, model, header, header_page)) for p in pages]
    return fit_rows(model, [(p, lines) for p, lines in tables if len(lines)])


def table_lines(page: SamplePage, model: TableModel, header: Header | None, header_page: int | None) -> Lines:
    """The page's lines that can be table body: below the header on its page, no header, no furniture."""
    lines = page.lines(model)
    keep = ~header_lines(lines, page.headers) & ~is_furniture(lines, model.furniture, model.height)
    keep &= (lines.column >= 0) & (lines.column < len(model.columns))
    if header is not None and page.content.page_number == header_page:
        keep &= lines.top > header.top
    return lines.select(keep)


def _body_mask(
    page: SamplePage, header: Header, header_page: int, furniture: list[tuple[float, str]]
) -> NDArray[np.bool_]:
    """Which glyphs may be table body."""
    glyphs = page.content.glyphs
    middle = (glyphs.top + glyphs.bottom) / 2
    mask = np.ones(len(glyphs), np.bool_)
    for known in page.headers:
        mask[(middle >= known.top) & (middle <= known.bottom)] = False
    if page.content.page_number == header_page:
        mask[middle < header.bottom] = False
    for y, _ in furniture:
        mask[np.abs(glyphs.bottom - y) < 2.0] = False
    for rule in _TYPED_RULE.finditer(glyphs.text):
        mask[rule.start() : rule.end()] = False
    for label in header.labels:
        for title in re.finditer(re.escape(squeeze(label.text) + ":"), glyphs.text, re.IGNORECASE):
            line = np.abs(glyphs.bottom - glyphs.bottom[title.start()]) < 0.3 * (glyphs.bottom - glyphs.top)
            if glyphs.x0[line].min(initial=np.inf) >= glyphs.x0[title.start()]:
                mask[line] = False  # the title of a group, which names its heading, crosses the columns
    return mask & ~_is_foot(glyphs, mask)


def _is_foot(glyphs: Glyphs, mask: NDArray[np.bool_]) -> NDArray[np.bool_]:
    """Which glyphs are of the last line of a page, if it is set apart from those above: what stands in a foot tells
    nothing of the columns, and a row that is left out is one of many."""
    foot = np.zeros(len(glyphs), np.bool_)
    levels = np.unique(np.round(glyphs.bottom[mask]))
    if len(levels) >= _LINES and levels[-1] - levels[-2] > _APART * glyph_height(glyphs):
        foot[glyphs.bottom > levels[-1] - 1.0] = True
    return foot


def _labels_in_order(header: Header, edges: Floats) -> list[Label | None]:
    labels: list[Label | None] = [None] * (len(edges) - 1)
    for label in header.labels:
        slot = int(np.searchsorted(edges, (label.box.x0 + label.box.x1) / 2)) - 1
        labels[min(max(slot, 0), len(labels) - 1)] = label
    return labels


def type_columns(model: TableModel, rows: list[list[str | None]], whole: list[list[str | None]]) -> TableModel:
    """The model with the value types and text room that the sample's own *rows* (cells by column) show, and the fill
    that those show which surely are *whole*."""
    columns = []
    for j, column in enumerate(model.columns):
        values = [row[j] for row in rows]
        printed = [v for v in values if v and not is_marker(v)]
        wanted = expected_type(column)
        name = None
        if wanted and printed and sum(is_type(wanted, v) for v in printed) >= MOSTLY * len(printed):
            name = wanted.name
        if j == model.anchor:
            name = column.value_type
        like, end = share_of_kind(column, printed), usual_end(column, printed)
        if column.label and column.given and wanted and like < MOSTLY:  # the values do not bear the name out
            column = replace(column, given=None, basis=None)
            like, end = share_of_kind(column, printed), usual_end(column, printed)
        columns.append(
            replace(column, value_type=name, is_always_filled=_is_filled([row[j] for row in whole]), like=like, end=end)
        )
    return replace(model, columns=tuple(columns))


def _is_filled(values: list[str | None]) -> bool:
    """Whether every row fills the column, but for one in fifty: one damaged row must not hide what is usual."""
    return bool(values) and sum(1 for value in values if not value) <= _BLANKS * len(values)
