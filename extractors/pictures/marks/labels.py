"""Which label belongs to which mark: on its row, on the side on which all marks of its make have theirs."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np

from extractors.pictures.marks.candidates import Candidate
from extractors.pictures.marks.options import two_words
from extractors.pictures.marks.runs import Run
from extractors.pictures.marks.series import Kind
from extractors.pictures.marks.topic_columns import names_behind
from extractors.pictures.marks.upper_lines import upper
from extractors.pictures.marks.words import state_word
from extractors.pictures.read_page import Box
from records.hotlists import topic_of


@dataclass(slots=True)
class Labelled:
    """A mark place and the runs of its label, first line first. ``runs`` is empty where no label was read."""

    candidate: Candidate
    runs: list[Run] = field(default_factory=list)


def right_of(box: Box, runs: list[Run], others: list[Candidate], unit: float, reach: float = 14.0) -> Run | None:
    """The nearest run to the right of *box* on its row, with no other mark between."""
    middle = (box[1] + box[3]) / 2
    beside = [r for r in runs if abs(r.middle - middle) <= 0.75 * unit and r.box[0] >= box[2] - 0.45 * unit]
    first = min((r.box[0] for r in beside), default=0.0)
    level = [r for r in beside if r.box[0] <= first + 0.5 * unit]
    nearest = min(level, key=lambda r: abs(r.middle - middle), default=None)
    if nearest is None or nearest.box[0] - box[2] > reach * unit:
        return None
    blocked = any(box[2] <= c.middle[0] <= nearest.box[0] and abs(c.middle[1] - middle) <= 0.6 * unit for c in others)
    return None if blocked else nearest


def left_of(box: Box, runs: list[Run], others: list[Candidate], unit: float) -> list[Run]:
    """The runs to the left of *box* on its row, from left to right, after the last other mark there."""
    middle = (box[1] + box[3]) / 2
    stop = max(
        (c.box[2] for c in others if c.box[2] <= box[0] and abs(c.middle[1] - middle) <= 0.6 * unit), default=-1.0
    )
    level = [
        r
        for r in runs
        if abs(r.middle - middle) <= 0.75 * unit and stop <= r.box[0] and r.box[2] <= box[0] + 0.45 * unit
    ]
    # In dense lists the next row is within reach as well: the nearest row counts, of every column by itself, because
    # the middle of a name of two lines lies between them, where a word of one line beside it stands.
    return sorted((r for r in level if _is_nearest(r, level, middle, unit)), key=_x0)


def _is_nearest(run: Run, level: list[Run], middle: float, unit: float) -> bool:
    column = [r for r in level if abs(r.box[0] - run.box[0]) <= 0.6 * unit]
    return abs(run.middle - middle) <= min(abs(r.middle - middle) for r in column) + 0.25 * unit


def label_kind(kind: Kind, runs: list[Run], marks: list[Candidate], unit: float) -> list[Labelled] | None:
    """Every member with its label, or None where too few have one for these to be marks.

    *marks*: all candidates that bound a label's row. Words that say a state are no labels.
    """
    words = [r for r in runs if state_word(r.text) is not None or two_words(r.text) is not None]
    if kind.family in ("box", "circle") and sum(_near_word(m, words, unit) for m in kind.members) >= 2:
        return None  # options of pairs: never marks of the topic by themselves
    runs = [r for r in runs if r not in words]
    right = [right_of(m.box, runs, marks, unit) for m in kind.members]
    left = [left_of(m.box, runs, marks, unit) for m in kind.members]
    if not any(right) and not any(left):  # a column of marks far before the labels, in a wide table
        right = [right_of(m.box, runs, marks, unit, reach=_FARTHEST) for m in kind.members]
    side = side_of(kind, right, left, unit)
    if side is None:
        return None
    if side == "right" and _is_of_names(left, unit) and not _is_of_names([[r] if r else [] for r in right], unit):
        side = "left"
    if side == "right":
        right = names_behind(right, [m.middle[1] for m in kind.members], runs, unit)
        return [_of(m, r, kind, runs, unit) for m, r in zip(kind.members, right, strict=True)]
    found = []
    for member, edge in zip(kind.members, _edges(kind, left, unit), strict=True):
        chosen = at_edge(member.box, runs, marks, unit, edge)
        stop = _word_between(chosen[0], member, words) if chosen else None
        if stop is not None:  # a list before this one may end there
            chosen = [r for r in left_of(member.box, runs, marks, unit) if r.box[0] >= stop] or chosen
        found.append(_of(member, chosen[0] if chosen else None, kind, runs, unit))
    return found


def _word_between(label: Run, mark: Candidate, words: list[Run]) -> float | None:
    """Where the last state word between *label* and *mark* on their row ends; None without one."""
    row = [w for w in words if abs(w.middle - mark.middle[1]) <= 0.5 * w.height]
    return max((w.box[2] for w in row if label.box[2] <= w.box[0] and w.box[2] <= mark.box[0]), default=None)


_FARTHEST = 60.0
"""Line heights from a mark to what stands behind it on its row, at most, where nothing stands nearer."""


def _is_of_names(rows: list[list[Run]], unit: float) -> bool:
    """Whether what stands beside the marks is a column of names that differ, topics of the catalogue among them: no
    column of a table that says the same of many rows."""
    edge = label_edge(rows, unit)
    texts = [r.text for row in rows for r in row if edge is not None and abs(r.box[0] - edge) <= 0.6 * unit]
    is_varied = len(set(texts)) >= _VARIED * len(rows)
    return is_varied and any(topic_of(text) is not None for text in texts)


_VARIED = 0.7
"""Share of the rows that have a name of their own, where a column names them."""


def at_edge(box: Box, runs: list[Run], others: list[Candidate], unit: float, edge: float | None) -> list[Run]:
    """As :func:`left_of`, of the runs that begin at *edge*, the column of labels; where none does, of all.

    A line of a list further to the left, set in other steps, may stand nearer to the mark's row than its label.
    """
    begun = [r for r in runs if edge is None or abs(r.box[0] - edge) <= 0.6 * unit]
    return left_of(box, begun, others, unit) or left_of(box, runs, others, unit)


_COLUMN = 4
"""Marks one below another from which on they have a column of labels of their own."""


def _edges(kind: Kind, left: list[list[Run]], unit: float) -> list[float | None]:
    """Where the labels of each member begin: those of its own column of marks.

    Of several columns of labels and marks on one row, a mark that was not found bounds no label: the row then seems to
    reach as far as the label before it.
    """
    every = label_edge(left, unit)
    edges = []
    for member in kind.members:
        rows = [
            row
            for other, row in zip(kind.members, left, strict=True)
            if abs(other.middle[0] - member.middle[0]) <= unit
        ]
        edges.append(label_edge(rows, unit) if len(rows) >= _COLUMN else every)
    return edges


def _of(mark: Candidate, run: Run | None, kind: Kind, runs: list[Run], unit: float) -> Labelled:
    """The mark with its label's line: the one above it where that is larger and no other mark stands nearer to it."""
    if run is None:
        return Labelled(mark)
    return Labelled(mark, [upper(run, runs, unit, mark.middle[1], [m.middle[1] for m in kind.members])])


