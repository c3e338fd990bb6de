"""The words of a page, as headings are made of them, and the baselines they stand on."""

from __future__ import annotations

import functools
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from extractors.glyphs import Glyphs, Rulings
from extractors.header_glued import ruled_apart, seams
from extractors.overflow import SAME_LINE
from records.headers import normalise_header

_ANEW = 0.08
"""Of the glyph height: white that parts a capital from the small letter before it; inside a word letters touch."""
_CUT = 0.5
"""Of the glyph height: by how much a heading that is cut reaches over the next column at most."""
_PLACE, _BEGIN_THERE = 0.5, 5
"""Points, and words of a page, that begin where a heading does."""
_ENGLISH = 0x7F
"""The last code of English letters."""


@dataclass(slots=True)
class HeaderWord:
    """A run of glyphs without a space or a gap."""

    text: str
    x0: float
    top: float
    x1: float
    bottom: float
    spaces: int = 0
    """White-space glyphs drawn before it."""
    order: int = 0
    """Its place in the order in which the page draws its words."""
    line: int = 0
    """Which baseline of the page, from 0 downwards."""
    is_glued: bool = False
    """It begins right where the word before it ends."""

    @property
    def key(self) -> str:
        """The word, normalised."""
        return normalised(self.text)


@functools.lru_cache(maxsize=4096)
def normalised(word: str) -> str:
    """The word as spellings of headings are compared."""
    return normalise_header(word)


def header_words(glyphs: Glyphs, height: float, rulings: Rulings | None = None) -> list[HeaderWord]:
    """Words of the page: runs of glyphs without a space, a gap or an upright one of the *rulings* between them."""
    gap = glyphs.x0[1:] - glyphs.x1[:-1]
    apart = (np.abs(gap) > 0.2 * height) | (np.abs(np.diff(glyphs.bottom)) > SAME_LINE * height)
    apart |= glyphs.space_before[1:] > 0
    if len(glyphs) > 1:
        apart |= (np.abs(gap) > _ANEW * height) & _begins_anew(glyphs.text)
    if rulings is not None and len(rulings.vertical):
        apart |= ruled_apart(glyphs, rulings.vertical, height)
    start = np.concatenate(([0], np.flatnonzero(apart) + 1))
    end = np.append(start[1:], len(glyphs))
    whole = zip(start.tolist(), end.tolist(), _has_capital_inside(glyphs.text, start).tolist(), strict=True)
    glued = [begin + seam for begin, end, has in whole if has for seam in seams(glyphs.text[begin:end])]
    if glyphs.joint is not None:
        glued += np.setdiff1d(_joints_above_columns(glyphs, start), np.append(start, glued)).tolist()
    start = np.sort(np.append(start, np.array(glued, start.dtype)))
    end = np.append(start[1:], len(glyphs))
    x0, x1 = glyphs.x0[start].tolist(), glyphs.x1[end - 1].tolist()
    top = np.minimum.reduceat(glyphs.top, start).tolist()
    bottom = np.maximum.reduceat(glyphs.bottom, start).tolist()
    texts = [glyphs.text[a:b] for a, b in zip(start.tolist(), end.tolist(), strict=True)]
    spaces, order = glyphs.space_before[start].tolist(), range(len(start))
    words = [HeaderWord(*word) for word in zip(texts, x0, top, x1, bottom, spaces, order, strict=True)]
    for k in np.searchsorted(start, glued).tolist():
        words[k].is_glued = True
    for before, word in pairwise(words):  # cut a little further right than where the next column begins
        if word.spaces == 0 and -_CUT * height <= word.x0 - before.x1 < 0 and abs(word.bottom - before.bottom) < 1:
            word.is_glued = True
    return words


def _begins_anew(text: str) -> NDArray[np.bool_]:
    """Which characters, but the first, are a capital behind a small letter: inside a word, these stand close."""
    codes = np.frombuffer(text.encode("utf-32-le", "surrogatepass"), np.uint32)
    is_capital, is_small = (codes >= ord("A")) & (codes <= ord("Z")), (codes >= ord("a")) & (codes <= ord("z"))
    return np.asarray(is_capital[1:] & is_small[:-1])


def _has_capital_inside(text: str, start: NDArray[np.int64]) -> NDArray[np.bool_]:
    """Which words of *text*, that begin at *start*, have a capital, or a letter that is not English, behind their first
    letter: the others are one word."""
    codes = np.frombuffer(text.encode("utf-32-le", "surrogatepass"), np.uint32)
    capital = (codes >= ord("A")) & (codes <= ord("Z")) | (codes > _ENGLISH)
    capital[start] = False
    return np.asarray(np.logical_or.reduceat(capital, start))


def _joints_above_columns(glyphs: Glyphs, start: NDArray[np.int64]) -> NDArray[np.int64]:
    """Where a text begins in capitals right where one in small letters ends, above others that begin there: headings
    that touch, above cells that may touch, too. Words are parted elsewhere, too, for kerning. *start*: glyphs that
    begin a word."""
    drawn = np.flatnonzero(glyphs.joint) if glyphs.joint is not None else start[:0]
    joint = np.array([k for k in drawn.tolist() if glyphs.text[k].isupper() and glyphs.text[k - 1].islower()], np.int64)
    fresh = np.sort(glyphs.x0[np.union1d(start, drawn)])
    count = np.searchsorted(fresh, glyphs.x0[joint] + _PLACE) - np.searchsorted(fresh, glyphs.x0[joint] - _PLACE)
    return joint[count >= _BEGIN_THERE]


def baselines(words: list[HeaderWord], height: float) -> list[list[HeaderWord]]:
    """The words baseline by baseline, downwards."""
    rows: list[list[HeaderWord]] = []
    for word in sorted(words, key=lambda w: w.bottom):
        if not rows or word.bottom - rows[-1][0].bottom > SAME_LINE * height:
            rows.append([])
        word.line = len(rows) - 1
        rows[-1].append(word)
    return rows
