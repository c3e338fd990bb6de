"""How large a page is rendered for reading: as fine as what is on it, no finer."""

from __future__ import annotations

import math

import numpy as np
from PIL import Image

from extractors.pdfium import PdfiumDocument
from extractors.pictures.document import PictureDocument
from extractors.pictures.ink import grey_of, ink_of, letter_specks

_USUAL, _FINEST = 200 / 72, 300 / 72
"""Pixels per point: 200 dots per inch, and 300 for small print. Finer scans gain nothing and cost memory."""
_COARSEST = 180 / 72
"""A pasted screenshot is coarser: it is rendered at a whole multiple of its own pixels, to stay as sharp as it is."""
_SMALL_LETTER = 9.0
"""Height in pixels of lower-case letters under which a page is rendered again, finer."""
_MOST_PIXELS = 24_000_000
"""Of a rendered page; beyond it, large sheets are rendered coarser."""


def page_picture(document: PdfiumDocument | PictureDocument, page_number: int) -> tuple[Image.Image, float]:
    """The page (1-based) as displayed, RGB, and its pixels per point (before ``UserUnit``).

    A picture file comes pixel by pixel: scale 1.
    """
    if isinstance(document, PictureDocument):
        return document.render(page_number, 1.0), 1.0
    width, height = document.page_size(page_number)
    most = math.sqrt(_MOST_PIXELS / (width * height))
    native = document.picture_scale(page_number)
    if native is not None:
        scale = min(most, _scale_of(native))
        return document.render(page_number, scale), scale
    scale = min(most, _USUAL)
    picture = document.render(page_number, scale)
    finer = min(most, _FINEST)
    if finer > scale and _is_small_print(picture):
        return document.render(page_number, finer), finer
    return picture, scale


def _scale_of(native: float) -> float:
    """Pixels per point for a page whose picture has *native* ones."""
    if native >= _COARSEST:
        return min(native, _FINEST)
    whole = native * math.ceil(_COARSEST / native)
    return whole if whole <= _FINEST else _USUAL


def _is_small_print(picture: Image.Image) -> bool:
    specks = letter_specks(ink_of(grey_of(np.asarray(picture))))
    return len(specks) >= 12 and float(np.percentile(specks[:, 3] - specks[:, 1], 25)) < _SMALL_LETTER
