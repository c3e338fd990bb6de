"""The two engines: the same glyphs at the same places, whatever the page is turned or cropped to."""

from __future__ import annotations

import dataclasses
import itertools
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytest

from extractors.compare import glyph_differences
from extractors.glyphs import PageContent, rulings_from_boxes
from extractors.open_pdf import open_pdf, user_unit
from extractors.pdfium import PdfiumDocument
from extractors.plumber import PlumberDocument
from records.errors import DamagedError, EncryptedError, TooLargeError
from samples import others
from samples.content import entries
from samples.layout import Layout
from samples.layouts import RULED, SHEET, draw, layout_named
from tests.unit.raw_pdf import HELVETICA, RawPage, stream_object, text_at, write_pdf

TURNS = (0, 90, 180, 270)
ROUNDING = 0.17
"""Points. ReportLab writes whole thousandths for the widths of an embedded font; over a long line that adds up."""
OVERHANG = {"f": 0.055, "j": 0.075, "/": 0.02, "k": 0.02, "K": 0.025, "m": 0.03, "w": 0.02}
"""Em: pdfium widens a glyph's box where its ink overhangs its advance; the reference knows the advance only."""


def both(path: Path, page_number: int = 1, unit: float = 1.0) -> tuple[PageContent, PageContent]:
    """The page as each engine sees it."""
    fast, reference = PdfiumDocument(path, None, unit), PlumberDocument(path, None, unit)
    try:
        return fast.read(page_number), reference.read(page_number)
    finally:
        fast.close()
        reference.close()


def assert_agree(fast: PageContent, reference: PageContent, size: float) -> None:
    """No difference, boxes within rounding but for overhanging ink, page sizes equal."""
    assert [str(d) for d in glyph_differences(fast, reference)] == []
    assert (fast.width, fast.height) == pytest.approx((reference.width, reference.height), abs=0.01)
    assert fast.rotation == reference.rotation
    a, b = fast.glyphs, reference.glyphs
    assert a.text == b.text and len(a) > 0
    allowed = ROUNDING + size * np.array([OVERHANG.get(char, 0.0) for char in a.text])
    assert np.all(np.abs(a.x0 - b.x0) <= allowed)
    assert np.all(np.abs(a.x1 - b.x1) <= allowed)
    assert np.array_equal(a.space_before, b.space_before)


def marks(content: PageContent) -> dict[str, set[tuple[float, ...]]]:
    """The rulings, rounded to whole points so that half a line width does not matter."""
    drawn = content.rulings
    return {
        name: {tuple(round(float(v)) for v in row) for row in lines}
        for name, lines in (("h", drawn.horizontal), ("v", drawn.vertical))
    }


TURNED = [
    dataclasses.replace(
        RULED,
        producer=producer,
        rotate=turn,
        crop_offset=crop,
        title=None,
        font="Vera" if producer == "fpdf2" else "Helvetica",
    )
    for producer, turn, crop in itertools.product(("reportlab", "fpdf2"), TURNS, ((0.0, 0.0), (24.0, 40.0)))
]


@pytest.mark.parametrize("layout", TURNED, ids=lambda o: f"{o.producer}-{o.rotate}-{o.crop_offset[0]:.0f}")
def test_engines_agree_on_drawn_pages_however_turned_and_cropped(layout: Layout, tmp_path: Path) -> None:
    path = tmp_path / "log.pdf"
    draw(layout, entries(5, 9, layout.content), path)
    fast, reference = both(path)
    assert_agree(fast, reference, layout.size)
    assert (fast.width, fast.height) == pytest.approx(layout.paper, abs=0.1)
    assert marks(fast).keys() == marks(reference).keys()
    for side in ("h", "v"):
        near = {tuple(v + d for v, d in zip(line, shift, strict=True)) for line in marks(reference)[side]
                for shift in itertools.product((-1, 0, 1), repeat=3)}  # fmt: skip
        assert marks(fast)[side] <= near and marks(fast)[side]


