"""Readings on disk: what OCR saw of some pages, so that a better layout never reads a page twice.

One Parquet file, one row for every page, line, word and reading, told apart by which numbers are null:

====================  ===========  ======================================================================
row                   line, word   what it holds
====================  ===========  ======================================================================
page                  null, null   the page's geometry; ``text``: the readers that were there
line                  n, null      agreed text, agreement and box; ``reader`` is null
reading               n, null      one reader's text, score and box
word                  n, m         a word of the line and its box
====================  ===========  ======================================================================

Boxes are upright pixels. The pixels themselves are rendered and turned anew: both are deterministic.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
from PIL import Image

from extractors.pictures.read_page import Box, PagePicture, Reading, ReadPicture, TextLine, Word
from extractors.pictures.upright import apply_turn
from extractors.pictures.versions import READING_VERSION, reader_versions
from extractors.tables import write_arrow
from records.errors import DamagedError
from records.marks import Agreement

_MATRIX = ("xx", "xy", "x1", "yx", "yy", "y1")
_SCHEMA = pa.schema(
    [
        ("page_number", pa.int32()),
        ("line", pa.int32()),
        ("word", pa.int32()),
        ("reader", pa.string()),
        ("text", pa.string()),
        ("score", pa.float64()),
        ("agreement", pa.string()),
        *((name, pa.float64()) for name in ("x0", "top", "x1", "bottom")),
        *((name, pa.float64()) for name in ("page_width", "page_height", "skew")),
        *((name, pa.int32()) for name in ("turned", "pixel_width", "pixel_height")),
        *((f"to_points_{name}", pa.float64()) for name in _MATRIX),
    ]
)
_VERSIONS = b"reading_versions"
_FORMAT = b"reading_version"


@dataclass(frozen=True, slots=True)
class StoredPage:
    """A page as it was read, without its pixels (an empty array stands for them)."""

    read: ReadPicture
    pixel_width: int
    pixel_height: int

    def with_pixels(self, image: Image.Image) -> ReadPicture:
        """As it was read, given the page as displayed, rendered as then. Raises DamagedError for another picture."""
        old = self.read.picture
        pixels = np.asarray(image.convert("RGB"))
        picture = apply_turn(pixels, old.page_number, (old.width, old.height), old.turned, old.skew)
        if picture.pixels.shape[:2] != (self.pixel_height, self.pixel_width):
            raise DamagedError(f"Page {old.page_number} does not have the size that its readings were taken at.")
        return replace(self.read, picture=picture)


def save(pages: Sequence[ReadPicture], path: Path) -> None:
    """Write the readings of some pages as one file, aside first, then renamed."""
    rows: list[dict[str, Any]] = []
    for page in pages:
        rows.append(_page_row(page))
        for number, line in enumerate(page.lines):
            rows.extend(_line_rows(page.picture.page_number, number, line))
    about = {_FORMAT: str(READING_VERSION).encode(), _VERSIONS: json.dumps(reader_versions(), sort_keys=True).encode()}
    write_arrow(path, pa.Table.from_pylist(rows, schema=_SCHEMA).replace_schema_metadata(about))


def load(path: Path) -> list[StoredPage]:
    """The pages of a file that :func:`save` wrote, in its order. Raises DamagedError when it is no such file."""
    try:
        table = pq.read_table(path)
    except (pa.ArrowException, OSError):
        raise DamagedError("The stored readings cannot be read.", "Delete the file: the pages are read anew.") from None
    pages: list[_OpenPage] = []
    lines: list[_OpenLine] = []
    for row in table.to_pylist():
        if row["line"] is None:
            lines = []
            pages.append(_OpenPage(row, lines))
        elif row["word"] is not None:
            lines[-1].words.append(Word(row["text"], _box_of(row)))
        elif row["reader"] is not None:
            lines[-1].readings.append(Reading(row["reader"], row["text"], row["score"], _box_of(row)))
        else:
            lines.append(_OpenLine(row["text"], _box_of(row), Agreement(row["agreement"]), [], []))
    return [page.close() for page in pages]


@dataclass(frozen=True, slots=True)
class _OpenLine:
    """A line whose words and readings are still being read."""

    text: str
    box: Box
    agreement: Agreement
    words: list[Word]
    readings: list[Reading]

    def close(self) -> TextLine:
        return TextLine(self.text, self.box, tuple(self.words), self.agreement, tuple(self.readings))


@dataclass(frozen=True, slots=True)
class _OpenPage:
    """A page whose lines are still being read."""

    row: dict[str, Any]
    lines: list[_OpenLine]

    def close(self) -> StoredPage:
        row = self.row
        picture = PagePicture(
            row["page_number"],
            np.zeros((0, 0, 3), np.uint8),
            row["page_width"],
            row["page_height"],
            np.array([row[f"to_points_{name}"] for name in _MATRIX]).reshape(2, 3),
            row["turned"],
            row["skew"],
        )
        read = ReadPicture(picture, tuple(line.close() for line in self.lines), tuple(row["text"].split()))
        return StoredPage(read, row["pixel_width"], row["pixel_height"])


def _page_row(page: ReadPicture) -> dict[str, Any]:
    picture = page.picture
    height, width = picture.pixels.shape[:2]
    return {
        "page_number": picture.page_number,
        "text": " ".join(page.readers),
        "page_width": picture.width,
        "page_height": picture.height,
        "skew": picture.skew,
        "turned": picture.turned,
        "pixel_width": width,
        "pixel_height": height,
        **{f"to_points_{name}": float(v) for name, v in zip(_MATRIX, picture.matrix.ravel(), strict=True)},
    }


def _line_rows(page_number: int, number: int, line: TextLine) -> list[dict[str, Any]]:
    place: dict[str, Any] = {"page_number": page_number, "line": number}
    first = place | {"text": line.text, "agreement": str(line.agreement)} | _box_row(line.box)
    readings = [place | {"reader": r.reader, "text": r.text, "score": r.score} | _box_row(r.box) for r in line.readings]
    words = [place | {"word": i, "text": word.text} | _box_row(word.box) for i, word in enumerate(line.words)]
    return [first, *readings, *words]


def _box_row(box: Box) -> dict[str, float]:
    return dict(zip(("x0", "top", "x1", "bottom"), box, strict=True))


def _box_of(row: dict[str, Any]) -> Box:
    return row["x0"], row["top"], row["x1"], row["bottom"]
