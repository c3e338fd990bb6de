"""Two options read as one line: ``O On © Off``. Parted by their ink into the word for on and the word for off."""

from __future__ import annotations

import re
from dataclasses import replace
from itertools import pairwise

import numpy as np

from extractors.pictures.marks.ground import Ground
from extractors.pictures.marks.runs import Run, letters_in, remeasured
from extractors.pictures.marks.words import CONTRARIES, are_contrary, is_option
from extractors.pictures.read_page import TextLine

_SIGN = r"(?:[oOqQcCgGdD0]{1,2}(?=[\W_]|[oynedaitfsmbhu]|$)|[\W_])*"
"""What readers make of a radio button or a box, glued to the word behind it or apart."""
_WORD = "|".join(sorted({*CONTRARIES, *(off for both in CONTRARIES.values() for off in both)}, key=len, reverse=True))
_PAIR = re.compile(rf"^{_SIGN}({_WORD}){_SIGN}({_WORD}){_SIGN}$", re.IGNORECASE)
_GAP = 0.2
"""Line heights between two things on a line, at least: letters of a word stand closer."""


_LOWER = 0.9


def two_words(text: str) -> tuple[str, str] | None:
    """The two words of a choice that *text* is made of, in their order and in lower case; None for anything else."""
    match = _PAIR.match(text)
    if match is None:
        return None
    first, second = match[1].lower(), match[2].lower()
    return (first, second) if are_contrary(first, second) else None


def part_options(runs: list[Run], lines: tuple[TextLine, ...], ground: Ground) -> list[Run]:
    """*runs*, those of two contrary words parted where their ink shows just these, each with a sign or none.

    A state word alone is cut where its sign ends, of which a reader took in a part.
    """
    parted: list[Run] = []
    for run in runs:
        parted += _parts(run, lines[run.line], ground) or [_behind_sign(run, ground)]
    return parted


def _parts(run: Run, line: TextLine, ground: Ground) -> list[Run]:
    """The two words of *run*; empty where it is none, or where the readers or the ink say otherwise."""
    if two_words(run.text) is None and run.text != line.text:
        return []
    seen = {words for text in (run.text, *(r.text for r in line.readings)) if (words := two_words(text)) is not None}
    if len(seen) != 1:
        return []
    words = seen.pop()
    groups = _whole(_groups(run, ground), words, run, ground)
    if len(groups) == 4:  # each with its sign: before the words, or behind them
        groups = _without_signs(groups, run)
    if len(groups) != 2 or not all(_fits(group, word, ground) for group, word in zip(groups, words, strict=True)):
        return []
    found = (
        replace(run, text=word.capitalize(), box=(x0, run.box[1], x1, run.box[3]))
        for (x0, x1), word in zip(groups, words, strict=True)
    )
    return [remeasured(one, ground) for one in found]


def _behind_sign(run: Run, ground: Ground) -> Run:
    if not is_option(run.text) or " " in run.text.strip():
        return run
    groups = _groups(run, ground)
    if len(groups) != 2 or not _fits(groups[1], run.text, ground):
        return run
    word = remeasured(replace(run, box=(groups[1][0], run.box[1], groups[1][1], run.box[3])), ground)
    return word if word.height <= _LOWER * run.height else run  # a sign is higher than the letters behind it


def _groups(run: Run, ground: Ground) -> list[tuple[float, float]]:
    """Where things on the line begin and end, parted by gaps wider than those of letters; specks are nothing."""
    rows, columns = ground.cut(run.box)
    inked = (ground.ink[rows, columns] > max(0.25 * ground.contrast, 4 * ground.noise)).sum(axis=0)
    at = np.flatnonzero(inked >= 2)
    if not at.size:
        return []
    parts = np.split(at, np.flatnonzero(np.diff(at) > max(3.0, _GAP * ground.line_height)) + 1)
    found = [(float(columns.start + part[0]), float(columns.start + part[-1] + 1)) for part in parts]
    return [(x0, x1) for x0, x1 in found if x1 - x0 >= 0.2 * ground.line_height]


def _whole(
    groups: list[tuple[float, float]], words: tuple[str, str], run: Run, ground: Ground
) -> list[tuple[float, float]]:
    """*groups* with the parts of options of several words, or of letters set wide, put together: each behind its sign,
    where only one thing on the line is as wide as the first sign, stands before what follows, and leaves room for just
    these words. As they are where that is not so."""
    found = []
    wide = [x1 - x0 for x0, x1 in groups]
    gaps = [after[0] - before[1] for before, after in pairwise(groups)]
    for k in range(2, len(groups) - 1) if len(groups) > 4 else ():
        is_sign = max(wide[0], wide[k]) <= 1.25 * run.height and abs(wide[0] - wide[k]) <= 0.25 * max(wide[0], wide[k])
        merged = [groups[0], (groups[1][0], groups[k - 1][1]), groups[k], (groups[k + 1][0], groups[-1][1])]
        if is_sign and gaps[k] < gaps[k - 1] and all(map(_fits, merged[1::2], words, (ground, ground))):
            found.append(merged)
    return found[0] if len(found) == 1 else groups


def _without_signs(groups: list[tuple[float, float]], run: Run) -> list[tuple[float, float]]:
    """The two that are words: what is as wide as high in both pairs is the sign."""
    wide = [x1 - x0 for x0, x1 in groups]
    signs_first = max(wide[0], wide[2]) <= 1.25 * run.height and abs(wide[0] - wide[2]) <= 0.25 * max(wide[0], wide[2])
    signs_last = max(wide[1], wide[3]) <= 1.25 * run.height and abs(wide[1] - wide[3]) <= 0.25 * max(wide[1], wide[3])
    closer = groups[1][0] - groups[0][1] < groups[2][0] - groups[1][1]  # a sign stands closer to its own word
    if signs_first and closer:
        return [groups[1], groups[3]]
    return [groups[0], groups[2]] if signs_last and not closer else []


def _fits(group: tuple[float, float], word: str, ground: Ground) -> bool:
    """Whether *group* is about as long as *word* is set in letters of this page."""
    letter = (group[1] - group[0]) / letters_in(word.capitalize())
    return 0.28 * ground.line_height <= letter <= 0.85 * ground.line_height
