"""Loops in machine code say what the functions say when they are called one by one."""

from __future__ import annotations

import ctypes
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pypdfium2 as pdfium
import pypdfium2.raw as raw
import pytest
from reportlab.pdfgen.canvas import Canvas

from extractors.loops import Loop
from extractors.pdfium_calls import (
    address,
    char_angle,
    draw_mode,
    fill_color,
    loose_box,
    object_bounds,
    object_type,
    page_object,
    text_object,
    unicode_of,
)

TEXT = "Reason: stolen vehicle"


@pytest.fixture
def page(tmp_path: Path) -> Iterator[pdfium.PdfPage]:
    canvas = Canvas(str(tmp_path / "page.pdf"), pagesize=(300, 200))
    canvas.setFillColorRGB(1, 0, 0)
    canvas.rect(20, 30, 40, 50, stroke=0, fill=1)
    canvas.drawString(72, 100, TEXT)
    canvas.rotate(90)
    canvas.drawString(20, -250, "DRAFT")
    canvas.save()
    document = pdfium.PdfDocument(tmp_path / "page.pdf")
    yield document[0]
    document.close()


def test_characters_are_asked_in_one_call(page: pdfium.PdfPage) -> None:
    text_page = page.get_textpage()
    handle, every = address(text_page.raw), np.arange(text_page.count_chars())
    codes = unicode_of(every, handle)
    assert "".join(map(chr, codes)).startswith(TEXT)
    ok, boxes = loose_box.fill(every[: len(TEXT)], handle)
    assert ok.all()
    for k in range(len(TEXT)):
        box = raw.FS_RECTF()
        assert raw.FPDFText_GetLooseCharBox(text_page.raw, k, box)
        assert boxes[k].tolist() == [box.left, box.top, box.right, box.bottom]
    turned = "".join(map(chr, codes)).index("DRAFT")
    angles = char_angle(np.array([0, turned]), handle)
    assert np.degrees(angles).round().tolist() in ([0, 270], [0, 90])
    assert len(set(text_object(every[: len(TEXT)], handle).tolist())) == 1


def test_objects_are_asked_by_their_handles(page: pdfium.PdfPage) -> None:
    handles = page_object(np.arange(raw.FPDFPage_CountObjects(page.raw)), address(page.raw))
    kinds = object_type(handles)
    assert kinds.tolist() == [raw.FPDF_PAGEOBJ_PATH, raw.FPDF_PAGEOBJ_TEXT, raw.FPDF_PAGEOBJ_TEXT]
    ok, bounds = object_bounds.fill(handles[:1])
    assert ok.all() and bounds.round().tolist() == [[20, 30, 60, 80]]
    ok, colors = fill_color.fill(handles)
    assert ok.all() and colors[0].tolist() == [255, 0, 0, 255]
    ok, modes = draw_mode.fill(handles)
    assert ok.tolist() == [True, False, False]
    assert modes[0].tolist() == [raw.FPDF_FILLMODE_ALTERNATE, 0] and not modes[1:].any()


def test_nothing_is_asked_about_no_items(page: pdfium.PdfPage) -> None:
    ok, boxes = loose_box.fill(np.empty(0, np.int64), address(page.get_textpage().raw))
    assert ok.shape == (0,) and boxes.shape == (0, 4)


def test_items_need_not_stand_side_by_side(page: pdfium.PdfPage) -> None:
    every = np.arange(2 * len(TEXT))[::2]
    assert "".join(map(chr, unicode_of(every, address(page.get_textpage().raw)))).startswith(TEXT[::2])


def test_a_loop_made_later_is_compiled_too() -> None:
    absolute = ctypes.CFUNCTYPE(ctypes.c_int, ctypes.c_int)(abs)
    assert Loop(absolute)(np.array([-3, 4, -(2**31) + 1])).tolist() == [3, 4, 2**31 - 1]
