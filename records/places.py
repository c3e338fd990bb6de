"""Where on a source document a value was read.

A place is a closed union: :data:`Place`. Nothing in Recordtrail carries a value without one, so the
constructors refuse what no reviewer could find: an empty box, page 0, a document without its hash.

Coordinates are points (1/72 inch; a picture has 1 pixel = 1 point) from the top-left corner of the page as
displayed: after the CropBox, after ``/Rotate``, scaled by ``UserUnit``. The four words are pdfplumber's,
because direction is in the name and a swapped pair looks wrong.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

_SHA256 = re.compile(r"[0-9a-f]{64}\Z")


@dataclass(frozen=True, slots=True)
class BBox:
    """A rectangle in points, ``x0 < x1`` and ``top < bottom``; may reach past the page edge, as ink does."""

    x0: float
    top: float
    x1: float
    bottom: float

    def __post_init__(self) -> None:
        if not (self.x0 < self.x1 and self.top < self.bottom):  # also refuses NaN
            raise ValueError(f"a box needs x0 < x1 and top < bottom, got {self}")

    def contains(self, x: float, y: float) -> bool:
        """Whether the point (x, y) lies in the box, edges included."""
        return self.x0 <= x <= self.x1 and self.top <= y <= self.bottom

    @property
    def area(self) -> float:
        """In square points."""
        return (self.x1 - self.x0) * (self.bottom - self.top)

    def shared_area(self, other: BBox) -> float:
        """Square points that lie in both."""
        width = min(self.x1, other.x1) - max(self.x0, other.x0)
        height = min(self.bottom, other.bottom) - max(self.top, other.top)
        return max(width, 0.0) * max(height, 0.0)

    def union(self, other: BBox) -> BBox:
        """The smallest box that holds both."""
        return BBox(
            min(self.x0, other.x0),
            min(self.top, other.top),
            max(self.x1, other.x1),
            max(self.bottom, other.bottom),
        )


@dataclass(frozen=True, slots=True)
class PageBox:
    """One box on one page. ``page_number`` is 1-based; a picture has page 1."""

    document_id: str
    page_number: int
    bbox: BBox

    def __post_init__(self) -> None:
        check_document_id(self.document_id)
        if self.page_number < 1:
            raise ValueError(f"pages are counted from 1, got {self.page_number}")


@dataclass(frozen=True, slots=True)
class PageBoxes:
    """Two or more boxes that together hold one value: a row over a page break. Reading order."""

    boxes: tuple[PageBox, ...]

    def __post_init__(self) -> None:
        if len(self.boxes) < 2:
            raise ValueError("PageBoxes holds two boxes or more; use PageBox for one")
        if len({box.document_id for box in self.boxes}) != 1:
            raise ValueError("the boxes of one value lie in one document")


@dataclass(frozen=True, slots=True)
class SheetCell:
    """A cell of a spreadsheet or CSV file. ``row`` and ``column`` are 1-based, as a spreadsheet shows them."""

    document_id: str
    sheet: str
    row: int
    column: int

    def __post_init__(self) -> None:
        check_document_id(self.document_id)
        if self.row < 1 or self.column < 1:
            raise ValueError(f"rows and columns are counted from 1, got {self.row}, {self.column}")


@dataclass(frozen=True, slots=True)
class HtmlNode:
    """A node of a saved web page, by its CSS path from ``html``."""

    document_id: str
    path: str

    def __post_init__(self) -> None:
        check_document_id(self.document_id)
        if not self.path:
            raise ValueError("an HTML node needs its path")


Place = PageBox | PageBoxes | SheetCell | HtmlNode
"""Every way a value can be pointed at. Closed: code that handles places handles these four."""


def check_document_id(document_id: str) -> None:
    """Raise ``ValueError`` unless the id is a SHA-256 in lower-case hex: documents are named by their bytes."""
    if not _SHA256.match(document_id):
        raise ValueError(f"a document id is 64 lower-case hex digits (SHA-256), got {document_id!r}")


def place_kind(place: Place) -> str:
    """The name stored in the warehouse's ``place_kind`` columns."""
    match place:
        case PageBox():
            return "page_box"
        case PageBoxes():
            return "page_boxes"
        case SheetCell():
            return "sheet_cell"
        case HtmlNode():
            return "html_node"
