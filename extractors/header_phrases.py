"""Whether words that stand side by side in a header are one label or two: asked of the white between them, and of the
text that stands below them.

Spellings alone split "Offense Type", because "Type" is a label too. Two cells are never parted by a drawn space, and
text that runs on below the white between two words shows that no column ends there.
"""

from __future__ import annotations

import functools
from collections.abc import Callable
from dataclasses import dataclass
from itertools import pairwise

import numpy as np

from extractors.glyphs import Glyphs, PageContent
from extractors.header_words import HeaderWord
from extractors.lines import WORD_GAP
from extractors.strips import draws_spaces
from extractors.white import typed_space

Group = tuple[list[HeaderWord], bool]
"""Words of one label, and whether the label is known."""

_SPACE = 0.6
"""Of the glyph height: words of one phrase stand no further apart."""
_TIGHT = 0.45
"""The same where the page draws no spaces, so that white is all there is."""
_RUNS_ON = 0.1
"""Share of the lines below one of the words that may run on below the white, text that overflows, before the words are
one label."""
_LAP = 0.05
"""Of the glyph height: by how much more a label is printed over the one before it no two words of one label lap."""
_VARIES = 0.3
"""Of the glyph height: by how much the ends of texts of different widths lie apart at least."""
_SURE = 3
"""Lines that run on below the white between two labels that are both known, before these are one."""


@dataclass(frozen=True, slots=True)
class _Below:
    """Lines of text below two words: those that run on below the white between them, and those that stand below the
    one or the other only."""

    across: int
    left: int
    right: int
    begun: int = 0
    """Those below the right one only that begin where it does."""

    @property
    def is_parted(self) -> bool:
        """Whether there are two columns."""
        return min(self.left, self.right) > 0 and self.across <= _RUNS_ON * min(self.left, self.right)


def join_phrases(groups: list[Group], page: PageContent, height: float) -> list[list[HeaderWord]]:
    """The *groups*, left to right, with those put together that are one label on the *page*."""
    joined: list[Group] = []
    has_spaces = functools.cache(lambda: draws_spaces([(page, np.ones(len(page.glyphs), np.bool_))]))
    typed = functools.cache(lambda: typed_space([(page, np.ones(len(page.glyphs), np.bool_))]))
    for words, is_known in groups:
        if joined and _is_one(joined[-1], (words, is_known), page.glyphs, height, has_spaces, typed):
            joined[-1] = (joined[-1][0] + words, False)
        else:
            joined.append((words, is_known))
    return [words for words, _ in joined]


def are_phrases(groups: list[list[HeaderWord]], height: float) -> bool:
    """Whether the words of every group stand, line by line, no further apart than words of one phrase."""
    for words in groups:
        ordered = sorted(words, key=lambda word: (word.line, word.x0))
        if any(a.line == b.line and b.x0 - a.x1 > _SPACE * height for a, b in pairwise(ordered)):
            return False
    return True


def _is_one(
    left: Group,
    right: Group,
    glyphs: Glyphs,
    height: float,
    has_spaces: Callable[[], bool],
    typed: Callable[[], float],
) -> bool:
    pair = _neighbours(left[0], right[0])
    if pair is None:
        return False
    before, after = pair
    bottom = max(word.bottom for word in (*left[0], *right[0]))
    span = min(word.x0 for word in left[0]), max(word.x1 for word in right[0])
    are_known = left[1] and right[1]
    if are_known and after.x0 - before.x1 < -_LAP * height:
        return False
    if after.is_glued and after.order == before.order + 1:
        below = _text_below(before, after, span, bottom, glyphs, height)
        return not below.is_parted and below.begun * 2 <= below.right
    gap = after.x0 - before.x1
    is_drawn = after.spaces == 1 and after.order == before.order + 1
    is_wide = gap > (_word_space(glyphs, height) if is_drawn else max(_TIGHT * height, typed()))
    if (is_wide and (is_drawn or gap > _SPACE * height)) or (not is_drawn and has_spaces()):
        return False
    below = _text_below(before, after, span, bottom, glyphs, height, are_known)
    if is_wide:  # letters or words may be set wide: only text that runs on below tells
        return not are_known and below.across >= _SURE and below.right <= _RUNS_ON * below.across
    if are_known:  # a spelling speaks for two labels: only the text can speak against
        return is_drawn and below.across >= _SURE and below.across > _RUNS_ON * max(below.left, below.right)
    return not below.is_parted and (is_drawn or below.across > 0 or not (left[1] or right[1]))


