"""A document that is open, whichever engine reads it."""

from __future__ import annotations

from collections.abc import Iterable

from extractors.bars import with_typed_rules
from extractors.drawing_order import in_lines
from extractors.glyphs import PageContent
from extractors.pdfium import PdfiumDocument
from extractors.pictures.document import PictureDocument
from extractors.plumber import PlumberDocument
from records.errors import DamagedError

Engine = PdfiumDocument | PlumberDocument | PictureDocument


class Document:
    """An open document that keeps the pages of its sample, so that they are read once."""

    def __init__(self, engine: Engine) -> None:
        self.engine = engine
        self._kept: dict[int, PageContent] = {}
        self.name = engine.name
        self.page_count = engine.page_count

    def read(self, page_number: int, keep: bool = False) -> PageContent:
        """The page (1-based); a kept page is given back as it was read, and forgotten unless *keep*."""
        content = self._kept.pop(page_number, None) or with_typed_rules(in_lines(self.engine.read(page_number)))
        if keep:
            self._kept[page_number] = content
        return content

    def find_turned(self, sample: Iterable[int]) -> list[int]:
        """Those pages of the *sample* (page numbers) whose text is not upright; all of it is kept."""
        turned = []
        for number in sample:
            try:
                if self.read(number, keep=True).turn:
                    turned.append(number)
            except DamagedError:
                continue  # the page loop tells of it
        return turned

    @property
    def kept(self) -> list[PageContent]:
        """The pages of the sample that are still kept."""
        return list(self._kept.values())

    def close(self) -> None:
        """Close the file and forget the kept pages."""
        self._kept.clear()
        self.engine.close()
