"""Pages -> segments: runs of pages of one kind with one table model."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

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


def find_segments(pages: list[tuple[int, int, SegmentKind]]) -> list[Segment]:
    """Segments of *pages* (page number, model index or -1, kind of a page without a model), in page order.

    Blank pages between two pages of one log belong to the log: sheets and duplex scans have them.
    """
    models = [model for _, model, _ in pages]
    blank = [model < 0 and kind is SegmentKind.BLANK for _, model, kind in pages]
    for i in range(1, len(pages)):
        if blank[i] and models[i - 1] >= 0:
            after = next((models[k] for k in range(i, len(pages)) if not blank[k]), -1)
            if after == models[i - 1]:
                models[i] = after
    found: list[Segment] = []
    start = 0
    for i in range(1, len(pages) + 1):
        if i == len(pages) or models[i] != models[start]:
            kinds = [kind for _, _, kind in pages[start:i]]
            kind = SegmentKind.AUDIT_LOG if models[start] >= 0 else _run_kind(kinds)
            found.append(Segment(len(found) + 1, pages[start][0], pages[i - 1][0], kind, models[start]))
            start = i
    return found


def _run_kind(kinds: list[SegmentKind]) -> SegmentKind:
    """The kind of a run of pages without a log: what tells most, else what most pages are."""
    counts = Counter(kinds)
    if counts[SegmentKind.SHARING_LIST]:
        return SegmentKind.SHARING_LIST
    counts.pop(SegmentKind.BLANK, None)
    return counts.most_common(1)[0][0] if counts else SegmentKind.BLANK


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
    SegmentKind.SHARING_LIST: "prints the headings of a sharing list (networks shared with me / I am sharing)",
    SegmentKind.LETTER: "running text: no header with three known column labels above rows",
    SegmentKind.PICTURE: "pictures without a text layer",
    SegmentKind.BLANK: "nothing is printed on it",
    SegmentKind.UNKNOWN: "no header with three known column labels above rows that begin with an id, time or count",
}

SET_ASIDE_ADVICE = {
    SegmentKind.SHARING_LIST: "Sharing lists are kept but not read into rows by this version.",
    SegmentKind.LETTER: "Nothing to do if it is a letter or contract. If it holds a log, split the log's pages off.",
    SegmentKind.PICTURE: "Scanned pages are kept but not read by this version; ask the agency for the original file.",
    SegmentKind.BLANK: "Nothing to do, or ask the agency whether a page was meant to be there.",
    SegmentKind.UNKNOWN: (
        "Look at the page. If it is a log with unknown headings, add them to records/header_aliases.toml; if it prints"
        ' none, name its columns in release.toml: [files."NAME"] column_names = ["ID", …].'
    ),
}
