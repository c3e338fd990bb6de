"""The records of a page of delimited text (:mod:`extractors.delimited`)."""

from __future__ import annotations

from collections.abc import Iterator

from extractors.delimited_fields import QUOTE, parse
from extractors.delimited_flow import Page, is_near
from extractors.delimited_names import named_records
from extractors.delimited_told import Delimited, Record, is_header, is_record, rest_of
from extractors.page_text import PageWord, line_text
from extractors.values import VALUE_TYPES


def records(lines: Page, told: Delimited) -> Iterator[Record]:
    """The records and headers of a page, downwards; where lines are wrapped, also the pieces that page ends cut."""
    if told.names_first:
        yield from named_records(lines, told)
        return
    k = 0
    if told.is_wrapped:
        begin, k = _above_first(lines, told)
        rest = rest_of(lines[begin:k], told)
        if rest is not None:
            yield Record(begin, k, rest.parsed, is_piece=True, before=rest.before)
        k = 0 if begin else k
    while k < len(lines):
        end = k + len(told.header)
        if is_header(lines, k, told):
            parsed = parse(lines[k:end], told.sign)
            if parsed is not None:
                yield Record(k, end, parsed, is_header=True)
            k = end
            continue
        record = _record_at(lines, k, told) or (_last_piece(lines, k, told) if told.is_wrapped else None)
        if record is not None:
            yield record
        k = record.end if record else k + 1


def _above_first(lines: Page, told: Delimited) -> tuple[int, int]:
    """From which line to which the rest of a record may stand on a page: from below the header down to the first line
    that begins one."""
    size = len(told.header)
    head = next((k for k in range(len(lines)) if is_header(lines, k, told)), None)
    start = next((k for k, line in enumerate(lines) if _starts(line, told)), len(lines))
    return (head + size, start) if head is not None and head < start else (0, start)


def _last_piece(lines: Page, first: int, told: Delimited) -> Record | None:
    """The first fields of a record that goes on over the page's end."""
    if not _starts(lines[first], told) or any(_starts(line, told) for line in lines[first + 1 :]):
        return None
    if not all(is_near(lines, k) for k in range(first + 1, len(lines))):
        return None
    parsed = parse(lines[first:], told.sign)
    if parsed is None or len(parsed.texts) > len(told.labels):
        return None
    return Record(first, len(lines), parsed, is_piece=True)


def _record_at(lines: Page, first: int, told: Delimited) -> Record | None:
    """The record that begins with the line *first*, if one does: one line or, where lines are wrapped, those down to
    the next one that begins a record."""
    if not told.is_wrapped:
        parsed = parse(lines[first : first + 1], told.sign)
        return Record(first, first + 1, parsed) if parsed and is_record(parsed, told) else None
    if not _starts(lines[first], told):
        return None
    found = None
    for end in range(first + 1, len(lines) + 1):
        parsed = parse(lines[first:end], told.sign)
        if parsed is None or len(parsed.texts) > len(told.labels):
            break
        if is_record(parsed, told):
            found = Record(first, end, parsed)
        if end < len(lines) and (found or told.kinds[0] == "uuid") and _starts(lines[end], told):
            break
        if end < len(lines) and line_text(lines[end]) == told.header[0]:
            break
        if found and end < len(lines) and not is_near(lines, end):
            break
    return found


def _starts(line: list[PageWord], told: Delimited) -> bool:
    first = line_text(line).removeprefix(QUOTE).split(told.sign)[0]
    kind = told.kinds[0]
    return kind is not None and VALUE_TYPES[kind].start.match(first) is not None
