"""A mix -> its file and the rows as drawn: typeset here, or by ReportLab's tables, Chromium or Calc."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from benchmarks.mix_after import cover_cells, join, letter, rewrap, shows_all
from benchmarks.mix_cells import rows_of
from benchmarks.mix_plan import Mix
from benchmarks.mix_platypus import print_table
from benchmarks.mix_table import MixDrawing
from samples.content import AuditEntry
from samples.draw_chromium import BrowserPrint
from samples.draw_chromium import print_texts as print_by_chromium
from samples.draw_libreoffice import SpreadsheetPrint
from samples.draw_libreoffice import print_texts as print_by_calc
from samples.expected import ExpectedRow
from samples.layout import LEDGER, Layout
from samples.layouts import producer_of
from samples.pages import DrawnPage, TextRun

_SMALLEST = 4.5
_LEAST = {"search_time": 11, "time_frame": 11, "reason": 12, "org_name": 7, "id": 7}
"""Characters that fit at least: a person reads no column of single letters."""


@dataclass(frozen=True, slots=True)
class Drawn:
    """One file and its truth."""

    mix: Mix
    path: Path
    rows: list[ExpectedRow]
    covered: frozenset[tuple[int, int]]
    """(Index of the row, column) of cells under a black box: their text is in the file and on no page."""


def draw_mix(mix: Mix, path: Path, real: list[AuditEntry]) -> Drawn:
    """Print *mix* to *path*. It may be printed smaller than declared: columns get what a person needs to read them."""
    mix = fitted(mix)
    rows, covered = _draw_log(mix, path, real)
    if mix.tail is not None:
        behind = path.with_suffix(".tail.pdf")
        more, _ = _draw_log(fitted(mix.tail), behind, real)
        pages = join(path, behind)
        rows += [replace(row, page_numbers=tuple(number + pages for number in row.page_numbers)) for row in more]
    if mix.has_letter:
        before = path.with_suffix(".log.pdf")
        path.replace(before)
        letter(path)
        pages = join(path, before)
        rows = [replace(row, page_numbers=tuple(number + pages for number in row.page_numbers)) for row in rows]
    return Drawn(mix, path, rows, covered)


def _draw_log(mix: Mix, path: Path, real: list[AuditEntry]) -> tuple[list[ExpectedRow], frozenset[tuple[int, int]]]:
    texts = rows_of(mix.cells, mix.layout, mix.seed, mix.rows, real)
    covered: frozenset[tuple[int, int]] = frozenset()
    if mix.program == "platypus":
        rows = print_table(mix, texts, path)
    elif mix.program == "chromium":
        rows = print_by_chromium(_browser_print(mix), texts, path)
    elif mix.program == "calc":
        rows = print_by_calc(_spreadsheet_print(mix), texts, path)
        while not shows_all(path, rows, mix.repeats_header) and mix.layout.size > _SMALLEST:
            # Calc cuts the last line off where it measures a row otherwise than it prints it.
            mix = replace(mix, layout=_smaller(mix.layout))
            rows = print_by_calc(_spreadsheet_print(mix), texts, path)
    else:
        rows, covered = _typeset(mix, texts, path)
    if mix.is_form or mix.turn:
        rewrap(path, mix.turn)
    return rows, covered


def _typeset(
    mix: Mix, texts: list[tuple[str, ...]], path: Path
) -> tuple[list[ExpectedRow], frozenset[tuple[int, int]]]:
    producer = producer_of(mix.layout)
    drawing = MixDrawing(mix, producer, texts)
    kept: list[tuple[int, TextRun]] = []

    def watched() -> Iterator[DrawnPage]:
        for page in drawing.pages(texts):
            kept.extend((page.number, run) for run in page.texts)
            yield page

    producer.print_pages(mix.layout, watched(), path)
    rows = drawing.rows
    if not mix.covers:
        return rows, frozenset()
    rights = [right for _, right in drawing.spans]
    return rows, cover_cells(path, rows, kept, mix, rights)


def fitted(mix: Mix) -> Mix:
    """*mix* with a size and paper on which every column holds what a person needs to read it."""
    while not _fits(mix):
        layout = mix.layout
        if layout.size > _SMALLEST:
            layout = _smaller(layout)
        elif layout.paper != LEDGER[::-1]:
            layout = replace(layout, paper=LEDGER[::-1], margins=(24.0, 24.0, 24.0, 24.0))
        else:
            layout = replace(layout, columns=_fewer(layout))
        mix = replace(mix, layout=layout, options=mix.options | {"size": str(layout.size)})
    return mix


def _smaller(layout: Layout) -> Layout:
    smaller = max(_SMALLEST, layout.size - 0.5)
    return replace(layout, size=smaller, leading=round(layout.leading * smaller / layout.size, 2))


def _fits(mix: Mix) -> bool:
    try:
        drawing = MixDrawing(mix, producer_of(mix.layout), [])
    except ValueError:  # the labels alone are wider than the paper
        return False
    least = ((_LEAST.get(field, 6) * average, width) for field, width, average in drawing.narrowest())
    return all(need <= width for need, width in least)


def _fewer(layout: Layout) -> tuple:  # type: ignore[type-arg]
    spare = [column for column in layout.columns if column.field in ("note", "unit", "reviewer", "filters", "nothing")]
    spare = spare or [column for column in layout.columns if column.field not in ("search_time", "id")]
    return tuple(column for column in layout.columns if column is not spare[0])


def _browser_print(mix: Mix) -> BrowserPrint:
    layout = mix.layout
    borders = {"grid": "grid", "vertical": "grid", "horizontal": "rows", "header": "none", "none": "none"}
    fonts = {"Times-Roman": "serif", "Courier": "monospace"}
    return BrowserPrint(
        mix.name,
        layout,
        borders[layout.rules],  # type: ignore[arg-type]
        size=layout.size,
        font=fonts.get(layout.font, "sans-serif"),
        is_landscape=layout.paper[0] > layout.paper[1],
        align_rows=layout.align_rows,
        repeats_header=mix.repeats_header,
        splits_rows=mix.splits_rows,
        is_zebra=layout.is_zebra,
        pad_x=layout.pad_x,
        pad_y=layout.pad_y,
        hyphenates=layout.breaks_at_hyphens and layout.size >= 7,
        has_browser_lines=layout.footer is not None,
    )


def _spreadsheet_print(mix: Mix) -> SpreadsheetPrint:
    layout = mix.layout
    fonts = {"Times-Roman": "Liberation Serif", "Courier": "Liberation Mono"}
    return SpreadsheetPrint(
        mix.name,
        layout,
        has_borders=layout.rules in ("grid", "vertical"),
        size=layout.size,
        font=fonts.get(layout.font, "Liberation Sans"),
        is_landscape=layout.paper[0] > layout.paper[1],
        align_rows=layout.align_rows,
        repeats_header=mix.repeats_header,
    )
