"""Settings pages and paper forms drawn with Pillow alone: no browser, the same picture everywhere."""

from __future__ import annotations

import random

import numpy as np

from records.marks import MarkStyle
from samples.hotlists.canvas import Canvas, wrap
from samples.hotlists.html_parts import DISABLED
from samples.hotlists.pens import PENS, Ink
from samples.hotlists.shown_counter import counter_numbers, counter_text
from samples.hotlists.spec import Entry, ListSpec, parents
from samples.hotlists.truth import Box, Drawn, DrawnFact, DrawnMark, DrawnPage

PAPER = "paper"
"""The theme of what is printed on a letter page: it needs no second one to be scanned."""
_INKS = {
    "light": Ink((255, 255, 255), (33, 37, 41), (108, 117, 125), (25, 118, 210)),
    "dark": Ink((18, 18, 18), (230, 230, 230), (130, 130, 130), (100, 170, 240)),
    "brand": Ink((255, 253, 247), (43, 33, 24), (138, 127, 112), (194, 65, 12)),
    PAPER: Ink((255, 255, 255), (15, 15, 15), (70, 70, 70), (15, 15, 15)),
}
_LETTER = (816.0, 1056.0)
_PAPER_SCALE = 200 / 96


def draw(spec: ListSpec, name: str, seed: int = 1) -> Drawn:
    """The picture of *spec* and its truth; *seed* moves the hand that ticks. Columns, notes and cuts are left out."""
    pen = PENS[spec.style]
    theme = PAPER if pen.is_by_hand else spec.theme if spec.theme in _INKS else "light"
    page = _Page(spec, _INKS[theme], random.Random(f"{name}/{seed}"))
    if theme == PAPER:
        (width, least), scale = _LETTER, _PAPER_SCALE
    else:
        width, least, scale = float(spec.width), 0.0, spec.scale
    height = max(least, page.run(Canvas(width, 10, scale, _INKS[theme].paper), width) + 20)
    canvas = Canvas(width, height, scale, _INKS[theme].paper)
    page.run(canvas, width)
    image = canvas.picture()
    truth = DrawnPage(name, spec.style, theme, width, height, tuple(page.marks), tuple(page.facts))
    return Drawn(image, truth.moved(np.diag([scale, scale, 1.0]), *image.size))


class _Page:
    """Draws from top to bottom and notes where things came to stand. Run once to learn the height, once to draw."""

    def __init__(self, spec: ListSpec, ink: Ink, rng: random.Random) -> None:
        self.spec, self.ink, self.rng = spec, ink, rng
        self.marks: list[DrawnMark] = []
        self.facts: list[DrawnFact] = []

    def run(self, canvas: Canvas, width: float) -> float:
        self.marks, self.facts = [], []
        left = 60.0 if self.ink is _INKS[PAPER] else 26.0
        y = self._head(canvas, left, left if self.ink is _INKS[PAPER] else 20.0)
        above, labels = parents(self.spec.entries), [entry.label for entry in self.spec.entries]
        number = 0
        for group in self.spec.groups:
            if group.heading:
                canvas.text(left, y + 6, group.heading, self.spec.size, self.ink.text, bold=True)
                y += self.spec.size * 2.2
            for entry in group.entries:
                parent = above[number]
                y = self._row(canvas, entry, left, y, width, group.heading, "" if parent is None else labels[parent])
                number += 1
        return y

    def _head(self, canvas: Canvas, left: float, y: float) -> float:
        spec, size = self.spec, float(self.spec.size)
        texts = (
            ("title", spec.title, spec.title, 1.45),
            ("list_name", spec.list_name, spec.list_name, 1.12),
            ("account", spec.account, spec.account, 0.95),
            ("date", spec.date, spec.date_value, 0.95),
        )
        for fact, text, value, factor in texts:
            if text:
                color = self.ink.text if factor > 1 else self.ink.muted
                box = canvas.text(left, y, text, size * factor, color, bold=factor > 1)
                self.facts.append(DrawnFact(fact, text, value, box))
                y += size * factor * 1.5
        if text := counter_text(spec):
            box = canvas.text(left, y, text, size, self.ink.text)
            self.facts += [DrawnFact(fact, text, value, box) for fact, value in counter_numbers(spec)]
            y += size * 1.6
        return y + 6

    def _row(self, canvas: Canvas, entry: Entry, left: float, y: float, width: float, group: str, parent: str) -> float:
        spec, pen, size = self.spec, PENS[self.spec.style], float(self.spec.size)
        indent = left + 26 * entry.level
        is_after = pen.shape == "words"
        text_left = indent if is_after else indent + (2.3 if pen.kind is MarkStyle.TOGGLE else 1.0) * (size + 4) + 8
        room = width - text_left - left - (170 if is_after else 0)
        color = self.ink.faded(self.ink.text) if entry.state in DISABLED else self.ink.text
        lines, boxes = wrap(entry.label, size, room), []
        for line in lines:
            boxes.append(canvas.text(text_left, y, line, size, color))
            y += size * 1.35
        mark_left = width - left - 150 if is_after else indent
        middle = y - len(lines) * size * 1.35 / 2
        half = size / 2 + 1
        place = (mark_left, middle - half - 1, mark_left + 2 * half, middle + half - 1)
        box = pen.paint(canvas, place, entry.state, self.ink, self.rng)
        self.marks.append(DrawnMark(entry.label, entry.state, pen.kind, _around(boxes), box, group, parent))
        y += spec.gap
        if spec.is_ruled:
            canvas.line(
                [(left, y - spec.gap / 2 - 1), (width - left, y - spec.gap / 2 - 1)], self.ink.faded(self.ink.muted), 1
            )
        return y


def _around(boxes: list[Box]) -> Box:
    lefts, tops, rights, bottoms = zip(*boxes, strict=True)
    return min(lefts), min(tops), max(rights), max(bottoms)
