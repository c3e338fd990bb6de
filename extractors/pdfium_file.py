"""A PDF opened by pdfium, and a page of it drawn: all that a picture of a page takes, and quick to import."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pypdfium2 as pdfium
import pypdfium2.raw as raw
from PIL import Image

from records.errors import DamagedError, EncryptedError


def open_file(path: Path, password: str | None) -> Any:
    """pdfium's document. Raises :class:`EncryptedError` or :class:`DamagedError` when it cannot be opened."""
    try:
        return pdfium.PdfDocument(path, password=password)
    except pdfium.PdfiumError as error:
        if getattr(error, "err_code", None) == raw.FPDF_ERR_PASSWORD:
            said = "the password given is wrong" if password else "it needs a password"
            raise EncryptedError(f"The PDF is encrypted: {said}.") from None
        raise DamagedError("The PDF cannot be opened: its structure is broken.") from None


def draw_page(document: Any, page_number: int, scale: float) -> Image.Image:
    """The page (1-based) as displayed, *scale* pixels per point before ``UserUnit``."""
    bitmap: Any = document[page_number - 1].render(scale=scale, may_draw_forms=True)
    picture: Image.Image = bitmap.to_pil().convert("RGB")
    return picture
