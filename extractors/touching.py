"""Glyphs that touch on a page: where the one on the left ends, where the other begins, and the words they are in."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, fields, replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from extractors.glyphs import Floats, Glyphs, PageContent
from extractors.pdfium_calls import address, text_object

Bools = NDArray[np.bool_]
Numbers = NDArray[np.int64]
Bodies = Sequence[tuple[PageContent, Bools]]
"""Pages, each with a mask of the glyphs that are table body."""

_TOUCH = 0.14
"""Of the glyph height: the widest white, or overlap, between glyphs that touch."""
_IN_PIECES = 0.3
"""Share of the glyphs that touch and yet are of two texts from which on words themselves are drawn in pieces."""


def mark_joints(text_page: Any, glyphs: Glyphs, index: Numbers) -> Glyphs:
    """The glyphs, told which begin a text right where that of the one before ends; none where words are drawn in
    pieces. *index* holds each glyph's number among pdfium's characters."""
    if len(glyphs) < 2:
        return glyphs
    text = text_object(index, address(text_page))
    same = text[1:] == text[:-1]
    is_long = np.concatenate((same, [False])) | np.concatenate(([False], same))
    touching = _touching(glyphs)
    joint = touching & ~same & (is_long[1:] | is_long[:-1])  # letters drawn one by one part no words
    if np.count_nonzero(joint) > _IN_PIECES * np.count_nonzero(touching):
        joint[:] = False
    joint = np.concatenate(([False], joint))
    return replace(glyphs, joint=joint)


def _touching(glyphs: Glyphs) -> Bools:
    """Which glyphs, but the first, touch the one before."""
    height = glyphs.bottom[1:] - glyphs.top[1:]
    near = np.abs(glyphs.x0[1:] - glyphs.x1[:-1]) <= _TOUCH * height
    is_level = np.abs(glyphs.bottom[1:] - glyphs.bottom[:-1]) < 0.5 * height
    return np.asarray(near & is_level & (glyphs.space_before[1:] == 0))


@dataclass(frozen=True, slots=True)
class Met:
    """Where glyphs touch in the table body: the end of the left one, the begin of the right one, whether two texts meet
    there, where the word that both are in begins and ends (points), and that word's first glyph, the right one, and the
    first behind the word (their numbers, and that of the page). All arrays have one length."""

    end: Floats
    begin: Floats
    joint: Bools
    first: Floats
    last: Floats
    word: Numbers
    glyph: Numbers
    behind: Numbers
    page: Numbers

    def at(self, chosen: Bools) -> Met:
        """Those that are *chosen*."""
        return Met(*(getattr(self, name)[chosen] for name in _COLUMNS))

    def halves(self, bodies: Bodies) -> set[tuple[str, str]]:
        """The different words that meet here, left and right of the place."""
        texts = [content.glyphs.text for content, _ in bodies]
        places = zip(self.page.tolist(), self.word.tolist(), self.glyph.tolist(), self.behind.tolist(), strict=True)
        return {(texts[page][word:glyph], texts[page][glyph:behind]) for page, word, glyph, behind in places}


_COLUMNS = [column.name for column in fields(Met)]


def find_met(bodies: Bodies) -> Met:
    """All places where glyphs touch on the pages."""
    found = [_met(content.glyphs, mask, number) for number, (content, mask) in enumerate(bodies)]
    return Met(*(np.concatenate([getattr(met, name) for met in found]) for name in _COLUMNS))


def _met(glyphs: Glyphs, mask: Bools, number: int) -> Met:
    none, nowhere = np.empty(0), np.empty(0, np.int64)
    if len(glyphs) < 2:
        return Met(none, none, none.astype(np.bool_), none, none, nowhere, nowhere, nowhere, nowhere)
    near = _touching(glyphs) & mask[1:] & mask[:-1]
    word = np.concatenate(([0], np.cumsum(~near)))
    starts = np.flatnonzero(np.concatenate(([True], ~near)))
    first, last = np.minimum.reduceat(glyphs.x0, starts)[word], np.maximum.reduceat(glyphs.x1, starts)[word]
    joint = glyphs.joint if glyphs.joint is not None else np.zeros(len(glyphs), np.bool_)
    at = np.flatnonzero(near) + 1
    behind = np.append(starts[1:], len(glyphs))[word]
    page = np.full(len(at), number)
    return Met(glyphs.x1[at - 1], glyphs.x0[at], joint[at], first[at], last[at], starts[word[at]], at, behind[at], page)
