"""Pages -> segments: runs of pages of one kind with one table model."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from extractors.model import TableModel
from records.documents import SegmentKind


@dataclass(frozen=True, slots=True)
class Segment:
    """A run of pages. ``model`` is an index into the document's table models, -1 for pages that are no log."""

    ordinal: int
    first_page: int
    last_page: int
    kind: SegmentKind
    model: int
    first_row: int = 1
    """On the first page, which a log before may share."""
    last_row: int | None = None
    """On the last page, where a log after shares it."""

    def holds(self, page_number: int, row_number: int) -> bool:
        """Whether a row is the segment's."""
        is_after = (page_number, row_number) >= (self.first_page, self.first_row)
        if self.last_row is None:
            return is_after and page_number <= self.last_page
        return is_after and (page_number, row_number) <= (self.last_page, self.last_row)


READ_KINDS = frozenset({SegmentKind.SHARING_LIST, SegmentKind.HOTLIST_CONFIGURATION, SegmentKind.TICK_BOX_FORM})
"""Kinds besides the log that are read; a run of such pages is a segment of its own."""


def find_segments(pages: list[tuple[int, int, SegmentKind]]) -> list[Segment]:
    """Segments of *pages* (page number, model index or -1, kind of a page without a model), in page order.

    Blank pages between two pages of one log, or of one list, belong to it: sheets and duplex scans have them. A page
    on which several logs stand one above the other is named once for each of them.
    """
    keys = [_key(model, kind) for _, model, kind in pages]
    blank = [model < 0 and kind is SegmentKind.BLANK for _, model, kind in pages]
    for i in range(1, len(pages)):
        if blank[i] and keys[i - 1] != _ASIDE:
            after = next((keys[k] for k in range(i, len(pages)) if not blank[k]), _ASIDE)
            if after == keys[i - 1]:
                keys[i] = after
    found: list[Segment] = []
    start = 0
    for i in range(1, len(pages) + 1):
        if i == len(pages) or keys[i] != keys[start]:
            model, kind = keys[start]
            kind = kind or _run_kind([kind for _, _, kind in pages[start:i]])
            found.append(Segment(len(found) + 1, pages[start][0], pages[i - 1][0], kind, model))
            start = i
    return found


def share_pages(segments: list[Segment], last_rows: Sequence[tuple[int, int]]) -> list[Segment]:
    """The *segments*, told which rows of a page that they share are theirs. *last_rows* are (page, number) of the last
    row of every log on it but the last, downwards."""
    shared = list(segments)
    for page in sorted({page for page, _ in last_rows}):
        bounds = [0, *(row for on, row in last_rows if on == page)]
        on_page = [k for k, s in enumerate(shared) if s.first_page <= page <= s.last_page]
        for k, (low, high) in zip(on_page, zip(bounds, [*bounds[1:], None], strict=True), strict=True):
            first = low + 1 if shared[k].first_page == page else shared[k].first_row
            last = high if shared[k].last_page == page else shared[k].last_row
            shared[k] = replace(shared[k], first_row=first, last_row=last)
    return shared


def without_rests(segments: list[Segment], models: Sequence[TableModel]) -> tuple[list[Segment], list[Segment]]:
    """The *segments* with those set aside that show but further columns of another one's rows; and these. They name no
    field that the other names, as two logs always do: their rows would count every search twice."""
    fields = [_fields(models[s.model]) if s.model >= 0 else frozenset() for s in segments]
    most = max(fields, key=len, default=frozenset())
    rests = [s for s, own in zip(segments, fields, strict=True) if own and not own & most]
    kept = [replace(s, kind=SegmentKind.UNKNOWN, model=-1) if s in rests else s for s in segments]
    return kept, rests


def _fields(model: TableModel) -> frozenset[str]:
    return frozenset(c.label.field for c in model.columns if c.label and c.label.field)


_ASIDE: tuple[int, SegmentKind | None] = (-1, None)


def _key(model: int, kind: SegmentKind) -> tuple[int, SegmentKind | None]:
    """What neighbouring pages have in common if they are one segment: the model of a log, a kind that is read, or
    that they are set aside."""
    if model >= 0:
        return model, SegmentKind.AUDIT_LOG
    return (-1, kind) if kind in READ_KINDS else _ASIDE


def _run_kind(kinds: list[SegmentKind]) -> SegmentKind:
    """The kind of a run of pages that are set aside: what most of them are, blank ones apart."""
    counts = Counter(kinds)
    counts.pop(SegmentKind.BLANK, None)
    return counts.most_common(1)[0][0] if counts else SegmentKind.BLANK


def unread_reason(header: dict[str, Any]) -> str:
    """Why a log whose *header* was found (see ``first_header`` of the plan) is not read."""
    found = f"a header with {header['known']} known labels on page {header['page_number']}"
    if header["is_doubled"]:
        return f"{found}, each printed twice: tables side by side, whose rows are not read"
    return f"{found}, but the columns below it, or where rows begin, cannot be told"


UNREAD_ADVICE = (
    "Look at the page. Ask the agency for the file itself (a spreadsheet or CSV export), or for a print with one table"
    " beside nothing else, whole headings and larger letters."
)


def segment_reason(segment: Segment, models: list[TableModel], row_count: int) -> str:
    """Why the segment was taken for its kind, in words."""
    if segment.model >= 0:
        model = models[segment.model]
        known = sum(1 for c in model.columns if c.label and c.label.field)
        head = f"a header with {known} known labels on page {model.header_page}" if known else "rows without a header"
        rows = "ruled rows" if model.is_ruled else f"{model.alignment}-aligned rows"
        anchor = model.columns[model.anchor].name
        return f"{head}; {rows} that begin with '{anchor}'; {row_count:,} rows"
    return _WHY[segment.kind]


_WHY = {
    SegmentKind.SHARING_LIST: "release.toml says so",
    SegmentKind.HOTLIST_CONFIGURATION: "release.toml says so",
    SegmentKind.TICK_BOX_FORM: "release.toml says so",
    SegmentKind.LETTER: "running text: no header with three known column labels above rows",
    SegmentKind.PICTURE: "pictures on which neither marks with labels nor a list of organizations were found",
    SegmentKind.BLANK: "nothing is printed on it",
    SegmentKind.UNKNOWN: "no header with three known column labels above rows that begin with an id, time or count",
}

SET_ASIDE_ADVICE = {
    SegmentKind.LETTER: "Nothing to do if it is a letter or contract. If it holds a log, split the log's pages off.",
    SegmentKind.PICTURE: (
        "Look at the page. Nothing to do if it is a photo or a letter. Scanned logs are kept but not read into rows by"
        " this version: ask the agency for the original file. If it does show settings or a sharing list, say so in"
        ' release.toml: [files."NAME"] kind = "hotlist_configuration".'
    ),
    SegmentKind.BLANK: "Nothing to do, or ask the agency whether a page was meant to be there.",
    SegmentKind.UNKNOWN: (
        "Look at the page. If it is a log with unknown headings, add them to records/header_aliases.toml; if it prints"
        ' none, name its columns in release.toml: [files."NAME"] column_names = ["ID", …].'
    ),
}
