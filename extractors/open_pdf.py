"""Opening a PDF: whole, unlocked, within limits; with the facts that pdfium does not tell."""

from __future__ import annotations

import re
from pathlib import Path

from pdfminer.pdfdocument import PDFDocument
from pdfminer.pdfpage import PDFPage
from pdfminer.pdfparser import PDFParser
from pdfminer.psexceptions import PSException

from extractors.pdfium import PdfiumDocument
from records.errors import DamagedError, TooLargeError

_TAIL = 2048
"""Bytes at the end of the file in which its end mark must stand; servers and mailers append a few."""


def open_pdf(path: Path, password: str | None, max_pages: int) -> PdfiumDocument:
    """The document, opened by pdfium.

    Raises :class:`DamagedError` for a truncated file even where a reader could repair it: repairing drops pages
    without a word. Raises :class:`EncryptedError` and :class:`TooLargeError` as their names say.
    """
    _check_end(path)
    document = PdfiumDocument(path, password)
    if document.page_count > max_pages:
        raise TooLargeError(f"The PDF has {document.page_count:,} pages; the limit max_pages is {max_pages:,}.")
    if document.page_count == 0:
        raise DamagedError("The PDF has no pages.")
    return document


def _check_end(path: Path) -> None:
    size = path.stat().st_size
    with path.open("rb") as file:
        file.seek(max(0, size - _TAIL))
        tail = file.read()
    if b"%%EOF" not in tail:
        raise DamagedError("The PDF is truncated: it has no end mark (%%EOF).")
    found = re.findall(rb"startxref\s+(\d+)", tail)
    if found and int(found[-1]) >= size:
        raise DamagedError("The PDF is truncated: its cross-reference table lies beyond its end.")


def user_unit(path: Path, password: str | None) -> float:
    """``/UserUnit`` of the first page: points per unit of user space; 1.0 unless the file says otherwise.

    pdfium ignores the entry. It is looked up only in files that name it in plain bytes.
    """
    if b"/UserUnit" not in path.read_bytes():
        return 1.0
    with path.open("rb") as file:
        try:
            page = next(PDFPage.create_pages(PDFDocument(PDFParser(file), password or "")))
        except (PSException, StopIteration, ValueError, KeyError, TypeError):
            return 1.0
        unit = page.attrs.get("UserUnit", 1.0)
    return float(unit) if isinstance(unit, int | float) and unit > 0 else 1.0
