"""Text that survives under a black box: in the file, but not on the page as anybody sees it.

What is printed is what is rendered. A glyph is suspected when something opaque is painted over it, when it has the
colour of the box it stands on, or when it lies under a picture or an annotation; suspects are looked up in the
rendered page, and those on whose place nothing can be told from its ground are covered.
"""

from __future__ import annotations

import ctypes
from typing import Any

import numpy as np
import pypdfium2.raw as raw
from numpy.typing import NDArray

from extractors.glyphs import Floats, Glyphs, PageContent
from extractors.pdfium_calls import Door, address, draw_mode, fill_color, text_object
from extractors.pdfium_shapes import Shapes
from records.errors import DamagedError

_SCALE = 3.0
"""Pixels per point of the rendering that is looked at."""
_MOST_PIXELS = 60_000_000
"""Larger pages are rendered smaller."""
_CONTRAST = 24.0
"""Grey levels (of 255) by which the darkest and lightest pixel of a visible glyph differ at least."""
_UNDER_LETTERS = 0.28
"""Of a glyph's height, from its bottom up: no letter or digit has ink there alone, and what covers a line of text may
end with its baseline."""
_DARK = 110.0
_WHITE = 235.0
_INKLESS = np.zeros(raw.FPDF_TEXTRENDERMODE_LAST + 1, np.bool_)
_INKLESS[[raw.FPDF_TEXTRENDERMODE_INVISIBLE, raw.FPDF_TEXTRENDERMODE_CLIP]] = True
_COVERING_ANNOTATIONS = frozenset(
    (
        raw.FPDF_ANNOT_SQUARE,
        raw.FPDF_ANNOT_CIRCLE,
        raw.FPDF_ANNOT_POLYGON,
        raw.FPDF_ANNOT_INK,
        raw.FPDF_ANNOT_STAMP,
        raw.FPDF_ANNOT_FREETEXT,
        raw.FPDF_ANNOT_REDACT,
    )
)


def find_covered(
    page: Any, text_page: Any, door: Door, glyphs: Glyphs, index: NDArray[np.int64], shapes: Shapes
) -> NDArray[np.bool_]:
    """Which glyphs cannot be seen. *index* holds each glyph's number among pdfium's characters."""
    suspect = np.zeros(len(glyphs), np.bool_)
    if not len(glyphs):
        return suspect
    x, y = (glyphs.x0 + glyphs.x1) / 2, (glyphs.top + glyphs.bottom) / 2
    for box in (*_annotations(page, door), *shapes.images):
        suspect = suspect | _inside(x, y, box)
    _suspect_fills(text_page, x, y, index, shapes, suspect)
    over_picture = suspect.copy()
    unprinted = _suspect_inkless(text_page, index, shapes, suspect) & ~over_picture
    return unseen(page, door, glyphs, suspect) | unprinted if suspect.any() else suspect


def carry_covered(seen: PageContent, other: PageContent) -> NDArray[np.bool_] | None:
    """Which glyphs of another engine's view of the page lie where *seen* has covered ones."""
    if seen.covered is None or not seen.covered.any():
        return None
    glyphs = other.glyphs
    x, y = (glyphs.x0 + glyphs.x1) / 2, (glyphs.top + glyphs.bottom) / 2
    covered = np.zeros(len(glyphs), np.bool_)
    for i in np.flatnonzero(seen.covered).tolist():
        box = np.array([seen.glyphs.x0[i], seen.glyphs.top[i] - 2.0, seen.glyphs.x1[i], seen.glyphs.bottom[i] + 2.0])
        covered |= _inside(x, y, box)
    return covered


def _inside(x: Floats, y: Floats, box: Floats) -> NDArray[np.bool_]:
    inside: NDArray[np.bool_] = (x >= box[0]) & (x <= box[2]) & (y >= box[1]) & (y <= box[3])
    return inside


def _suspect_fills(
    text_page: Any, x: Floats, y: Floats, index: NDArray[np.int64], shapes: Shapes, suspect: NDArray[np.bool_]
) -> None:
    """Suspect glyphs that a filled area is painted over, or that have the colour of the dark area they stand on."""
    kinds = shapes.objects.kinds
    text_orders = np.flatnonzero(kinds == raw.FPDF_PAGEOBJ_TEXT)
    if not len(text_orders) or not len(shapes.fills):
        return
    handles = shapes.objects.handles
    paths = handles[shapes.fill_order]
    greys = np.where(_is_filled(paths), _greys(paths), np.nan)
    for k in np.flatnonzero((greys < _DARK) | ((shapes.fill_order > text_orders[0]) & ~np.isnan(greys))).tolist():
        inside = np.flatnonzero(_inside(x, y, shapes.fills[k]) & ~suspect)
        if not len(inside):
            continue
        texts = text_object(index[inside], address(text_page))
        order, is_known = _orders(texts, handles, text_orders)
        below = (order < shapes.fill_order[k]) | ~is_known
        suspect[inside] = below | ((greys[k] < _DARK) & (np.nan_to_num(_greys(texts)) < _DARK))


