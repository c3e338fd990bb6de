"""Ruled forms: a column of labels, a column of fields to tick. The field itself is the box."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from extractors.pictures.marks.candidates import Candidate, Shape
from extractors.pictures.marks.draft import Draft
from extractors.pictures.marks.field_neighbours import has_inked_neighbour
from extractors.pictures.marks.fields import Ticked, doubt_blots, look_at_field, settle_field, settle_lines
from extractors.pictures.marks.form_cells import (
    NUMBER,
    Cell,
    are_shared,
    columns_of_cells,
    filled,
    is_for_marks,
    label_of_field,
    open_labels,
    rows_of,
    side_of_labels,
)
from extractors.pictures.marks.form_margins import side_by_margins
from extractors.pictures.marks.form_runs import part_at_fields
from extractors.pictures.marks.ground import Ground
from extractors.pictures.marks.icons import Figure, figure_of
from extractors.pictures.marks.judge_boxes import judge_boxes
from extractors.pictures.marks.places import Column, fit_box
from extractors.pictures.marks.rulings import Table
from extractors.pictures.marks.runs import Run
from extractors.pictures.marks.series import Kind
from extractors.pictures.marks.spots import doubt_soiled, find_spots
from extractors.pictures.marks.struck import doubt_struck
from extractors.pictures.marks.unmarked import unmarked_columns
from extractors.pictures.read_page import Box, TextLine
from records.marks import MarkState, MarkStyle


@dataclass(frozen=True, slots=True)
class Form:
    """What was found of a ruled form.

    ``fields``: all of its fields, in which no other marks are looked for. ``runs``: those of the page, parted at the
    fields. ``is_told``: on which side of the fields their labels stand; else none of their states is anybody's for
    certain.
    """

    drafts: list[Draft]
    fields: list[Box]
    runs: list[Run]
    is_told: bool = True


def find_form(ground: Ground, table: Table, runs: list[Run], kinds: list[Kind], lines: tuple[TextLine, ...]) -> Form:
    """A draft for every label with a field to tick, or with a box printed in such a field.

    *kinds*: the makes on the page; *lines*: those of the readers that *runs* are of. Fields that hold toggles, radio
    buttons, or ticks beside crosses, are of no form.
    """
    cells = filled(table, runs)
    columns = columns_of_cells(cells, ground.line_height)
    words = [c for c in columns if sum(cell.has_words for cell in c) >= 0.6 * len(c)]
    spots = find_spots(ground)
    plain: list[Draft] = []
    seen: list[Ticked] = []
    boxed: list[Draft] = []
    unplaced: list[Draft] = []
    fields: list[Box] = []
    others = [c for c in columns if not any(c is w for w in words)]
    runs = part_at_fields(runs, others, lines, ground.scale)
    for cell, again in zip(cells, filled(table, runs), strict=True):
        cell.runs = again.runs
    for_marks = [c for c in others if is_for_marks(c, words, runs, ground.line_height)]
    words = words + open_labels(for_marks, words, runs, ground.line_height)
    side = side_of_labels(for_marks, words, ground.line_height)
    if not side and are_shared(for_marks, words, ground.line_height):
        side = side_by_margins(ground, for_marks, words)
    is_told = bool(side) or not are_shared(for_marks, words, ground.line_height)
    for column in for_marks:
        inside = [(c, m, kind.family) for kind in kinds for m in kind.members for c in column if _is_in(m, c.box)]
        if _is_of_a_screen(ground, inside, len(column)):
            continue
        own = _of_column(ground, column, words, runs, side)
        rings = [(c, m) for c, m, family in inside if family == "box" and m.height / (c.box[3] - c.box[1]) >= 0.35]
        looks = [look_at_field(ground, table, d.box or d.place, spots) for d in own]
        if len(rings) < max(2, 0.2 * len(column)):  # no clean shapes: dirt, or no boxes at all
            rings = [
                (Cell(d.place), Candidate(look.ring, Shape.SQUARE, 1.0, 0.0))
                for d, look in zip(own, looks, strict=True)
                if look.ring is not None
            ]
        if len(rings) >= max(2, 0.05 * len(column)):
            unplaced += _place_boxes(ground, own, rings)
            boxed += own
        else:
            for draft, look in zip(own, looks, strict=True):
                settle_field(draft, look)
                if any(_is_in_field(r, draft) and NUMBER.search(r.text) for r in runs):
                    draft.give_up("a number was read in the field")
            if all(d.state is not MarkState.ON for d in own) and has_inked_neighbour(ground, column, others):
                for draft in own:
                    draft.give_up("all of its column are empty, and something stands in the fields beside them")
            plain += own
            seen += looks
        fields += [c.box for c in column] + [d.box for d in own if d.box is not None]
    _judge_fields(ground, plain, seen, spots)
    _judge_boxes(ground, boxed, unplaced, spots)
    drafts = plain + boxed
    return Form(drafts + unmarked_columns(drafts, runs, ground.line_height), fields, runs, is_told)


def _judge_fields(ground: Ground, plain: list[Draft], seen: list[Ticked], spots: NDArray[np.uint8]) -> None:
    """Doubt among the fields themselves, by what was *seen* in each of them."""
    settle_lines(plain, seen)
    doubt_blots(plain, seen)
    doubt_struck(ground, plain, has_sides=False)
    doubt_soiled(ground, plain, spots, is_box=False)


def _judge_boxes(ground: Ground, boxed: list[Draft], unplaced: list[Draft], spots: NDArray[np.uint8]) -> None:
    """The states of the boxes printed in fields; those of the *unplaced* ones were not found."""
    judge_boxes(ground, boxed)
    for draft in boxed:
        if draft.state is MarkState.MIXED:  # what a pen draws is no sign for "some of them"
            draft.give_up("a stroke in it")
    for draft in unplaced:
        draft.give_up("its box is not to be seen where others have theirs")
    doubt_soiled(ground, boxed, spots, is_box=True)


def _is_in(mark: Candidate, box: Box) -> bool:
    x, y = mark.middle
    return box[0] <= x <= box[2] and box[1] <= y <= box[3]


def _is_in_field(run: Run, draft: Draft) -> bool:
    x0, top, x1, bottom = draft.place
    return x0 <= (run.box[0] + run.box[2]) / 2 <= x1 and top <= run.middle <= bottom


def _is_of_a_screen(ground: Ground, inside: list[tuple[Cell, Candidate, str]], count: int) -> bool:
    """Whether a column of *count* fields holds toggles or radio buttons, or signs of two sorts: then a cross is no
    tick. One sign unlike all others says nothing: ticks by hand may look like a cross."""
    other = sum(family in ("pill", "circle") for _, _, family in inside)
    rings = sum(family == "box" for _, _, family in inside)
    figures = Counter(figure_of(ground, m.box) for _, m, family in inside if family == "tick")
    del figures[Figure.OTHER]
    are_signs = not rings and len(figures) > 1 and (min(figures.values()) > 1 or figures.total() < _SIGNS)
    return other > max(0.2 * count, rings) or are_signs


_SIGNS = 6
"""Ticks and crosses among which one unlike the others is by hand."""


_WHOLE = 0.85
"""Share of a printed box's rim that is to be seen; a ruling and half a rim have less."""


