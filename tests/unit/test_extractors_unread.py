"""What a page shows besides upright text: found where it is, told once where it repeats."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from extractors.pdfium import PdfiumDocument
from extractors.plumber import PlumberDocument
from extractors.slanted import slanted_lines
from extractors.unread_issues import unread_issues
from tests.unit.raw_pdf import RawPage, text_at, write_pdf

APPEARANCE = b"<< /Type /XObject /Subtype /Form /BBox [0 0 100 20] /Length 2 >>\nstream\nBT\nendstream"


def annotation(kind: str, text: str, extra: str = "") -> str:
    return f"/Annots [<< /Type /Annot /Subtype /{kind} /Rect [100 700 200 720] {text} {extra} >>]"


def turned(angle: tuple[float, float], x: float, y: float, text: str) -> bytes:
    """Text along the direction (cosine, sine)."""
    c, s = angle
    return b"BT /F1 30 Tf %g %g %g %g %g %g Tm (%s) Tj ET\n" % (c, s, -s, c, x, y, text.encode())


@pytest.mark.parametrize(
    ("entries", "kind", "text"),
    [
        (annotation("FreeText", "/Contents (see page 9)"), "note", "see page 9"),
        (annotation("Stamp", "/Contents (COPY)"), "stamp", "COPY"),
        (annotation("Widget", "/FT /Tx /V (Smithtown PD)"), "form field", "Smithtown PD"),
    ],
)
def test_notes_stamps_and_filled_fields_are_found(tmp_path: Path, entries: str, kind: str, text: str) -> None:
    key, value = entries.split(" ", 1)
    page = RawPage(text_at(50, 500, "some text"), entries={key.strip("/"): value})
    document = PdfiumDocument(write_pdf(tmp_path / "a.pdf", [page]))
    [found] = document.read(1).unread
    document.close()
    assert (found.kind, found.text) == (kind, text)
    assert (found.x0, found.top, found.x1, found.bottom) == pytest.approx((100, 72, 200, 92))


@pytest.mark.parametrize(
    "entries",
    [
        annotation("Widget", "/FT /Tx"),
        annotation("Widget", "/FT /Btn /V (Off)"),
        annotation("Link", "/Contents (a link)"),
        annotation("Highlight", "/Contents (a comment)"),
        annotation("FreeText", "/Contents (hidden)", "/F 2"),
    ],
)
def test_what_prints_nothing_of_its_own_is_left_alone(tmp_path: Path, entries: str) -> None:
    key, value = entries.split(" ", 1)
    page = RawPage(text_at(50, 500, "some text"), entries={key.strip("/"): value})
    document = PdfiumDocument(write_pdf(tmp_path / "a.pdf", [page]))
    assert document.read(1).unread == ()
    document.close()


@pytest.mark.parametrize(
    ("angle", "rotate"), [((0.8, 0.6), 0), ((0.0, 1.0), 0), ((0.98, -0.199), 0), ((0.8, 0.6), 90), ((0.8, 0.6), 180)]
)
def test_text_at_an_angle_is_parted_by_both_engines(tmp_path: Path, angle: tuple[float, float], rotate: int) -> None:
    lines = b"".join(text_at(50, 700 - 20 * k, f"upright line {k} of the page") for k in range(12))
    page = RawPage(lines + turned(angle, 300, 300, "DRAFT"), entries={"Rotate": str(rotate)})
    path = write_pdf(tmp_path / "a.pdf", [page])
    for engine in (PdfiumDocument(path), PlumberDocument(path)):
        content = engine.read(1)
        engine.close()
        assert content.slanted is not None and content.slanted.text == "DRAFT"
        assert "DRAFT" not in content.glyphs.text and content.glyph_count == len(content.glyphs) + 5
        [line] = slanted_lines(content)
        assert (line.account, line.rule, line.text, line.glyph_count) == ("left", "rotated", "DRAFT", 5)


def test_a_page_that_stands_sideways_as_a_whole_is_not_slanted(tmp_path: Path) -> None:
    content = b"".join(turned((0.0, 1.0), 100 + 40 * k, 100, "sideways") for k in range(6))
    document = PdfiumDocument(write_pdf(tmp_path / "a.pdf", [RawPage(content)]))
    assert document.read(1).slanted is None
    document.close()


def thing(page: int, x0: float = 500.0, kind: str = "picture", text: str | None = None) -> dict[str, Any]:
    return {"page_number": page, "kind": kind, "text": text, "x0": x0, "top": 20.0, "x1": x0 + 60, "bottom": 60.0}


def pages(count: int) -> list[dict[str, Any]]:
    return [{"page_number": n, "width": 612.0, "height": 792.0, "page_class": "text"} for n in range(1, count + 1)]


def test_a_logo_on_every_page_is_told_once_and_where() -> None:
    [issue] = unread_issues([thing(page) for page in range(1, 9)], [], pages(8))
    assert (issue["code"], issue["page_number"], issue["row_number"]) == ("picture_not_read", 1, None)
    assert issue["message"] == "Printed but in no value: a picture (60 by 40 pt) at the top right, on 8 pages."


def test_single_things_are_told_page_by_page_up_to_a_bound() -> None:
    things = [thing(page, x0=5.0 * page) for page in range(1, 81)]
    issues = unread_issues(things, [], pages(80))
    assert [i["page_number"] for i in issues] == [*range(1, 51), 51]
    assert issues[-1]["message"] == "Printed but in no value: the like on 30 more pages, from this one to page 80."


def test_a_watermark_is_told_once_with_its_text() -> None:
    texts = [{**thing(page, text="DRAFT"), "rule": "rotated"} for page in range(1, 5)]
    [issue] = unread_issues([], texts, pages(4))
    assert (issue["code"], issue["seen_text"]) == ("rotated_text", "DRAFT")


def letter(x: float, y: float) -> bytes:
    """A picture of six by eight points and as many pixels, black."""
    return b"q 6 0 0 8 %g %g cm BI /W 6 /H 8 /CS /G /BPC 8 ID " % (x, y) + bytes(48) + b" EI Q\n"


@pytest.mark.parametrize(("count", "found"), [(1, 1), (2, 2), (3, 0)])
def test_a_small_picture_may_be_a_letter_and_many_alike_are_bullets(tmp_path: Path, count: int, found: int) -> None:
    drawn = b"".join(letter(60, 700 - 20 * k) for k in range(count))
    document = PdfiumDocument(write_pdf(tmp_path / "a.pdf", [RawPage(text_at(80, 500, "some text") + drawn)]))
    pictures = document.read(1).unread
    document.close()
    assert [picture.kind for picture in pictures] == ["picture"] * found
