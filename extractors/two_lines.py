"""Records of two lines under a header of two lines: each line has columns of its own. The lower lines, and the lower
line of the header, are moved to the right by the width of the page, so that a record is one row.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

import numpy as np

from extractors.glyphs import PageContent
from extractors.header import labels_within
from extractors.labels import Label
from extractors.lines import glyph_height
from extractors.page_text import PageWord, line_text, page_lines
from extractors.stacked import part_of
from extractors.two_line_records import PLACE, Place, TwoLines, begun, proved, records, starts_of
from extractors.two_line_rests import with_usual
from extractors.values import FIELD_TYPES, TWO_TIMES
from records.headers import canonical_field

PARTS = 2
"""Page widths that an unfolded page takes."""
_NEAR = 3.0
"""Of the glyph height: how far around a header its other line is looked for."""
_LEAST = 5
"""Records that a page must show."""
_MOST = 0.8
"""Share of the records with a second line."""
_UPPER = 3
"""Labels of the upper line at least."""
_SURE = 2
"""Labels of the lower line that tell of records with two lines without values to prove it."""
_WRAPPED = 4
"""Lines that the labels of the upper line may take."""
_FEW = 0.2
"""Share of the records that may print something at a place of the lower line alone in their first line."""
_LEVEL = 0.9
"""Share of the lower lines' texts that begin, or end, where a label of the lower line does."""
_RARE = 0.05
"""Share of the records of several lines of which it may be unclear where the lower half begins."""
_LAP = 0.2
"""Of the glyph height: by how much the header's two lines overlap at most."""
_GAP = 0.9
"""Of the glyph height: white between the lines of a record at most, where they stand no further apart as a rule."""
_STARTERS = frozenset({"uuid", "time", "count"})


def find_two_lines(page: PageContent, top: float, bottom: float, read: Sequence[Label] = ()) -> TwoLines | None:
    """How the records of the page are printed, if the header around the heights *top* and *bottom* has two lines, each
    of labels of its own, most of them known, and the records below have a line for either; else None. *read*: the
    labels of the header as it reads in one line, of which a known one may wrap."""
    height = glyph_height(page.glyphs)
    near = part_of(page, top - _NEAR * height, bottom + _NEAR * height)
    lines = page_lines(near)
    for first, last in _splits(len(lines)):
        wrapped, lower = lines[first:last], lines[last]
        upper = [word for line in wrapped for word in line]
        every = _best_labels(page, near, upper), _best_labels(page, near, lower)
        labels = _without_lone(every[0], every[1]), _without_lone(every[1], every[0])
        fields = [[label.field for label in line] for line in labels]
        both = fields[0] + fields[1]
        known = [sum(field is not None for field in line) for line in fields]
        unknown = both.count(None)
        if min(known[0] + _stands_over(*labels), len(labels[0])) < _UPPER or not known[1]:
            continue
        if len({*both} - {None}) < len(both) - unknown:
            continue
        if unknown >= sum(known):
            continue
        if _is_wrapped(labels[0], labels[1]) or all(_is_in_label(word, read) for word in lower):
            continue
        if (len(wrapped) > 1 or None in both) and _is_one_line(near, lines, last, known[0]):
            continue
        if min(w.top for w in lower) < max(w.bottom for w in upper) - _LAP * height:
            continue  # labels of one line and of several, centred against each other
        found = _told(every[0], wrapped, lower)
        if found is None:
            continue
        # What stands below tells which words of a label that nobody knows are one.
        told_labels = tuple(
            (b.text, b.box.x0, b.box.x1, line is lower) for line in (upper, lower) for b in line_labels(page, line)
        )
        found = replace(found, places=_places(every[0], labels[1]), gap=_GAP * height, labels=told_labels)
        told = _proved(page, found, labels[1], None not in fields[1] and _is_sure(labels[0], labels[1]))
        is_odd = unknown > known[1]
        if told is not None and (not is_odd or _is_typed(told) or (told.is_next and _are_apart(*labels))):
            return told
    return None


