"""The last net: a topic of hotlists that is printed on the page and got no mark is named, never passed over.

A mark can be missed in ways nobody has thought of yet, and what is missed is not missed evenly: a tick drawn far over
its box hides the box. So whatever the finders did, a line that is a topic of the catalogue ends as a mark that is
``unreadable``, with an issue that names it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from extractors.pictures.marks.net_rows import MOST_WORDS, in_rows, parts_of_line, without_closer
from extractors.pictures.marks.result import FoundMark, MarkPage, PictureIssue
from extractors.pictures.read_page import Box, ReadPicture, TextLine
from records.documents import SegmentKind
from records.hotlists import label_key, near_topic, topic_of
from records.issues import Severity
from records.marks import MarkMethod, MarkState, MarkStyle

_FEWEST = 3
"""Topics on a page without any mark from which on it is taken for a list of hotlists."""
_ONCE = 0.75
"""Share of them that must be different: a list has each topic once, the reasons of a log say one again and again."""
_SIGN = 2
"""Characters of a first word that may be what a reader made of the mark: ``V``, ``17``, ``El``."""
_LEAST_WORDS = 4
"""Of two labels."""
_REACH = 6.0
"""Heights of a line within which an entry has another one above and below it."""
_TOLD = 0.85
"""Share of a line's letters that belong to labels where it is told; readers make letters of what closes chips."""
_BASIS = "no mark was found beside it"
_SAID = "The label is printed, but no mark was found beside it: what it is set to is not known."


def name_the_missed(read: ReadPicture, page: MarkPage) -> MarkPage:
    """*page* with a mark, unreadable and named by an issue, for every line left over that is a topic of hotlists."""
    headings = {mark.group_label for mark in page.marks if mark.group_label and topic_of(mark.group_label)}
    lines = [*page.left, *(i for i in page.used if read.lines[i].text in headings)]
    said = [i for i in page.used if not _is_told(read.lines[i], page.marks)]
    are_chips = all(mark.style is MarkStyle.CHIP for mark in page.marks)
    searched = {*lines, *(said if are_chips and page.marks else ())}  # a line may be several chips, one of them found
    topics = [(i, label) for i in sorted(searched) if (label := _topic_label(read.lines[i])) is not None]
    if are_chips:
        topics += [(i, read.lines[i].text) for i in searched if _is_row_of_topics(read.lines[i].text)]
        topics = sorted(dict(topics).items())
    chips = [mark.label_box for mark in page.marks if mark.style is MarkStyle.CHIP]
    if (not topics and not chips) or (not page.marks and not _is_list([label for _, label in topics])):
        return page
    among = [
        *_between(read, page, lines, [i for i, _ in topics]),
        *in_rows(read, [*lines, *said], [i for i, _ in topics], chips),
    ]
    missed = sorted(topics + list(dict.fromkeys(among)))
    headings |= {label for _, label in missed}
    if not missed:
        return page
    added = [_mark(read.lines[i], label) for i, label in missed]
    # A topic without a mark was taken for the heading of what stands below it.
    found = tuple(replace(m, group_label=None) if m.group_label in headings else m for m in page.marks)
    marks = _merged(found, added)
    place = {id(mark): k for k, mark in enumerate(marks)}
    now = [place[id(mark)] for mark in found]
    kept = [replace(issue, mark=None if issue.mark is None else now[issue.mark]) for issue in page.issues]
    issues = [PictureIssue("mark_missing", Severity.DOUBT, _SAID, place[id(mark)], mark.label) for mark in added]
    taken = {i for i, _ in missed}
    is_list = page.kind is not SegmentKind.PICTURE
    return replace(
        page,
        kind=page.kind if is_list else SegmentKind.HOTLIST_CONFIGURATION,
        reason=page.reason if is_list else f"{len(added)} topics of hotlists, and no mark that could be found",
        marks=tuple(replace(m, parent=None if m.parent is None else now[m.parent]) for m in marks),
        issues=(*kept, *issues),
        used=tuple(sorted({*page.used, *taken})),
        left=tuple(i for i in page.left if i not in taken),
    )