def _word_space(glyphs: Glyphs, height: float) -> float:
    """How wide a drawn space is at most: of a typewriter's font, wider than of others."""
    gap = (glyphs.x0[1:] - glyphs.x1[:-1])[glyphs.space_before[1:] == 1]
    gap = gap[(gap > 0) & (gap < height)]
    return max(_SPACE * height, 1.1 * float(np.median(gap))) if len(gap) else _SPACE * height


def _neighbours(left: list[HeaderWord], right: list[HeaderWord]) -> tuple[HeaderWord, HeaderWord] | None:
    """The last word of one label and the first of the next on the first line that both have."""
    for line in sorted({word.line for word in left} & {word.line for word in right}):
        before = max((word for word in left if word.line == line), key=lambda word: word.x1)
        after = min((word for word in right if word.line == line), key=lambda word: word.x0)
        return before, after
    return None


def _text_below(
    before: HeaderWord,
    after: HeaderWord,
    span: tuple[float, float],
    bottom: float,
    glyphs: Glyphs,
    height: float,
    is_exact: bool = False,
) -> _Below:
    """What stands below the two words, and all of the labels that these end and begin (*span*), from the height
    *bottom* downwards. With *is_exact* texts run on only where they
    cover the middle of the white between the words: those of two columns may end and begin there with one space."""
    x0, x1 = glyphs.x0, glyphs.x1
    near = np.flatnonzero((glyphs.top >= bottom - 0.2 * height) & (x1 > span[0] - height) & (x0 < span[1] + height))
    if not len(near):
        return _Below(0, 0, 0)
    middle = (before.x1 + after.x0) / 2
    gap = x0[near[1:]] - x1[near[:-1]]
    goes_on = (np.diff(near) == 1) & (np.abs(np.diff(glyphs.bottom[near])) < 0.5 * height) & (gap > -0.5 * height)
    goes_on &= (gap <= WORD_GAP * height) | (
        (glyphs.space_before[near[1:]] == 1) & (gap <= _word_space(glyphs, height))
    )
    slack = 0.15 * height
    there = np.abs(x0[near[1:]] - after.x0) < slack
    ends = x1[near[:-1]][there & goes_on]
    in_one = goes_on if glyphs.joint is None else ~glyphs.joint[near[1:]]
    begins_here = np.count_nonzero(there & ~(goes_on & in_one)) >= _SURE
    if begins_here or (len(ends) and np.ptp(ends) > _VARIES * height):
        goes_on &= ~there  # of two columns: others begin here, too, or texts of any width end before
    begin = np.concatenate(([0], np.flatnonzero(~goes_on) + 1))
    start, end = np.minimum.reduceat(x0[near], begin), np.maximum.reduceat(x1[near], begin)
    across = (start < middle - slack) & (end > middle + slack)
    if is_exact:
        across &= np.maximum.reduceat((x0[near] < middle) & (x1[near] > middle), begin)
    right = ~across & (start >= middle - slack) & (start < span[1])
    return _Below(
        int(np.count_nonzero(across)),
        int(np.count_nonzero(~across & (end <= middle + slack) & (end > span[0]))),
        int(np.count_nonzero(right)),
        int(np.count_nonzero(right & (np.abs(start - after.x0) < slack))),
    )