@pytest.mark.parametrize(
    "name",
    [
        "sheet",
        "tight-unruled",
        "widest-grid-boxes",
        "without-devices-thin-fills",
        "removed-columns-rotate-270",
        "removed-columns-unruled-bottom",
        "federal-cropped",
        "date-and-clock",
        "portal-lower-case",
        "monthly-dense",
        "junk-columns",
        "courier-bottom",
        "upside-down",
        "rotated-and-cropped",
        "split-unruled",
    ],
)
def test_engines_agree_on_every_trait_of_print(name: str, tmp_path: Path) -> None:
    layout = layout_named(name)
    path = tmp_path / "log.pdf"
    draw(layout, entries(3, 20, layout.content), path)
    assert_agree(*both(path), layout.size)


def test_engines_agree_on_large_type(tmp_path: Path) -> None:
    layout = layout_named("large-type-hyphenated-ids")
    draw(layout, entries(3, 12, layout.content), tmp_path / "log.pdf")
    assert_agree(*both(tmp_path / "log.pdf"), layout.size)


def test_of_a_shuffled_stream_only_the_order_differs(tmp_path: Path) -> None:
    """pdfium puts texts of one line that are drawn apart back in order; the kind of difference says so."""
    layout = layout_named("tiny-type-shuffled")
    draw(layout, entries(3, 20, layout.content), tmp_path / "log.pdf")
    assert {d.kind for d in glyph_differences(*both(tmp_path / "log.pdf"))} <= {"order"}


@pytest.mark.parametrize("turn", [*TURNS, -90, 450])
def test_boxes_are_measured_from_the_displayed_corner(turn: int, tmp_path: Path) -> None:
    """A grid cell at a known place of user space; MediaBox off the origin, CropBox different on all four sides."""
    path = write_pdf(
        tmp_path / "a.pdf",
        [
            RawPage(
                b"200 300 m 400 300 l S 200 300 m 200 350 l S\n" + text_at(150, 200, "Hn"),
                (100, 50, 712, 842),
                {"Rotate": str(turn), "CropBox": "[120 90 700 800]"},
            )
        ],
    )
    fast = PdfiumDocument(path).read(1)
    user = {"x": 200 - 120, "y": 300 - 90, "right": 700 - 200, "top": 800 - 300}
    long_at, short_at = {
        0: (user["top"], user["x"]),
        90: (user["y"], user["x"]),
        180: (user["y"], user["right"]),
        270: (user["top"], user["right"]),
    }[turn % 360]
    flat, upright = (fast.rulings.vertical, fast.rulings.horizontal) if turn % 180 else (
        fast.rulings.horizontal, fast.rulings.vertical)  # fmt: skip
    assert [line[2] for line in flat] == [pytest.approx(long_at, abs=0.1)]
    assert [line[2] for line in upright] == [pytest.approx(short_at, abs=0.1)]
    assert (fast.width, fast.height) == pytest.approx((710, 580) if turn % 180 else (580, 710))
    assert fast.rotation == turn % 360


def broken(*values: object, why: str) -> list[object]:
    """Parameters that show a known bug."""
    return [pytest.param(*one if isinstance(one, tuple) else (one,), marks=pytest.mark.xfail(reason=why))
            for one in values]  # fmt: skip


@pytest.mark.parametrize("turn", TURNS)
def test_engines_agree_on_a_crop_box_that_is_not_centred(turn: int, tmp_path: Path) -> None:
    # The text is upright on the displayed page, so that both engines mean the same by its bottom.
    matrix = {0: b"1 0 0 1 300 400", 90: b"0 1 -1 0 300 400", 180: b"-1 0 0 -1 300 400", 270: b"0 -1 1 0 300 400"}[turn]
    content = b"q %s cm %sQ\n" % (matrix, text_at(0, 0, "Hollow"))
    box = {"Rotate": str(turn), "CropBox": "[120 90 700 800]"}
    path = write_pdf(tmp_path / "a.pdf", [RawPage(content, (100, 50, 712, 842), box)])
    assert_agree(*both(path), 10)


def test_a_crop_box_larger_than_the_page_is_cut_to_it(tmp_path: Path) -> None:
    page = RawPage(text_at(150, 200, "Hollow"), entries={"CropBox": "[-20 -30 500 900]"})
    path = write_pdf(tmp_path / "a.pdf", [page])
    fast, reference = both(path)
    assert_agree(fast, reference, 10)
    assert (fast.width, fast.height, fast.glyphs.x0[0]) == pytest.approx((500, 792, 150), abs=0.01)


