"""Logs printed as the text of a file: fields parted by a comma, a semicolon or a bar, quoted where they hold one, in
lines that may be wrapped at the page's edge.

A record is read only if it has as many fields as the header, its quotes are closed and its values are of the types that
the headings promise; every other line is of no record.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from extractors.delimited_fields import parse
from extractors.delimited_flow import Flow, Page, breaks_outside_quotes, find_flow
from extractors.delimited_records import records
from extractors.delimited_told import Delimited, Record
from extractors.page_text import line_text
from records.headers import canonical_field

SIGNS = "|,;"
_KNOWN = 3
"""Labels of a header at least, and half of all."""
_HEADS = 4
"""Lines that a header may be wrapped over."""
_LEAST = 5
"""Records that a sample must show, and wraps that tell how lines are wrapped."""
_SURE = 0.95
"""Share of the lines that look like one, which must be records or parts of some."""


def find_delimited(pages: list[Page]) -> Delimited | None:
    """How the log on sample *pages* (lines of words) is delimited, if it is; the header stands on the first one."""
    for k, line in enumerate(pages[0] if pages else ()):
        for sign in SIGNS:
            if line_text(line).count(sign) < _KNOWN - 1:
                continue
            for end in range(k + 1, min(k + _HEADS, len(pages[0])) + 1):
                told = _told(pages[0][k:end], sign)
                proved = told and _proved(told, pages)
                if proved:
                    return _with_rest(proved, _told(pages[0][k : end + 1], sign))
    return None


def _with_rest(told: Delimited, more: Delimited | None) -> Delimited:
    """The log as *told*; with the header of one line *more* where that goes on with the last label."""
    if more is None or len(more.labels) != len(told.labels) or canonical_field(told.labels[-1]):
        return told
    return replace(told, header=more.header, labels=more.labels) if canonical_field(more.labels[-1]) else told


def _told(lines: Page, sign: str) -> Delimited | None:
    parsed = parse(lines, sign)
    if parsed is None or not parsed.is_closed:
        return None
    labels = [text.strip() for text in parsed.texts]
    fields = [name for label in labels if (name := canonical_field(label))]
    if len(set(fields)) < max(_KNOWN, len(labels) / 2) or len(set(fields)) < len(fields) or "" in labels:
        return None
    return Delimited(sign, tuple(line_text(line) for line in lines), tuple(labels))


def _proved(told: Delimited, pages: list[Page]) -> Delimited | None:
    """The log as *told*, with what its lines show of wraps; None where they are no records."""
    for flow in (None, find_flow(pages, told.sign)):
        trial = Delimited(told.sign, told.header, told.labels, flow is not None, flow)
        count = used = seen = 0
        wraps: list[bool] = []
        for lines in pages:
            found = list(records(lines, trial))
            count += sum(not (record.is_header or record.is_piece) for record in found)
            used += sum(record.end - record.first for record in found)
            seen += sum(told.sign in line_text(line) for line in lines)
            wraps += _wraps(lines, found, trial.sign, flow) if flow else ()
        if count >= _LEAST and used >= _SURE * seen:
            is_cut = len(wraps) >= _LEAST and sum(wraps) >= _SURE * len(wraps)
            return replace(trial, flow=replace(flow, is_cut=is_cut)) if flow else trial
    return None


def _wraps(lines: Page, found: list[Record], sign: str, flow: Flow) -> Iterator[bool]:
    """Of every wrap of a record, whether it left no room for a glyph."""
    for record in found:
        own = lines[record.first : record.end]
        if not (record.is_header or record.is_piece):
            yield from (flow.is_filled(own[k], own[k + 1]) for k in breaks_outside_quotes(own, sign))
