"""Sheets wider than the page: a spreadsheet program prints their left columns on some pages and the columns further
right on others, with the rows at the same heights. Read one by one, such pages would show every search twice, each time
with a part of its columns. So the document is read from a copy in which the pages of one stretch of rows stand side by
side, and everything goes back to the pages as printed when the parts are written (:mod:`extractors.spread_back`).

Pages belong together where the headings of the first ones stand at one height and name different things, and where the
lines below stand at the same heights.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
import pypdfium2 as pdfium
import pypdfium2.raw as raw

from extractors.document import Document
from extractors.find_lines import find_lines
from extractors.glyphs import Floats, PageContent
from extractors.header import find_headers, find_short_headers, labels_within
from extractors.labels import Header
from extractors.model import TableModel
from extractors.plan import sample_numbers
from records.errors import DamagedError

COPY = "wide.pdf"
"""Name of the copy in the folder of the work."""
_MOST = 6
"""Pages side by side."""
_FIRST = frozenset({"id", "name", "org_name"})
"""Fields that stand in a log's first columns. Pages that print them beside a log are a list of their own: of users, of
organizations, of cameras."""
_ASKED = 4
"""Stretches of rows that are compared before the document is believed to be such a print."""
_SAME_HEIGHT = 1.0
"""Points by which lines of one row may stand apart on two pages."""
_LEVEL = 0.5
"""Share of a page's lines that must stand at the height of a line of the first page: cells wrap to other heights."""


@dataclass(frozen=True, slots=True)
class Spread:
    """How sheets go over pages: *parts* pages side by side, each *width* points wide, for each of *count* stretches of
    rows; ``is_down``: all stretches of the first columns are printed first, then those of the next ones. A row is on
    the page of its part *home*, where the value stands that starts rows."""

    parts: int
    count: int
    width: float
    is_down: bool
    home: int = 0

    def page(self, stretch: int, part: int) -> int:
        """The page (1-based) that shows the stretch (from 1) and the part (from 0)."""
        return stretch + part * self.count if self.is_down else (stretch - 1) * self.parts + part + 1


def find_spread(document: Document) -> Spread | None:
    """How the document's sheets go over its pages; None where each page shows whole rows."""
    pages = _Pages(document)
    first = pages.read(1)
    headers = (
        (find_headers(first) or find_short_headers(first)) if first is not None and document.page_count > 1 else []
    )
    if first is None or not headers:
        return None
    for parts in range(2, _MOST + 1):
        count, left = divmod(document.page_count, parts)
        for is_down in (True, False)[: 1 + (count > 1)]:
            found = Spread(parts, count, first.width, is_down)
            if not left and any(_is_so(found, header, pages) for header in headers):
                return found
    return None


class _Pages:
    """The pages of a document that are asked for, each read once."""

    def __init__(self, document: Document) -> None:
        self._document = document
        self._sample = frozenset(sample_numbers(1, document.page_count))
        self._read: dict[int, PageContent | None] = {}

    def read(self, page_number: int) -> PageContent | None:
        if page_number not in self._read:
            try:
                self._read[page_number] = self._document.read(page_number, keep=page_number in self._sample)
            except DamagedError:
                self._read[page_number] = None
        return self._read[page_number]


def _is_so(spread: Spread, header: Header, pages: _Pages) -> bool:
    named: list[frozenset[str]] = []
    for part in range(spread.parts):
        page = pages.read(spread.page(1, part))
        fields = _named(page, header) if page is not None else frozenset()
        if not fields or any(fields & other for other in named) or (part and fields & _FIRST):
            return False
        named.append(fields)
    asked = sorted({1 + k * (spread.count - 1) // (_ASKED - 1) for k in range(_ASKED)})
    return all(
        _stand_together([pages.read(spread.page(k, part)) for part in range(spread.parts)], header, named)
        for k in asked
    )


def _named(page: PageContent, header: Header) -> frozenset[str]:
    """The fields that the page's labels at the height of the *header* name; none where most are no labels."""
    labels = labels_within(page, header.top - _SAME_HEIGHT, header.bottom + _SAME_HEIGHT)
    fields = [label.field for label in labels if label.field]
    return frozenset(fields) if len(fields) * 2 >= len(labels) else frozenset()


def _stand_together(pages: Iterable[PageContent | None], header: Header, named: list[frozenset[str]]) -> bool:
    """Whether the pages show one stretch of rows: none of them another part's labels, and lines at one height."""
    levels: list[Floats] = []
    size: set[tuple[int, int, int]] = set()
    for page, own in zip(pages, named, strict=True):
        if page is None or page.rotation or page.turn or not _named(page, header) <= own:
            return False
        size.add((round(page.width), round(page.height), page.rotation))
        levels.append(np.sort(find_lines(page.glyphs).middle))
    # Cells that wrap add lines to their own part only, so the lines of the part with fewer must stand in the other.
    first = levels[0]
    return len(size) == 1 and all(max(_share(level, first), _share(first, level)) >= _LEVEL for level in levels[1:])


def _share(levels: Floats, others: Floats) -> float:
    """The share of *levels* near one of the sorted *others*."""
    if not len(levels) or not len(others):
        return 0.0
    at = np.searchsorted(others, levels)
    near = np.minimum(
        np.abs(levels - others[np.clip(at, 0, len(others) - 1)]), np.abs(levels - others[np.clip(at - 1, 0, None)])
    )
    return float(np.mean(near <= _SAME_HEIGHT))


def at_home(spread: Spread, model: TableModel) -> Spread:
    """The spread with the part on which the *model*'s rows begin."""
    anchor = model.columns[model.anchor]
    return replace(spread, home=part_at((anchor.left + anchor.right) / 2, spread))


def part_at(x: float, spread: Spread) -> int:
    """The part that shows *x* of a stretch."""
    return min(max(int(x // spread.width), 0), spread.parts - 1)


def without_margins(model: TableModel, spread: Spread) -> TableModel:
    """The model without the nameless columns that are but the margins between two pages side by side."""
    for part in range(1, spread.parts):
        k = int(np.searchsorted(model.edges, part * spread.width)) - 1
        if 0 < k < len(model.columns) - 1 and model.columns[k].name is None and k != model.anchor:
            columns = [c for j, c in enumerate(model.columns) if j != k]
            columns[k] = replace(columns[k], left=model.columns[k].left)
            lines = tuple((j - (j > k), text) for j, text in model.header_lines if j != k)
            model = replace(model, columns=tuple(columns), header_lines=lines, anchor=model.anchor - (model.anchor > k))
    return model


def write_wide(source: Path, password: str | None, spread: Spread, folder: Path) -> Path:
    """The copy of the document at *source* with the pages of each stretch side by side, without a password; in
    *folder*."""
    document = pdfium.PdfDocument(source, password=password)
    ordered = pdfium.PdfDocument.new()
    target, aside = folder / COPY, folder / f"{COPY}.tmp"
    try:
        order = [spread.page(k, part) - 1 for k in range(1, spread.count + 1) for part in range(spread.parts)]
        ordered.import_pages(document, order)
        width, height = ordered[0].get_size()
        wide = pdfium.PdfDocument(
            raw.FPDF_ImportNPagesToOne(ordered.raw, width * spread.parts, height, spread.parts, 1)
        )
        wide.save(aside, flags=raw.FPDF_REMOVE_SECURITY)
        wide.close()
    finally:
        ordered.close()
        document.close()
    aside.replace(target)
    return target