def _best_labels(page: PageContent, near: PageContent, line: list[PageWord]) -> tuple[Label, ...]:
    """The labels of a header's line, read by what stands *near*, or by the page where more of them are known then, or
    fewer unknown."""

    def known(labels: tuple[Label, ...]) -> tuple[int, int]:
        count = sum(label.field is not None for label in labels)
        return count, count - len(labels)

    read = line_labels(near, line)
    return read if all(label.field for label in read) else max(read, line_labels(page, line), key=known)


def _without_lone(labels: tuple[Label, ...], others: tuple[Label, ...]) -> tuple[Label, ...]:
    """The labels of one of a header's lines without those that nobody knows and above or below which the other line
    has none: columns that somebody added."""
    return tuple(
        label
        for label in labels
        if label.field or any(label.box.x0 < b.box.x1 and b.box.x0 < label.box.x1 for b in others)
    )


def _is_sure(upper: tuple[Label, ...], lower: tuple[Label, ...]) -> bool:
    """Whether the labels alone, those of the lower line all known, tell that records have two lines, however few print
    the lower one: each label of the *lower* line begins where one of the *upper* line does, and nobody takes the values
    of the one for those of the other."""
    above = [next((a for a in upper if abs(a.box.x0 - b.box.x0) <= PLACE), None) for b in lower]
    typed = [a is not None and (a is upper[0] or FIELD_TYPES.get(a.field or "") is not None) for a in above]
    return len(lower) >= _SURE and all(typed)


def _are_apart(upper: tuple[Label, ...], lower: tuple[Label, ...]) -> bool:
    """Whether the *upper* line's labels are all known, none with one of the *lower* line behind it."""
    return all(a.field for a in upper) and not any(canonical_field(f"{a.text} {b.text}") for a in upper for b in lower)


def _is_typed(told: TwoLines) -> bool:
    """Whether the values of the lower line tell it from the upper one, whatever the labels are: nearly all records
    print one of a type there that the upper line has not at that place."""
    return any(place.below and place.below != place.above for place in told.places)


def _stands_over(upper: tuple[Label, ...], lower: tuple[Label, ...]) -> bool:
    """Whether each label of the one line begins where one of the other does, those of the *lower* one all known."""
    is_level = len(upper) == len(lower) and all(
        abs(a.box.x0 - b.box.x0) <= PLACE for a, b in zip(upper, lower, strict=True)
    )
    return is_level and all(label.field for label in lower)


def _places(upper: tuple[Label, ...], lower: tuple[Label, ...]) -> tuple[Place, ...]:
    """Where texts of the *lower* line begin, and what the *upper* one has there."""
    found = []
    for b in lower:
        above = next((a for a in upper if abs(a.box.x0 - b.box.x0) <= PLACE), None)
        kind = FIELD_TYPES.get(above.field or "") if above else None
        end = min((a.box.x0 for a in upper if a.box.x0 > b.box.x0 + PLACE), default=np.inf)
        own = FIELD_TYPES.get(b.field or "")
        names = kind.name if kind else "", own.name if own else ""
        found.append(Place(b.box.x0, float(end) - PLACE, above is None, *names))
    return tuple(found)


def _is_wrapped(upper: tuple[Label, ...], lower: tuple[Label, ...]) -> bool:
    """Whether the labels of the *lower* line are the rests of the *upper* ones that they stand below."""
    pairs = [(a, b) for b in lower for a in upper if abs(a.box.x0 - b.box.x0) <= PLACE]
    return bool(pairs) and all(canonical_field(f"{a.text} {b.text}") for a, b in pairs)


def _is_in_label(word: PageWord, labels: Sequence[Label]) -> bool:
    """Whether the word is in a line of a known one of the *labels*, which has others."""
    height = word.bottom - word.top
    return any(
        label.field
        and label.box.bottom - label.box.top > 1.5 * height
        and label.box.x0 - 1 <= word.x0
        and word.x1 <= label.box.x1 + 1
        and label.box.top - 1 <= word.top
        and word.bottom <= label.box.bottom + 1
        for label in labels
    )


