"""What can be seen on a page: white text on a dark ground can, text of its ground's colour or under a picture not."""

from __future__ import annotations

from pathlib import Path

import pytest

from extractors.pdfium import PdfiumDocument
from tests.unit.raw_pdf import RawPage, text_at, write_pdf

TEXT = text_at(100, 700, "Hollow", 12)
OVER = b"90 690 80 30 re f\n"
"""A box around the text."""


def unseen(path: Path, content: bytes, **entries: str) -> str:
    """The glyphs of one page that cannot be seen."""
    page = PdfiumDocument(write_pdf(path, [RawPage(content, entries=entries)])).read(1)
    assert page.covered is not None and len(page.covered) == len(page.glyphs)
    return "".join(char for char, covered in zip(page.glyphs.text, page.covered, strict=True) if covered)


@pytest.mark.parametrize(
    "content",
    [
        TEXT,
        b"0 g " + OVER + b"1 g " + TEXT,
        b"0.1 0.1 0.3 rg " + OVER + b"1 1 0.9 rg " + TEXT,
        b"0.85 g " + OVER + b"0 g " + TEXT,
        TEXT + b"90 690 80 30 re S\n",
        TEXT + b"90 600 80 30 re f\n",
        TEXT + b"0.5 w 90 704 m 170 704 l S\n",
        TEXT + b"90 703 80 1 re f\n",
    ],
    ids=[
        "plain",
        "white on black",
        "light on dark",
        "black on grey",
        "framed",
        "box elsewhere",
        "struck through",
        "struck through by a fill",
    ],
)
def test_what_a_person_can_read_is_not_covered(content: bytes, tmp_path: Path) -> None:
    assert unseen(tmp_path / "a.pdf", content) == ""


@pytest.mark.parametrize(
    "content",
    [
        TEXT + b"0 g " + OVER,
        TEXT + b"1 g " + OVER,
        TEXT + b"0.5 g " + OVER,
        b"0 g " + OVER + TEXT,
        b"0.1 g " + OVER + b"0.12 g " + TEXT,
        TEXT + b"q 80 0 0 30 90 690 cm BI /W 1 /H 1 /CS /G /BPC 8 ID \x00 EI Q\n",
        TEXT + b"100 690 m 170 690 l 170 720 l 90 720 l 90 690 l f\n",
        TEXT + b"0 g 90 699.8 80 13 re f\n",
    ],
    ids=[
        "black box",
        "white box",
        "grey box",
        "black on black",
        "dark on dark",
        "picture",
        "polygon",
        "to the baseline",
    ],
)
def test_what_nobody_can_read_is_covered(content: bytes, tmp_path: Path) -> None:
    assert unseen(tmp_path / "a.pdf", content) == "Hollow"


def test_a_box_over_some_letters_covers_these(tmp_path: Path) -> None:
    assert unseen(tmp_path / "a.pdf", TEXT + b"90 690 25 30 re f\n") == "Ho"


def test_text_over_a_box_is_seen_and_text_under_it_is_not(tmp_path: Path) -> None:
    content = text_at(100, 700, "under", 12) + b"0 g " + OVER + b"1 g " + text_at(110, 700, "OVER", 12)
    hidden = unseen(tmp_path / "a.pdf", content)
    assert not set(hidden) & set("OVER")


def annotation(subtype: str, more: str, flags: int = 4) -> dict[str, str]:
    """An annotation around the text, to be printed unless *flags* say otherwise."""
    return {"Annots": f"[<< /Type /Annot /Subtype /{subtype} /Rect [90 690 170 720] /F {flags} {more} >>]"}


@pytest.mark.parametrize(
    ("subtype", "more"),
    [
        ("Square", "/C [1 0 0] /Border [0 0 2]"),
        ("Circle", "/C [1 0 0]"),
        ("Highlight", "/C [1 1 0] /QuadPoints [90 720 170 720 90 690 170 690]"),
        ("Link", "/Border [0 0 1]"),
    ],
    ids=["frame", "ring", "highlight", "link"],
)
def test_an_annotation_that_covers_nothing_hides_nothing(subtype: str, more: str, tmp_path: Path) -> None:
    assert unseen(tmp_path / "a.pdf", TEXT, **annotation(subtype, more)) == ""


def test_a_hidden_annotation_hides_nothing(tmp_path: Path) -> None:
    black = annotation("Square", "/IC [0 0 0]", flags=2)
    assert unseen(tmp_path / "a.pdf", TEXT, **black) == ""


def test_a_filled_annotation_covers_what_is_under_it(tmp_path: Path) -> None:
    assert unseen(tmp_path / "a.pdf", TEXT, **annotation("Square", "/C [0 0 0] /IC [0 0 0]")) == "Hollow"


@pytest.mark.parametrize("turn", [0, 90, 180, 270])
def test_turned_and_cropped_pages_are_looked_at_where_they_are_shown(turn: int, tmp_path: Path) -> None:
    content = TEXT + text_at(100, 500, "Seen", 12) + b"0 g " + OVER
    assert unseen(tmp_path / "a.pdf", content, Rotate=str(turn), CropBox="[40 30 600 780]") == "Hollow"


def test_a_page_in_user_units_is_looked_at_in_points(tmp_path: Path) -> None:
    path = write_pdf(tmp_path / "a.pdf", [RawPage(TEXT + b"0 g " + OVER, entries={"UserUnit": "2"})])
    page = PdfiumDocument(path, None, 2.0).read(1)
    assert page.covered is not None and page.covered.all()
