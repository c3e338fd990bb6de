"""What a page without a log is: text, picture, mixed or blank; and what a run of such pages is."""

from __future__ import annotations

from collections.abc import Sequence

from extractors.glyphs import PageContent
from extractors.lines import Lines
from records.documents import PageClass, SegmentKind

_PICTURE_SHARE = 0.1
"""Part of the page that pictures must cover to count; logos and seals are smaller."""
_FEW_GLYPHS = 20


def page_class(content: PageContent) -> tuple[PageClass, str]:
    """The class of a page and the reason in words."""
    glyphs, share = len(content.glyphs), content.image_share
    said = f"{glyphs} glyphs, pictures cover {share:.0%}"
    if share >= _PICTURE_SHARE:
        return (PageClass.MIXED if glyphs > _FEW_GLYPHS else PageClass.PICTURE), said
    if glyphs:
        return PageClass.TEXT, said
    return PageClass.BLANK, said


def page_kind(kind: PageClass, lines: Lines) -> SegmentKind:
    """What a page on which no log was found seems to be. *lines* are whole lines, without columns."""
    if kind is PageClass.BLANK:
        return SegmentKind.BLANK
    if kind is PageClass.PICTURE:
        return SegmentKind.PICTURE
    return SegmentKind.LETTER if is_prose(lines.text) else SegmentKind.UNKNOWN


def is_prose(lines: Sequence[str]) -> bool:
    """Whether the *lines* of a page are running text: most words stand in lines of six words or more, and most words
    are lower case."""
    words = [text.split() for text in lines]
    total = sum(len(w) for w in words)
    if total < 20:
        return False
    in_long = sum(len(w) for w in words if len(w) >= 6)
    lower = sum(1 for line in words for w in line if w.isalpha() and w.islower())
    return in_long >= 0.6 * total and lower >= 0.45 * total
