"""Logs printed as the text of a file: fields parted by a comma, a semicolon or a bar, quoted where they hold one, in
lines that may be wrapped at the page's edge.

A record is read only if it has as many fields as the header, its quotes are closed and its values are of the types that
the headings promise; every other line is of no record.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from extractors.delimited_fields import QUOTE, Parsed, parse
from extractors.page_text import PageWord, line_text
from extractors.values import FIELD_TYPES, VALUE_TYPES, is_marker, squeeze
from records.headers import canonical_field

SIGNS = "|,;"
_KNOWN = 3
"""Labels of a header at least, and half of all."""
_HEADS = 4
"""Lines that a header may be wrapped over."""
_LEAST = 5
"""Records that a sample must show."""
_SURE = 0.95
"""Share of the lines that look like one, which must be records or parts of some."""
_STARTS = frozenset({"uuid", "time"})
"""Types of values that tell a new record from a wrapped line."""


@dataclass(frozen=True, slots=True)
class Delimited:
    """How fields are parted: the *sign*; the lines of the header, and its labels; whether lines are wrapped."""

    sign: str
    header: tuple[str, ...]
    labels: tuple[str, ...]
    is_wrapped: bool = False

    @staticmethod
    def from_plan(told: dict[str, Any]) -> Delimited:
        """What the plan stores."""
        return Delimited(told["sign"], tuple(told["header"]), tuple(told["labels"]), told["is_wrapped"])

    @property
    def kinds(self) -> list[str | None]:
        """The names of the value types that the labels promise."""
        kinds = [FIELD_TYPES.get(canonical_field(label) or "") for label in self.labels]
        return [kind.name if kind else None for kind in kinds]


@dataclass(frozen=True, slots=True)
class Record:
    """A record, or a header, with its first line and the line after its last one."""

    first: int
    end: int
    parsed: Parsed
    is_header: bool = False
    is_piece: bool = False
    """A page's end cut it: the fields are its first ones, or its last ones."""
    before: int = 0
    """Its fields that stand on the page before."""


def find_delimited(pages: list[list[list[PageWord]]]) -> Delimited | None:
    """How the log on sample *pages* (lines of words) is delimited, if it is; the header stands on the first one."""
    for k, line in enumerate(pages[0] if pages else ()):
        for sign in SIGNS:
            if line_text(line).count(sign) < _KNOWN - 1:
                continue
            for end in range(k + 1, min(k + _HEADS, len(pages[0])) + 1):
                told = _told(pages[0][k:end], sign)
                proved = told and _proved(told, pages)
                if proved:
                    return proved
    return None


def _told(lines: list[list[PageWord]], sign: str) -> Delimited | None:
    parsed = parse(lines, sign)
    if parsed is None or not parsed.is_closed:
        return None
    labels = [text.strip() for text in parsed.texts]
    fields = [name for label in labels if (name := canonical_field(label))]
    if len(set(fields)) < max(_KNOWN, len(labels) / 2) or len(set(fields)) < len(fields) or "" in labels:
        return None
    return Delimited(sign, tuple(line_text(line) for line in lines), tuple(labels))


def _proved(told: Delimited, pages: list[list[list[PageWord]]]) -> Delimited | None:
    """The log as *told*, with what its lines show of wraps; None where they are no records."""
    for is_wrapped in (False, True):
        trial = Delimited(told.sign, told.header, told.labels, is_wrapped)
        if is_wrapped and trial.kinds[0] not in _STARTS:
            return None
        count = used = seen = 0
        for lines in pages:
            found = list(records(lines, trial))
            count += sum(not (record.is_header or record.is_piece) for record in found)
            used += sum(record.end - record.first for record in found)
            seen += sum(told.sign in line_text(line) for line in lines)
        if count >= _LEAST and used >= _SURE * seen:
            return trial
    return None


def records(lines: list[list[PageWord]], told: Delimited) -> Iterator[Record]:
    """The records and headers of a page, downwards; where lines are wrapped, also the pieces that page ends cut."""
    k = 0
    if told.is_wrapped:
        begin, k = _above_first(lines, told)
        rest = _rest(lines[begin:k], told)
        if rest is not None:
            yield Record(begin, k, *rest)
        k = 0 if begin else k
    while k < len(lines):
        end = k + len(told.header)
        if tuple(line_text(line) for line in lines[k:end]) == told.header:
            parsed = parse(lines[k:end], told.sign)
            if parsed is not None:
                yield Record(k, end, parsed, is_header=True)
            k = end
            continue
        record = _record_at(lines, k, told) or (_last_piece(lines, k, told) if told.is_wrapped else None)
        if record is not None:
            yield record
        k = record.end if record else k + 1


