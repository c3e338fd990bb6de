"""What a page prints, glyph by glyph: user units, ligatures, glyphs without a Unicode value, spaces."""

from __future__ import annotations

from pathlib import Path

import pytest

from extractors.compare import glyph_differences
from extractors.glyphs import PageContent
from extractors.open_pdf import user_unit
from extractors.pdfium import PdfiumDocument
from tests.unit.engine_pair import assert_agree, both
from tests.unit.raw_pdf import HELVETICA, RawPage, stream_object, text_at, write_pdf


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


@pytest.mark.parametrize("matrix", ["1 0 0 1 0 0", "0.5 0 0 0.5 20 30", "0 1 -1 0 400 10"])
def test_text_given_for_what_a_form_draws_stands_where_the_form_puts_it(matrix: str, tmp_path: Path) -> None:
    """As browsers write ligatures; a print of theirs that was stamped or put on other paper is a form."""
    drawn = b"/Span << /ActualText (fi) >> BDC " + text_at(62, 100, "f") + b"EMC\n"
    content = text_at(50, 100, "Of") + drawn + text_at(68, 100, "cer") + text_at(200, 300, "apart")
    form = RawPage(f"q {matrix} cm /Fm1 Do Q\n".encode(), forms={"Fm1": ("/BBox [0 0 612 792]", content)})
    seen = PdfiumDocument(write_pdf(tmp_path / "a.pdf", [form])).read(1)
    assert seen.glyphs.text == "Officerapart"
    a, b, c, d, e, f = map(float, matrix.split())
    x, y = 62 * a + 100 * c + e, 62 * b + 100 * d + f
    at, right, left = seen.glyphs, seen.glyphs.text.index("cer"), 2
    assert (at.x0[left], 792 - at.bottom[left]) == pytest.approx((x - 8 * abs(c) * (b > 0), y), abs=3)
    if b:
        assert at.bottom[left + 1] >= at.top[right] and at.x0[left] == pytest.approx(at.x0[right], abs=3)
    else:
        assert at.x1[left + 1] <= at.x0[right] + 1


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


@pytest.mark.parametrize("count", [1, 2, 3, 7])
def test_spaces_are_counted_alike_by_both_engines(count: int, tmp_path: Path) -> None:
    path = write_pdf(tmp_path / "a.pdf", [RawPage(text_at(50, 100, "Homicide" + " " * count + "cold"))])
    for seen in both(path):
        assert seen.glyphs.text == "Homicidecold"
        assert seen.glyphs.space_before.tolist() == [0] * 8 + [count] + [0] * 3
