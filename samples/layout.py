"""What a print of an audit log looks like, declared: columns, paper, type, rules, alignment."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Literal

from samples.content import AuditEntry, ContentStyle

Align = Literal["left", "right", "center"]

LETTER = (612.0, 792.0)
LEGAL = (612.0, 1008.0)
A4 = (595.0, 842.0)
LEDGER = (792.0, 1224.0)


@dataclass(frozen=True, slots=True)
class Column:
    """One printed column. ``field`` is a field of :class:`AuditEntry` or one of the oddities of :func:`cell_text`."""

    field: str
    header: str
    weight: float
    """Relative width; all columns together fill the paper."""
    align: Align = "left"


@dataclass(frozen=True, slots=True)
class Layout:
    """One way to print a log. All lengths in points; the page as displayed, so ``paper`` is after ``rotate``."""

    name: str
    producer: Literal["reportlab", "fpdf2"]
    columns: tuple[Column, ...]
    content: ContentStyle = field(default_factory=ContentStyle)
    paper: tuple[float, float] = LETTER
    """Width and height as displayed."""
    rotate: Literal[0, 90, 180, 270] = 0
    """``/Rotate``; the content is drawn the other way round, so that it is displayed upright."""
    crop_offset: tuple[float, float] = (0.0, 0.0)
    """How far the CropBox lies inside the MediaBox, left and bottom, before rotation."""
    margins: tuple[float, float, float, float] = (36.0, 36.0, 36.0, 36.0)
    """Left, top, right, bottom."""
    font: Literal["Helvetica", "Times-Roman", "Courier", "Vera"] = "Helvetica"
    size: float = 7.0
    leading: float = 8.4
    pad_x: float = 2.0
    pad_y: float = 2.0
    rules: Literal["grid", "horizontal", "vertical", "header", "none"] = "none"
    rule_style: Literal["lines", "rects", "thin_fills"] = "lines"
    """Strokes, one stroked box a cell, or thin filled bars as browsers paint borders."""
    is_zebra: bool = False
    header_on: Literal["first", "every", "none"] = "first"
    header_again_after: int | None = None
    """Print the header once more after this many rows: two exports, one under the other."""
    is_header_bold: bool = True
    has_header_fill: bool = False
    align_header: Align | None = None
    """How all labels stand: left even over right-aligned numbers, as in spreadsheets; None is as their column."""
    header_rows: Literal["top", "middle", "bottom"] | None = None
    """How labels of fewer lines stand beside longer ones; None is as ``align_rows``."""
    align_rows: Literal["top", "middle", "bottom"] = "top"
    splits_rows: bool = False
    """A row that does not fit goes on over the page break; otherwise it moves to the next page as a whole."""
    breaks_at_hyphens: bool = True
    char_spacing: float = 0.0
    """Added after every character, by the operator for it."""
    row_height: float = 0.0
    """At least this high: spreadsheets have one pitch."""
    time_frame_joint: str = "\n"
    blank_repeats: tuple[str, ...] = ()
    """Fields left blank where they repeat the row above on the same page, as grouped reports do."""
    title: str | None = None
    """Above the table on page 1."""
    running_title: str | None = None
    """At the top of every page."""
    footer: str | None = None
    """At the bottom of every page; ``{page}`` and ``{pages}`` are filled in."""
    drawn_by: Literal["line", "word", "glyph"] = "line"
    """One text operator a line, a word (then no space is drawn at all) or a glyph."""
    stream_order: Literal["row", "column", "shuffled"] = "row"
    """The order in which a page's texts stand in its stream; it shows nowhere but in text extraction."""

    @property
    def header(self) -> tuple[str, ...]:
        """The printed labels, left to right, white space as single spaces; empty where none is printed."""
        return () if self.header_on == "none" else tuple(" ".join(column.header.split()) for column in self.columns)


def cell_text(layout: Layout, column: Column, entry: AuditEntry, index: int) -> str:
    """What goes into one cell, before wrapping; a newline is a forced line break. *index* counts rows from 0."""
    match column.field:
        case "time_frame":
            return entry.time_frame.replace("\n", layout.time_frame_joint)
        case "search_date":
            return entry.searched_at.strftime("%Y-%m-%d")
        case "search_clock":
            return entry.searched_at.strftime("%H:%M:%S")
        case "offense_type":
            return entry.category
        case "row_modulo":  # a helper column somebody left in the sheet
            return str((index + 2) % 100)
        case "nothing":
            return ""
        case name:
            return str(getattr(entry, name))


def row_texts(layout: Layout, rows: Iterable[AuditEntry]) -> Iterator[tuple[str, ...]]:
    """Every entry as the texts of *layout*'s columns, left to right."""
    for index, entry in enumerate(rows):
        yield tuple(cell_text(layout, column, entry, index) for column in layout.columns)
