"""A table printed once more without its header, in columns of other widths: the next month's sheet, below the first one
or on the pages after it. Its columns are those of the table before, if there are as many and their values are alike.
"""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from extractors.fit import table_lines
from extractors.fit_rows import fit_rows
from extractors.headerless_columns import column_edges, columns_between
from extractors.model import TableModel, expected_type
from extractors.repeated import repeated_lines
from extractors.sample import SamplePage
from extractors.stacked import part_of

_LEAST = 6
"""Lines of text below which a table is not looked for."""
_CUT = 0.4
"""Share of the lines that the columns of the table before cut, from which on others stand there."""
_WHOLE = 0.05
"""Share of the lines that its own columns may cut."""
_NEAR = 6
"""Lines above the first one that is cut, among which the second table begins: at the widest step."""
_RIM = 0.5
"""Points."""


def begins_again(model: TableModel, page: SamplePage) -> float | None:
    """The height from which on columns stand elsewhere than those of the *model*, -inf where they do so on the whole
    page; None where they do not."""
    lines = page.lines(model)
    tops, at = np.unique(np.round(lines.bottom, 1), return_inverse=True)
    if len(tops) < _LEAST:
        return None
    cut = np.bincount(at, weights=lines.crossed) > 0
    after = np.cumsum(cut[::-1])[::-1] / np.arange(len(cut), 0, -1)
    before = np.concatenate(([0.0], np.cumsum(cut)[:-1] / np.arange(1, len(cut))))
    good = np.flatnonzero((after >= _CUT) & (before <= _WHOLE) & cut & (len(cut) - np.arange(len(cut)) >= _LEAST))
    if not len(good):
        return None
    first = int(good[0])
    steps = np.diff(tops[max(0, first - _NEAR) : first + 1])
    if first < _LEAST or not len(steps):
        return -np.inf
    begin = first - len(steps) + 1 + int(np.argmax(steps))
    return float(lines.top[at == begin].min()) - _RIM


def fit_again(model: TableModel, pages: list[SamplePage]) -> TableModel | None:
    """The table of the *model* on *pages*, which print it in other columns and without its header; None where there are
    not as many, or where their values are not alike."""
    furniture = tuple(repeated_lines(pages))
    edges = column_edges(pages, furniture, model.height, len(model.columns))
    if edges is None or len(edges) != len(model.columns) + 1:
        return None
    columns = tuple(
        replace(column, given=c.name, basis="values" if c.name else None)
        for c, column in zip(model.columns, columns_between(edges, pages, furniture), strict=True)
    )
    bare = replace(
        model, columns=columns, header_page=None, header_lines=(), furniture=furniture, clip=None, body_top=None
    )
    tables = [(page, table_lines(page, bare, None, None)) for page in pages]
    return fit_rows(bare, [(page, lines) for page, lines in tables if len(lines)])


def is_alike(model: TableModel, again: TableModel) -> bool:
    """Whether the columns of the same table, fitted *again*, hold values of the same types; two of them typed."""
    typed = [
        (a.value_type, b.value_type)
        for a, b in zip(model.columns, again.columns, strict=True)
        if expected_type(a) is not None
    ]
    return sum(a is not None for a, _ in typed) > 1 and all(a == b for a, b in typed)


def part_of_page(page: SamplePage, top: float, bottom: float) -> SamplePage:
    """What stands on the page between two heights, with the headers there."""
    content = part_of(page.content, top, bottom)
    upright = content.rulings.vertical
    upright = upright[(upright[:, 0] < bottom) & (upright[:, 1] > top)]
    content = replace(content, rulings=replace(content.rulings, vertical=upright))
    return SamplePage(content, [h for h in page.headers if top <= h.top < bottom])
