"""All layouts that synthetic logs are printed in, and the one call that prints a log."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from pathlib import Path

from samples.accuracy import ACCURACY
from samples.columns import (
    CASE,
    DEVICES,
    FRAME,
    ID,
    MODERATION,
    NAME,
    NETWORKS,
    ORG,
    PLATE,
    REASON,
    SHORT_AUDIT,
    TIME,
    TYPE,
    landscape,
    resized,
)
from samples.content import AuditEntry
from samples.draw_table import TableDrawing
from samples.expected import ExpectedRow
from samples.layout import LETTER, Layout, row_texts
from samples.pages import DrawnPage, Producer

RULED = Layout(
    "ruled",
    "reportlab",
    (ID, NAME, ORG, NETWORKS, DEVICES, FRAME, PLATE, REASON, CASE, TIME, TYPE, MODERATION),
    paper=landscape(LETTER),
    rules="grid",
    header_on="every",
    has_header_fill=True,
    splits_rows=True,
    size=6.5,
    leading=7.8,
    title="Network Audit Report - Port Sample TX ISD PD",
    footer="Page {page}",
)

# As a spreadsheet prints that nobody laid out: no rules, one header for all pages, the time frame in a column so
# narrow that it takes six lines, and every neighbour on the last of them.
SHEET = Layout(
    "sheet",
    "fpdf2",
    (
        ID,
        ORG,
        resized(NETWORKS, 7),
        resized(DEVICES, 7),
        resized(FRAME, 3.9),
        resized(REASON, 10),
        TIME,
        TYPE,
        MODERATION,
    ),
    content=SHORT_AUDIT,
    paper=landscape(LETTER),
    rotate=90,
    margins=(48.0, 54.0, 48.0, 60.0),
    font="Vera",
    size=5.0,
    leading=8.6,
    pad_x=1.2,
    pad_y=0.0,
    header_on="first",
    is_header_bold=False,
    align_header="left",
    align_rows="bottom",
    row_height=6 * 8.6,
)

COMMITTED = (RULED, SHEET)
"""The layouts of the committed samples."""


def all_layouts() -> tuple[Layout, ...]:
    """Every layout: the committed ones first."""
    return COMMITTED + ACCURACY


def layout_named(name: str) -> Layout:
    """The layout called *name*; ``KeyError`` lists the names there are."""
    by_name = {layout.name: layout for layout in all_layouts()}
    if name not in by_name:
        raise KeyError(f"no layout {name!r}; there are {', '.join(by_name)}")
    return by_name[name]


def draw(layout: Layout, rows: Iterable[AuditEntry], path: Path) -> list[ExpectedRow]:
    """Print *rows* to *path* in *layout*; return the rows as drawn. The same rows give the same bytes."""
    return draw_texts(layout, row_texts(layout, rows), path)


def draw_texts(
    layout: Layout,
    rows: Iterable[Sequence[str]],
    path: Path,
    change: Callable[[Iterable[DrawnPage]], Iterable[DrawnPage]] | None = None,
) -> list[ExpectedRow]:
    """The same for rows that are texts already, one for each column; *change* changes the pages before they are
    printed."""
    producer = producer_of(layout)
    drawing = TableDrawing(layout, producer)
    pages: Iterable[DrawnPage] = drawing.pages(rows)
    producer.print_pages(layout, change(pages) if change else pages, path)
    return drawing.rows


def producer_of(layout: Layout) -> Producer:
    """The program that prints *layout*. Imported late: each is a heavy import that few callers need."""
    if layout.producer == "reportlab":
        from samples.draw_reportlab import ReportlabProducer

        return ReportlabProducer()
    from samples.draw_fpdf2 import Fpdf2Producer

    return Fpdf2Producer()
