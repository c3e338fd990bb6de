"""The widths of a document's glyphs, learnt from the pages of its sample, which are read glyph by glyph."""

from __future__ import annotations

from collections import Counter

import numpy as np
from numpy.typing import NDArray

from extractors.glyphs import Floats

_CODES = 0x500
"""Code points with a width of their own in the tables: Latin, Greek and Cyrillic; others are never known."""
_STEP = 50.0
"""Parts of a point to which glyphs of one font and size agree in height."""
LEVEL = 0.003
"""Of the glyph height: tops and bottoms of one font's glyphs differ by less, where the engine tells the font's and not
the letters' own."""
_ENOUGH = 0.7
"""Share of the sample's words whose glyphs must be level; else the font's glyphs are asked one by one."""
_UNKNOWN = 1e6
"""Points: too much for any word."""
_NOWHERE = np.full(_CODES + 1, _UNKNOWN)


class Widths:
    """For each glyph height and code point the usual width, in points. Where two fonts have one height, the one that is
    printed most is known, and words of the other turn out not to fit."""

    def __init__(self) -> None:
        self._seen: dict[int, Counter[tuple[int, float]]] = {}
        self._words = self._level = 0
        self._tables: dict[int, Floats] = {}

    @property
    def is_known(self) -> bool:
        return bool(self._tables)

    def learn(self, codes: NDArray[np.uint32], box: Floats, first: NDArray[np.int64]) -> None:
        """Look at a page's glyphs in *box* (x0, top, x1, bottom), words of which begin at *first*."""
        size = np.diff(np.append(first, len(codes)))
        height = box[3, first] - box[1, first]
        is_level = np.ones(len(first), np.bool_)
        for side in (box[1], box[3]):
            spread = np.maximum.reduceat(side, first) - np.minimum.reduceat(side, first)
            is_level &= spread < LEVEL * height
        self._words += len(first)
        self._level += int(is_level.sum())
        used = np.flatnonzero(np.repeat(is_level, size) & (codes < _CODES))
        keys = np.repeat(np.rint(height * _STEP).astype(np.int64), size)[used]
        widths = np.round((box[2] - box[0])[used], 3)
        for key in set(keys.tolist()):
            mine = keys == key
            told = zip(codes[used][mine].tolist(), widths[mine].tolist(), strict=True)
            self._seen.setdefault(key, Counter()).update(told)

    def to_json(self) -> dict[str, dict[str, float]]:
        """What was learnt: height (in steps) -> code point -> width; empty where the glyphs of words are not level."""
        if self._level < _ENOUGH * self._words:
            return {}
        usual: dict[str, dict[str, float]] = {}
        for key, counted in self._seen.items():
            best: dict[int, tuple[int, float]] = {}
            for (code, width), count in counted.items():
                best[code] = max(best.get(code, (0, 0.0)), (count, width))
            usual[str(key)] = {str(code): width for code, (_, width) in sorted(best.items())}
        return usual

    def use(self, told: dict[str, dict[str, float]]) -> None:
        """Take what :meth:`to_json` told, and learn no more."""
        for key, table in told.items():
            made = np.full(_CODES + 1, _UNKNOWN)
            made[[int(code) for code in table]] = list(table.values())
            self._tables[int(key)] = made

    def of(self, codes: NDArray[np.uint32], height: Floats, size: NDArray[np.int64]) -> Floats:
        """The width of every glyph of some words (*codes*, word after word), given the *height* of each word's first
        glyph and its *size*; far too much where it is not known."""
        keys, place = np.unique(np.rint(height * _STEP).astype(np.int64), return_inverse=True)
        stacked = np.stack([self._tables.get(key, _NOWHERE) for key in keys.tolist()])
        found: Floats = stacked[np.repeat(place, size), np.minimum(codes, _CODES)]
        return found
