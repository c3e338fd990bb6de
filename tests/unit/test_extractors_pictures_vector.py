"""Marks without pixels: form fields, drawing, signs of the text layer; and the layer's lines."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from reportlab.pdfgen.canvas import Canvas

from extractors.pdfium import PdfiumDocument
from extractors.pictures.glyph_marks import plain_sign
from extractors.pictures.layer import layer_lines, may_be_settings
from extractors.pictures.read_page import PagePicture
from extractors.pictures.vector_mark import VectorMark, in_pixels, to_pixels
from extractors.pictures.vector_marks import MarkLayer
from records.marks import Agreement, MarkMethod
from samples import others

HEIGHT = 792


def marks(path: Path) -> list[VectorMark]:
    layer = MarkLayer(path)
    found = layer.marks(PdfiumDocument(path).read(1))
    layer.close()
    return found


def draw(path: Path, paint: Callable[[Canvas], None]) -> list[tuple[str, str, str]]:
    canvas = Canvas(str(path), pagesize=(612, HEIGHT))
    paint(canvas)
    canvas.save()
    return [(mark.kind, mark.state, mark.method) for mark in marks(path)]


def box(canvas: Canvas, y: float, fill: float | None = None) -> None:
    if fill is not None:
        canvas.setFillGray(fill)
    canvas.rect(72, y, 12, 12, fill=0 if fill is None else 1)


def tick(canvas: Canvas, y: float) -> None:
    path = canvas.beginPath()
    path.moveTo(74, y + 6)
    path.lineTo(77, y + 3)
    path.lineTo(82, y + 10)
    canvas.drawPath(path)


def test_form_fields_tell_their_state(tmp_path: Path) -> None:
    def paint(canvas: Canvas) -> None:
        form = canvas.acroForm
        for k, (is_on, flags) in enumerate([(True, ""), (False, ""), (True, "readOnly"), (False, "readOnly")]):
            form.checkbox(name=f"topic.{k}", x=72, y=700 - 30 * k, size=14, checked=is_on, fieldFlags=flags)
        for k, value in enumerate(("yes", "no")):
            form.radio(name="share", value=value, selected=value == "no", x=72, y=500 - 30 * k, size=14)
        canvas.drawString(72, 300, "Topics")

    states = ["on", "off", "disabled_on", "disabled_off"]
    expected = [("check_box", state, "acroform") for state in states]
    assert draw(tmp_path / "form.pdf", paint) == [*expected, ("radio", "off", "acroform"), ("radio", "on", "acroform")]
    found = marks(tmp_path / "form.pdf")
    assert found[0].name == "topic.0" and found[0].box == pytest.approx((72, HEIGHT - 714, 86, HEIGHT - 700), abs=0.5)
    layer = MarkLayer(tmp_path / "form.pdf")
    assert layer.has_buttons(1) and not layer.has_buttons(2)


def test_a_field_that_contradicts_its_value_is_unreadable(tmp_path: Path) -> None:
    path = tmp_path / "form.pdf"
    canvas = Canvas(str(path), pagesize=(612, HEIGHT), pageCompression=0)
    canvas.acroForm.checkbox(name="a", x=72, y=700, size=14, checked=True)
    canvas.drawString(92, 700, "Stolen Plate")
    canvas.save()
    data = path.read_bytes()
    assert data.count(b"/AS /Yes") == 1
    path.write_bytes(data.replace(b"/AS /Yes", b"/AS /Off"))
    assert [(mark.state, mark.method) for mark in marks(path)] == [("unreadable", "acroform")]


def test_drawn_boxes_that_are_plain(tmp_path: Path) -> None:
    def paint(canvas: Canvas) -> None:
        box(canvas, 700)
        box(canvas, 670)
        tick(canvas, 670)
        box(canvas, 640)
        canvas.line(74, 642, 82, 650)
        canvas.line(74, 650, 82, 642)
        canvas.circle(78, 616, 6)
        canvas.circle(78, 586, 6)
        canvas.circle(78, 586, 3, fill=1)
        box(canvas, 550)
        canvas.drawString(74.5, 552.5, "X")

    assert draw(tmp_path / "drawn.pdf", paint) == [
        (kind, state, "vector")
        for kind, state in [
            ("check_box", "off"), ("check_box", "on"), ("check_box", "on"),
            ("radio", "off"), ("radio", "on"), ("check_box", "on"),
        ]
    ]  # fmt: skip


@pytest.mark.parametrize("what", ["stroke over", "dark box", "number in it", "picture over", "annotation over"])
def test_what_is_not_plain_is_left_to_the_pixels(what: str, tmp_path: Path) -> None:
    def paint(canvas: Canvas) -> None:
        box(canvas, 700, 0.2 if what == "dark box" else None)
        if what == "stroke over":
            canvas.bezier(60, 690, 90, 700, 70, 720, 140, 790)
        elif what == "number in it":
            canvas.drawString(75, 703, "7")
        elif what == "picture over":
            canvas.linearGradient(70, 698, 86, 714, ["red", "blue"], extend=False)
        elif what == "annotation over":
            canvas.freeTextAnnotation("X", "/Helv 9 Tf", Rect=[70, 698, 90, 716], relative=0)

    assert draw(tmp_path / "drawn.pdf", paint) == []


def pill(canvas: Canvas, y: float, is_right: bool, grey: bool) -> None:
    canvas.setFillColorRGB(*((0.7, 0.7, 0.7) if grey else (0.1, 0.4, 0.8)))
    canvas.roundRect(72, y, 28, 14, 7, stroke=0, fill=1)
    canvas.setFillGray(1)
    canvas.circle(93 if is_right else 79, y + 7, 5, stroke=0, fill=1)


def test_toggles_whose_colour_goes_with_their_side(tmp_path: Path) -> None:
    def paint(canvas: Canvas) -> None:
        pill(canvas, 700, True, False)
        pill(canvas, 670, False, True)

    assert draw(tmp_path / "toggles.pdf", paint) == [("toggle", "on", "vector"), ("toggle", "off", "vector")]


def test_toggles_whose_colour_does_not_tell_are_left_to_the_pixels(tmp_path: Path) -> None:
    def paint(canvas: Canvas) -> None:
        pill(canvas, 700, True, True)
        pill(canvas, 670, False, True)

    assert draw(tmp_path / "toggles.pdf", paint) == []


def test_signs_of_dingbat_fonts(tmp_path: Path) -> None:
    def paint(canvas: Canvas) -> None:
        canvas.setFont("ZapfDingbats", 12)
        for k, letter in enumerate("✔❏■"):
            canvas.drawString(72, 700 - 30 * k, letter)

    assert draw(tmp_path / "signs.pdf", paint) == [
        ("check_icon", "on", "vector"), ("check_box", "off", "vector"), ("check_box", "on", "vector"),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("character", "font", "shown"),
    [
        ("4", "ABCDEF+ZapfDingbats", "✔"),
        ("o", "ABCDEF+Wingdings-Regular", "□"),
        ("\uf0a8", "Wingdings", "☐"),
        ("\uf0fe", "Symbol", "☑"),
        ("R", "Wingdings 2", "☑"),
        ("R", "Helvetica", "R"),
        ("☒", "DejaVuSans", "☒"),
    ],
)
def test_letters_of_dingbat_fonts_are_the_signs_they_show(character: str, font: str, shown: str) -> None:
    assert plain_sign(character, font) == shown


def test_bullets_are_no_marks(tmp_path: Path) -> None:
    def paint(canvas: Canvas) -> None:
        canvas.setFont("ZapfDingbats", 12)
        for k in range(4):
            canvas.drawString(72, 700 - 30 * k, "■" if k < 2 else "✱")

    assert draw(tmp_path / "bullets.pdf", paint) == []


def picture(turned: int = 0) -> PagePicture:
    """Two pixels a point, the page displayed on its side."""
    matrix = np.array([[0.0, -0.5, 612.0], [0.5, 0.0, 0.0]])
    return PagePicture(1, np.full((1224, 1584, 3), 255, np.uint8), 612.0, 792.0, matrix, turned)


def test_boxes_go_to_pixels_and_back() -> None:
    page = picture(90)
    there = (72.0, 100.0, 84.0, 130.0)
    assert page.to_points(to_pixels(page, there)) == pytest.approx(there)
    toggle = VectorMark(there, "toggle", "on", MarkMethod.VECTOR, "")  # type: ignore[arg-type]
    assert in_pixels([toggle], picture(0))[0].box == to_pixels(page, there)


def test_layer_lines_are_parted_at_wide_gaps(tmp_path: Path) -> None:
    path = tmp_path / "text.pdf"
    canvas = Canvas(str(path), pagesize=(612, HEIGHT))
    canvas.drawString(72, 700, "Stolen Vehicle")
    canvas.drawString(300, 700, "On")
    canvas.drawString(72, 670, "Immigration Violator")
    canvas.save()
    page = PagePicture(1, np.full((HEIGHT, 612, 3), 255, np.uint8), 612.0, HEIGHT, np.eye(2, 3))
    lines = layer_lines(PdfiumDocument(path).read(1), page)
    assert [piece.text for piece in lines] == ["Stolen Vehicle", "On", "Immigration Violator"]
    assert {piece.agreement for piece in lines} == {Agreement.LAYER}
    assert lines[1].box[0] == pytest.approx(300, abs=1.5) and len(lines[0].words) == 2


def test_pages_of_settings_are_looked_at_and_letters_are_not(tmp_path: Path) -> None:
    def labels(canvas: Canvas) -> None:
        canvas.drawString(72, 700, "Stolen Vehicle")
        canvas.drawString(72, 670, "Immigration Violator")

    def squares(canvas: Canvas) -> None:
        for k in range(3):
            box(canvas, 700 - 30 * k)

    for name, paint in (("labels", labels), ("squares", squares)):
        draw(tmp_path / f"{name}.pdf", paint)
        assert may_be_settings(PdfiumDocument(tmp_path / f"{name}.pdf").read(1))
    others.letter(tmp_path / "letter.pdf", pages=1)
    others.memo(tmp_path / "memo.pdf")
    for name in ("letter", "memo"):
        assert not may_be_settings(PdfiumDocument(tmp_path / f"{name}.pdf").read(1))
