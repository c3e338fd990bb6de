"""Several marks of one make beside one label: a column each, told apart by the headings of the columns.

A topic with boxes under ``View``, ``Alert`` and ``E-mail`` is three marks with one label; the heading is their
``group_label``. Where the picture is cut below the headings, the marks are told all the same, and each is named: what
it is for is not on the page. Radio buttons in such columns are one choice, which is neither on nor off.
"""

from __future__ import annotations

from itertools import pairwise

from extractors.pictures.marks.blocks import gather_lines
from extractors.pictures.marks.candidates import Candidate
from extractors.pictures.marks.draft import Draft
from extractors.pictures.marks.ground import Ground
from extractors.pictures.marks.judge_boxes import judge_boxes
from extractors.pictures.marks.judge_radios import chosen_circle, has_tick
from extractors.pictures.marks.labels import Labelled, label_edge, left_of, right_of
from extractors.pictures.marks.places import columns_of
from extractors.pictures.marks.runs import Run
from extractors.pictures.marks.series import Kind
from extractors.pictures.marks.words import state_word
from records.issues import Severity
from records.marks import MarkStyle

_OVER = 4.0
"""Line heights between a column's first mark and its heading, at most."""


def find_matrix(ground: Ground, kind: Kind, runs: list[Run]) -> list[Draft] | None:
    """Drafts for rows with one label and several marks of one make, or None where this make stands otherwise.

    Each mark is a draft of its own. Where not every column has a heading of its own, it has none and a doubt says so.
    """
    unit = ground.line_height
    labels = [r for r in runs if state_word(r.text) is None and len(r.text) > 1]
    rows = rows_of(kind.members, unit)
    several = [row for row in rows if len(row) > 1]
    if not labels or len(several) < 2 or len(several) < 0.6 * len(rows) or _have_own(several, labels, unit):
        return None
    labelled = _labelled(rows, labels, ground)
    if not labelled:
        return None
    headings = _headings(kind.members, [r for r in runs if len(r.text) > 1], unit)
    if kind.family == "circle" and not any(has_tick(ground, m.box) for m in kind.members):
        return [_choice(ground, row, label, headings) for row, label in labelled]
    drafts = []
    for row, label in labelled:
        for mark in row:
            draft = Draft(MarkStyle.CHECK_BOX, mark.box, label)
            draft.group_label = _heading_of(mark, headings, unit) if headings is not None else None
            drafts.append(draft)
    judge_boxes(ground, drafts)
    if headings is None:
        _number(drafts, [sum(m.middle[0] for m in c) / len(c) for c in columns_in(kind.members, unit)])
    return drafts


def _labelled(
    rows: list[list[Candidate]], labels: list[Run], ground: Ground
) -> list[tuple[list[Candidate], list[Run]]]:
    """The rows that have a label before their first mark, with its lines."""
    unit = ground.line_height
    before = [left_of(row[0].box, labels, [], unit) for row in rows]
    edge = label_edge(before, unit)
    found: list[tuple[list[Candidate], Labelled]] = []
    for row, runs in zip(rows, before, strict=True):
        at_edge = [r for r in runs if edge is None or abs(r.box[0] - edge) <= 0.6 * unit]
        run = next(iter(at_edge or runs), None) or _around(row[0].middle[1], edge, labels, unit)
        if run is not None:
            found.append((row, Labelled(row[0], [run])))
    taken = {id(r) for _, mark in found for r in mark.runs}
    for column in columns_of([mark for _, mark in found], unit):
        gather_lines(column, labels, ground, taken)
    return [(row, mark.runs) for row, mark in found]


def _around(y: float, edge: float | None, labels: list[Run], unit: float) -> Run | None:
    """The upper one of two lines at the *edge* of the labels between which *y*, the middle of a row of marks, lies."""
    near = [r for r in labels if edge is not None and abs(r.box[0] - edge) <= 0.6 * unit and abs(r.middle - y) <= unit]
    above = max((r for r in near if r.middle < y), key=lambda r: r.middle, default=None)
    below = min((r for r in near if r.middle > y), key=lambda r: r.middle, default=None)
    is_between = above is not None and below is not None and abs(above.middle + below.middle - 2 * y) <= 0.5 * unit
    return above if is_between else None


def _number(drafts: list[Draft], columns: list[float]) -> None:
    """Tell every mark which column it is in, by the columns' middles, and name it: no heading says what that is."""
    for draft in drafts:
        x = (draft.place[0] + draft.place[2]) / 2
        draft.column = 1 + min(range(len(columns)), key=lambda i: abs(columns[i] - x))
        draft.doubt(
            "mark_heading_missing",
            Severity.DOUBT,
            f"It is in column {draft.column} of {len(columns)} beside its label, and no heading says what for.",
        )


