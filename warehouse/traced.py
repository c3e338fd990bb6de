"""What a trace consists of: one row, where it is printed, and everything between it and the release it came in."""

from __future__ import annotations

from dataclasses import dataclass

from records.documents import SourceDocument
from records.issues import Issue
from records.places import PageBox, Place
from records.release import Receipt, Release


@dataclass(frozen=True, slots=True)
class TracedCell:
    """One value of the row, where it is printed and under which header."""

    name: str
    """The canonical field, or the printed header of a column that is none."""
    is_canonical: bool
    text: str
    boxes: tuple[PageBox, ...]
    """On the anchor page first, then on the pages the row runs over to."""
    printed_headers: tuple[str, ...]
    """Two when two printed columns stand for one field; none where nothing is printed over the column."""
    header_boxes: tuple[PageBox, ...]
    """Where the headers are: line by line on the row's page if it prints them, else on the page they were read from."""


@dataclass(frozen=True, slots=True)
class TracedSegment:
    """The run of pages the row belongs to."""

    segment_id: str
    first_page: int
    last_page: int
    kind: str
    reason: str
    engine: str | None


@dataclass(frozen=True, slots=True)
class TracedPage:
    """The anchor page and its glyph account."""

    page_number: int
    width: float
    height: float
    rotation: int
    page_class: str
    glyphs_seen: int | None
    glyphs_used: int | None
    glyphs_furniture: int | None
    glyphs_left: int | None


@dataclass(frozen=True, slots=True)
class Trace:
    """Everything between one row and the release it came in."""

    row_id: str
    page_number: int
    row_number: int
    place: Place
    """The whole row: one box, or several on several pages."""
    cells: tuple[TracedCell, ...]
    engine: str | None
    confidence: float | None
    page: TracedPage
    segment: TracedSegment
    document: SourceDocument
    page_count: int
    fingerprint: str
    receipts: tuple[Receipt, ...]
    """The first is the one the citation names."""
    release: Release
    issues: tuple[Issue, ...]
    """About this row, and about its page as a whole."""
    citation: str