def test_user_unit_scales_pages_and_boxes(tmp_path: Path) -> None:
    page = RawPage(text_at(150, 200, "Hollow") + b"0.4 w 100 100 m 300 100 l S\n", entries={"UserUnit": "2.5"})
    path = write_pdf(tmp_path / "a.pdf", [page])
    assert user_unit(path, None) == 2.5
    fast, reference = both(path, unit=2.5)
    assert_agree(fast, reference, 25)
    assert (fast.width, fast.height) == (612 * 2.5, 792 * 2.5)
    assert fast.glyphs.x0[0] == pytest.approx(375)
    assert fast.rulings.horizontal[0] == pytest.approx([250, 750, 692 * 2.5], abs=3)


def test_user_unit_keeps_rulings(tmp_path: Path) -> None:
    page = RawPage(b"1 w 100 100 m 300 100 l S\n", entries={"UserUnit": "2.5"})
    fast, reference = both(write_pdf(tmp_path / "a.pdf", [page]), unit=2.5)
    assert len(fast.rulings.horizontal) == len(reference.rulings.horizontal) == 1


@pytest.mark.parametrize(("entry", "unit"), [({}, 1.0), ({"UserUnit": "0"}, 1.0), ({"UserUnit": "(two)"}, 1.0)])
def test_a_missing_or_senseless_user_unit_is_one(entry: dict[str, str], unit: float, tmp_path: Path) -> None:
    assert user_unit(write_pdf(tmp_path / "a.pdf", [RawPage(b"", entries=entry)]), None) == unit


LIGATURE_MAP = b"""/CIDInit /ProcSet findresource begin 12 dict begin begincmap /CMapName /X def
1 begincodespacerange <00> <FF> endcodespacerange
2 beginbfchar <42> <00660069> <41> <0041> endbfchar endcmap end end"""
LIGATURE_FONT = (
    b"<< /Type /Font /Subtype /TrueType /BaseFont /Invented /FirstChar 65 /LastChar 66 /Widths [700 500] %s /Encoding"
    b" << /Type /Encoding /BaseEncoding /WinAnsiEncoding /Differences [66 /fi] >> /FontDescriptor << /Type"
    b" /FontDescriptor /FontName /Invented /Flags 32 /FontBBox [0 -200 1000 800] /ItalicAngle 0 /Ascent 800"
    b" /Descent -200 /CapHeight 700 /StemV 80 /MissingWidth 500 >> >>"
)


def ligature(path: Path, to_unicode: bytes) -> tuple[PageContent, PageContent]:
    page = RawPage(b"BT /F1 10 Tf 50 100 Td (ABA) Tj ET\n", fonts={"F1": LIGATURE_FONT % to_unicode})
    return both(write_pdf(path, [page], [stream_object(LIGATURE_MAP)]))


def test_a_ligature_is_the_letters_it_stands_for(tmp_path: Path) -> None:
    fast, reference = ligature(tmp_path / "a.pdf", b"/ToUnicode 1 0 R")
    assert fast.glyphs.text == reference.glyphs.text == "AfiA"
    for seen in (fast, reference):
        assert seen.glyphs.x0[0] == pytest.approx(50) and seen.glyphs.x1[3] == pytest.approx(69, abs=0.3)
        assert not seen.glyphs.space_before.any() and seen.glyphs.unmapped == 0


def test_engines_agree_on_a_ligatures_boxes(tmp_path: Path) -> None:
    assert [str(d) for d in glyph_differences(*ligature(tmp_path / "a.pdf", b"/ToUnicode 1 0 R"))] == []


def test_engines_agree_on_a_ligature_named_only_by_its_glyph(tmp_path: Path) -> None:
    fast, reference = ligature(tmp_path / "a.pdf", b"")
    assert fast.glyphs.text == reference.glyphs.text == "AfiA"


