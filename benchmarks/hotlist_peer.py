"""Tick boxes as most people read them: Otsu's threshold, squares by their outline, darkness inside, the text beside."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import cv2
import numpy as np
import pytesseract
from PIL import Image

from benchmarks.hotlist_score import GotMark, GotPage
from extractors.tesseract import find_program
from records.marks import MarkState
from samples.hotlists.truth import Box

_SMALLEST, _LARGEST = 10, 60
_DARK = 0.25
"""Share of dark pixels inside a box from which it counts as ticked."""


def peer(path: Path) -> list[GotPage]:
    """Every page of a picture file."""
    pytesseract.pytesseract.tesseract_cmd = find_program()
    found = []
    with Image.open(path) as file:
        for number in range(getattr(file, "n_frames", 1)):
            file.seek(number)
            found.append(_page(np.asarray(file.convert("L"))))
    return found


def _page(grey: Any) -> GotPage:
    dark = cv2.threshold(grey, 0, 255, cv2.THRESH_BINARY_INV + cv2.THRESH_OTSU)[1]
    outlines = cv2.findContours(dark, cv2.RETR_TREE, cv2.CHAIN_APPROX_SIMPLE)[0]
    squares: list[tuple[int, int, int, int]] = []
    for outline in outlines:
        if len(cv2.approxPolyDP(outline, 0.04 * cv2.arcLength(outline, True), True)) != 4:
            continue
        x, y, width, height = cv2.boundingRect(outline)
        is_square = _SMALLEST <= width <= _LARGEST and 0.8 <= width / height <= 1.25
        if is_square and not any(abs(x - a) < 8 and abs(y - b) < 8 for a, b, _, _ in squares):
            squares.append((x, y, width, height))
    lines = _lines(grey)
    marks = []
    for x, y, width, height in squares:
        beside = [line for line in lines if line[1][0] > x + width / 2 and line[1][1] < y + height / 2 < line[1][3]]
        if beside:
            text, box = min(beside, key=lambda line: line[1][0])
            inside = dark[y + 2 : y + height - 2, x + 2 : x + width - 2]
            state = MarkState.ON if inside.mean() > 255 * _DARK else MarkState.OFF
            marks.append(GotMark(text, state, box, (x, y, x + width, y + height)))
    return GotPage(tuple(marks))


def _lines(grey: Any) -> list[tuple[str, Box]]:
    data = pytesseract.image_to_data(Image.fromarray(grey), output_type=pytesseract.Output.DICT)
    lines: dict[tuple[int, ...], tuple[list[str], list[Box]]] = {}
    for index, text in enumerate(data["text"]):
        if text.strip():
            key = tuple(data[name][index] for name in ("block_num", "par_num", "line_num"))
            x, y, w, h = (data[name][index] for name in ("left", "top", "width", "height"))
            words, boxes = lines.setdefault(key, ([], []))
            words.append(text)
            boxes.append((x, y, x + w, y + h))
    return [
        (
            " ".join(words),
            (min(b[0] for b in boxes), min(b[1] for b in boxes), max(b[2] for b in boxes), max(b[3] for b in boxes)),
        )
        for words, boxes in lines.values()
    ]
