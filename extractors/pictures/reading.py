"""The text of a page picture, by two readers, and by the file's own text layer where there is one."""

from __future__ import annotations

from collections.abc import Sequence

import cv2
import numpy as np
from numpy.typing import NDArray

from extractors.pictures import rapid, witness
from extractors.pictures.agree import agree, letters
from extractors.pictures.detect import find_lines
from extractors.pictures.ink import grey_of, ink_of, letter_specks
from extractors.pictures.pieces import Piece, find_pieces, is_box
from extractors.pictures.printed import LAYER, share_layer
from extractors.pictures.rapid import Recognized
from extractors.pictures.read_page import PagePicture, ReadPicture, TextLine
from extractors.pictures.rules import without_rules
from extractors.pictures.witness import Seen
from extractors.tesseract import NAME as WITNESS
from records.errors import ToolError

_TALLEST_CROP = 96
"""Rows beyond which a crop is reduced first: the reader scales to 48 rows without averaging."""
_CROP = 64


def read_picture(picture: PagePicture, layer: Sequence[TextLine] = ()) -> ReadPicture:
    """Every line of text on *picture*, read by each reader that is there.

    *layer*: the lines of the file's own text in upright pixels, where it has one: a third reader, whose words that no
    ink was found for are lines of their own. Raises ToolError when there is no reader at all.
    """
    readers = readers_there()
    if not readers:
        raise ToolError("No reader for pictures can be loaded.", "Install rapidocr with onnxruntime, or Tesseract.")
    ink = ink_of(grey_of(picture.pixels))
    pixels, ink = without_rules(picture.pixels, ink, letter_specks(ink))
    grey = grey_of(pixels)
    lines_there = find_lines(pixels, ink, letter_specks(ink))
    pieces = [piece for piece in find_pieces(grey, lines_there) if not is_box(piece.ink)]
    read = [[one] for one in _read(pixels, pieces)]
    seen = [[one] for one in witness.look(grey, pieces) or []]
    if read and seen:
        _look_again(pixels, grey, pieces, read, seen)
    printed, alone = share_layer(layer, [piece.box for piece in pieces])
    lines = list(alone)
    for index, piece in enumerate(pieces):
        line = agree(piece, read[index] if read else [], seen[index] if seen else [], printed[index])
        if line is not None:
            lines.append(line)
    if pieces and not seen:  # Tesseract failed on this page
        readers = [name for name in readers if name != WITNESS]
    return ReadPicture(picture, tuple(_in_order(lines)), (*readers, *((LAYER,) if layer else ())))


def readers_there() -> list[str]:
    """The readers that can be loaded, by name."""
    return [name for name, reader in ((rapid.NAME, rapid), (WITNESS, witness)) if reader.is_there()]


def _look_again(
    pixels: NDArray[np.uint8],
    grey: NDArray[np.uint8],
    pieces: list[Piece],
    read: list[list[Recognized]],
    seen: list[list[Seen]],
) -> None:
    """Where the readers' letters differ, both look a second time, at the ink alone and larger; added to their looks."""
    doubtful = [i for i in range(len(pieces)) if letters(read[i][0].text) != letters(seen[i][0].text)]
    some = [pieces[i] for i in doubtful]
    for index, one in zip(doubtful, _read(pixels, some, is_second=True), strict=True):
        read[index].append(one)
    for index, other in zip(doubtful, witness.look(grey, some, witness.SECOND) or [], strict=False):
        seen[index].append(other)


def _read(pixels: NDArray[np.uint8], pieces: Sequence[Piece], is_second: bool = False) -> list[Recognized]:
    if not rapid.is_there():
        return []
    return rapid.recognize([_crop(pixels, piece, is_second) for piece in pieces])


def _crop(pixels: NDArray[np.uint8], piece: Piece, is_second: bool) -> NDArray[np.uint8]:
    """The columns of the piece's crop; its rows as found, or for a second look those of the ink, enlarged smoothly."""
    x0, top, x1, bottom = piece.crop
    if is_second:
        air = max(2, round(0.3 * piece.height))
        top, bottom = max(0, piece.box[1] - air), min(pixels.shape[0], piece.box[3] + air)
    crop = pixels[top:bottom, x0:x1]
    if is_second or bottom - top > _TALLEST_CROP:
        factor = _CROP / (bottom - top)
        how = cv2.INTER_CUBIC if factor > 1 else cv2.INTER_AREA
        crop = np.asarray(cv2.resize(crop, None, fx=factor, fy=factor, interpolation=how), np.uint8)
    return crop


def _in_order(lines: list[TextLine]) -> list[TextLine]:
    """Top to bottom, then left to right: lines whose middles differ by less than half a height are side by side."""
    rows: list[list[TextLine]] = []
    for line in sorted(lines, key=lambda one: (one.box[1] + one.box[3], one.box[0])):
        middle = (line.box[1] + line.box[3]) / 2
        last = rows[-1][-1] if rows else None
        if last is not None and abs(middle - (last.box[1] + last.box[3]) / 2) < 0.5 * (last.box[3] - last.box[1]):
            rows[-1].append(line)
        else:
            rows.append([line])
    return [line for row in rows for line in sorted(row, key=lambda one: one.box[0])]