BARE_CID = (
    b"<< /Type /Font /Subtype /CIDFontType2 /BaseFont /Invented /CIDSystemInfo << /Registry (Adobe) /Ordering"
    b" (Identity) /Supplement 0 >> /FontDescriptor << /Type /FontDescriptor /FontName /Invented /Flags 4 /FontBBox"
    b" [0 0 1000 1000] /ItalicAngle 0 /Ascent 800 /Descent -200 /CapHeight 700 /StemV 80 >> /DW 500 >>"
)
UNMAPPED_FONT = b"<< /Type /Font /Subtype /Type0 /BaseFont /Invented /Encoding /Identity-H /DescendantFonts [1 0 R] >>"


@pytest.mark.parametrize(
    "codes",
    ["F0010000", "00050006", "00240025"],
    ids=["private use", "control", "letters"],
)
def test_glyphs_without_unicode_are_counted_by_both_engines(codes: str, tmp_path: Path) -> None:
    """What a font without a map prints cannot be known: its codes must never pass for text."""
    page = RawPage(
        f"BT /F1 10 Tf 50 100 Td <{codes}> Tj ET\n".encode() + text_at(50, 50, "ok", font="F2"),
        fonts={"F1": UNMAPPED_FONT, "F2": HELVETICA},
    )
    fast, reference = both(write_pdf(tmp_path / "a.pdf", [page], [BARE_CID]))
    assert len(fast.glyphs) == len(reference.glyphs) == 4
    assert reference.glyphs.unmapped == 2
    assert fast.glyphs.unmapped == 2


GRID = (
    b"".join(b"%d 100 m %d 300 l " % (x, x) for x in (100, 200, 300))
    + b"".join(b"100 %d m 300 %d l " % (y, y) for y in (100, 150, 300))
    + b"S\n"
)
GRID_MARKS = {
    "h": {(100, 300, 692), (100, 300, 642), (100, 300, 492)},
    "v": {(492, 692, 100), (492, 692, 200), (492, 692, 300)},
}


def test_a_grid_drawn_as_one_path_is_its_lines(tmp_path: Path) -> None:
    fast, reference = both(write_pdf(tmp_path / "a.pdf", [RawPage(GRID + text_at(150, 200, "x"))]))
    assert marks(fast) == marks(reference) == GRID_MARKS


def test_a_form_is_placed_by_its_matrix_and_the_pages(tmp_path: Path) -> None:
    page = RawPage(
        b"q 1 0 0 1 50 60 cm /X Do Q\n",
        forms={"X": ("/BBox [0 0 400 400] /Matrix [0.5 0 0 0.5 10 20]", GRID + text_at(150, 200, "Hollow"))},
    )
    fast, reference = both(write_pdf(tmp_path / "a.pdf", [page]))
    assert_agree(fast, reference, 5)
    assert fast.glyphs.x0[0] == pytest.approx(150 * 0.5 + 10 + 50)
    expected = {"h": {(110, 210, y) for y in (662, 637, 562)}, "v": {(562, 662, x) for x in (110, 160, 210)}}
    assert marks(fast) == marks(reference) == expected


def test_rectangles_of_one_path_are_four_edges_each(tmp_path: Path) -> None:
    path = b"".join(b"%d %d 100 50 re " % (x, y) for x in (100, 200) for y in (100, 150)) + b"S\n"
    fast, reference = both(write_pdf(tmp_path / "a.pdf", [RawPage(path)]))
    for seen in (fast, reference):
        assert {line[2] for line in marks(seen)["h"]} == {692, 642, 592}
        assert {line[2] for line in marks(seen)["v"]} == {100, 200, 300}


@pytest.mark.parametrize(
    "shape",
    [
        b"10 10 m 300 400 l S\n",
        b"10 10 m 300 10 l 300 400 l S\n",
        b"100 100 m 100 200 200 200 200 100 c S\n",
        b"10 10 m 100 200 l 200 10 l h f\n",
    ],
    ids=["slanted line", "corner", "arc", "triangle"],
)
def test_what_is_no_rectangle_is_not_framed(shape: bytes, tmp_path: Path) -> None:
    """A line across a page (a strike-out, a watermark's stroke) must not become four rulings."""
    fast, _ = both(write_pdf(tmp_path / "a.pdf", [RawPage(shape)]))
    drawn = fast.rulings
    assert len(drawn.horizontal) <= 1 and len(drawn.vertical) <= 1


