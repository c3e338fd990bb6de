"""The widths of a document's glyphs, learnt from the pages of its sample, which are read glyph by glyph."""

from __future__ import annotations

from collections import Counter
from typing import Any

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
_PARTS = 1000.0
"""Parts of a point to which widths are told apart."""
_MOST = 1 << 24
"""More of these parts than any glyph is wide."""
_UNKNOWN = 1e6
"""Points: too much for any word."""
_NOWHERE = np.full(_CODES + 1, _UNKNOWN)
_FINE = 4000.0
"""Parts of a point to which the shapes of letters are told apart: boxes are stored in hundredths."""
_BITS = 17
"""Of a length in fine parts, in the number that holds a letter with its shape."""


class Widths:
    """For each glyph height and code point the usual width, in points. Where two fonts have one height, the one that is
    printed most is known, and words of the other turn out not to fit.

    Where the engine tells the letters' own heights, :attr:`letters` are known instead, those of the font and size that
    is printed most: shape (3, code points), width, rise above and drop below the baseline.
    """

    def __init__(self) -> None:
        self._seen: dict[int, Counter[tuple[int, float]]] = {}
        self._shapes: Counter[int] = Counter()
        self._words = self._level = 0
        self._tables: dict[int, Floats] = {}
        self.letters: Floats | None = None

    @property
    def is_known(self) -> bool:
        return bool(self._tables) or self.letters is not None

    def learn(self, codes: NDArray[np.uint32], box: Floats, first: NDArray[np.int64], baseline: Floats) -> None:
        """Look at a page's glyphs in *box* (x0, top, x1, bottom), words of which begin at *first* and stand on
        *baseline*."""
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
        widths = np.rint((box[2] - box[0])[used] * _PARTS).astype(np.int64)
        told, counts = np.unique((keys * _CODES + codes[used]) * _MOST + widths, return_counts=True)
        for one, count in zip(told.tolist(), counts.tolist(), strict=True):
            place, width = divmod(one, _MOST)
            key, code = divmod(place, _CODES)
            self._seen.setdefault(key, Counter())[code, width / _PARTS] += count
        if 2 * np.count_nonzero(is_level) < len(first):
            self._learn_letters(codes, box, np.repeat(baseline, size))

    def _learn_letters(self, codes: NDArray[np.uint32], box: Floats, baseline: Floats) -> None:
        lengths = np.rint(np.stack((box[2] - box[0], baseline - box[1], box[3] - baseline)) * _FINE)
        used = (codes < _CODES) & (np.abs(lengths) < 1 << (_BITS - 1)).all(axis=0)
        told = codes[used].astype(np.int64)
        for length in lengths[:, used].astype(np.int64):
            told = (told << _BITS) + length + (1 << (_BITS - 1))
        shapes, counts = np.unique(told, return_counts=True)
        self._shapes.update(dict(zip(shapes.tolist(), counts.tolist(), strict=True)))

    def _usual_letters(self) -> dict[str, list[float]]:
        """Code point -> width, rise and drop."""
        best: dict[int, tuple[int, int]] = {}
        for shape, count in self._shapes.items():
            code = shape >> 3 * _BITS
            best[code] = max(best.get(code, (0, 0)), (count, shape))
        zero, mask = 1 << (_BITS - 1), (1 << _BITS) - 1
        return {
            str(code): [((shape >> at & mask) - zero) / _FINE for at in (2 * _BITS, _BITS, 0)]
            for code, (_, shape) in sorted(best.items())
        }

    def to_json(self) -> dict[str, Any]:
        """What was learnt: ``levels``, height (in steps) -> code point -> width, or where the glyphs of words are not
        level ``letters``, code point -> width, rise and drop."""
        if self._level < _ENOUGH * self._words:
            return {"letters": self._usual_letters()}
        usual: dict[str, dict[str, float]] = {}
        for key, counted in self._seen.items():
            best: dict[int, tuple[int, float]] = {}
            for (code, width), count in counted.items():
                best[code] = max(best.get(code, (0, 0.0)), (count, width))
            usual[str(key)] = {str(code): width for code, (_, width) in sorted(best.items())}
        return {"levels": usual}

    def use(self, told: dict[str, Any]) -> None:
        """Take what :meth:`to_json` told, and learn no more."""
        for key, table in told.get("levels", {}).items():
            made = np.full(_CODES + 1, _UNKNOWN)
            made[[int(code) for code in table]] = list(table.values())
            self._tables[int(key)] = made
        if told.get("letters"):
            self.letters = np.full((3, _CODES + 1), _UNKNOWN)
            self.letters[:, [int(code) for code in told["letters"]]] = np.array(list(told["letters"].values())).T

    def of(self, codes: NDArray[np.uint32], height: Floats, size: NDArray[np.int64]) -> Floats:
        """The width of every glyph of some words (*codes*, word after word), given the *height* of each word's first
        glyph and its *size*; far too much where it is not known."""
        known = np.minimum(codes, _CODES)
        if self.letters is not None:
            return np.asarray(self.letters[0, known])
        keys = np.rint(height * _STEP).astype(np.int64)
        usual = int(keys[0])
        found: Floats = self._tables.get(usual, _NOWHERE)[known]
        for key in set(keys.tolist()) - {usual}:
            mine = np.repeat(keys == key, size)
            found[mine] = self._tables.get(key, _NOWHERE)[known[mine]]
        return found

    def levels_of(self, codes: NDArray[np.uint32]) -> tuple[Floats, Floats] | None:
        """Rise and drop of every glyph; None where a word's glyphs are level."""
        if self.letters is None:
            return None
        _, rise, drop = self.letters[:, np.minimum(codes, _CODES)]
        return rise, drop