def _orders(
    texts: NDArray[np.int64], handles: NDArray[np.int64], text_orders: NDArray[np.int64]
) -> tuple[NDArray[np.int64], NDArray[np.bool_]]:
    """At which place of the page's objects each of some *texts* is painted, and which of them are among these."""
    known = handles[text_orders]
    sort = np.argsort(known)
    slot = np.minimum(np.searchsorted(known, texts, sorter=sort), len(known) - 1)
    return text_orders[sort[slot]], known[sort[slot]] == texts


def _suspect_inkless(
    text_page: Any, index: NDArray[np.int64], shapes: Shapes, suspect: NDArray[np.bool_]
) -> NDArray[np.bool_]:
    """Suspect glyphs drawn in no ink or in white; those drawn in no ink at all (invisible render modes, as scanners
    lay them over pictures) are given back: away from a picture nothing of them is printed, whatever shows there."""
    unprinted = np.zeros(len(suspect), np.bool_)
    objects = shapes.objects
    is_text = objects.modes >= 0
    texts = objects.handles[is_text]
    is_inkless = _INKLESS[objects.modes[is_text]]
    is_odd = is_inkless | (_greys(texts) > _WHITE)
    if is_odd.any():
        drawn = text_object(index, address(text_page))
        suspect |= np.isin(drawn, texts[is_odd])
        unprinted = np.isin(drawn, texts[is_inkless])
    return unprinted


def _is_filled(paths: NDArray[np.int64]) -> NDArray[np.bool_]:
    """Which of the paths are filled, and not stroked only."""
    known, modes = draw_mode.fill(paths)  # fill mode, whether it is stroked
    filled: NDArray[np.bool_] = known & (modes[:, 0] != raw.FPDF_FILLMODE_NONE)
    return filled


def _greys(handles: NDArray[np.int64]) -> Floats:
    """The grey levels (0 to 255) that objects are filled with; nan where there is none, or only a veil."""
    known, colors = fill_color.fill(handles)  # red, green, blue, alpha
    grey = 0.299 * colors[:, 0] + 0.587 * colors[:, 1] + 0.114 * colors[:, 2]
    greys: Floats = np.where(known & (colors[:, 3] >= 128), grey, np.nan)
    return greys


def _annotations(page: Any, door: Door) -> list[Floats]:
    """Boxes of annotations that may hide what is under them."""
    found: list[Floats] = []
    for k in range(raw.FPDFPage_GetAnnotCount(page)):
        annotation = raw.FPDFPage_GetAnnot(page, k)
        box = raw.FS_RECTF()
        if raw.FPDFAnnot_GetSubtype(annotation) in _COVERING_ANNOTATIONS and raw.FPDFAnnot_GetRect(annotation, box):
            sides = (np.array([v]) for v in (box.left, box.bottom, box.right, box.top))
            found.append(door.to_display(*sides)[:, 0])
        raw.FPDFPage_CloseAnnot(annotation)
    return found


def unseen(page: Any, door: Door, glyphs: Glyphs, suspect: NDArray[np.bool_]) -> NDArray[np.bool_]:
    """Those of the suspects whose place in the rendered page shows nothing."""
    scale = min(_SCALE, (_MOST_PIXELS / (door.width * door.height)) ** 0.5)
    grey = _render(page, door, scale)
    covered = np.zeros(len(glyphs), np.bool_)
    height, width = grey.shape
    for i in np.flatnonzero(suspect).tolist():
        # The middle of the glyph's box: its rim may touch the edge of a box or a ruling.
        dx, dy = 0.1 * (glyphs.x1[i] - glyphs.x0[i]), 0.15 * (glyphs.bottom[i] - glyphs.top[i])
        x0, x1 = int((glyphs.x0[i] + dx) * scale), int(np.ceil((glyphs.x1[i] - dx) * scale))
        under = _UNDER_LETTERS * (glyphs.bottom[i] - glyphs.top[i]) if glyphs.text[i].isalnum() else dy
        y0, y1 = int((glyphs.top[i] + dy) * scale), int(np.ceil((glyphs.bottom[i] - under) * scale))
        patch = grey[max(0, y0) : min(height, max(y1, y0 + 1)), max(0, x0) : min(width, max(x1, x0 + 1))]
        covered[i] = patch.size > 0 and float(patch.max()) - float(patch.min()) < _CONTRAST
    return covered


def _render(page: Any, door: Door, scale: float) -> NDArray[np.uint8]:
    """The page as displayed, annotations included, in grey; shape (height, width)."""
    width, height = int(door.width * scale) + 1, int(door.height * scale) + 1
    bitmap = raw.FPDFBitmap_CreateEx(width, height, raw.FPDFBitmap_Gray, None, 0)
    if not bitmap:
        raise DamagedError("A page of the PDF is too large to be rendered.")
    raw.FPDFBitmap_FillRect(bitmap, 0, 0, width, height, 0xFFFFFFFF)
    shown = (round(door.width * scale), round(door.height * scale))
    raw.FPDF_RenderPageBitmap(bitmap, page, 0, 0, *shown, 0, raw.FPDF_ANNOT | raw.FPDF_GRAYSCALE)
    stride = raw.FPDFBitmap_GetStride(bitmap)
    data = ctypes.string_at(raw.FPDFBitmap_GetBuffer(bitmap), stride * height)
    raw.FPDFBitmap_Destroy(bitmap)
    return np.frombuffer(data, np.uint8).reshape(height, stride)[:, :width]
