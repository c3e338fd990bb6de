"""Words that the headings of neighbouring columns make together, where the columns all but touch.

``TimeTime`` of the headings Search Time and Time Frame is no part of any spelling, and is two words of spellings;
``DeviTime`` where a spreadsheet cuts Total Devices at the column's edge. So is
``OrgID``, which is one heading: where such a word is parted, the text below tells
(:mod:`extractors.header_phrases`). A ruling between two of its letters tells at once.
"""

from __future__ import annotations

import functools
import re

import numpy as np
from numpy.typing import NDArray

from extractors.glyphs import Floats, Glyphs
from records.headers import header_aliases, header_spellings, normalise_header

_UNNAMED = re.compile(r"Column\d{1,2}")
"""What spreadsheet programs name a column that nobody named."""
_TIGHT = 0.12
"""Of the glyph height: how far a ruling stands from the middle between two headings that touch it, at most."""


@functools.cache
def vocabulary() -> frozenset[str]:
    """Every word of every known spelling, normalised."""
    words = {normalise_header(word) for spelling in header_spellings() for word in spelling.split()}
    return frozenset(words - {""})


@functools.cache
def _beginnings() -> frozenset[str]:
    """What is left of the words of known spellings where the next column cuts them."""
    return frozenset(word[:k] for word in vocabulary() for k in range(min(2, len(word)), len(word) + 1))


@functools.lru_cache(maxsize=4096)
def seams(word: str) -> tuple[int, ...]:
    """Where words of known spellings begin inside *word*, each with a capital letter, as few as make it whole; none
    where they do not, or where the word is a spelling itself."""
    if not any(map(str.isupper, word[1:])) or normalise_header(word) in header_aliases():
        return ()
    best: dict[int, tuple[int, ...]] = {0: ()}
    for end in range(1, len(word) + 1):
        if end < len(word) and not word[end].isupper():
            continue
        known = vocabulary() if end == len(word) else _beginnings()
        begun = [b for b in best if normalise_header(word[b:end]) in known or _UNNAMED.fullmatch(word, b, end)]
        if begun:
            first = min(begun, key=lambda begin: len(best[begin]))
            best[end] = best[first] if end == len(word) else (*best[first], end)
    return best.get(len(word), ())


def ruled_apart(glyphs: Glyphs, vertical: Floats, height: float) -> NDArray[np.bool_]:
    """Between which glyphs and the next one an upright ruling is drawn. *height* is the usual one of glyphs."""
    near = _TIGHT * height
    between = (glyphs.x1[:-1] + glyphs.x0[1:]) / 2
    places = np.unique(vertical[:, 2])
    at = np.searchsorted(places, between - near)
    may = np.flatnonzero((at < len(places)) & (places[np.minimum(at, len(places) - 1)] <= between + near))
    apart = np.zeros(len(between), np.bool_)
    middle = (glyphs.top + glyphs.bottom)[1:] / 2
    for k in may.tolist():
        beside = np.abs(vertical[:, 2] - between[k]) <= near
        apart[k] = bool((beside & (vertical[:, 0] <= middle[k]) & (vertical[:, 1] >= middle[k])).any())
    return apart
