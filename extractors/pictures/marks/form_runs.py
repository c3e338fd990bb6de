"""Runs of a form parted where they cross a field: a tick that its pen drew out of the field joins the labels beside it
to one line of a reader's, or stands before one of them as a sign."""

from __future__ import annotations

import re
from dataclasses import replace

from extractors.pictures.marks.form_cells import Cell
from extractors.pictures.marks.runs import Run
from extractors.pictures.read_page import Box, TextLine

_TICK = r"(?:[√✓✔✗×☑•·|]|[XxVvYJ](?=[A-Z]))"
"""What readers make of a tick or cross that touches the word behind it."""
_SIGNS_BEFORE = re.compile(rf"^[\W_]*{_TICK}[\W_]*(?=\w)|^[^\w(\[]+(?=\w)")
_HALVES_BEFORE = re.compile(r"^[\])}|]+(?=\w)")
"""The right one of two brackets that are printed in the field."""
_SIGNS_BETWEEN = re.compile(rf"^(?P<left>.*\w\S*?){_TICK}+(?P<right>\w.*)$")
_OVER = 0.3
"""Of a field's width that a word reaches into it: it begins or ends there, and its edge is no matter of blur."""

_Words = list[tuple[str, float, float]]


def part_at_fields(runs: list[Run], columns: list[list[Cell]], lines: tuple[TextLine, ...], scale: float) -> list[Run]:
    """Every run parted at the fields of its row: what stands before, in, and behind each is a run of its own.

    Of a word that begins within a field, and goes on behind it, signs at its start go: no label begins with one.
    """
    for column in columns:
        runs = [part for run in runs for part in _parted(run, _field_of(run, column), lines[run.line], scale)]
    return runs


def _field_of(run: Run, column: list[Cell]) -> Box | None:
    """The field on the row of *run* that it begins in, or runs through."""
    for cell in column:
        x0, top, x1, bottom = cell.box
        if top <= run.middle <= bottom and run.box[0] < x1 - _OVER * (x1 - x0) and run.box[2] > x1 + (x1 - x0):
            return cell.box
    return None


def _parted(run: Run, field: Box | None, line: TextLine, scale: float) -> list[Run]:
    words = [(w.text, w.box[0] * scale, w.box[2] * scale) for w in line.words]
    words = [w for w in words if run.box[0] - 1 <= (w[1] + w[2]) / 2 <= run.box[2] + 1]
    if field is None or " ".join(w[0] for w in words) != run.text:
        return [run]
    edge = _OVER * (field[2] - field[0])
    groups: tuple[_Words, _Words, _Words] = [], [], []
    for text, x0, x1 in words:
        if x1 <= field[0] + edge:
            groups[0].append((text, x0, x1))
        elif x1 <= field[2] + edge:
            groups[1].append((text, x0, x1))
        elif x0 >= field[0] - edge:
            signs = _SIGNS_BEFORE if x0 < field[2] - edge else _HALVES_BEFORE
            groups[2].append((signs.sub("", text) if not groups[2] else text, max(x0, field[2]), x1))
        elif glued := _SIGNS_BETWEEN.match(text):
            groups[0].append((glued["left"], x0, field[0]))
            groups[2].append((glued["right"], field[2], x1))
        else:
            return [run]  # one word on both sides of the field: nothing tells where it parts
    return [_run(run, group) for group in groups if group]


def _run(run: Run, words: _Words) -> Run:
    text = " ".join(w[0] for w in words)
    return replace(run, text=text, box=(words[0][1], run.box[1], words[-1][2], run.box[3]))
