"""An official form of 361 agencies in three ruled column pairs, ticked by hand: who may use our data.

Three letter pages at 200 dpi. Names are put together from invented towns. Some boxes bear a blob of the scanner.
"""

from __future__ import annotations

import random
from dataclasses import dataclass, replace

import numpy as np

from records.marks import MarkState, MarkStyle
from samples.hotlists.canvas import Canvas, wrap
from samples.hotlists.draw_pillow import PAPER
from samples.hotlists.pens import Ink, crossed_out, filled_in, ticked
from samples.hotlists.truth import Box, Drawn, DrawnFact, DrawnMark, DrawnPage

_FIRST = (
    "Mock",
    "Sample",
    "Fixture",
    "Lorem",
    "Ipsum",
    "Pretend",
    "Notional",
    "Specimen",
    "Example",
    "Dummy",
    "Placebo",
)
_LAST = ("ford", "ville", "ton", "bury", "field", "haven", "wick", "dale", "port", "mont", "stead", "brook")
_FORMS = (
    "{} Police Department",
    "{} County Sheriff's Office",
    "Town of {} Police",
    "{} University Police",
    "{} Airport Authority",
)
_INK = Ink((255, 255, 255), (15, 15, 15), (90, 90, 90), (15, 15, 15))
_WIDTH, _HEIGHT, _SCALE = 816.0, 1056.0, 200 / 96
_ROWS = 41
_LEFT, _TOP, _HIGH = 40.0, 92.0, 22.5
_BOX_WIDTH = 34.0


@dataclass(frozen=True, slots=True)
class TickForm:
    """One filled form."""

    boxes: int = 361
    ticked: int = 168
    blobs: int = 12
    """Dark spots over the edge of boxes, as dirt on the glass leaves them."""
    seed: int = 1
    is_boxed: bool = True
    """A small box is printed in each cell; else the ruled cell itself is ticked."""
    pairs: int = 3
    """Columns of a label and its cell."""
    is_box_left: bool = False
    """The cell to tick stands before its label."""


def agencies(count: int) -> list[str]:
    """That many different invented agencies, in alphabetical order."""
    towns = [first + last for last in _LAST for first in _FIRST]
    names = [form.format(town) for form in _FORMS for town in towns]
    return sorted(names[:count])


def draw_form(form: TickForm, name: str) -> list[Drawn]:
    """All pages of *form* with the truth of each."""
    rng = random.Random(f"{name}/{form.seed}")
    names = agencies(form.boxes)
    on = set(rng.sample(range(form.boxes), form.ticked))
    soiled = set(rng.sample(range(form.boxes), form.blobs))
    hand = rng.choice((ticked, ticked, crossed_out))
    per_page = form.pairs * _ROWS
    count = -(-form.boxes // per_page)
    pages = []
    for number, start in enumerate(range(0, form.boxes, per_page), start=1):
        canvas = Canvas(_WIDTH, _HEIGHT, _SCALE, _INK.paper)
        facts = _head(canvas, number, count)
        marks = []
        for index in range(start, min(start + per_page, form.boxes)):
            pair, row = divmod(index - start, _ROWS)
            cell, label_cell = _cells(form, pair, row)
            for one in (cell, label_cell):
                canvas.box(one, line=_INK.text, pen=0.8)
            label_box = _label(canvas, names[index], label_cell)
            state = MarkState.ON if index in on else MarkState.OFF
            paint = filled_in if rng.random() < 0.04 else hand
            box = _place(cell, form.is_boxed)
            if form.is_boxed:
                paint(canvas, box, state, _INK, rng)
            elif state is MarkState.ON:
                _in_cell(canvas, cell, rng)
            if index in soiled:
                _blob(canvas, box, rng)
            mark = DrawnMark(names[index], state, MarkStyle.CHECK_BOX, label_box, box)
            marks.append(replace(mark, is_cut=index in soiled))
        page = DrawnPage(f"{name}-{number}", "tick-form", PAPER, _WIDTH, _HEIGHT, tuple(marks), tuple(facts))
        image = canvas.picture()
        pages.append(Drawn(image, page.moved(np.diag([_SCALE, _SCALE, 1.0]), *image.size)))
    return pages


def _head(canvas: Canvas, number: int, count: int) -> list[DrawnFact]:
    title, agency = "Annual Reader Disclosure (invented form)", "Testborough Police Department"
    box = canvas.text(_LEFT, 30, title, 15, _INK.text, bold=True)
    canvas.text(_LEFT, 54, "Reporting agency:", 10.5, _INK.text)
    filled = canvas.text(_LEFT + 110, 54, agency, 10.5, _INK.text)
    canvas.text(_LEFT, 72, "Mark each agency that may access the data of this agency.", 10, _INK.text)
    canvas.text(_WIDTH - 120, 1030, f"Page {number} of {count}", 9, _INK.text)
    return [DrawnFact("title", title, title, box), DrawnFact("agency", agency, agency, filled)]


def _cells(form: TickForm, pair: int, row: int) -> tuple[Box, Box]:
    """The cell to tick, and that of its label."""
    wide = (_WIDTH - 2 * _LEFT) / form.pairs
    x0, top = _LEFT + pair * wide, _TOP + row * _HIGH
    x1, bottom = x0 + wide, top + _HIGH
    edge = x0 + _BOX_WIDTH if form.is_box_left else x1 - _BOX_WIDTH
    first, second = (x0, top, edge, bottom), (edge, top, x1, bottom)
    return (first, second) if form.is_box_left else (second, first)


def _label(canvas: Canvas, text: str, cell: Box) -> Box:
    lines = wrap(text, 9.5, cell[2] - cell[0] - 10)
    size = 9.5 if len(lines) == 1 else 8.2
    y = cell[1] + (_HIGH - len(lines) * size * 1.15) / 2
    boxes = [canvas.text(cell[0] + 5, y + n * size * 1.15, line, size, _INK.text) for n, line in enumerate(lines)]
    return boxes[0][0], boxes[0][1], max(box[2] for box in boxes), boxes[-1][3]


def _place(cell: Box, is_boxed: bool) -> Box:
    if not is_boxed:
        return cell
    x, y = (cell[0] + cell[2]) / 2, (cell[1] + cell[3]) / 2
    return x - 6, y - 6, x + 6, y + 6


def _in_cell(canvas: Canvas, cell: Box, rng: random.Random) -> None:
    x0, top, x1, bottom = _place(cell, True)
    x, y = rng.uniform(-4, 4), rng.uniform(-2, 2)
    shape = [(x0 + x, top + 6 + y), (x0 + 5 + x, bottom + y), (x1 + 6 + x, top - 3 + y)]
    canvas.stroke(shape, (24, 34, 120), 1.8, rng)


def _blob(canvas: Canvas, box: Box, rng: random.Random) -> None:
    x, y = rng.choice((box[0], box[2])) + rng.uniform(-2, 2), rng.choice((box[1], box[3])) + rng.uniform(-2, 2)
    for _ in range(5):
        dx, dy, size = rng.uniform(-3, 3), rng.uniform(-3, 3), rng.uniform(1.5, 4)
        canvas.disc((x + dx - size, y + dy - size, x + dx + size, y + dy + size), fill=(45, 42, 40))