def _near_word(mark: Candidate, words: list[Run], unit: float) -> bool:
    return any(
        abs(w.middle - mark.middle[1]) <= 0.6 * unit and -0.5 * unit <= w.box[0] - mark.box[2] <= 1.5 * unit
        for w in words
    )


def side_of(kind: Kind, right: list[Run | None], left: list[list[Run]], unit: float) -> str | None:
    """``left`` or ``right``, where the labels of the *kind* stand; None where too few have one. *right* and *left* are
    what stands on either side of each member."""
    count = len(kind.members)
    has_right = sum(r is not None for r in right) / count
    has_left = sum(bool(row) for row in left) / count
    if max(has_right, has_left) < 0.5:
        return None
    gaps = [r.box[0] - m.box[2] for r, m in zip(right, kind.members, strict=True) if r is not None]
    close = bool(gaps) and float(np.median(gaps)) <= 2.2 * unit
    if count == 1 and has_right and has_left and not close:
        return None  # one alone shows on which side labels stand by standing close to one
    steady = bool(gaps) and float(np.median(np.abs(np.array(gaps) - np.median(gaps)))) <= 0.35 * unit
    if has_right >= 0.6 and close and steady and has_left <= has_right + 0.05:
        return "right"
    # A covered label leaves its mark with those of its neighbours, which stand right behind their own marks.
    ours = {id(r) for r in right if r is not None}
    lent = sum(any(id(r) in ours for r in row) for row in left) / count
    if has_right >= 0.6 and gaps and _is_tight(gaps, unit) and has_left - lent < 0.6:
        return "right"
    if has_left >= 0.6 and has_left > has_right:
        return "left"
    if has_right >= 0.6 and steady:
        return "right"
    return "left" if has_left >= 0.6 else None


def _is_tight(gaps: list[float], unit: float) -> bool:
    """Whether the white between marks and what stands behind them is that of labels: narrow, and the same in all."""
    return float(np.median(gaps)) <= unit and float(np.ptp(np.percentile(gaps, [10, 90]))) <= 0.25 * unit


def _x0(run: Run) -> float:
    return run.box[0]


def _middle(run: Run) -> float:
    return run.middle


def label_edge(rows: list[list[Run]], unit: float) -> float | None:
    """The x at which most rows have words, on one line or two: the column of labels, not of numbers or codes beside it.

    Of several such columns the one with topics of the catalogue, else the leftmost; of two with topics, which are two
    lists side by side, the last one: the marks of the first one were not found.
    """
    starts = sorted(r.box[0] for row in rows for r in row)
    best: tuple[bool, bool, float] | None = None
    edge = None
    for start in starts:
        column = [[r for r in row if abs(r.box[0] - start) <= 0.6 * unit] for row in rows]
        texts = [" ".join(r.text for r in sorted(lines, key=_middle)) for lines in column if lines]
        topics = sum(topic_of(text) is not None for text in texts)
        if len(texts) < (_SURE if topics > 1 else _USUAL) * len(rows):
            continue
        worded = sum(sum(c.isalpha() for c in text) >= 3 for text in texts) >= 0.7 * len(texts)
        is_next_list = topics > 1 and edge is not None and start - edge > _NEXT * unit
        score = (topics > 0, worded, start if is_next_list else -start)
        if best is None or score > best:
            best, edge = score, start
    return edge


_NEXT = 4.0
"""Line heights from the labels of one list to those of the next, at least."""
_USUAL, _SURE = 0.8, 0.6
"""Share of the rows that have a run in the column of labels; in one that holds topics of the catalogue."""
