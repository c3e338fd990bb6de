"""What a page that is no log holds: marks with their labels, organizations, facts; ready to be stored."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from extractors.cells import OutsideLine
from records.documents import SegmentKind
from records.issues import Severity


@dataclass(frozen=True, slots=True)
class FoundIssue:
    """An issue of the page, of one of its marks or of one of its organizations, by their numbers from 1."""

    code: str
    severity: Severity
    message: str
    mark_number: int | None = None
    row_number: int | None = None
    column: int | None = None
    """Of an organization: 0 its name, 1 shared with me, 2 sharing to."""
    seen_text: str | None = None


@dataclass(slots=True)
class Found:
    """One page's findings. Rows have the order of the columns in :mod:`records.parts`, without ``segment_ordinal``;
    boxes are points of the page as displayed."""

    kind: SegmentKind
    reason: str
    """Why it is of that kind; empty where the kind says it."""
    engine: str
    """The readers that read it, joined by ``+``; a PDF engine where the file's own text was used."""
    marks: Sequence[tuple[Any, ...]] = ()
    facts: Sequence[tuple[Any, ...]] = ()
    organizations: Sequence[tuple[Any, ...]] = ()
    continuations: Sequence[tuple[Any, ...]] = ()
    readings: Sequence[tuple[Any, ...]] = ()
    issues: Sequence[FoundIssue] = ()
    outside: list[OutsideLine] = field(default_factory=list)
    """Text that is in no mark, fact or organization."""
    seen: int = 0
    """Non-space characters that were read; seen = used + those of ``outside``."""
    used: int = 0
    ink_left: float | None = None
    """The part of the page's ink that is in no text, mark, ruling or picture, 0 to 1; null where nothing was looked
    at as pixels."""
