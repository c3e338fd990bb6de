"""The keys of ``release.toml`` and what each of them may say.

Messages end up in issues that people read, so they say what was expected, with an example.
"""

from __future__ import annotations

import datetime
import re
import zoneinfo
from typing import Annotated

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field

from flows.us_states import STATE_CODES
from records.documents import SegmentKind
from records.release import FileHints, RequestStatus

_PAGES = re.compile(r"([1-9]\d{0,6})(?:\s*-\s*([1-9]\d{0,6}))?\Z")


def _time_zone(name: str) -> str:
    try:
        zoneinfo.ZoneInfo(name)
    except (zoneinfo.ZoneInfoNotFoundError, ValueError, OSError) as error:
        raise ValueError("Expected a time zone such as America/Chicago") from error
    return name


def _state(name: str) -> str:
    code = STATE_CODES.get(name.strip().casefold())
    if code is None:
        raise ValueError("Expected a state or territory such as FL or Florida")
    return code


def _page_range(text: str) -> str:
    match = _PAGES.match(text.strip())
    if match is None or int(match[2] or match[1]) < int(match[1]):
        raise ValueError('Expected one page or a range of pages such as "3-20"')
    return text.strip()


def _url(text: str) -> str:
    if not re.match(r"https?://\S+\Z", text):
        raise ValueError("Expected an address that begins with https://")
    return text


def _word(text: object) -> object:
    """``"No records"`` means ``no_records``."""
    return text.strip().casefold().replace(" ", "_") if isinstance(text, str) else text


def _date(value: object) -> object:
    # A number would be taken for seconds since 1970, and a date with a time for its date.
    if type(value) is datetime.date or (isinstance(value, str) and re.fullmatch(r"\d{4}-\d\d-\d\d", value.strip())):
        return value
    raise ValueError("Expected a date such as 2025-11-03")


Text = Annotated[str, Field(min_length=1, max_length=10_000)]
Date = Annotated[datetime.date, BeforeValidator(_date)]
TimeZone = Annotated[Text, AfterValidator(_time_zone)]
_STRICT = ConfigDict(extra="forbid", str_strip_whitespace=True)


class FileTable(BaseModel):
    """``[files."NAME"]``: hints for one file, named by its path inside the release folder."""

    model_config = _STRICT
    kind: Annotated[SegmentKind, BeforeValidator(_word)] | None = None
    pages: Annotated[Text, AfterValidator(_page_range)] | None = None
    column_names: Annotated[list[Text], Field(min_length=1, max_length=200)] | None = None
    time_zone: TimeZone | None = None
    producer: Text | None = None
    document_date: Date | None = Field(default=None, alias="date")
    password: str | None = None

    def hints(self) -> FileHints:
        pages = _PAGES.match(self.pages) if self.pages else None
        return FileHints(
            kind=self.kind.value if self.kind else None,
            first_page=int(pages[1]) if pages else None,
            last_page=int(pages[2] or pages[1]) if pages else None,
            column_names=tuple(self.column_names or ()),
            time_zone=self.time_zone,
            producer=self.producer,
            document_date=self.document_date,
            password=self.password,
        )


class ReleaseTable(BaseModel):
    """The keys of ``release.toml``. All are optional; what is missing is said in an issue."""

    model_config = _STRICT
    agency: Text | None = None
    state: Annotated[Text, AfterValidator(_state)] | None = None
    time_zone: TimeZone | None = None
    request_number: Text | None = None
    request_url: Annotated[Text, AfterValidator(_url)] | None = None
    requested_date: Date | None = None
    produced_date: Date | None = None
    status: Annotated[RequestStatus, BeforeValidator(_word)] = RequestStatus.UNKNOWN
    exemptions: list[Text] = []
    notes: Text | None = None
    files: dict[str, FileTable] = {}
