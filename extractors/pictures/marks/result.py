"""What was found on one page picture of settings or boxes. All boxes in upright pixels."""

from __future__ import annotations

from dataclasses import dataclass

from extractors.pictures.read_page import Box, Reading
from records.documents import SegmentKind
from records.issues import Severity
from records.marks import Agreement, MarkMethod, MarkState, MarkStyle


@dataclass(frozen=True, slots=True)
class FoundMark:
    """One mark and its label, as the page shows them."""

    label: str
    """Verbatim, lines joined by a space; empty where none could be read (then an issue names the mark)."""
    label_box: Box
    label_agreement: Agreement
    readings: tuple[Reading, ...]
    """Of the label, every reader's."""
    mark_box: Box | None
    """None where a label stands among marks and shows none itself."""
    state: MarkState
    state_basis: str
    style: MarkStyle
    method: MarkMethod
    group_label: str | None = None
    parent: int | None = None
    """Index in ``MarkPage.marks`` of the mark it is indented under."""


@dataclass(frozen=True, slots=True)
class Fact:
    """What the page says besides its marks; ``fact`` is one of the words of ``records.parts.FACT_COLUMNS``."""

    fact: str
    text: str
    value: str | None
    agreement: Agreement
    box: Box


@dataclass(frozen=True, slots=True)
class PictureIssue:
    """One doubt. ``mark`` is the index of the mark it names, or None for the page as a whole."""

    code: str
    severity: Severity
    message: str
    mark: int | None = None
    seen_text: str | None = None


@dataclass(frozen=True, slots=True)
class MarkPage:
    """What a page picture shows, and which of its lines that took."""

    kind: SegmentKind
    """``hotlist_configuration``, ``tick_box_form``, or ``picture``: no marks."""
    reason: str
    marks: tuple[FoundMark, ...]
    """In reading order."""
    facts: tuple[Fact, ...]
    issues: tuple[PictureIssue, ...]
    used: tuple[int, ...]
    """Indices of the lines that are labels, facts, headings or words of marks."""
    left: tuple[int, ...]
    """Indices of the other lines."""
    ink_left: float
    """Ink in no line and no mark, as a share of all ink, 0 to 1."""
