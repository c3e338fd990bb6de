"""A page's own text as a reader of its picture: which of its words lie on which piece of ink."""

from __future__ import annotations

from collections.abc import Sequence

from extractors.pictures.read_page import Reading, TextLine, Word
from records.marks import Agreement

LAYER = "layer"

Printed = list[TextLine | None]


def share_layer(
    lines: Sequence[TextLine], boxes: Sequence[tuple[int, int, int, int]]
) -> tuple[Printed, list[TextLine]]:
    """For every box the line of the layer's words whose middle it holds, or None; and what is left, as own lines.

    The words left over were read by nobody else: a layer may hold text that is not to be seen.
    """
    taken: list[list[Word]] = [[] for _ in boxes]
    left: list[TextLine] = []
    for line in lines:
        alone = []
        for word in line.words:
            x, y = (word.box[0] + word.box[2]) / 2, (word.box[1] + word.box[3]) / 2
            holders = [i for i, (x0, top, x1, bottom) in enumerate(boxes) if x0 <= x <= x1 and top <= y <= bottom]
            if holders:
                taken[holders[0]].append(word)
            else:
                alone.append(word)
        if alone:
            left.append(_line_of(alone))
    return [_line_of(words) if words else None for words in taken], left


def _line_of(words: list[Word]) -> TextLine:
    text = " ".join(word.text for word in words)
    corners = list(zip(*(word.box for word in words), strict=True))
    box = (min(corners[0]), min(corners[1]), max(corners[2]), max(corners[3]))
    return TextLine(text, box, tuple(words), Agreement.ONE, (Reading(LAYER, text, None, box),))
