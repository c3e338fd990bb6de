"""The words of a page line by line, without any table: for pages whose records are no rows."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from extractors.bars import baselines
from extractors.glyphs import PageContent
from extractors.lines import WORD_GAP, glyph_height

_APART = 0.8
"""Of the glyph height: white wider than that parts a label from its value, or from what stands left of it."""


@dataclass(frozen=True, slots=True)
class PageWord:
    """A run of glyphs (indices) without a space or a gap; ``is_apart``: far from the word before it in its line."""

    text: str
    glyphs: list[int]
    x0: float
    top: float
    x1: float
    bottom: float
    is_apart: bool


def page_lines(page: PageContent) -> list[list[PageWord]]:
    """The words of all lines, downwards and from left to right."""
    glyphs = page.glyphs
    if not len(glyphs):
        return []
    height = glyph_height(glyphs)
    line = baselines(glyphs, height)
    order = np.lexsort((glyphs.x0, line)).tolist()
    spaces = glyphs.space_before.tolist()
    x0, x1 = glyphs.x0.tolist(), glyphs.x1.tolist()
    lines: list[list[list[int]]] = []
    before = -1
    for i in order:
        if before < 0 or line[i] != line[before]:
            lines.append([[i]])
        elif x0[i] - x1[before] > WORD_GAP * height or (i == before + 1 and spaces[i]):
            lines[-1].append([i])
        else:
            lines[-1][-1].append(i)
        before = i
    made = []
    for words in lines:
        told: list[PageWord] = []
        for word in words:
            gap = x0[word[0]] - told[-1].x1 if told else 0.0
            told.append(
                PageWord(
                    "".join(glyphs.text[i] for i in word), word, x0[word[0]],
                    min(float(glyphs.top[i]) for i in word), max(x1[i] for i in word),
                    max(float(glyphs.bottom[i]) for i in word), gap > _APART * height,
                )
            )  # fmt: skip
        made.append(told)
    return made


def line_text(line: list[PageWord]) -> str:
    """The words of a line, parted by single spaces."""
    return " ".join(word.text for word in line)
