"""What two readers saw in one place -> one line of text, how far they agree, and the places of its words."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from extractors.pictures.pieces import Piece, box_of
from extractors.pictures.rapid import NAME as RAPID
from extractors.pictures.rapid import Recognized
from extractors.pictures.read_page import Box, Reading, TextLine, Word
from extractors.pictures.witness import Seen
from extractors.tesseract import NAME as WITNESS
from records.marks import Agreement

_SPACE = 0.2
"""Ink heights: a wider gap is a space where the line itself has nothing to compare it with."""
_SLACK = 0.25
"""Ink heights by which the reader's place of a character may be off."""
_SAME = str.maketrans("\u2018\u2019\u201c\u201d\u2013\u2014\u00d7", "''\"\"--x")
"""Signs that fonts or readers do not tell apart: no reason to say that the readers differ."""


def letters(text: str) -> str:
    """What is compared: without spaces, quotes and dashes plain."""
    return "".join(text.split()).translate(_SAME)


def agree(
    piece: Piece, read: Sequence[Recognized], seen: Sequence[Seen], layer: TextLine | None = None
) -> TextLine | None:
    """The line of one piece; None where nobody read anything.

    *read* and *seen* are the looks of the main reader and of the witness, the first one first. Letters that both have
    seen win, else the main reader's. Spaces are decided by both and, where they differ, by the gaps of the ink.
    """
    read = [one for one in read if one.text]
    seen = [one for one in seen if one.text]
    box = box_of(piece)
    readings = [Reading(RAPID, one.text, one.score, box) for one in read]
    readings += [Reading(WITNESS, one.text, one.score, box) for one in seen]
    if layer is not None:
        readings.append(Reading("layer", layer.text, None, layer.box))
    if not readings:
        return None
    agreement, main, other = _best_pair(read, seen, layer)
    if main is None or not main.centers:
        text = (main or seen[0]).text if main or seen else readings[0].text
        return TextLine(text, box, _words_by_share(piece, text), agreement, tuple(readings))
    text, words = _spaced(piece, main, other)
    return TextLine(text, box, words, agreement, tuple(readings))


def _best_pair(
    read: Sequence[Recognized], seen: Sequence[Seen], layer: TextLine | None
) -> tuple[Agreement, Recognized | None, str | None]:
    """How far the readers agree, the main reader's look that does, and the other reader's text."""
    others = [one.text for one in seen] + ([layer.text] if layer is not None else [])
    pairs = [(main, other) for main in read for other in others]
    for main, other in pairs:
        if main.text.translate(_SAME) == other.translate(_SAME):
            return (Agreement.BOTH if _is_most(main.text, read, others) else Agreement.DIFFER), main, other
    for main, other in pairs:
        if letters(main.text) == letters(other):
            return (Agreement.SPACES if _is_most(main.text, read, others) else Agreement.DIFFER), main, other
    if pairs:
        return Agreement.DIFFER, *pairs[0]
    if layer is not None and any(letters(one.text) == letters(layer.text) for one in seen):
        return Agreement.BOTH, None, None
    return Agreement.ONE, read[0] if read else None, None


def _is_most(text: str, read: Sequence[Recognized], others: Sequence[str]) -> bool:
    """Whether more than half of all looks saw these letters: a pair that only a second look made is not enough."""
    looks = [one.text for one in read] + list(others)
    return 2 * sum(letters(look) == letters(text) for look in looks) > len(looks)


@dataclass(frozen=True, slots=True)
class _Gap:
    """Between two neighbouring characters: widest run without ink, its middle, and who sees a space there."""

    width: float
    middle: float
    read_space: bool
    seen_space: bool | None


def _spaced(piece: Piece, read: Recognized, other: str | None) -> tuple[str, tuple[Word, ...]]:
    """The text with its spaces, and its words with the boxes of their ink."""
    characters = read.text.replace(" ", "")
    gaps = _gaps(piece, read, other)
    threshold = _threshold(gaps, piece.height)
    cuts = [
        index
        for index, gap in enumerate(gaps)
        if (gap.read_space if gap.seen_space in (None, gap.read_space) else gap.width >= threshold)
    ]
    words = []
    for start, stop in zip([0, *(c + 1 for c in cuts)], [*(c + 1 for c in cuts), len(characters)], strict=True):
        x0 = gaps[start - 1].middle if start else float(piece.box[0])
        x1 = gaps[stop - 1].middle if stop < len(characters) else float(piece.box[2])
        words.append(Word(characters[start:stop], _ink_box(piece, x0, x1)))
    return " ".join(word.text for word in words), tuple(words)


