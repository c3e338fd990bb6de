"""What cannot be opened or loaded is told by its own error; what can be is read."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pytest

from extractors.open_pdf import open_pdf
from extractors.pdfium import PdfiumDocument
from extractors.plumber import PlumberDocument
from records.errors import DamagedError, EncryptedError, TooLargeError
from samples import others
from tests.unit.raw_pdf import RawPage, text_at, write_pdf


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
