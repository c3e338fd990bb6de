"""Lines of text as runs: one run of words without a wide gap, in working pixels, and which line it is of."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from extractors.pictures.marks.ground import Ground, letters_between, middle_of_letters
from extractors.pictures.marks.words import glued_words, is_bare_word, state_word
from extractors.pictures.read_page import Box, TextLine

_WIDE_GAP = 1.5
"""Line heights between two words that part two columns."""


@dataclass(frozen=True, slots=True)
class Run:
    """``line``: index in ``ReadPicture.lines``. A line of one column is one run."""

    line: int
    text: str
    box: Box
    middle: float
    """Half-way up the small letters: it does not depend on which letters rise or hang."""
    size: float = 0.0
    """Of the letters, by those that rise and hang in its text: that of the font, in pixels."""
    tone: float = 0.0
    """Difference between the letters and their ground, in levels."""

    @property
    def height(self) -> float:
        return self.box[3] - self.box[1]


def runs_of(lines: tuple[TextLine, ...], ground: Ground) -> list[Run]:
    """The runs of all lines, in the order of the lines; boxes end a little above and below the letters."""
    scale, margin = ground.scale, 0.1 * ground.line_height
    found: list[Run] = []
    for index, line in enumerate(lines):
        for text, box in _parts(line):
            scaled = (box[0] * scale, box[1] * scale, box[2] * scale, box[3] * scale)
            top, bottom = letters_between(ground, scaled)
            middle = middle_of_letters(ground, (scaled[0], top, scaled[2], bottom))
            tight = (scaled[0], top - margin, scaled[2], bottom + margin)
            tone = float(np.percentile(ground.ink[ground.cut(tight)], 96))
            found.append(Run(index, text, tight, middle, _size(text, _lowest(ground, tight, bottom) - top), tone))
    return found


def remeasured(run: Run, ground: Ground) -> Run:
    """*run*, cut since it was measured, with the height of the letters that are left."""
    top, bottom = letters_between(ground, run.box)
    margin = 0.1 * ground.line_height
    box = (run.box[0], top - margin, run.box[2], bottom + margin)
    middle = middle_of_letters(ground, (box[0], top, box[2], bottom))
    size = _size(run.text, _lowest(ground, box, bottom) - top)
    return replace(run, box=box, middle=middle, size=size, tone=float(np.percentile(ground.ink[ground.cut(box)], 96)))


def explains(run: Run, label: Run) -> bool:
    """Whether *run* is set smaller or paler than *label*, as a line is that explains it."""
    return run.size <= 0.94 * label.size or run.tone <= 0.75 * label.tone


def _lowest(ground: Ground, box: Box, bottom: float) -> float:
    """Where the letters end that begin above *bottom*: one thin letter that hangs alone is easily overlooked."""
    rows, columns = ground.cut((box[0], bottom, box[2], bottom + 0.3 * (box[3] - box[1])))
    inked = (ground.ink[rows, columns] > 0.4 * ground.contrast).sum(axis=1)
    few = (inked > 0) & (inked <= 0.1 * (box[2] - box[0]))  # more is a ruling or the next line
    return bottom + float(np.argmin(few) if not few.all() else len(few))


_HANGS = {
    sign: share for signs, share in (("gjpqy", 0.21), ("()[]|", 0.17), (",;", 0.12), ("/Q", 0.08)) for sign in signs
}
"""How far letters hang below the line, in shares of a font's size."""


def _size(text: str, height: float) -> float:
    """Of letters *height* high together: those that rise are 0.73 of a font's size, t 0.66, small ones 0.53."""
    rises = any(c.isupper() or c.isdigit() or c in "bdfhkl/|()[]&" for c in text)
    return height / (
        (0.73 if rises else 0.66 if "t" in text else 0.53) + max((_HANGS.get(c, 0.0) for c in text), default=0.0)
    )


def letters_in(text: str) -> float:
    """How long a text is set, in letters of usual width."""
    return sum(0.5 if c in " iljtfrI.,'|()/-" else 1.5 if c in "mwMW" else 1.25 if c.isupper() else 1.0 for c in text)


def widest(text: str, unit: float) -> float:
    """How long a word is set at most on lines *unit* high: what is longer holds a sign that no reader read."""
    return (0.75 * min(len(text), letters_in(text)) + 0.6) * unit / 1.2


def letter_length(run: Run) -> float:
    """Of one letter of *run*, in working pixels."""
    return (run.box[2] - run.box[0]) / max(1.0, letters_in(run.text))


def without_start(run: Run, from_x: float, text: str) -> Run:
    """*run* without what stands before *from_x*."""
    return replace(run, text=text, box=(max(run.box[0], from_x), *run.box[1:]))


def without_end(run: Run, to_x: float, text: str) -> Run:
    """*run* without what stands after *to_x*."""
    return replace(run, text=text, box=(run.box[0], run.box[1], min(run.box[2], to_x), run.box[3]))


def _options(line: TextLine) -> list[tuple[str, Box]]:
    """The two words of which one is chosen, ``On Off`` or ``O Yes O No``, each with the sign before it that a reader
    may have taken for a letter; none where the line says anything else."""
    found: list[tuple[str, Box]] = []
    start = line.box[0]
    glued = glued_words(line.text)
    if glued is not None:  # each with a sign before it that takes the room of three letters
        share = (len(glued[0]) + 3) / (len(glued[0]) + len(glued[1]) + 6)
        middle = line.box[0] + share * (line.box[2] - line.box[0])
        return [(glued[0], (*line.box[:2], middle, line.box[3])), (glued[1], (middle, *line.box[1:]))]
    for word in line.words:
        if len(word.text) <= 2 and not is_bare_word(word.text):
            continue
        if state_word(word.text) is None:
            return []
        found.append((word.text, (start, line.box[1], word.box[2], line.box[3])))
        start = next((w.box[0] for w in line.words if w.box[0] >= word.box[2]), word.box[2])
    return found if len({state_word(text) for text, _ in found}) == len(found) == 2 else []


def _parts(line: TextLine) -> list[tuple[str, Box]]:
    options = _options(line)
    if options:
        return options
    if len(line.words) < 2 or " ".join(w.text for w in line.words) != line.text:
        return [(line.text, line.box)]
    gap = _WIDE_GAP * (line.box[3] - line.box[1])
    groups = [[line.words[0]]]
    for word in line.words[1:]:
        if word.box[0] - groups[-1][-1].box[2] > gap:
            groups.append([word])
        else:
            groups[-1].append(word)
    if len(groups) == 1:
        return [(line.text, line.box)]
    return [
        (" ".join(w.text for w in group), (group[0].box[0], line.box[1], group[-1].box[2], line.box[3]))
        for group in groups
    ]