def test_an_invisible_path_rules_nothing(tmp_path: Path) -> None:
    for content in (b"10 10 200 100 re n\n", b"10 10 200 100 re W n\n"):
        fast, reference = both(write_pdf(tmp_path / "a.pdf", [RawPage(content)]))
        assert marks(fast) == marks(reference) == {"h": set(), "v": set()}


def test_thin_fills_are_lines_and_short_strokes_are_none() -> None:
    boxes = np.array([[0, 10, 100, 10.6], [50, 0, 50.5, 80], [5, 5, 7, 5.2]])
    found = rulings_from_boxes(boxes, np.empty((0, 4)))
    assert found.horizontal.tolist() == [pytest.approx([0, 100, 10.3])]
    assert found.vertical.tolist() == [pytest.approx([0, 80, 50.25])]


def test_a_page_that_cannot_be_loaded_is_named_and_its_neighbours_are_read(tmp_path: Path) -> None:
    path = write_pdf(tmp_path / "a.pdf", [RawPage(text_at(50, 50, "one")), None, RawPage(text_at(50, 50, "three"))])
    document = PdfiumDocument(path)
    assert document.page_count == 3
    assert document.read(1).glyphs.text == "one" and document.read(3).glyphs.text == "three"
    with pytest.raises(DamagedError, match="Page 2"):
        document.read(2)


def test_the_reference_never_gives_one_page_for_another(tmp_path: Path) -> None:
    path = write_pdf(tmp_path / "a.pdf", [RawPage(text_at(50, 50, "one")), None, RawPage(text_at(50, 50, "three"))])
    try:
        texts: Sequence[str] = [PlumberDocument(path).read(n).glyphs.text for n in (1, 3)]
    except DamagedError:
        return  # saying that it cannot is as good
    assert texts == ["one", "three"]


def test_a_page_without_an_area_is_refused(tmp_path: Path) -> None:
    path = write_pdf(tmp_path / "a.pdf", [RawPage(b"", entries={"CropBox": "[700 900 800 950]"})])
    try:
        content = PdfiumDocument(path).read(1)
    except DamagedError:
        return
    assert content.width > 0 and content.height > 0


def test_both_engines_refuse_what_is_locked_or_broken(tmp_path: Path) -> None:
    locked, broken = tmp_path / "locked.pdf", tmp_path / "broken.pdf"
    others.encrypted(locked, password="sesame", rows=3)
    broken.write_bytes(b"%PDF-1.7\nnothing more\n%%EOF\n")
    for engine in (PdfiumDocument, PlumberDocument):
        with pytest.raises(EncryptedError):
            engine(locked)
        with pytest.raises(EncryptedError):
            engine(locked, "wrong")
        with pytest.raises(DamagedError):
            engine(broken)
        assert engine(locked, "sesame").page_count == 1


def test_a_document_of_too_many_pages_is_refused_before_it_is_read(tmp_path: Path) -> None:
    path = write_pdf(tmp_path / "a.pdf", [RawPage(b"")] * 4)
    with pytest.raises(TooLargeError, match=r"4 pages.*max_pages is 3"):
        open_pdf(path, None, 3)
    assert open_pdf(path, None, 4).page_count == 4


def test_differences_are_told_by_kind(tmp_path: Path) -> None:
    draw(SHEET, entries(5, 3, SHEET.content), tmp_path / "log.pdf")
    fast, reference = both(tmp_path / "log.pdf")

    def kinds(**changes: object) -> dict[str, int]:
        glyphs = dataclasses.replace(reference.glyphs, **changes)
        return {d.kind: d.count for d in glyph_differences(fast, dataclasses.replace(reference, glyphs=glyphs))}

    text = reference.glyphs.text
    assert kinds() == {}
    assert kinds(text="\N{SNOWMAN}" + text[1:]) == {"only fast": 1, "only reference": 1}
    assert kinds(x0=reference.glyphs.x0 + 0.8) == {"x": len(text)}
    assert kinds(bottom=reference.glyphs.bottom + 0.9) == {"bottom": len(text)}
    wider = dataclasses.replace(reference, width=reference.width + 3)
    assert [d.kind for d in glyph_differences(fast, wider)] == ["page size"]