def _above_first(lines: list[list[PageWord]], told: Delimited) -> tuple[int, int]:
    """From which line to which the rest of a record may stand on a page: from below the header down to the first line
    that begins one."""
    size = len(told.header)
    heads = (k for k in range(len(lines)) if tuple(line_text(line) for line in lines[k : k + size]) == told.header)
    head = next(heads, None)
    start = next((k for k, line in enumerate(lines) if _starts(line, told)), len(lines))
    return (head + size, start) if head is not None and head < start else (0, start)


def _rest(lines: list[list[PageWord]], told: Delimited) -> tuple[Parsed, bool, bool, int] | None:
    """What the *lines* are of a record that begins on the page before: its last fields. Whether they begin in a quoted
    field, their types must tell."""
    found = []
    for is_quoted in (False, True):
        parsed = parse(lines, told.sign, is_quoted) if lines else None
        if parsed is None or not parsed.is_closed or len(parsed.texts) > len(told.labels):
            continue
        if not is_quoted and QUOTE in parsed.texts[0]:
            continue  # which closes a field that is quoted
        before = len(told.labels) - len(parsed.texts)
        kinds = told.kinds[before + 1 :]
        whole = zip(kinds, parsed.texts[1:], strict=True)
        if all(not kind or not text.strip() or is_marker(text) or _is_of(kind, text) for kind, text in whole):
            found.append((parsed, False, True, before))
    return found[0] if len(found) == 1 else None


def _last_piece(lines: list[list[PageWord]], first: int, told: Delimited) -> Record | None:
    """The first fields of a record that goes on over the page's end."""
    if not _starts(lines[first], told) or any(_starts(line, told) for line in lines[first + 1 :]):
        return None
    if not all(_is_near(lines, k) for k in range(first + 1, len(lines))):
        return None
    parsed = parse(lines[first:], told.sign)
    if parsed is None or len(parsed.texts) > len(told.labels):
        return None
    return Record(first, len(lines), parsed, is_piece=True)


def _is_of(kind: str, text: str) -> bool:
    return VALUE_TYPES[kind].whole.match(squeeze(text)) is not None


def _record_at(lines: list[list[PageWord]], first: int, told: Delimited) -> Record | None:
    """The record that begins with the line *first*, if one does: one line or, where lines are wrapped, those down to
    the next one that begins a record."""
    if not told.is_wrapped:
        parsed = parse(lines[first : first + 1], told.sign)
        return Record(first, first + 1, parsed) if parsed and _is_record(parsed, told) else None
    if not _starts(lines[first], told):
        return None
    found = None
    for end in range(first + 1, len(lines) + 1):
        parsed = parse(lines[first:end], told.sign)
        if parsed is None or len(parsed.texts) > len(told.labels):
            break
        if _is_record(parsed, told):
            found = Record(first, end, parsed)
        if end < len(lines) and (found or told.kinds[0] == "uuid") and _starts(lines[end], told):
            break
        if end < len(lines) and line_text(lines[end]) == told.header[0]:
            break
        if found and end < len(lines) and not _is_near(lines, end):
            break
    return found


def _is_near(lines: list[list[PageWord]], k: int) -> bool:
    """Whether the line *k* follows the one above as closely as lines of one text do."""
    above, line = lines[k - 1], lines[k]
    height = max(w.bottom - w.top for w in line)
    return min(w.top for w in line) - max(w.bottom for w in above) <= height


def _starts(line: list[PageWord], told: Delimited) -> bool:
    first = line_text(line).removeprefix(QUOTE).split(told.sign)[0]
    kind = told.kinds[0]
    return kind is not None and VALUE_TYPES[kind].start.match(first) is not None


def _is_record(parsed: Parsed, told: Delimited) -> bool:
    """Whether the fields are as many as the labels, and most of the typed ones are of their types."""
    if len(parsed.texts) != len(told.labels) or not parsed.is_closed:
        return False
    typed = [(kind, text) for kind, text in zip(told.kinds, parsed.texts, strict=True) if kind]
    typed = [(kind, text) for kind, text in typed if text.strip() and not is_marker(text)]
    return bool(typed) and 2 * sum(_is_of(kind, text) for kind, text in typed) >= len(typed)
