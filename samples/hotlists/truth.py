"""The marks as drawn: what a reader of the picture must find. Written by the drawing code, never by a reader."""

from __future__ import annotations

import dataclasses
import json
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from records.marks import MarkState, MarkStyle

Box = tuple[float, float, float, float]
"""x0, top, x1, bottom, in pixels of the picture (in points of the page, where a PDF is drawn)."""
Matrix = NDArray[np.float64]
"""3 x 3: pixel (x, y, 1) of the picture before -> pixel after, divided by the third."""


@dataclass(frozen=True, slots=True)
class DrawnMark:
    """One label and its mark. The mark box of a chip is the chip's, of a word the word's."""

    label: str
    state: MarkState
    style: MarkStyle
    label_box: Box
    mark_box: Box
    group: str = ""
    parent: str = ""
    """The label of the entry it is indented under."""
    is_cut: bool = False
    """Label or mark are partly outside the picture or under something: no state is expected, a wrong one is wrong."""


@dataclass(frozen=True, slots=True)
class DrawnFact:
    """What the page says besides its marks. ``fact`` as in :data:`records.parts.FACT_COLUMNS`."""

    fact: str
    text: str
    value: str
    box: Box


@dataclass(frozen=True, slots=True)
class DrawnPage:
    """One picture or page."""

    name: str
    style: str
    theme: str
    width: float
    height: float
    marks: tuple[DrawnMark, ...]
    facts: tuple[DrawnFact, ...] = ()
    hidden: tuple[str, ...] = ()
    """Labels of the list that the picture does not show: they are ``not_visible``, never ``off``."""
    steps: tuple[str, ...] = ()
    """What was done to the picture after it was drawn."""

    def moved(self, matrix: Matrix, width: float, height: float, step: str = "") -> DrawnPage:
        """The page after its picture was transformed; marks that left it become hidden, halves become cut."""
        marks, hidden = [], list(self.hidden)
        for mark in self.marks:
            label, box = moved_box(mark.label_box, matrix), moved_box(mark.mark_box, matrix)
            shown = min(_share_inside(label, width, height), _share_inside(box, width, height))
            if max(_share_inside(label, width, height), _share_inside(box, width, height)) < 0.05:
                hidden.append(mark.label)
                continue
            is_cut = mark.is_cut or shown < 0.98
            inside = (_inside(label, width, height), _inside(box, width, height))
            marks.append(replace(mark, label_box=inside[0], mark_box=inside[1], is_cut=is_cut))
        facts = [replace(fact, box=moved_box(fact.box, matrix)) for fact in self.facts]
        return replace(
            self,
            width=width,
            height=height,
            marks=tuple(marks),
            facts=tuple(fact for fact in facts if _share_inside(fact.box, width, height) > 0.98),
            hidden=tuple(hidden),
            steps=(*self.steps, step) if step else self.steps,
        )


@dataclass(frozen=True, slots=True)
class Drawn:
    """A picture and what is on it."""

    image: Image.Image
    page: DrawnPage


def moved_box(box: Box, matrix: Matrix) -> Box:
    """The smallest upright box around the transformed one."""
    x0, top, x1, bottom = box
    corners = np.array([[x0, top, 1], [x1, top, 1], [x0, bottom, 1], [x1, bottom, 1]]) @ matrix.T
    flat = corners[:, :2] / corners[:, 2:]
    (left, upper), (right, lower) = flat.min(axis=0), flat.max(axis=0)
    return round(float(left), 2), round(float(upper), 2), round(float(right), 2), round(float(lower), 2)


def write_truth(pages: list[DrawnPage], path: Path) -> None:
    """All pages of one file, as JSON."""
    raw = json.dumps({"pages": [dataclasses.asdict(page) for page in pages]}, ensure_ascii=False, indent=1)
    path.write_text(raw + "\n", encoding="utf-8", newline="\n")


def read_truth(path: Path) -> list[DrawnPage]:
    """What :func:`write_truth` wrote."""
    return [_page(raw) for raw in json.loads(path.read_text(encoding="utf-8"))["pages"]]


def _page(raw: dict[str, Any]) -> DrawnPage:
    marks = tuple(
        DrawnMark(
            **{
                **mark,
                "state": MarkState(mark["state"]),
                "style": MarkStyle(mark["style"]),
                "label_box": tuple(mark["label_box"]),
                "mark_box": tuple(mark["mark_box"]),
            }
        )
        for mark in raw["marks"]
    )
    facts = tuple(DrawnFact(**{**fact, "box": tuple(fact["box"])}) for fact in raw["facts"])
    return DrawnPage(
        **{**raw, "marks": marks, "facts": facts, "hidden": tuple(raw["hidden"]), "steps": tuple(raw["steps"])}
    )


def _inside(box: Box, width: float, height: float) -> Box:
    x0, top, x1, bottom = box
    return min(max(x0, 0.0), width), min(max(top, 0.0), height), min(max(x1, 0.0), width), min(max(bottom, 0.0), height)


def _share_inside(box: Box, width: float, height: float) -> float:
    x0, top, x1, bottom = _inside(box, width, height)
    area = (box[2] - box[0]) * (box[3] - box[1])
    return (x1 - x0) * (bottom - top) / area if area > 0 else 0.0
