"""What was not read, not understood or is contradictory: always a row in the warehouse, never only a log line."""

from __future__ import annotations

import enum
from dataclasses import dataclass


class Severity(enum.StrEnum):
    """``error``: something printed is not in the values. ``doubt``: a value may be wrong. ``notice``: good to know."""

    ERROR = "error"
    DOUBT = "doubt"
    NOTICE = "notice"


@dataclass(frozen=True, slots=True)
class Issue:
    """One thing a reviewer should know, pinned as far down as it goes: document, page, row or mark, field."""

    code: str
    severity: Severity
    message: str
    advice: str | None = None
    release_id: str | None = None
    document_id: str | None = None
    page_number: int | None = None
    row_number: int | None = None
    """Ordinal of the row on ``page_number``."""
    field: str | None = None
    seen_text: str | None = None
    """The printed text in question. Goes to the full snapshot only; never into logs."""
    mark_number: int | None = None
    """Ordinal of the mark on ``page_number``."""
