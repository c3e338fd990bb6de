"""From drafts to the result: reading order, boxes back to upright pixels, what the page is, and its issues."""

from __future__ import annotations

import cv2
import numpy as np

from extractors.pictures.agree import letters
from extractors.pictures.dots import is_bilevel
from extractors.pictures.marks.checksums import check_counts, check_parents, check_select_all
from extractors.pictures.marks.contraries import doubt_choices, doubt_headed, doubt_twice
from extractors.pictures.marks.dates import part_dates
from extractors.pictures.marks.draft import Draft
from extractors.pictures.marks.facts import SELECT_ALL, find_facts
from extractors.pictures.marks.ground import Ground
from extractors.pictures.marks.groups import doubt_blocks, find_headings, find_parents
from extractors.pictures.marks.kind import kind_of
from extractors.pictures.marks.odd_ones import (
    doubt_full_fields,
    doubt_lone_words,
    doubt_none_empty,
    doubt_none_ticked,
    doubt_other_makes,
)
from extractors.pictures.marks.page_edges import doubt_edges
from extractors.pictures.marks.qualify import label_of
from extractors.pictures.marks.raised import RAISED, raised_signs
from extractors.pictures.marks.result import Fact, FoundMark, MarkPage, PictureIssue
from extractors.pictures.marks.runs import Run
from extractors.pictures.read_page import Box, Reading, ReadPicture, TextLine
from records.documents import SegmentKind
from records.hotlists import label_key, topic_of
from records.issues import Severity
from records.marks import Agreement, MarkStyle


def nothing_found(read: ReadPicture) -> MarkPage:
    """The result for a picture without marks."""
    every = tuple(range(len(read.lines)))
    return MarkPage(SegmentKind.PICTURE, "no marks with labels were found", (), (), (), (), every, 0.0)


def tell(read: ReadPicture, ground: Ground, runs: list[Run], drafts: list[Draft]) -> MarkPage:
    """The page's marks in reading order, its facts, and every doubt."""
    drafts = sorted(drafts, key=lambda d: (round(d.place[1] / ground.line_height * 2), d.place[0]))
    labels = {r.line for d in drafts for r in d.runs} | {line for d in drafts for line in d.word_lines}
    facts, fact_lines = find_facts(read.lines, frozenset(labels))
    facts = part_dates(facts, read.lines, frozenset(labels), [read.lines[i].box for i in sorted(labels)])
    find_parents(drafts, ground.line_height)
    doubt_blocks(drafts)
    headings = find_headings(drafts, runs, labels | fact_lines, ground.line_height)
    doubt_choices(drafts, read.lines)
    doubt_headed(drafts)
    doubt_other_makes(drafts, ground.line_height)
    doubt_lone_words(drafts, ground.line_height)
    doubt_none_empty(drafts, ground.line_height)
    doubt_none_ticked(drafts, is_bilevel(read.picture.pixels, read.picture.skew))
    doubt_full_fields(drafts)
    doubt_twice(drafts)
    said = {d.state for d in drafts if d.style is MarkStyle.WORD}
    for draft in drafts:  # where one word alone is seen, the edge may hide the other one of two options
        words = [_down(read.lines[i].box, ground.scale) for i in draft.word_lines] if len(said) > 1 else []
        doubt_edges(draft, ground, words)
    place = {id(d): i for i, d in enumerate(drafts)}
    marks = tuple(_mark(read, ground, d, place) for d in drafts)
    facts += tuple(_select_all(m) for m in marks if SELECT_ALL.match(m.label))
    issues = [
        PictureIssue(doubt.code, doubt.severity, doubt.message, place[id(draft)], label_of(draft))
        for draft in drafts
        for doubt in draft.doubts
    ]
    for code, severity, message, about in (
        *check_parents(drafts),
        *check_counts(drafts, facts),
        *check_select_all(drafts),
    ):
        number = place[id(about)] if about is not None else None
        issues.append(PictureIssue(code, severity, message, number, label_of(about) if about is not None else None))
    issues += [
        PictureIssue(_DIFFER, Severity.NOTICE, _READERS_DIFFER, index, mark.label)
        for index, mark in enumerate(marks)
        if mark.label_agreement is Agreement.DIFFER
        or (mark.label_agreement is Agreement.ONE and len(read.readers) > 1 and topic_of(mark.label) is None)
        or (mark.label_agreement is Agreement.SPACES and topic_of(mark.label) is None and not _is_borne_out(mark))
    ]
    issues += _signs_unread(ground, drafts, marks, {issue.mark for issue in issues if issue.code == _DIFFER})
    used = labels | fact_lines | headings
    left = tuple(i for i in range(len(read.lines)) if i not in used)
    kind, reason = kind_of(marks, [line.text for line in read.lines])
    ink_left = _ink_left(read, ground, drafts)
    return MarkPage(kind, reason, marks, facts, tuple(issues), tuple(sorted(used)), left, ink_left)