def _place_boxes(ground: Ground, drafts: list[Draft], rings: list[tuple[Cell, Candidate]]) -> list[Draft]:
    """Every draft's printed box instead of its field: where most fields of the column have theirs.

    Returns the drafts of which no box is to be seen there: what stands at that place says nothing.
    """
    unplaced: list[Draft] = []
    right = float(np.median([m.middle[0] - (c.box[0] + c.box[2]) / 2 for c, m in rings]))
    down = float(np.median([m.middle[1] - (c.box[1] + c.box[3]) / 2 for c, m in rings]))
    wide, high = (float(np.median([getattr(m, side) for _, m in rings])) for side in ("width", "height"))
    for draft in drafts:
        if draft.box is None:
            continue
        x, y = (draft.box[0] + draft.box[2]) / 2 + right, (draft.box[1] + draft.box[3]) / 2 + down
        found = next((m.box for _, m in rings if abs(m.middle[0] - x) + abs(m.middle[1] - y) <= 0.3 * wide), None)
        if found is None:
            found = fit_box(ground, Column((), x - wide / 2, wide, high, 0.0, 0.0), y, _WHOLE)
        if found is None:
            unplaced.append(draft)
        draft.box = found or (x - wide / 2, y - high / 2, x + wide / 2, y + high / 2)
    return unplaced


def _of_column(ground: Ground, column: list[Cell], words: list[list[Cell]], runs: list[Run], side: str) -> list[Draft]:
    """A draft for every row of the column that has a label."""
    unit = ground.line_height
    labels = [c for c in (label_of_field(cell, words, unit, side) for cell in column) if c is not None]
    if not labels:
        return []  # cut off with the page
    left, right = (float(np.median([c.box[end] for c in labels])) for end in (0, 2))
    rows = rows_of(column)
    mine = [r for r in runs if left - 0.4 * unit <= (r.box[0] + r.box[2]) / 2 <= right + 0.4 * unit]
    drafts: list[Draft] = []
    for box in rows:
        label = sorted(
            (r for r in mine if box[1] <= r.middle <= box[3]), key=lambda r: (round(r.middle / unit), r.box[0])
        )
        if not any(sum(ch.isalpha() for ch in r.text) >= 3 for r in label):
            continue
        draft = Draft(MarkStyle.CHECK_BOX, box, label)
        draft.word_lines = [
            r.line for r in runs if box[0] <= (r.box[0] + r.box[2]) / 2 <= box[2] and box[1] <= r.middle <= box[3]
        ]
        drafts.append(draft)
    return drafts
