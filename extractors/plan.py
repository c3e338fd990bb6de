"""Reading a sample of a document to decide what its pages are, before any page is read for good."""

from __future__ import annotations

from dataclasses import dataclass, replace

from extractors.fit import SamplePage, fit_model, sample_page, type_columns
from extractors.glyphs import PageContent
from extractors.header import Header
from extractors.headerless import fit_headerless
from extractors.layout import layout_page
from extractors.lines import join_lines
from extractors.model import Column, TableModel
from extractors.pdfium import PdfiumDocument
from extractors.plumber import PlumberDocument
from records.errors import DamagedError

Engine = PdfiumDocument | PlumberDocument


class Document:
    """An open document that keeps the pages of its sample, so that they are read once."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self._kept: dict[int, PageContent] = {}
        self.name = engine.name
        self.page_count = engine.page_count

    def read(self, page_number: int, keep: bool = False) -> PageContent:
        """The page (1-based); a kept page is given back as it was read, and forgotten unless *keep*."""
        content = self._kept.pop(page_number, None) or self._engine.read(page_number)
        if keep:
            self._kept[page_number] = content
        return content

    @property
    def kept(self) -> list[PageContent]:
        """The pages of the sample that are still kept."""
        return list(self._kept.values())

    def close(self) -> None:
        """Close the file and forget the kept pages."""
        self._kept.clear()
        self._engine.close()


FIRST_PAGES = 12
"""Read for the sample from the start on: headers, letters and titles stand there."""
SPREAD_PAGES = 36
"""Read for the sample besides, evenly over the rest."""
FIT_PAGES = 24
"""Pages that a table model is fitted on."""


@dataclass(frozen=True, slots=True)
class PlannedModel:
    """A table model and the page from which it holds."""

    from_page: int
    model: TableModel


def sample_numbers(first: int, last: int) -> list[int]:
    """The pages of the sample, the same for the same document always."""
    pages = set(range(first, min(first + FIRST_PAGES, last + 1)))
    rest = last - (first + FIRST_PAGES) + 1
    if rest > 0:
        step = max(1.0, rest / SPREAD_PAGES)
        pages |= {first + FIRST_PAGES + int(k * step) for k in range(SPREAD_PAGES) if int(k * step) < rest}
    return sorted(pages)


def plan_models(document: Document, first: int, last: int, names: tuple[str, ...] = ()) -> list[PlannedModel]:
    """The table models of pages *first* to *last*, in page order; empty when no page holds an audit log.

    *names* are column names from ``release.toml``, for logs that print no header.
    """
    known: list[Header] = []
    pages = []
    for number in sample_numbers(first, last):
        try:
            pages.append(sample_page(document.read(number, keep=True), known))
        except DamagedError:
            continue  # the page loop tells of it
    opened: list[tuple[Header, int]] = []
    for page in pages:
        for header in page.headers:
            if not opened or opened[-1][0].key != header.key:
                opened.append((header, page.content.page_number))
    planned: list[PlannedModel] = []
    if not opened:
        bare = fit_headerless(pages, names)
        typed = bare and _typed(bare, pages)
        return [PlannedModel(first, typed)] if typed else []
    for k, (header, start) in enumerate(opened):
        until = opened[k + 1][1] if k + 1 < len(opened) else last + 1
        model = fit_from(header, start, [p for p in pages if start <= p.content.page_number <= max(start, until - 1)])
        if model is not None:
            planned.append(PlannedModel(start, model))
    return planned


def fit_from(header: Header, start: int, pages: list[SamplePage]) -> TableModel | None:
    """A typed table model for the log that *header* opens on page *start*, or None."""
    step = max(1, len(pages) // FIT_PAGES)
    chosen = pages[: FIT_PAGES // 2] + pages[FIT_PAGES // 2 :: step]
    model = fit_model(header, start, chosen)
    return _typed(model, chosen) if model else None


def _typed(model: TableModel, pages: list[SamplePage]) -> TableModel | None:
    """The model with what its own rows on *pages* show of its columns; None where they are no rows of a log."""
    rows: list[list[str | None]] = []
    widest, padding = [0.0] * len(model.columns), [1e9] * len(model.columns)
    tallest = [1] * len(model.columns)
    for page in pages:
        laid_out = layout_page(page.content, model, page.headers).rows
        for row in laid_out:
            if row.piece != "whole":
                continue
            for j, cell in enumerate(row.cells):
                if cell and cell.texts:
                    # The last row of a page may have taken in what stands below the table.
                    if row is not laid_out[-1]:
                        tallest[j] = max(tallest[j], len(cell.texts))
                    widest[j] = max(widest[j], *cell.widths)
                    padding[j] = min(padding[j], cell.x0 - model.columns[j].left)
            rows.append([(" ".join(cell.texts) if cell else None) or None for cell in row.cells])
    if not rows:
        return None
    # A line may be as wide as its column less the padding, which is the same on both sides.
    columns = tuple(
        replace(c, room=max(w, c.right - c.left - 2 * p), widest=w, most_lines=n, rows_seen=len(rows))
        for c, w, p, n in zip(model.columns, widest, padding, tallest, strict=True)
    )
    typed = type_columns(replace(model, columns=columns), rows)
    return typed if _is_log(typed, rows) else None


def _is_log(model: TableModel, rows: list[list[str | None]]) -> bool:
    """Whether the rows below the header really are rows: most start with a value of the anchor's type."""
    starts = sum(1 for row in rows if row[model.anchor] and model.anchor_type.start.match(row[model.anchor] or ""))
    return starts * 2 >= len(rows)


def cell_text(texts: list[str], widths: list[float], first_widths: list[float], column: Column) -> str:
    """One cell's lines as one text."""
    if len(texts) == 1:
        return texts[0]
    return join_lines(texts, widths, first_widths, column.room + 0.05, column.widest + 0.05)
