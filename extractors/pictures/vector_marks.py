"""Marks of a PDF page without pixels: form fields first, then vector drawing, then signs of the text layer."""

from __future__ import annotations

import ctypes
from pathlib import Path
from typing import Any

import numpy as np
import pypdfium2 as pdfium
import pypdfium2.raw as raw

from extractors.glyphs import PageContent
from extractors.pdfium_calls import Door
from extractors.pictures.acroform import FormFields
from extractors.pictures.drawn_marks import drawn_marks
from extractors.pictures.glyph_marks import Sign, glyph_marks, is_mark_sign, plain_sign
from extractors.pictures.read_page import Box
from extractors.pictures.small_shapes import read_painted
from extractors.pictures.vector_mark import VectorMark, overlap
from records.errors import DamagedError
from records.marks import MarkMethod

_SAME = 0.5
"""Marks that overlap by this much of the smaller are one: the first method tells."""
_NOT_OVER = (raw.FPDF_ANNOT_WIDGET, raw.FPDF_ANNOT_LINK, raw.FPDF_ANNOT_POPUP)
"""Annotations that draw nothing over a page, or are form fields."""
_FONT_NAME = 128


class MarkLayer:
    """A PDF opened for its marks; beside the engine that reads its text, in the same process and thread.

    Raises :class:`DamagedError` when it cannot be opened.
    """

    def __init__(self, path: Path, password: str | None = None, user_unit: float = 1.0) -> None:
        self._user_unit = user_unit
        try:
            self._document = pdfium.PdfDocument(path, password=password)
        except pdfium.PdfiumError:
            raise DamagedError("The PDF cannot be opened: its structure is broken.") from None
        self._fields = FormFields(path, password)

    def close(self) -> None:
        """Close the file."""
        self._document.close()

    @property
    def has_form(self) -> bool:
        """Whether the file has a form at all: a cheap question."""
        return bool(raw.FPDF_GetFormType(self._document.raw) != raw.FORMTYPE_NONE)

    def has_buttons(self, page_number: int) -> bool:
        """Whether check boxes or radio buttons of a form are on the page."""
        return self.has_form and bool(self._fields.on_page(page_number))

    def marks(self, content: PageContent) -> list[VectorMark]:
        """The marks of the page, in reading order, boxes in points. *content* is the same page as read for its text.

        Raises :class:`DamagedError` when the page cannot be loaded.
        """
        page = raw.FPDF_LoadPage(self._document.raw, content.page_number - 1)
        if not page:
            raise DamagedError(f"Page {content.page_number} of the PDF cannot be loaded.")
        try:
            door = Door(page, self._user_unit)
            fields = self._field_marks(content.page_number, door)
            noted = _noted(page, door)
            signs = _signs(page, door)
            painted = read_painted(page, door)
        finally:
            raw.FPDF_ClosePage(page)
        drawn = drawn_marks(painted, _glyphs(content, signs), noted)
        covered = [*noted, *_covered(content), *(box for _, box in painted.others if _is_small(box))]
        found: list[VectorMark] = []
        for mark in [*fields, *drawn, *glyph_marks(signs, covered)]:
            if all(overlap(mark.box, other.box) < _SAME for other in found):
                found.append(mark)
        return sorted(found, key=lambda mark: (mark.box[1], mark.box[0]))

    def _field_marks(self, page_number: int, door: Door) -> list[VectorMark]:
        if not self.has_form:
            return []
        marks = []
        for field in self._fields.on_page(page_number):
            box = _displayed(field.rect, door)
            marks.append(VectorMark(box, field.kind, field.state, MarkMethod.ACROFORM, field.basis, field.name))
        return marks


def _displayed(rect: tuple[float, float, float, float], door: Door) -> Box:
    x0, top, x1, bottom = door.to_display(*(np.array([value]) for value in rect))[:, 0].tolist()
    return (x0, top, x1, bottom)


def _noted(page: Any, door: Door) -> list[Box]:
    """Places of annotations that may draw over the page: ink, stamps, notes, shapes."""
    boxes = []
    for i in range(raw.FPDFPage_GetAnnotCount(page)):
        note = raw.FPDFPage_GetAnnot(page, i)
        rect = raw.FS_RECTF()
        if raw.FPDFAnnot_GetSubtype(note) not in _NOT_OVER and raw.FPDFAnnot_GetRect(note, rect):
            left, right = sorted((rect.left, rect.right))
            bottom, top = sorted((rect.bottom, rect.top))
            boxes.append(_displayed((left, bottom, right, top), door))
        raw.FPDFPage_CloseAnnot(note)
    return boxes


def _signs(page: Any, door: Door) -> list[Sign]:
    """The glyphs of the page that may be marks: of dingbat fonts, or signs by themselves."""
    text_page = raw.FPDFText_LoadPage(page)
    if not text_page:
        return []
    try:
        found = []
        for i in range(raw.FPDFText_CountChars(text_page)):
            code = raw.FPDFText_GetUnicode(text_page, i)
            if not 0x20 < code <= 0x10FFFF or 0xD800 <= code <= 0xDFFF:
                continue
            character = chr(code)
            font = _font(text_page, i)
            if plain_sign(character, font) == character and character.isalnum():
                continue
            left, right, bottom, top = (ctypes.c_double() for _ in range(4))
            raw.FPDFText_GetCharBox(text_page, i, left, right, bottom, top)
            if left.value < right.value and bottom.value < top.value:
                box = _displayed((left.value, bottom.value, right.value, top.value), door)
                found.append(Sign(character, font, box))
        return found
    finally:
        raw.FPDFText_ClosePage(text_page)


def _font(text_page: Any, index: int) -> str:
    buffer = ctypes.create_string_buffer(_FONT_NAME)
    flags = ctypes.c_int()
    length = raw.FPDFText_GetFontInfo(text_page, index, buffer, _FONT_NAME, flags)
    return buffer.value.decode("utf-8", "replace") if 0 < length <= _FONT_NAME else ""


def _glyphs(content: PageContent, signs: list[Sign]) -> list[tuple[str, Box]]:
    """All glyphs of the page with their boxes; those of dingbat fonts as what they show."""
    glyphs = content.glyphs
    boxes = zip(glyphs.x0.tolist(), glyphs.top.tolist(), glyphs.x1.tolist(), glyphs.bottom.tolist(), strict=True)
    shown = {(round(s.box[0]), s.character): plain_sign(s.character, s.font) for s in signs}
    return [(shown.get((round(box[0]), sign), sign), box) for sign, box in zip(glyphs.text, boxes, strict=True)]


def _covered(content: PageContent) -> list[Box]:
    """Places of glyphs that cannot be seen."""
    if content.covered is None:
        return []
    glyphs, index = content.glyphs, np.flatnonzero(content.covered).tolist()
    return [(float(glyphs.x0[i]), float(glyphs.top[i]), float(glyphs.x1[i]), float(glyphs.bottom[i])) for i in index]


def _is_small(box: Box) -> bool:
    """Whether a painted object is small enough to be a stroke or stamp over one sign, and no ground of the page."""
    return max(box[2] - box[0], box[3] - box[1]) < 120


__all__ = ["MarkLayer", "VectorMark", "is_mark_sign"]