def _gaps(piece: Piece, read: Recognized, other: str | None) -> list[_Gap]:
    spaces = _space_flags(read.text)
    by_seen = _mapped_spaces(read.text, other) if other else [None] * len(spaces)
    left, width = piece.crop[0], piece.crop[2] - piece.crop[0]
    centers = [left + center * width - piece.box[0] for center in read.centers]
    blank = np.asarray(~piece.ink.any(axis=0))
    slack = _SLACK * piece.height
    found = []
    for index, (a, b) in enumerate(pairwise(centers)):
        wide, middle = _widest(blank, a - slack, b + slack)
        found.append(_Gap(wide, piece.box[0] + middle, spaces[index], by_seen[index]))
    return found


def _space_flags(text: str) -> list[bool]:
    """For every non-space character whether a space follows it."""
    return [follow == " " for here, follow in zip(text, [*text[1:], ""], strict=True) if here != " "]


def _mapped_spaces(main: str, other: str) -> list[bool | None]:
    """For every non-space character of *main* whether *other* has a space behind it; None where they do not match."""
    flags = _space_flags(other)
    found: list[bool | None] = [None] * len(letters(main))
    for a, b, size in SequenceMatcher(None, letters(main), letters(other), autojunk=False).get_matching_blocks():
        for step in range(size - 1):  # the last of a block may have another neighbour
            found[a + step] = flags[b + step]
    return found


def _widest(blank: NDArray[np.bool_], a: float, b: float) -> tuple[float, float]:
    """The widest run without ink between two columns, and its middle; width 0 in the middle where there is none."""
    first, last = max(0, int(a)), min(len(blank), int(b) + 1)
    edges = np.flatnonzero(np.diff(np.concatenate(([False], blank[first:last], [False])).astype(np.int8)))
    if len(edges) == 0:
        return 0.0, (a + b) / 2
    runs = edges.reshape(-1, 2)
    start, stop = runs[int(np.argmax(runs[:, 1] - runs[:, 0]))]
    return float(stop - start), first + float(start + stop) / 2


def _threshold(gaps: list[_Gap], height: int) -> float:
    """The width from which a gap is a space on this line: between what both call a space and what both do not."""
    agreed = [gap for gap in gaps if gap.seen_space is gap.read_space]
    spaces = [gap.width for gap in agreed if gap.read_space]
    inner = [gap.width for gap in agreed if not gap.read_space]
    if spaces and inner and min(spaces) > max(inner):
        return (min(spaces) + max(inner)) / 2
    return _SPACE * height


def _ink_box(piece: Piece, x0: float, x1: float) -> Box:
    """The box of the ink between two columns of the page."""
    left, top = piece.box[:2]
    first, last = max(0, round(x0 - left)), min(piece.ink.shape[1], round(x1 - left))
    part = piece.ink[:, first:last]
    columns, rows = np.flatnonzero(part.any(axis=0)), np.flatnonzero(part.any(axis=1))
    if len(columns) == 0:
        return x0, float(top), x1, float(piece.box[3])
    return (
        float(left + first + columns[0]),
        float(top + rows[0]),
        float(left + first + columns[-1] + 1),
        float(top + rows[-1] + 1),
    )


def _words_by_share(piece: Piece, text: str) -> tuple[Word, ...]:
    """Words with boxes by their share of the characters: the best there is without places of characters."""
    x0, top, x1, bottom = box_of(piece)
    words, at = [], 0
    for word in text.split():
        start = text.index(word, at)
        at = start + len(word)
        step = (x1 - x0) / max(1, len(text))
        words.append(Word(word, (x0 + start * step, top, x0 + at * step, bottom)))
    return tuple(words)
