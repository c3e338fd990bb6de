"""Pages that are displayed sideways or upside down: read upright, stored as displayed.

A viewer's "rotate" turns a page against its text, and a sheet may be printed along the long side of its page. Layout
reads lines from left to right, so the document is read from a copy in which such pages are turned upright, and every
box goes back to the page as displayed when the parts are written.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pypdfium2 as pdfium
import pypdfium2.raw as raw

from extractors.slanted import TURN_ASKED, glyph_angles, upright_turn
from extractors.tables import read_arrow, write_arrow

COPY = "upright.pdf"
"""Name of the copy in the folder of the work."""

_GOLDEN = (5**0.5 - 1) / 2
"""Multiples of it, without their whole parts, fill the unit evenly, and meet no other rhythm."""

Turns = Mapping[int, int]
"""Page number -> degrees clockwise, 90, 180 or 270, by which the page as displayed is turned to be upright."""


def find_turns(source: Path, password: str | None, sample: Iterable[int]) -> dict[int, int]:
    """The turns of the PDF at *source*. Only where a page of the *sample* (page numbers, 1-based) is turned are all
    pages asked."""
    document = pdfium.PdfDocument(source, password=password)
    try:
        if not any(_turn(document, number) for number in sample):
            return {}
        return {number: turn for number in range(1, len(document) + 1) if (turn := _turn(document, number))}
    finally:
        document.close()


def write_copy(source: Path, password: str | None, turns: Turns, folder: Path) -> Path:
    """The copy of the document at *source* with its pages turned upright, without a password; in *folder*."""
    document = pdfium.PdfDocument(source, password=password)
    target, aside = folder / COPY, folder / f"{COPY}.tmp"
    try:
        for number, turn in turns.items():
            page = document[number - 1]
            page.set_rotation((page.get_rotation() + turn) % 360)
            page.close()
        document.save(aside, flags=raw.FPDF_REMOVE_SECURITY)
    finally:
        document.close()
    aside.replace(target)
    return target


def turn_back(folder: Path, turns: Turns) -> None:
    """All boxes in the tables of *folder* back to the pages as displayed: columns ``…x0…``, ``…top…``, ``…x1…``,
    ``…bottom…`` of rows with a ``page_number`` (where a row goes on, that of the page it goes on); and the size and
    rotation of the pages themselves."""
    pages = read_arrow(folder / "page.parquet")
    number = pages["page_number"].to_pylist()
    turn = np.array([turns.get(n, 0) for n in number])
    sizes = dict(zip(number, zip(pages["width"].to_pylist(), pages["height"].to_pylist(), strict=True), strict=True))
    for path in sorted(folder.glob("*.parquet")):
        table = read_arrow(path)
        if "page_number" in table.column_names and path.name != "page.parquet":
            write_arrow(path, _turned_back(table, turns, sizes))
    side = np.isin(turn, (90, 270))
    width, height = (pages[name].to_numpy() for name in ("width", "height"))
    rotation = (pages["rotation"].to_numpy() - turn) % 360
    for name, values in (
        ("width", np.where(side, height, width)),
        ("height", np.where(side, width, height)),
        ("rotation", rotation),
    ):
        pages = _replaced(pages, name, values, np.zeros(len(pages), np.bool_))
    write_arrow(folder / "page.parquet", pages)


def spread(count: int) -> list[int]:
    """Places among *count* characters. Evenly spread ones would all stand at one place of their row where all rows are
    of one length: in a space, perhaps."""
    return sorted({int(count * (k * _GOLDEN % 1)) for k in range(2 * TURN_ASKED)}) if count else []


def _turn(document: Any, number: int) -> int:
    page = document[number - 1]
    text = page.get_textpage()
    try:
        count = raw.FPDFText_CountChars(text)
        solid = [i for i in spread(count) if chr(min(raw.FPDFText_GetUnicode(text, i), 0x10FFFF)).strip()]
        return upright_turn(glyph_angles(text.raw, np.array(solid, np.int64)), page.get_rotation())
    finally:
        text.close()
        page.close()


def _turned_back(table: pa.Table, turns: Turns, sizes: Mapping[int, tuple[float, float]]) -> pa.Table:
    page = "continued_page_number" if "continued_page_number" in table.column_names else "page_number"
    numbers = np.array([n or 0 for n in table[page].to_pylist()], np.int64)
    turn = np.array([turns.get(n, 0) for n in numbers.tolist()], np.int64)
    if not turn.any():
        return table
    size = np.array([sizes.get(n, (0.0, 0.0)) for n in numbers.tolist()], np.float64).reshape(-1, 2)
    for name in [name for name in table.column_names if "x0" in name]:
        names = [name.replace("x0", side) for side in ("x0", "top", "x1", "bottom")]
        box = np.stack([table[side].to_numpy(zero_copy_only=False).astype(np.float64) for side in names])
        missing = np.isnan(box).any(axis=0)
        for side, values in zip(names, _back(box, turn, size[:, 0], size[:, 1]), strict=True):
            table = _replaced(table, side, values, missing)
    for edge in ("left_edge", "right_edge"):  # of a band that runs down the upright page
        if edge in table.column_names:
            values = table[edge].to_numpy(zero_copy_only=False).astype(np.float64)
            table = _replaced(table, edge, values, np.isnan(values) | (turn > 0))
    return table


def _back(box: Any, turn: Any, width: Any, height: Any) -> Any:
    """Boxes (4 x n) on upright pages of *width* and *height*, which are displayed turned *turn* degrees back."""
    x0, top, x1, bottom = box
    turned = {
        90: (top, width - x1, bottom, width - x0),
        180: (width - x1, height - bottom, width - x0, height - top),
        270: (height - bottom, x0, height - top, x1),
    }
    for degrees, moved in turned.items():
        box = np.where(turn == degrees, np.stack(moved), box)
    return box


def _replaced(table: pa.Table, name: str, values: Any, missing: Any) -> pa.Table:
    place = table.column_names.index(name)
    column = pa.array(values, mask=missing).cast(table.schema.field(name).type, safe=False)
    return table.set_column(place, table.schema.field(name), column)
