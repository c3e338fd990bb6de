"""A page as the page loop hands it on: laid out, with its issues."""

from __future__ import annotations

from dataclasses import dataclass, field

from extractors.cells import OutsideLine, Row
from extractors.glyphs import Unread
from extractors.grid import Grid
from extractors.model import TableModel
from records.documents import PageClass, SegmentKind
from records.issues import Severity


@dataclass(slots=True)
class PageIssue:
    """An issue on a page; ``row`` is an index into the page's rows, ``column`` a column ordinal."""

    code: str
    severity: Severity
    message: str
    row: int | None = None
    column: int | None = None
    seen_text: str | None = None


@dataclass(slots=True)
class ReadPage:
    """One page, laid out. ``model`` is None where no table model fits."""

    page_number: int
    width: float
    height: float
    rotation: int
    page_class: PageClass
    class_reason: str
    kind: SegmentKind
    engine: str
    glyphs_seen: int
    model: TableModel | None
    rows: list[Row]
    outside: list[OutsideLine]
    issues: list[PageIssue] = field(default_factory=list)
    continued: dict[int, list[tuple[int, Row]]] = field(default_factory=dict)
    """Row index -> pieces of it on other pages, (page number, piece)."""
    glyphs_used: int = 0
    unread: tuple[Unread, ...] = ()
    """What a page of a log shows besides its text layer."""
    grid: Grid | None = None
    """The rows of a page of a log as columns."""
    below: ReadPage | None = None
    """The next part of the page, which another table model reads; this is what stands above it."""
    rows_above: int | None = None
    """Rows in the parts of the page above this one; None where it is the first, or all of the page."""

    @property
    def parts(self) -> list[ReadPage]:
        """This part of the page and those below it, downwards."""
        return [self, *(self.below.parts if self.below else [])]

    @property
    def row_count(self) -> int:
        """Rows that begin on the page, down to the end of this part."""
        return (self.rows_above or 0) + sum(1 for row in self.rows if row.piece == "whole")
