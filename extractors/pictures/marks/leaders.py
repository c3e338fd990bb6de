"""Leaders: the dots or the line between a label and its mark. Readers see letters in them, and every dot is round."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

import numpy as np

from extractors.pictures.marks.candidates import Candidate
from extractors.pictures.marks.ground import Ground, middle_of_letters
from extractors.pictures.marks.runs import Run
from extractors.pictures.marks.words import is_bare_word
from extractors.pictures.read_page import Box, TextLine
from records.marks import Agreement

_LOW = 0.45
"""Of the usual height of a line: below it stand dots and no letters, if the readers differ on them."""
_THICK = 0.3
"""Of a leader, in line heights, at most: small letters have 0.4."""
_LONG = 2.5
"""Line heights of a leader within a line of text, at least."""
_ROW = re.compile(r"\w\s*(?:\.{3,}|\u2026|\u00b7{2,}|_{3,})[\s.\u00b7\u2026_]*$")
_MANY = 8
"""Round things in a row, no line height apart, from which on they are dots."""
_DOTS = re.compile(r"[\s.\u00b7\u2026_\-]+$")


def low_lines(lines: Sequence[TextLine]) -> frozenset[int]:
    """Indices of the lines that are rows of dots: much lower than the lines that both readers read alike, and read as
    no word that says a state, of which a badge may leave a low strip."""
    agreed = [_height(line) for line in lines if line.agreement is not Agreement.DIFFER and len(line.text) > 3]
    if not agreed:
        return frozenset()
    lowest = _LOW * float(np.median(agreed))
    unsure = (Agreement.DIFFER, Agreement.ONE)
    return frozenset(
        i
        for i, line in enumerate(lines)
        if line.agreement in unsure and _height(line) < lowest and not is_bare_word(line.text)
    )


def _height(line: TextLine) -> float:
    return line.box[3] - line.box[1]


def cut_leaders(
    runs: list[Run], lines: Sequence[TextLine], low: frozenset[int], ground: Ground
) -> tuple[list[Run], list[Box]]:
    """*runs* that end where their leaders begin, and the places of all leaders (working pixels).

    *low*: the lines that are leaders as a whole; their runs go. Where two labels have leaders, a last dot of the others
    is one as well.
    """
    places = [r.box for r in runs if r.line in low]
    kept: list[Run] = []
    for run in (r for r in runs if r.line not in low):
        place = _leader_in(run, lines[run.line], ground)
        if place is not None:
            places.append(place)
            run = replace(run, box=(run.box[0], run.box[1], place[0], run.box[3]))
        kept.append(run)
    if len(places) - sum(r.line in low for r in runs) < 2 and sum(bool(_ROW.search(r.text)) for r in kept) < 2:
        return kept, places
    return [replace(r, text=_DOTS.sub("", r.text)) if sum(map(str.isalpha, r.text)) > 3 else r for r in kept], places


def without_dots(candidates: list[Candidate], unit: float) -> list[Candidate]:
    """*candidates* without those that stand in a row as close as dots do and no marks."""
    dots: set[int] = set()
    rows: list[list[Candidate]] = []
    for candidate in sorted(candidates, key=lambda c: c.middle[1]):
        if rows and candidate.middle[1] - rows[-1][-1].middle[1] <= 0.1 * unit:
            rows[-1].append(candidate)
        else:
            rows.append([candidate])
    for row in rows:
        chain: list[Candidate] = []
        ordered = sorted(row, key=lambda c: c.middle[0])
        for candidate, after in zip(ordered, [*ordered[1:], None], strict=True):
            chain.append(candidate)
            if after is not None and after.middle[0] - candidate.middle[0] <= unit:
                continue
            if len(chain) >= _MANY and sum(c.height < 0.9 * unit for c in chain) >= 0.9 * len(chain):
                dots |= {id(c) for c in chain}
            chain = []
    return [c for c in candidates if id(c) not in dots]


def _leader_in(run: Run, line: TextLine, ground: Ground) -> Box | None:
    """The place of the leader in *run*: a long stretch inked, but only below the middle of the letters."""
    unit = ground.line_height
    if run.box[2] - run.box[0] < (_LONG + 1) * unit:
        return None
    x0, top, x1, bottom = run.box
    rows, columns = ground.cut((x0, top, x1, bottom + 0.1 * unit))
    inked = np.asarray(ground.ink[rows, columns] > max(0.2 * ground.contrast, 4 * ground.noise))
    middle = max(1, round(middle_of_letters(ground, (x0, top, x0 + 2 * unit, bottom)) - 0.05 * unit) - rows.start)
    tall, low = np.any(inked[:middle], axis=0), np.any(inked[middle:], axis=0)
    edges = np.flatnonzero(tall)
    for before, after in pairwise([*edges.tolist(), tall.size]):
        thick = np.count_nonzero(np.any(inked[:, before + 1 : after], axis=1))
        if after - before > _LONG * unit and low[before + 1 : after].mean() > 0.15 and thick <= max(2, _THICK * unit):
            start, end = float(columns.start + before + 1), float(columns.start + after)
            beyond = [w.text for w in line.words if w.box[0] * ground.scale > end - unit]
            is_text = any(sum(map(str.isalpha, text)) > 2 for text in beyond)
            return None if is_text else (start, run.box[1], end, run.box[3])
    return None
