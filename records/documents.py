"""Source documents, their pages and segments."""

from __future__ import annotations

import enum
from dataclasses import dataclass

from records.places import check_document_id


class DocumentState(enum.StrEnum):
    """Where a document stands in the pipeline."""

    WAITING = "waiting"
    LOADED = "loaded"
    """Read; has rows in the warehouse."""
    SET_ASIDE = "set_aside"
    """Readable, but nothing in it is of a kind we read; kept, visible, with its reason."""
    QUARANTINED = "quarantined"
    """Could not be read; has an error code and advice."""


class PageClass(enum.StrEnum):
    TEXT = "text"
    PICTURE = "picture"
    MIXED = "mixed"
    BLANK = "blank"


class SegmentKind(enum.StrEnum):
    """What a run of pages is."""

    AUDIT_LOG = "audit_log"
    SHARING_LIST = "sharing_list"
    HOTLIST_CONFIGURATION = "hotlist_configuration"
    TICK_BOX_FORM = "tick_box_form"
    LETTER = "letter"
    PICTURE = "picture"
    BLANK = "blank"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class SourceDocument:
    """One file, named by the SHA-256 of its bytes, never changed."""

    document_id: str
    file_name: str
    """The name on its first receipt."""
    byte_count: int
    media_type: str
    """By its first bytes, e.g. ``application/pdf``; never by its name."""
    state: DocumentState = DocumentState.WAITING
    error_code: str | None = None
    reason: str | None = None
    advice: str | None = None

    def __post_init__(self) -> None:
        check_document_id(self.document_id)


def segment_id(document_id: str, ordinal: int) -> str:
    """``<first 16 hex of the document>-s<ordinal>``; ordinals count from 1 in page order."""
    return f"{document_id[:16]}-s{ordinal}"


def row_id(document_id: str, page_number: int, row_number: int) -> str:
    """``<first 16 hex>-p<page>-r<row>``: the place, never the value, names a row.

    The prefix is short so that people can quote it; the build refuses two documents with one prefix.
    """
    return f"{document_id[:16]}-p{page_number:05d}-r{row_number:03d}"