def rows_of(marks: list[Candidate], unit: float) -> list[list[Candidate]]:
    """Marks on one row, from left to right; rows from top to bottom."""
    rows: list[list[Candidate]] = []
    for mark in sorted(marks, key=lambda m: m.middle[1]):
        if rows and abs(mark.middle[1] - rows[-1][0].middle[1]) <= 0.5 * unit:
            rows[-1].append(mark)
        else:
            rows.append([mark])
    return [sorted(row, key=lambda m: m.box[0]) for row in rows]


def columns_in(marks: list[Candidate], unit: float, apart: float = 0.35) -> list[list[Candidate]]:
    """Marks one below another, up to *apart* line heights beside the next; columns from left to right."""
    columns: list[list[Candidate]] = []
    for mark in sorted(marks, key=lambda m: m.middle[0]):
        if columns and mark.middle[0] - columns[-1][-1].middle[0] <= apart * unit:
            columns[-1].append(mark)
        else:
            columns.append([mark])
    return columns


def _have_own(rows: list[list[Candidate]], labels: list[Run], unit: float) -> bool:
    """Whether words stand between the marks of a row or after the last: then each mark has its own label."""
    between = [
        any(
            abs(r.middle - a.middle[1]) <= 0.7 * unit and a.middle[0] < (r.box[0] + r.box[2]) / 2 < b.middle[0]
            for r in labels
        )
        for row in rows
        for a, b in pairwise(row)
    ]
    after = [right_of(row[-1].box, labels, [], unit, reach=3.0) for row in rows]
    return sum(between) > 0.2 * len(between) or sum(a is not None for a in after) > 0.2 * len(after)


def _headings(marks: list[Candidate], runs: list[Run], unit: float) -> list[tuple[float, Run]] | None:
    """Middle and heading of every column, or None where one has none, or two have one."""
    found = []
    for column in columns_in(marks, unit):
        x, top = sum(m.middle[0] for m in column) / len(column), min(m.box[1] for m in column)
        over = [
            r
            for r in runs
            if r.box[0] - 0.8 * unit <= x <= r.box[2] + 0.8 * unit and top - _OVER * unit <= r.middle < top
        ]
        if not over:
            return _headings_beside(marks, runs, unit)
        nearest = max(over, key=lambda r: (round(r.middle / unit), -abs((r.box[0] + r.box[2]) / 2 - x)))
        found.append((x, nearest))
    return found if len({id(run) for _, run in found}) == len(found) else None


def _headings_beside(marks: list[Candidate], runs: list[Run], unit: float) -> list[tuple[float, Run]] | None:
    """As :func:`_headings`, where words are set at one side of their column and marks in its middle: one row of as many
    words as there are columns, each nearer to its own column than half the way to the next."""
    middles = [sum(m.middle[0] for m in column) / len(column) for column in columns_in(marks, unit)]
    top = min(m.box[1] for m in marks)
    pitch = min((b - a for a, b in pairwise(middles)), default=0.0)
    over = [r for r in runs if top - _OVER * unit <= r.middle < top and r.box[2] > middles[0] - pitch / 2]
    level = max((r.middle for r in over), default=0.0)
    row = sorted((r for r in over if abs(r.middle - level) <= 0.5 * unit), key=lambda r: r.box[0])
    pairs = list(zip(middles, row, strict=False))
    is_told = len(row) == len(middles) and all(abs((r.box[0] + r.box[2]) / 2 - x) < pitch / 2 for x, r in pairs)
    return pairs if is_told else None


def _heading_of(mark: Candidate, headings: list[tuple[float, Run]], unit: float) -> str | None:
    x, run = min(headings, key=lambda pair: abs(pair[0] - mark.middle[0]))
    return run.text if abs(x - mark.middle[0]) <= unit else None


def _choice(ground: Ground, row: list[Candidate], label: list[Run], headings: list[tuple[float, Run]] | None) -> Draft:
    around = (row[0].box[0], min(m.box[1] for m in row), row[-1].box[2], max(m.box[3] for m in row))
    draft = Draft(MarkStyle.RADIO, around, label)
    chosen = [m for m in row if chosen_circle(ground, m.box)]
    if headings is None or len(chosen) != 1:
        draft.give_up("several marks stand beside it, and nothing says what each is for")
        return draft
    told = _heading_of(chosen[0], headings, ground.line_height)
    draft.give_up(f"of its {len(row)} options {told!r} is chosen, which is neither on nor off")
    return draft
