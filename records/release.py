"""What an agency handed over, and how a file came to us."""

from __future__ import annotations

import enum
from dataclasses import dataclass, field
from datetime import date, datetime

from records.places import check_document_id


class RequestStatus(enum.StrEnum):
    """What became of the records request."""

    FULFILLED = "fulfilled"
    PARTIAL = "partial"
    DENIED = "denied"
    NO_RECORDS = "no_records"
    PENDING = "pending"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class FileHints:
    """What a person says about one file; a wrong guess of the machine is never a dead end.

    ``first_page``/``last_page`` limit what is read; ``column_names`` name the columns from left to right where the
    file prints no header; ``password`` never leaves the child that opens the file.
    """

    kind: str | None = None
    first_page: int | None = None
    last_page: int | None = None
    column_names: tuple[str, ...] = ()
    time_zone: str | None = None
    producer: str | None = None
    document_date: date | None = None
    password: str | None = field(default=None, repr=False)


@dataclass(frozen=True, slots=True)
class Release:
    """One answer to one request: files, or a denial without any. ``None`` means not stated, never a guess."""

    release_id: str
    agency: str | None = None
    state: str | None = None
    time_zone: str | None = None
    request_number: str | None = None
    request_url: str | None = None
    requested_date: date | None = None
    produced_date: date | None = None
    status: RequestStatus = RequestStatus.UNKNOWN
    exemptions: tuple[str, ...] = ()
    notes: str | None = None
    is_inferred: bool = False
    """True when there was no ``release.toml``: only the folder's name is known."""


@dataclass(frozen=True, slots=True)
class Receipt:
    """This document came in that release under this name. The same bytes twice are one document, two receipts."""

    release_id: str
    document_id: str
    path: str
    """Path inside the release folder, ``/``-separated."""
    received_datetime: datetime
    """Naive UTC: when we first saw the file."""
    container: str | None = None
    """The archive it was unpacked from, if any."""

    def __post_init__(self) -> None:
        check_document_id(self.document_id)