def _signs_unread(
    ground: Ground, drafts: list[Draft], marks: tuple[FoundMark, ...], named: set[int | None]
) -> list[PictureIssue]:
    """An issue for every label that is no topic of the catalogue and has more raised signs drawn than read."""
    return [
        PictureIssue(_DIFFER, Severity.NOTICE, _SIGN_UNREAD, index, mark.label)
        for index, (draft, mark) in enumerate(zip(drafts, marks, strict=True))
        if index not in named
        and topic_of(mark.label) is None
        and sum(raised_signs(ground, run.box) for run in draft.runs) > sum(c in RAISED for c in mark.label)
    ]


def _mark(read: ReadPicture, ground: Ground, draft: Draft, place: dict[int, int]) -> FoundMark:
    lines = [read.lines[r.line] for r in draft.runs]
    readings: tuple[Reading, ...] = tuple(reading for line in lines for reading in line.readings)
    label = _proved(draft, lines)
    return FoundMark(
        label,
        _up(_around([r.box for r in draft.runs]) if draft.runs else draft.place, ground.scale),
        _agreement(label, lines),
        readings,
        _up(draft.box, ground.scale) if draft.box is not None else None,
        draft.state,
        draft.basis,
        draft.style,
        draft.method,
        draft.group_label,
        place[id(draft.parent)] if draft.parent is not None else None,
    )


_ALIKE = str.maketrans({"l": "i", "1": "i", "|": "i", "0": "o"})
"""Letters that some fonts draw alike, in lower case."""


def _proved(draft: Draft, lines: list[TextLine]) -> str:
    """The label; where it is no topic but another reading of it is, and they differ by letters drawn alike, that."""
    label = label_of(draft)
    if topic_of(label) is not None or len(lines) != 1 or draft.label_text is not None:
        return label
    key = label_key(label).translate(_ALIKE)
    proved = {
        reading.text
        for reading in lines[0].readings
        if topic_of(reading.text) is not None and label_key(reading.text).translate(_ALIKE) == key
    }
    return proved.pop() if len(proved) == 1 else label


_STRENGTH = (Agreement.LAYER, Agreement.BOTH, Agreement.FORMAT, Agreement.SPACES, Agreement.ONE, Agreement.DIFFER)


_DIFFER = "label_readers_differ"
_SIGN_UNREAD = "High between its letters a sign is drawn, as an apostrophe is, that no reader has read."
_READERS_DIFFER = "The readers differ on this label, or one did not see it, and the catalogue does not know it."


def _agreement(label: str, lines: list[TextLine]) -> Agreement:
    """That of the label's weakest line; better where the catalogue, or a reading of the same letters, bears it out."""
    found = max((line.agreement for line in lines), key=_STRENGTH.index, default=Agreement.ONE)
    if found is not Agreement.DIFFER:
        return found
    if topic_of(label) is not None:
        return Agreement.FORMAT
    # Readers that differ by a mark which one of them took for a letter agree on the label.
    for line in lines:
        keys = [label_key(reading.text) for reading in line.readings]
        if line.agreement is Agreement.DIFFER and sum(bool(k) and k in label_key(label) for k in keys) < 2:
            return Agreement.DIFFER
    return Agreement.SPACES


def _is_borne_out(mark: FoundMark) -> bool:
    """Whether two readers saw its label sign by sign: where they differ in an apostrophe, half are wrong."""
    label = letters(mark.label)
    return len({reading.reader for reading in mark.readings if label in letters(reading.text)}) >= 2


def _select_all(mark: FoundMark) -> Fact:
    return Fact("select_all", mark.label, str(mark.state), mark.label_agreement, mark.label_box)


def _ink_left(read: ReadPicture, ground: Ground, drafts: list[Draft]) -> float:
    """Ink outside every line of text and every mark, as a share of all ink. Rulings count as ink."""
    ink = (ground.ink > max(6.0 * ground.noise, 0.3 * ground.contrast)).astype(np.uint8)
    total = int(ink.sum())
    if total == 0:
        return 0.0
    scale = ground.scale
    lines = [(b[0] * scale, b[1] * scale, b[2] * scale, b[3] * scale) for b in (line.box for line in read.lines)]
    for x0, top, x1, bottom in [*lines, *(d.box for d in drafts if d.box is not None)]:
        cv2.rectangle(ink, (round(x0) - 2, round(top) - 2), (round(x1) + 2, round(bottom) + 2), 0, -1)
    return float(ink.sum()) / total


def _around(boxes: list[Box]) -> Box:
    return min(b[0] for b in boxes), min(b[1] for b in boxes), max(b[2] for b in boxes), max(b[3] for b in boxes)


def _down(box: Box, scale: float) -> Box:
    return box[0] * scale, box[1] * scale, box[2] * scale, box[3] * scale


def _up(box: Box, scale: float) -> Box:
    return box[0] / scale, box[1] / scale, box[2] / scale, box[3] / scale
