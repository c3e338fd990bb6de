"""Candidates of one make: one shape, one size, standing in line with each other. Junk stands alone."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace

import numpy as np

from extractors.pictures.marks.boxes_in_text import boxes_in_text, is_clear, stands_off
from extractors.pictures.marks.candidates import Candidate, Shape
from extractors.pictures.marks.connected import parts_of
from extractors.pictures.marks.ground import Ground
from extractors.pictures.marks.icons import Figure, figure_of
from extractors.pictures.marks.runs import Run, widest
from extractors.pictures.marks.words import is_bare_word, reads_as_mark

_INITIAL = re.compile(r"^[A-Z]\.\s?(?=[A-Z]|$)|\s[A-Z]\.$")
"""M. Ortiz: the M stands off, and is a letter."""
_LIST = 6
"""Marks in line with each other from which on they are a list of their own, whatever else is of their make."""
_ROUND = 0.9
"""Area of a hull as a share of its box: below that of a square with round corners, above that of a small circle."""
_FAMILY = {Shape.SQUARE: "box", Shape.CIRCLE: "circle", Shape.PILL: "pill", Shape.TICK: "tick"}


@dataclass(slots=True)
class Kind:
    """Marks of one make on a page. ``family``: box, circle, pill or tick."""

    family: str
    members: list[Candidate] = field(default_factory=list)

    @property
    def width(self) -> float:
        return float(np.median([c.width for c in self.members]))

    @property
    def height(self) -> float:
        return float(np.median([c.height for c in self.members]))

    @property
    def is_round(self) -> bool:
        """Whether most are discs or rings, whatever a few pixels make of the others."""
        return self.family == "circle" or float(np.median([c.fullness for c in self.members])) < _ROUND


def kinds_of(candidates: list[Candidate], runs: list[Run], ground: Ground) -> list[Kind]:
    """Candidates outside the text, grouped by make; the largest group first."""
    unit = ground.line_height
    kinds: list[Kind] = []
    apart = [c for c in candidates if not _is_text(c, runs, ground)]
    outside = {id(c) for c in apart}
    apart += [c for c in candidates if id(c) not in outside and _is_toggle_in_text(c, apart, runs, ground)]
    outside = {id(c) for c in apart}
    apart += boxes_in_text([c for c in candidates if id(c) not in outside], apart, runs, ground)
    for candidate in sorted(apart, key=lambda c: -c.height):
        family = _FAMILY[candidate.shape]
        home = next((k for k in kinds if k.family == family and _same_size(k, candidate, unit)), None)
        if home is None:
            home = Kind(family)
            kinds.append(home)
        home.members.append(candidate)
    found = [k for kind in _joined(kinds, unit) for k in _in_line(kind, unit)]
    return sorted(found, key=lambda k: -len(k.members))


def _joined(kinds: list[Kind], unit: float) -> list[Kind]:
    """Makes that differ little in size and stand in one column are one: a shadow or an overrunning tick adds pixels.

    Squares and circles of one size in one column are one as well: the smaller a ring, the more alike they are.
    """
    joined: list[Kind] = []
    for kind in sorted(kinds, key=lambda k: -len(k.members)):
        home = next((k for k in joined if _one_make(k, kind, unit)), None)
        if home is None:
            joined.append(kind)
        else:
            home.members.extend(kind.members)
    return joined


def _one_make(one: Kind, other: Kind, unit: float) -> bool:
    rings = {"box", "circle"}
    if one.family != other.family and not {one.family, other.family} <= rings:
        return False
    slack = 0.14 if one.family != other.family else 0.45 if one.family == "tick" else 0.3
    if abs(one.height - other.height) > max(1.5, slack * one.height):
        return False
    if abs(one.width - other.width) > max(1.5, slack * one.width):
        return False
    xs = np.array([c.middle[0] for c in one.members])
    return all(bool(np.any(np.abs(xs - c.middle[0]) <= 0.35 * unit)) for c in other.members)


def _same_size(kind: Kind, candidate: Candidate, unit: float) -> bool:
    slack = 0.35 if kind.family == "tick" else 0.16
    allowed = max(1.5, slack * kind.height), max(1.5, slack * kind.width)
    return abs(kind.height - candidate.height) <= allowed[0] and abs(kind.width - candidate.width) <= allowed[1]


def _is_text(candidate: Candidate, runs: list[Run], ground: Ground) -> bool:
    """Whether it is a letter: it lies in a run of words and the next letter follows closely."""
    x, y = candidate.middle
    if candidate.shape is not Shape.PILL and _touches_letters(candidate, ground):
        return True
    if candidate.shape is Shape.PILL and any(_is_part_of(candidate, run, ground.line_height) for run in runs):
        return True
    for run in runs:
        if not run.box[1] <= y <= run.box[3] or not run.box[0] <= x <= run.box[2]:
            continue
        if candidate.box[0] < run.box[0] and candidate.box[2] > run.box[2]:
            return False  # around the word, not in it
        alone = len(run.text) <= 3 and run.box[2] - run.box[0] <= 1.7 * candidate.width + 2 and _no_word(run.text)
        if not alone and not _is_mark_in_text(candidate, run, ground):
            return True
    return False


def _is_toggle_in_text(pill: Candidate, apart: list[Candidate], runs: list[Run], ground: Ground) -> bool:
    """Whether a pill that a reader's line took in stands where others of its size stand *apart* from the text, and is
    apart itself from the words that follow it or go before."""
    if pill.shape is not Shape.PILL or _touches_letters(pill, ground):
        return False
    like = [
        c
        for c in apart
        if c.shape is Shape.PILL
        and max(abs(one - other) for one, other in zip(_across(c), _across(pill), strict=True)) <= _SAME_PLACE
        and abs(c.height - pill.height) <= _SAME_PLACE
    ]
    _, y = pill.middle
    took = [r for r in runs if r.box[1] <= y <= r.box[3] and r.box[0] <= pill.middle[0] <= r.box[2]]
    is_beyond = all(
        run.box[2] - run.box[0] >= pill.width + 2 * ground.line_height for run in took
    )  # else it is a badge
    return is_beyond and len(like) >= _OTHERS and all(stands_off(pill, run, ground, 0.24) for run in took)


def _across(candidate: Candidate) -> tuple[float, float]:
    return candidate.box[0], candidate.box[2]


_SAME_PLACE, _OTHERS = 1.5, 2
"""Pixels by which toggles of one list differ; toggles apart from the text that show where those of the list stand."""


def _is_part_of(pill: Candidate, run: Run, unit: float) -> bool:
    """Whether it is letters of *run* that touch: within it, and no higher than they are. Badges are higher."""
    across = run.box[0] - 0.2 * unit <= pill.box[0] and pill.box[2] <= run.box[2] + 0.2 * unit
    down = run.box[1] - 1 <= pill.box[1] and pill.box[3] <= run.box[3] + 1
    count = sum(c.isalpha() for c in run.text)
    if is_bare_word(run.text) or count >= 4:  # blurred letters touch, and reach as far as their run
        return across and down and pill.height <= run.height + 0.05 * unit
    return across and down and pill.height <= run.height - 0.1 * unit and count >= 3


def _touches_letters(candidate: Candidate, ground: Ground) -> bool:
    """Whether ink stands as close beside it as letters of a word do, read or not."""
    unit = ground.line_height
    near = max(1.5, 0.11 * unit)
    top, bottom = candidate.box[1] + 0.3 * candidate.height, candidate.box[3] - 0.1 * candidate.height
    return not all(
        is_clear(ground, (x0, top, x0 + near, bottom)) for x0 in (candidate.box[2] + 0.6, candidate.box[0] - near - 0.6)
    )


def _is_mark_in_text(candidate: Candidate, run: Run, ground: Ground) -> bool:
    """A mark that a reader's line took in: ringed, apart, and read as one or higher than the letters; or a tick, which
    no letter is, apart before the words."""
    if candidate.shape is Shape.TICK:
        is_first = candidate.box[0] <= run.box[0] + 0.2 * ground.line_height and len(run.text) > _WORD
        is_apart = is_first and stands_off(candidate, run, ground, 0.24)
        return is_apart and figure_of(ground, candidate.box) is Figure.TICK
    if candidate.shape not in (Shape.SQUARE, Shape.CIRCLE):
        return False
    if is_bare_word(run.text):  # "On" in a box too wide for it: the reader left out the circle before it
        is_longer = run.box[2] - run.box[0] > widest(run.text, ground.line_height)
        return is_longer and stands_off(candidate, run, ground, 0.1)
    at_start = candidate.middle[0] - run.box[0] < run.box[2] - candidate.middle[0]
    if reads_as_mark(run.text, at_start):
        return stands_off(candidate, run, ground, 0.1)
    if len(run.text) < 4 or _INITIAL.search(run.text) or not stands_off(candidate, run, ground, 0.24):
        return False
    rest = (
        (candidate.box[2] + 1, run.box[1], run.box[2], run.box[3])
        if at_start
        else (run.box[0], run.box[1], candidate.box[0] - 1, run.box[3])
    )
    rows, columns = ground.cut(rest)
    inked = np.flatnonzero(ground.ink[rows, columns].max(axis=1) > 0.3 * ground.contrast)
    return inked.size > 0 and candidate.box[1] <= rows.start + inked[0] - max(1.0, 0.05 * run.height)


_WORD = 3
"""Letters of a line from which on it is words, and no sign that was read as letters."""


def _no_word(text: str) -> bool:
    if is_bare_word(text) or _INITIAL.search(text + " "):
        return False
    return not (len(text) > 1 and text.isalpha() and text.islower())


def _in_line(kind: Kind, unit: float) -> list[Kind]:
    """The members that stand below or beside each other, list by list; a lone one is kept apart as a kind of one."""
    centres = np.array([c.middle for c in kind.members])
    across = np.abs(centres[:, None, 0] - centres[None, :, 0])
    down = np.abs(centres[:, None, 1] - centres[None, :, 1])
    # In one column, in one row, or in the next row by an indentation further in or out.
    in_line = (across <= 0.3 * unit) | (down <= 0.25 * unit) | ((across <= 3.0 * unit) & (down <= 3.0 * unit))
    count, part = parts_of(in_line)
    parts = [[m for m, p in zip(kind.members, part, strict=True) if p == i] for i in range(count)]
    lists = [members for members in parts if len(members) >= _LIST] or [[]]
    largest = max(lists, key=len)
    largest += [m for members in parts if 1 < len(members) < _LIST for m in members]
    alone = [members for members in parts if len(members) == 1]
    return [replace(kind, members=members) for members in (*lists, *alone) if members]
