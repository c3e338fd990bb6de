"""What a trace consists of: one row, mark or list, where it is, and everything between it and its release."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

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
    """The run of pages it belongs to."""

    segment_id: str
    first_page: int
    last_page: int
    kind: str
    reason: str
    engine: str | None


@dataclass(frozen=True, slots=True)
class TracedPage:
    """The page it is on and its glyph account."""

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
class TracedReading:
    """What one reader saw there."""

    reader: str
    field: str | None
    """label, or the column of the row."""
    text: str | None
    score: float | None
    """The reader's own; no probability."""
    box: PageBox | None


@dataclass(frozen=True, slots=True)
class TracedStanding:
    """What reviewers made of one field of the row or mark."""

    field: str
    standing: str
    decided_text: str | None
    """What people are shown; None where nobody knows."""
    decision_ids: tuple[str, ...]
    """The decisions that count, the last one last."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Chain:
    """Everything between one value and the release it came in."""

    page_number: int
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
    """About this row or mark, and about its page as a whole."""
    citation: str
    readings: tuple[TracedReading, ...] = ()
    standings: tuple[TracedStanding, ...] = ()
    """Fields that reviewers decided on."""
    former_id: str | None = None
    """The id that was asked for, where an earlier extraction gave it to this row or mark and nothing has it now."""
    successors: tuple[str | None, ...] = ()
    """Where an earlier extraction gave this id to something else: what that is now; None for what is read no more."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Trace(Chain):
    """A row of an audit log or of a sharing list."""

    row_id: str
    row_number: int
    place: Place
    """The whole row: one box, or several on several pages."""
    cells: tuple[TracedCell, ...]
    engine: str | None

    @property
    def id(self) -> str:
        return self.row_id


@dataclass(frozen=True, slots=True)
class TracedMark:
    """One mark: its label, its state and where both are."""

    mark_id: str
    label: str | None
    state: str
    label_box: PageBox
    mark_box: PageBox | None
    """None where no mark was found beside the label."""


@dataclass(frozen=True, slots=True, kw_only=True)
class MarkTrace(Chain):
    """A mark of a page of settings or of a form, and the entry of the list that it shows."""

    mark_id: str
    mark_number: int
    marks: tuple[TracedMark, ...]
    """The mark itself; then those on other pages that show the same entry, where screenshots overlap."""
    label_agreement: str | None
    state_basis: str | None
    style: str
    method: str
    group_label: str | None
    parent_mark_id: str | None
    list_id: str
    topic: str | None
    """Name of the topic of the catalogue; None where the catalogue does not know the label."""
    entry_state: str
    """What the list says of the entry: unreadable where the marks contradict each other."""
    as_of_date: date | None
    as_of_basis: str | None

    @property
    def id(self) -> str:
        return self.mark_id


@dataclass(frozen=True, slots=True, kw_only=True)
class ListTrace(Chain):
    """A list of settings as a whole, for topics that it does not show: its first page, and all its marks."""

    list_id: str
    marks: tuple[TracedMark, ...]
    pages: tuple[tuple[str, int], ...]
    """Document and page, in the order of the list."""
    as_of_date: date | None
    as_of_basis: str | None

    @property
    def id(self) -> str:
        return self.list_id


AnyTrace = Trace | MarkTrace | ListTrace
