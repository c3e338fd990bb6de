"""Boxes typed as text: ``[X] Stolen Vehicle``, ``( ) Stolen Plate``, ``Missing Person [ ]``.

Two looks must agree: what the readers read between the brackets, and whether ink stands between them.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

import cv2
import numpy as np

from extractors.pictures.marks.bracket_rows import (
    NOT_TOLD,
    BracketColumn,
    columns_of_brackets,
    label_of_brackets,
    rows_left,
)
from extractors.pictures.marks.draft import Draft
from extractors.pictures.marks.ground import Ground
from extractors.pictures.marks.qualify import are_marks
from extractors.pictures.marks.runs import Run, without_end, without_start
from extractors.pictures.marks.struck import doubt_struck
from extractors.pictures.read_page import Box, TextLine
from records.marks import MarkMethod, MarkState, MarkStyle

_SIGNS = "xX×✓✔√✗✘vV*冈区"
_BOX = rf"[\[({{]\s*(?P<sign>[{_SIGNS}]?)\s*_?\s*[\])}}]"
_FIRST = re.compile(rf"^{_BOX}\s*(?=\w|$)")
_LAST = re.compile(rf"(?:^|(?<=[\w.)])\s+|\s){_BOX}$")
_FEWEST = 3
_LONGEST = 2.6
"""Of a pair of brackets, in line heights."""


@dataclass(frozen=True, slots=True)
class _Typed:
    """A run with its brackets; ``label`` is None where they are all of it. ``has_sign``: by the ink, if that tells."""

    run: Run
    box: Box
    label: Run | None
    has_sign: bool | None
    said: dict[str, bool]
    """Reader -> whether it saw a sign in the brackets in any of its looks; readers that saw brackets only."""


def find_brackets(ground: Ground, runs: list[Run], lines: tuple[TextLine, ...]) -> list[Draft]:
    """A draft for every label before or behind a pair of brackets, all of which stand in columns; else none.

    A run that begins where the others' brackets begin, and whose own were not understood, is unreadable.
    """
    typed = [t for r in runs if (t := _typed(ground, r, lines[r.line])) is not None]
    typed = [t for t in typed if sum(_in_column(t, u, ground.line_height) for u in typed) >= _FEWEST]
    if 2 * sum(t.has_sign is not None for t in typed) < max(1, len(typed)):
        return []  # none, or boxes that are drawn: readers take some for brackets
    others = [r for r in runs if all(r is not t.run for t in typed)]
    columns = columns_of_brackets([t.box for t in typed if t.label is None], others, ground.line_height)
    drafts = [d for t in typed if (d := _draft(t, others, columns, ground.line_height)) is not None]
    used = {id(r) for d in drafts for r in d.runs}
    drafts += rows_left(ground, [r for r in others if id(r) not in used], columns)
    doubt_struck(ground, drafts)
    ys = [t.run.middle for t in typed if t.label is not None]
    for run in others:
        if ys and min(ys) < run.middle < max(ys) and _begins_alike(run, typed, ground.line_height):
            draft = Draft(MarkStyle.CHECK_BOX, None, [run], method=MarkMethod.WORDS)
            draft.give_up("it begins where others have their brackets, and none were read")
            drafts.append(draft)
    return drafts if are_marks(drafts) else []


def _typed(ground: Ground, run: Run, line: TextLine) -> _Typed | None:
    for pattern, at_start in ((_FIRST, True), (_LAST, False)):
        match = pattern.search(run.text)
        if match is None or len(re.findall(_BOX.replace("?P<sign>", ""), run.text)) > 1:
            continue
        said: dict[str, bool] = {}
        for reading in line.readings if line.text == run.text else ():
            if (seen := pattern.search(reading.text)) is not None:
                said[reading.reader] = said.get(reading.reader, False) or bool(seen["sign"])
        said = said or {"": bool(match["sign"])}
        box, has_sign = _measured(ground, run, at_start)
        rest = run.text[match.end() :] if at_start else run.text[: match.start()]
        if sum(c.isalpha() for c in rest) < 2:
            label = None
        else:
            label = without_start(run, box[2] + 1, rest) if at_start else without_end(run, box[0] - 1, rest.rstrip())
            label = replace(label, text=label.text.strip())
        return _Typed(run, box, label, has_sign, said)
    return None


def _measured(ground: Ground, run: Run, at_start: bool) -> tuple[Box, bool | None]:
    """The brackets' box, and whether a sign stands between them; None where they are not told apart from it."""
    long = min(_LONGEST * ground.line_height, run.box[2] - run.box[0])
    x0 = run.box[0] - 1 if at_start else run.box[2] - long
    rows, columns = ground.cut((x0, run.box[1], x0 + long + 1, run.box[3]))
    inked = (ground.ink[rows, columns] > 0.45 * ground.contrast).astype(np.uint8)
    count, _, stats, _ = cv2.connectedComponentsWithStats(inked, connectivity=8)
    parts = sorted(stats[1:count].tolist(), key=lambda s: s[0], reverse=not at_start)
    whole = (x0, run.box[1], x0 + long, run.box[3])
    if not parts or not _is_bracket(parts[0]):
        return whole, None
    first = parts[0]
    last = next((p for p in parts[1:] if _is_bracket(p) and abs(p[3] - first[3]) <= max(1, 0.15 * first[3])), None)
    if last is None:
        return whole, None
    between = parts[1 : parts.index(last)]
    left, right = sorted((first, last), key=lambda p: p[0])
    box = (float(columns.start + left[0]), run.box[1], float(columns.start + right[0] + right[2]), run.box[3])
    high = max((p[3] for p in between), default=0)
    if high == 0 or (high <= 0.2 * first[3] and min(p[1] for p in between) > first[1] + 0.6 * first[3]):
        return box, False  # nothing, or the line to write on
    return box, True if high >= 0.35 * first[3] else None


def _is_bracket(part: list[int]) -> bool:
    return part[2] <= 0.5 * part[3]


def _draft(typed: _Typed, others: list[Run], columns: list[BracketColumn], unit: float) -> Draft | None:
    label = typed.label or label_of_brackets(typed.box, others, columns, unit)
    if label is None:
        return None
    draft = Draft(MarkStyle.CHECK_BOX, typed.box, [label], method=MarkMethod.WORDS, word_lines=[typed.run.line])
    said = typed.said.values()
    is_said = any(said) if typed.has_sign else len(said) > 1 and all(said)
    if typed.has_sign is not False and is_said:
        draft.settle(MarkState.ON, "a sign typed between brackets")
    elif typed.has_sign is False and not any(said):
        draft.settle(MarkState.OFF, "nothing between its brackets")
    else:
        draft.give_up("what stands between its brackets is not plain")
    if typed.label is None and not all(c.is_told for c in columns):
        draft.give_up(NOT_TOLD)
    return draft


def _in_column(one: _Typed, other: _Typed, unit: float) -> bool:
    """Both before their labels, or both behind, one below the other."""
    sides = [t.label is not None and t.label.box[0] > t.box[0] for t in (one, other)]
    ends = min(abs(one.box[0] - other.box[0]), abs(one.box[2] - other.box[2]))
    return sides[0] == sides[1] and ends <= 0.5 * unit


def _begins_alike(run: Run, typed: list[_Typed], unit: float) -> bool:
    return any(
        t.label is not None and t.label.box[0] > t.box[0] and abs(run.box[0] - t.box[0]) <= 0.3 * unit for t in typed
    )
