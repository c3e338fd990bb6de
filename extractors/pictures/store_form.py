"""What was found on a page picture -> rows of the parts, in points of the page as displayed."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from extractors.cells import OutsideLine
from extractors.found import Found, FoundIssue
from extractors.pictures.marks.result import MarkPage
from extractors.pictures.read_page import Box, PagePicture, Reading, ReadPicture
from extractors.read_page import ReadPage
from extractors.tables import stored_box
from records.documents import SegmentKind
from records.parts import FACT_COLUMNS, MARK_COLUMNS, SHARING_COLUMNS

_NO_BOX = (None, None, None, None)


def _columns(table: dict[str, str], first: str) -> slice:
    """Where the four columns of a box stand in a row without ``segment_ordinal``, from the column *first* on."""
    at = [name for name in table if name != "segment_ordinal"].index(first)
    return slice(at, at + 4)


_MARK_BOX, _MARK_PLACE = _columns(MARK_COLUMNS, "x0"), _columns(MARK_COLUMNS, "mark_x0")
_FACT_BOX, _ORGANIZATION_BOX = _columns(FACT_COLUMNS, "x0"), _columns(SHARING_COLUMNS, "x0")


def engine_name(read: ReadPicture) -> str:
    """The readers' names as one."""
    return "+".join(read.readers)


def found_marks(read: ReadPicture, page: MarkPage) -> Found:
    """A page of settings, or a form."""
    picture = read.picture
    number_of = range(1, len(page.marks) + 1)
    marks = [
        (
            picture.page_number, number, m.label, str(m.label_agreement), str(m.state), m.state_basis, str(m.style),
            str(m.method), m.group_label, None if m.parent is None else m.parent + 1, *_points(picture, m.label_box),
            *(_points(picture, m.mark_box) if m.mark_box else _NO_BOX),
        )
        for number, m in zip(number_of, page.marks, strict=True)
    ]  # fmt: skip
    facts = [
        (picture.page_number, f.fact, f.text, f.value, str(f.agreement), *_points(picture, f.box)) for f in page.facts
    ]
    readings = [
        _reading(picture, reading, mark=number)
        for number, m in zip(number_of, page.marks, strict=True)
        for reading in m.readings
    ]
    issues = [
        FoundIssue(
            i.code, i.severity, i.message, mark_number=None if i.mark is None else i.mark + 1, seen_text=i.seen_text
        )
        for i in page.issues
    ]
    found = Found(page.kind, page.reason, engine_name(read), marks=marks, facts=facts, issues=issues)
    found.ink_left = round(page.ink_left, 4)
    _account(found, read, page.used, readings, "no_mark")
    return found


def found_text(read: ReadPicture, kind: SegmentKind, reason: str) -> Found:
    """A page on which nothing but text was found: all of it is left over."""
    found = Found(kind, reason, engine_name(read))
    _account(found, read, (), [], "no_table")
    return found


def _account(
    found: Found, read: ReadPicture, used: Collection[int], readings: list[tuple[Any, ...]], rule: str
) -> None:
    """Complete *found* with the text account of the page and the readings of the lines that nothing uses."""
    taken = set(used)
    for index, line in enumerate(read.lines):
        count = _count(line.text)
        found.seen += count
        if index in taken:
            found.used += count
            continue
        found.outside.append(OutsideLine("left", rule, line.text, count, *_points(read.picture, line.box)))
        readings += [_reading(read.picture, reading) for reading in line.readings]
    found.readings = readings


def _reading(
    picture: PagePicture, reading: Reading, row: int | None = None, mark: int | None = None, column: int | None = None
) -> tuple[Any, ...]:
    box = _points(picture, reading.box)
    return (picture.page_number, row, mark, column, reading.reader, reading.text, reading.score, *box)


def _points(picture: PagePicture, box: Box) -> Box:
    return stored_box(picture.to_points(box))


def _count(text: str) -> int:
    """Characters that are no white space."""
    return len("".join(text.split()))


def with_layer_account(found: Found, page: ReadPage) -> Found:
    """*found* with the account of the file's own text: a line is used where its middle lies in something that was
    found. That text is what an independent count of the page's glyphs counts."""
    boxes = [row[_MARK_BOX] for row in found.marks] + [row[_FACT_BOX] for row in found.facts]
    boxes += [row[_ORGANIZATION_BOX] for row in found.organizations]
    boxes += [row[_MARK_PLACE] for row in found.marks if row[_MARK_PLACE][0] is not None]
    kept = [line for line in page.outside if not _is_in(line, boxes)]
    found.outside, found.seen = kept, page.glyphs_seen
    found.used = page.glyphs_seen - sum(line.glyph_count for line in kept)
    return found


def _is_in(line: OutsideLine, boxes: Collection[Box]) -> bool:
    x, y = (line.x0 + line.x1) / 2, (line.top + line.bottom) / 2
    return any(b[0] <= x <= b[2] and b[1] <= y <= b[3] for b in boxes)
