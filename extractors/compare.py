"""The two engines' glyph streams of one page, compared before any layout."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

import numpy as np

from extractors.glyphs import PageContent

X_TOLERANCE = 0.15
"""Of the glyph height. Rounding stays far below; fonts that are not embedded have metrics of the engine's own."""
Y_TOLERANCE = 0.3
"""Of the glyph height, on the bottom edge: tops differ by definition (font ascent against font size), and the engines
know other descents of fonts that are not embedded."""


@dataclass(frozen=True, slots=True)
class Difference:
    """One kind of difference and how many glyphs show it."""

    kind: str
    count: int

    def __str__(self) -> str:
        return f"{self.kind}: {self.count}"


def glyph_differences(fast: PageContent, reference: PageContent) -> list[Difference]:
    """Every kind of difference between two engines' views of one page; empty when they agree.

    Kinds: ``page size``, ``only fast``/``only reference`` (glyphs by character), ``order`` (same glyphs, drawn order
    differs), ``x`` and ``bottom`` (boxes further apart than the tolerance, glyph by glyph in reading order).
    """
    a, b = fast.glyphs, reference.glyphs
    found: list[Difference] = []
    if abs(fast.width - reference.width) > 0.5 or abs(fast.height - reference.height) > 0.5:
        found.append(Difference("page size", 1))
    only_a, only_b = Counter(a.text) - Counter(b.text), Counter(b.text) - Counter(a.text)
    if only_a:
        found.append(Difference("only fast", sum(only_a.values())))
    if only_b:
        found.append(Difference("only reference", sum(only_b.values())))
    if only_a or only_b:
        return found
    i, j = np.arange(len(a)), np.arange(len(b))
    if a.text != b.text:
        found.append(Difference("order", sum(x != y for x, y in zip(a.text, b.text, strict=True))))
        codes_a, codes_b = (np.frombuffer(g.text.encode("utf-32-le"), np.uint32) for g in (a, b))
        i = np.lexsort((np.round(a.x0), np.round(a.bottom), codes_a))
        j = np.lexsort((np.round(b.x0), np.round(b.bottom), codes_b))
    near = X_TOLERANCE * (b.bottom - b.top)[j]
    far_x = (np.abs(a.x0[i] - b.x0[j]) > near) | (np.abs(a.x1[i] - b.x1[j]) > near)
    far_y = np.abs(a.bottom[i] - b.bottom[j]) > Y_TOLERANCE * (b.bottom - b.top)[j]
    if far_x.any():
        found.append(Difference("x", int(far_x.sum())))
    if far_y.any():
        found.append(Difference("bottom", int(far_y.sum())))
    return found
