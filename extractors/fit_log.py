"""The table model of a log, fitted on the pages of a sample below the header that opens it."""

from __future__ import annotations

import numpy as np

from extractors.columns import stand_on_rulings
from extractors.fit import fit_model
from extractors.labels import Header
from extractors.layout import CUT
from extractors.lines import glyph_height
from extractors.model import TableModel
from extractors.sample import SamplePage
from extractors.search_log import is_doubled, tells_searches
from extractors.typed_model import typed_model

FIT_PAGES = 24
"""Pages that a table model is fitted on."""
_OFTEN_CUT = 0.1
"""Share of cut lines on a page from which on it is asked whether its columns stand elsewhere: edges fitted on pages of
two tables may cut few lines of either."""

_SAME_SIZE = 0.05
"""Of the width and height of pages and of glyphs: less are margins, scales of printers and odd letters."""


def fit_from(header: Header, start: int, pages: list[SamplePage]) -> TableModel | None:
    """A typed table model for the log that *header* opens on page *start*; None where it opens none."""
    if not tells_searches(header) or is_doubled(header):
        return None
    step = max(1, len(pages) // FIT_PAGES)
    chosen = pages[: FIT_PAGES // 2] + pages[FIT_PAGES // 2 :: step]
    model = fit_model(header, start, chosen)
    if model is None or any(_is_cut(model, page, _OFTEN_CUT) or is_other_print(page, chosen[0]) for page in chosen):
        chosen = _of_one_table(header, start, chosen)
        model = fit_model(header, start, chosen)
    return typed_model(model, chosen) if model else None


def _of_one_table(header: Header, start: int, pages: list[SamplePage]) -> list[SamplePage]:
    """The pages up to the first from which on the columns stand elsewhere: another sheet without a header. One page
    alone may show too little of its columns, so this is asked only where no model holds on all pages, or where other
    prints stand among them."""
    trial = fit_model(header, start, pages[:1])
    if trial is None:
        return pages
    whole = len(pages)
    while whole > 1 and _is_cut(trial, pages[whole - 1]):
        whole -= 1
    return pages[:whole]


def is_other_print(page: SamplePage, first: SamplePage) -> bool:
    """Whether a page without a header is of another size than the *first*, or set in another one. Edges fitted on both
    may cut neither, with two columns of the one between them."""
    content, opened = page.content, first.content
    if page.headers or not len(content.glyphs):
        return False
    sizes = [(c.width, c.height, glyph_height(c.glyphs)) for c in (content, opened)]
    return any(abs(a - b) > _SAME_SIZE * b for a, b in zip(*sizes, strict=True))


def _is_cut(model: TableModel, page: SamplePage, share: float = CUT) -> bool:
    """Whether the column edges cut so many lines of the page, a *share* of them, that its columns stand elsewhere."""
    if stand_on_rulings(model.edges, page.content.rulings.vertical):
        return False
    lines = page.lines(model)
    return bool(np.count_nonzero(lines.crossed) > share * len(lines))
