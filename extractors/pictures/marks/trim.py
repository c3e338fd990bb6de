"""Labels without the mark that a reader took for a letter: ``V Stolen Vehicle``, ``O Stolen Plate``, ``☑ Missing``."""

from __future__ import annotations

import re

import numpy as np

from extractors.pictures.marks.candidates import Candidate
from extractors.pictures.marks.ground import Ground
from extractors.pictures.marks.runs import Run, without_end, without_start
from extractors.pictures.marks.series import Kind
from extractors.pictures.marks.words import is_bare_word
from extractors.pictures.read_page import TextLine

_MARK_LETTERS = re.compile(r"^[\W_]{0,3}(?:[xXvVoO0DdlI1√口回日曰田]|El|EI|Cl|17|VI|VA|\W)[\W_]{0,2}$")
"""What readers make of boxes and ticks."""
_GLUED_START = re.compile(r"^[\W_]*(?:[oO0](?=[A-Zon])|[√口回日曰田])?[\W_]*")
_GLUED_END = re.compile(r"(?:[\W_]+|[oO0]|[√口回日曰田])$")


def trim_marks(runs: list[Run], kinds: list[Kind], lines: tuple[TextLine, ...], ground: Ground) -> list[Run]:
    """Every run cut where a mark begins or ends; a run that is nothing but a mark goes."""
    marks = [c for kind in kinds if len(kind.members) > 1 and kind.family != "tick" for c in kind.members]
    # A tick in a line of words was told from a letter by how it stands off them; alone it is a line of its own.
    ticks = [c for kind in kinds if len(kind.members) > 1 and kind.family == "tick" for c in kind.members]
    trimmed: list[Run] = []
    for run in runs:
        left: Run | None = None if any(_is_edge(run, mark) for mark in marks) else run
        for mark in marks + ticks if len(run.text) > _SIGNS else marks:
            if left is not None and run.box[1] <= mark.middle[1] <= run.box[3]:
                left = _cut(left, mark, lines[run.line], ground)
        if left is not None:
            trimmed.append(left)
    return trimmed


_SIGNS = 3
"""Letters that readers make of a lone sign, at most."""


def _is_edge(run: Run, mark: Candidate) -> bool:
    """Whether a reader took the edge of a box for a letter: a narrow one, on the edge. What begins within the mark is
    no letter of a label, whatever it was read as."""
    on_row = run.box[1] <= mark.middle[1] <= run.box[3]
    if not on_row or len(run.text) > 2 or run.box[0] < mark.box[0] - 3:
        return False
    over = (run.box[2] - mark.box[2]) / mark.width
    is_within = run.box[0] < mark.box[2] - 0.5 and not is_bare_word(run.text)
    return (over <= 0.3 and bool(_MARK_LETTERS.match(run.text))) or (over <= 0.6 and is_within)


def _cut(run: Run, mark: Candidate, line: TextLine, ground: Ground) -> Run | None:
    x, scale = mark.middle[0], ground.scale
    if not run.box[0] <= x <= run.box[2] or (mark.box[0] < run.box[0] and mark.box[2] > run.box[2]):
        return run
    words = [
        (w.text, w.box[0] * scale, w.box[2] * scale)
        for w in line.words
        if w.box[2] * scale > run.box[0] - 1 and w.box[0] * scale < run.box[2] + 1
    ]
    at_start = x - run.box[0] < run.box[2] - x
    if at_start:
        kept = [w for w in words if (w[1] + w[2]) / 2 > mark.box[2] or _is_word(w[0])]
        text = _text(run, [w[0] for w in kept], words, first=True)
        return without_start(run, _inked_from(run, mark.box[2] + 1, ground), text) if text else None
    kept = [w for w in words if (w[1] + w[2]) / 2 < mark.box[0] or _is_word(w[0])]
    text = _text(run, [w[0] for w in kept], words, first=False)
    return without_end(run, mark.box[0] - 1, text) if text else None


def _inked_from(run: Run, x: float, ground: Ground) -> float:
    """Where the letters of *run* begin behind *x*: that is where the labels of its list begin."""
    rows, columns = ground.cut((x, run.box[1], min(run.box[2], x + _FARTHEST * ground.line_height), run.box[3]))
    inked = np.flatnonzero(ground.ink[rows, columns].max(axis=0) > 0.3 * ground.contrast)
    return float(columns.start + inked[0]) if inked.size else x


_FARTHEST = 2.0
"""Line heights from a mark to the letters of its label that a reader put into one line with it, at most."""


def _is_word(text: str) -> bool:
    return sum(c.isalpha() for c in text) >= 2 and not _MARK_LETTERS.match(text)


def _text(run: Run, kept: list[str], words: list[tuple[str, float, float]], first: bool) -> str:
    """The words beside the mark; of a word that the mark is glued to, what is left without it."""
    if is_bare_word(run.text):
        return run.text  # nothing of it is the mark: On begins with a letter of its own
    if len(kept) < len(words):
        return " ".join(kept)
    parts = run.text.split(" ")
    glued = parts[0] if first else parts[-1]
    if len(parts) > 1 and _MARK_LETTERS.match(glued):
        return " ".join(parts[1:] if first else parts[:-1])
    stripped = _GLUED_START.sub("", glued) if first else _GLUED_END.sub("", glued)
    return " ".join([stripped, *parts[1:]] if first else [*parts[:-1], stripped]).strip()