def line_labels(page: PageContent, line: list[PageWord]) -> tuple[Label, ...]:
    """The labels of a header's line."""
    return labels_within(page, min(w.top for w in line) - 0.1, max(w.bottom for w in line) + 0.1)


def _is_one_line(page: PageContent, lines: list[list[PageWord]], last: int, least: int) -> bool:
    """Whether several of the *lines*, the one numbered *last* among them, are labels that wrap, all known and as many
    as *least*, those that the upper line alone makes known: a header of one line."""
    for start in range(max(0, last - _WRAPPED), last):
        for end in range(last, min(last + _WRAPPED, len(lines))):
            labels = line_labels(page, [word for line in lines[start : end + 1] for word in line])
            if len(labels) >= max(_UPPER, least) and all(label.field for label in labels):
                return True
    return False


def _splits(count: int) -> Iterator[tuple[int, int]]:
    """Of *count* lines the first one that may be of a header's upper line, its labels wrapped or not, and the lower
    one below them."""
    for upper in range(1, _WRAPPED + 1):
        for last in range(upper, count):
            yield last - upper, last


def _told(labels: tuple[Label, ...], upper: list[list[PageWord]], lower: list[PageWord]) -> TwoLines | None:
    """Records that begin in the first column whose values can start rows, a period where there is no other; None
    without one."""
    ends = [*(label.box.x0 - PLACE for label in labels[1:]), np.inf]
    kinds = [FIELD_TYPES.get(label.field or "") for label in labels]
    wanted = _STARTERS if any(kind and kind.name in _STARTERS for kind in kinds) else frozenset({TWO_TIMES.name})
    for label, end, kind in zip(labels, ends, kinds, strict=True):
        if kind is not None and kind.name in wanted:
            left = label.box.x0 - PLACE
            return TwoLines(
                "\n".join(map(line_text, upper)), line_text(lower), kind.name, left, float(end), float(ends[0])
            )
    return None


def _proved(page: PageContent, told: TwoLines, labels: tuple[Label, ...], is_sure: bool) -> TwoLines | None:
    """The records as *told*, with what those below the header show of their lines, if most have a lower one, or if
    *labels*, those of the header's lower line, are sure of it and rules part the records."""
    lines = page_lines(page)
    bottom = max(label.box.bottom for label in labels)
    below = [line for line in lines if (line[0].top + line[0].bottom) / 2 > bottom]
    rules = page.rulings.horizontal
    starts = starts_of(below, told)
    if len(starts) < _LEAST:
        return None
    told = proved(below, told, rules)
    is_sure = told.is_ruled and (is_sure or told.slot > 0)
    own = [place for place in told.places if place.is_own]
    # Labels set up and down by turns have one line of values.
    strays = sum(any(place.is_at(word) for word in begun(below[k]) for place in own) for k in starts)
    if strays > _FEW * len(starts):
        return None
    for is_next in (True, False):
        told = replace(told, is_next=is_next)
        found = list(records(below, told, rules))
        halves = [half for _, half, _ in found if half is not None]
        if len(halves) < _MOST * len(found) and not (is_sure and not is_next):
            continue
        unclear = sum(half is None and end > start + 1 for start, half, end in found)
        is_proved = is_sure or unclear <= max(1, _RARE * len(found))
        if _stands_below(below, found, labels) if is_next else is_proved:
            return with_usual(told, below, halves)
    return None


def _stands_below(
    lines: list[list[PageWord]], found: list[tuple[int, int | None, int]], labels: tuple[Label, ...]
) -> bool:
    """Whether all records have two lines at most, and the second ones stand below the lower *labels*."""
    tall = [end - start for start, _, end in found]
    texts = [word for _, half, _ in found if half is not None for word in begun(lines[half])]
    level = sum(any(min(abs(w.x0 - b.box.x0), abs(w.x1 - b.box.x1)) <= PLACE for b in labels) for w in texts)
    hit = sum(any(abs(w.x0 - b.box.x0) <= PLACE for w in texts) for b in labels)
    return max(tall) <= 2 and level >= _LEVEL * len(texts) and hit >= min(2, len(labels))
