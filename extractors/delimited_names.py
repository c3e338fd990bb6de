"""The records of a page of wrapped delimited text that begin with a name: see :mod:`extractors.delimited_flow`."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from extractors.delimited_fields import Parsed, parse
from extractors.delimited_flow import Page, end_of_text, may_go_on, record_end, wraps_well
from extractors.delimited_told import Delimited, Record, are_of, is_header, is_record, rest_of


def named_records(lines: Page, told: Delimited) -> Iterator[Record]:
    """The records and headers of the page, downwards, with the pieces that page ends cut."""
    k, is_begun = 0, False
    while k < len(lines):
        if is_header(lines, k, told):
            head = parse(lines[k : k + len(told.header)], told.sign)
            if head is not None:
                yield Record(k, k + len(told.header), head, is_header=True)
            k += len(told.header)
            continue
        record = _record_at(lines, k, told) or _first_piece(lines, k, told, is_begun) or _last_piece(lines, k, told)
        if record is not None:
            is_begun = True
            yield record
        k = record.end if record else k + 1


def _record_at(lines: Page, first: int, told: Delimited) -> Record | None:
    assert told.flow is not None
    count = len(told.labels)
    found = record_end(lines, first, told.sign, count, told.flow, partial(is_record, told=told))
    if found is None:
        return None
    end, parsed = found
    return Record(first, end, parsed, is_piece=may_go_on(lines, end, told.flow))


def _first_piece(lines: Page, first: int, told: Delimited, is_begun: bool) -> Record | None:
    """The last fields of a record of the page before: what stands above the first record, and is as full as lines that
    are wrapped."""
    flow = told.flow
    if is_begun or flow is None or not flow.holds(lines[first]):
        return None
    for end in range(first + 1, end_of_text(lines, first, flow) + 1):
        if end < len(lines) and _record_at(lines, end, told) is None and not is_header(lines, end, told):
            continue
        rest = rest_of(lines[first:end], told)
        if rest is None or not rest.before or not wraps_well(lines[first:end], told.sign, flow, rest.is_quoted):
            return None
        return Record(first, end, rest.parsed, is_piece=True, before=rest.before)
    return None


def _last_piece(lines: Page, first: int, told: Delimited) -> Record | None:
    """The first fields of a record that goes on over the page's end."""
    flow = told.flow
    if flow is None or not flow.holds(lines[first]):
        return None
    end = end_of_text(lines, first, flow)
    parsed = parse(lines[first:end], told.sign)
    if (
        parsed is None
        or parsed.has_stray
        or not _begins_record(parsed, told)
        or any(flow.holds(line) for line in lines[end:])
    ):
        return None
    if parsed.is_closed and not may_go_on(lines, end, flow):
        return None
    return Record(first, end, parsed, is_piece=True) if wraps_well(lines[first:end], told.sign, flow) else None


def _begins_record(parsed: Parsed, told: Delimited) -> bool:
    """Whether the fields may be the first ones of a record: those that are whole are of their types."""
    whole = parsed.texts[:-1]
    return not parsed.has_stray and 0 < len(whole) < len(told.labels) and are_of(told.kinds[: len(whole)], whole)
