"""Makes that are no marks: letters of state words, pills around numbers, dots that only repeat the word beside them."""

from __future__ import annotations

import re
from collections import Counter
from itertools import pairwise

from extractors.pictures.marks.candidates import Candidate
from extractors.pictures.marks.ground import Ground
from extractors.pictures.marks.judge_radios import chosen_circle
from extractors.pictures.marks.matrix import columns_in
from extractors.pictures.marks.runs import Run, widest
from extractors.pictures.marks.series import Kind
from extractors.pictures.marks.words import is_bare_word, state_word
from extractors.pictures.read_page import Box, TextLine


def is_no_mark(ground: Ground, kind: Kind, lines: tuple[TextLine, ...], runs: list[Run], numbered: list[Run]) -> bool:
    """Whether the members of *kind* say nothing themselves. *numbered*: runs that are numbers of a column."""
    return (
        _is_column_of_words(kind, lines, ground, runs)
        or _is_column_of_letters(kind, lines, ground)
        or _is_column_of_counts(kind, [*runs, *numbered])
        or _are_status_dots(ground, kind, runs)
    )


def _is_column_of_words(kind: Kind, lines: tuple[TextLine, ...], ground: Ground, runs: list[Run]) -> bool:
    """Whether a reader read On, Off or the like just where members stand: then they are the O of a bad print, or the
    bold N of ``Yes / No``. Lines that were parted into two options say nothing: their words stand beside signs."""
    bare = Counter(r.line for r in runs if is_bare_word(r.text))
    lines = tuple(line for index, line in enumerate(lines) if bare[index] < 2)
    places = [boxes for line in lines if (boxes := _word_boxes(line, ground))]
    said = 0
    for member in kind.members:
        x, y = member.middle[0] / ground.scale, member.middle[1] / ground.scale
        for boxes in places:
            said += any(
                1.0 < (box[2] - box[0]) * ground.scale / member.width <= 2.4
                and box[0] <= x <= box[2]
                and box[1] <= y <= box[3]
                for box in boxes
            )
    return said >= max(2, 0.15 * len(kind.members))


def _word_boxes(line: TextLine, ground: Ground) -> list[Box]:
    """Where on *line* a reader saw a state word and nothing but it: the line, or words of it."""
    texts = [(line.box, [reading.text for reading in line.readings])]
    texts += [((w.box[0], line.box[1], w.box[2], line.box[3]), [w.text]) for w in line.words]
    return [
        box
        for box, seen in texts
        if any(
            is_bare_word(text)
            and text[0].isalpha()  # "© On": the mark and its word
            and (box[2] - box[0]) * ground.scale <= widest(text, ground.line_height)
            for text in seen
        )
    ]


_LIKE_A_MARK = frozenset("xXvVoO0DQcCUuIlL1JT")
"""What readers make of boxes, rings and ticks. ``N`` is none of it."""


def _is_column_of_letters(kind: Kind, lines: tuple[TextLine, ...], ground: Ground) -> bool:
    """Whether two readers, or the only one, read a letter where most members stand, and nothing beside it: Y and N in
    a table, with an N as wide as a box and inked like a ticked one."""
    said = 0
    for member in kind.members:
        x, y = member.middle[0] / ground.scale, member.middle[1] / ground.scale
        for line in lines:
            if not (line.box[0] <= x <= line.box[2] and line.box[1] <= y <= line.box[3]):
                continue
            letters = {(r.text, r.reader) for r in line.readings if len(r.text) == 1 and r.text.isalpha()}
            seen = Counter(letter for letter, _ in letters if letter not in _LIKE_A_MARK)
            alone = len({r.text for r in line.readings}) == 1 and len(seen) == 1
            said += alone or max(seen.values(), default=0) >= 2
    return said >= max(2, 0.5 * len(kind.members))


_COUNT = re.compile(r"\d{1,3}(?:[,.]?\d{3})*")
_NO_KNOB = re.compile(r"[235689]|\d\d")
"""Readers take knobs for 0 and O, and toggles for 1 and 4 and 7, never for these."""


def _is_column_of_counts(kind: Kind, runs: list[Run]) -> bool:
    """Whether the members are pills around numbers: how many entries a list has, and no toggles."""
    if kind.family != "pill":
        return False
    inside = [r.text for m in kind.members for r in runs if _is_in(m, r)]
    counts = [text for text in inside if _COUNT.fullmatch(text)]
    return 2 * len(counts) >= max(2, len(kind.members)) and any(_NO_KNOB.search(text) for text in counts)


def _are_status_dots(ground: Ground, kind: Kind, runs: list[Run]) -> bool:
    """Whether each is a solid disc before a state word, one to a row of its list, and each list has words that say on
    and words that say off.

    Of two options in a row each stands in a column of its own word.
    """
    if kind.family not in ("circle", "box"):
        return False
    # Words ranged at their right end begin a letter apart.
    lists = columns_in(kind.members, ground.line_height, apart=0.8)
    chosen = [chosen_circle(ground, m.box) for m in kind.members]
    return (
        all(_repeat_words(column, runs, ground.line_height) for column in lists)
        and False not in chosen
        and 2 * chosen.count(True) >= len(chosen)
    )


def _repeat_words(column: list[Candidate], runs: list[Run], unit: float) -> bool:
    said = [says for m in column if (says := _said_behind(m, runs, unit)) is not None]
    ys = sorted(m.middle[1] for m in column)
    in_rows = all(below - above > 0.5 * unit for above, below in pairwise(ys))
    return in_rows and len(column) >= _FEWEST and len(said) >= 0.8 * len(column) and len(set(said)) == 2


_FEWEST = 3


def _said_behind(dot: Candidate, runs: list[Run], unit: float) -> bool | None:
    """What the word right behind *dot* says; a reader may have taken both for one."""
    said = [
        says
        for r in runs
        if abs(r.middle - dot.middle[1]) <= 0.6 * unit
        and -1.5 * dot.width <= r.box[0] - dot.box[2] <= unit
        and (says := state_word(r.text)) is not None
    ]
    return said[0] if len(said) == 1 else None


def _is_in(mark: Candidate, run: Run) -> bool:
    x, y = (run.box[0] + run.box[2]) / 2, (run.box[1] + run.box[3]) / 2
    return mark.box[0] <= x <= mark.box[2] and mark.box[1] <= y <= mark.box[3]