def _is_list(labels: list[str]) -> bool:
    """Whether topics on a page without any mark are entries of a list of hotlists."""
    different = {label_key(label) for label in labels}
    return len(labels) >= _FEWEST and len(different) >= _ONCE * len(labels)


def _topic_label(line: TextLine) -> str | None:
    """The line as a label, if it is a topic of the catalogue, or nearly one; a sign before it is no part of it.

    A line of several chips that holds a topic stands for all of them.
    """
    text = without_closer(line.text)
    chips = parts_of_line(text)
    if len(chips) > 1:
        return text if any(topic_of(part) is not None for part in chips) else None
    if len(text.split()) > MOST_WORDS:
        return None
    first, _, rest = text.partition(" ")
    texts = (text, rest if len(first) <= _SIGN else "")
    known = next((text for text in texts if topic_of(text) is not None), None)
    return known or next((text for text in texts if text and near_topic(text) is not None), None)


def _is_row_of_topics(text: str) -> bool:
    """Whether a line is as long as several labels, set in capitals as they are, and begins or ends with a topic of the
    catalogue: chips that a reader took for one line."""
    words = text.split()
    if not _LEAST_WORDS <= len(words) <= 3 * MOST_WORDS:
        return False
    capitals = sum(not word[0].islower() for word in words)
    ends = [" ".join(part) for n in (2, 3, 4) for part in (words[:n], words[-n:])]
    return capitals >= 0.8 * len(words) and any(topic_of(end) is not None for end in ends)


def _between(read: ReadPicture, page: MarkPage, lines: Sequence[int], missed: Sequence[int]) -> list[tuple[int, str]]:
    """Lines left over that stand among *missed* topics as one of them does: entries of the same list, by other names.

    Such a line begins where two of them, or one and a label with a mark, begin, above one and below another, and is as
    high as they are.
    """
    labels = [mark.label_box for mark in page.marks]
    found = []
    for i in lines:
        box, text = read.lines[i].box, read.lines[i].text
        high = box[3] - box[1]
        if i in missed or sum(map(str.isalpha, text)) < 3 or len(text.split()) > MOST_WORDS:
            continue
        aligned = [
            b
            for b in [*(read.lines[k].box for k in missed), *labels]
            if abs(b[0] - box[0]) <= 0.5 * high and 0.7 <= (b[3] - b[1]) / max(1.0, high) <= 1.4
        ]
        near = [b for b in aligned if abs(b[1] - box[1]) <= _REACH * high]
        is_among = any(b[1] < box[1] for b in near) and any(b[1] > box[1] for b in near)
        if is_among and any(read.lines[k].box in near for k in missed):
            found.append((i, without_closer(text)))
    return found


def _is_told(line: TextLine, marks: Sequence[FoundMark]) -> bool:
    """Whether a line is the label of a mark, or those of several chips: what was taken for an account or a heading, or
    holds a chip that was not found, is not."""
    if any(_holds(mark.label_box, line.box) for mark in marks):
        return True
    told = sum(_letters(mark.label) for mark in marks if _holds(line.box, mark.label_box))
    return told >= _TOLD * _letters(line.text) > 0


def _letters(text: str) -> int:
    return sum(map(str.isalpha, text))


def _holds(box: Box, other: Box) -> bool:
    x, y = (other[0] + other[2]) / 2, (other[1] + other[3]) / 2
    return box[0] - 1 <= x <= box[2] + 1 and box[1] - 1 <= y <= box[3] + 1


def _mark(line: TextLine, label: str) -> FoundMark:
    return FoundMark(
        label, line.box, line.agreement, line.readings, None,
        MarkState.UNREADABLE, _BASIS, MarkStyle.OTHER, MarkMethod.PIXELS,
    )  # fmt: skip


def _merged(marks: tuple[FoundMark, ...], added: list[FoundMark]) -> list[FoundMark]:
    """All marks; found ones keep their order, a missed one comes before the first that stands below it."""
    merged = list(marks)
    for mark in added:
        middle = (mark.label_box[1] + mark.label_box[3]) / 2
        below = (k for k, other in enumerate(merged) if other.label_box[1] > middle)
        merged.insert(next(below, len(merged)), mark)
    return merged
