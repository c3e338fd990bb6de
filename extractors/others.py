"""Reading the pages that are no log: settings, forms and lists, in text or on pictures.

What a page costs decides the order: its class, then what its text layer tells, then OCR. What OCR saw is kept below the
document's parts, so that a better layout never recognises a page twice.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

import numpy as np

from extractors.claim import check_layer
from extractors.document import Document
from extractors.found import Found, FoundIssue
from extractors.page_kind import is_prose
from extractors.pdfium import PdfiumDocument
from extractors.pictures.document import PictureDocument
from extractors.pictures.layer import layer_lines, may_be_settings
from extractors.pictures.marks.find import find_marks
from extractors.pictures.organizations import find_organizations
from extractors.pictures.read_page import ReadPicture
from extractors.pictures.reading import read_picture
from extractors.pictures.readings_store import load, save
from extractors.pictures.render import page_picture
from extractors.pictures.store_form import found_marks, found_text, with_layer_account
from extractors.pictures.upright import turn_upright
from extractors.pictures.vector_mark import VectorMark, in_pixels
from extractors.pictures.vector_marks import MarkLayer
from extractors.pictures.versions import reading_fingerprint
from extractors.read_page import ReadPage
from extractors.segments import READ_KINDS
from extractors.sharing import plan_sharing, read_sharing
from records.documents import PageClass, SegmentKind
from records.errors import DamagedError, ToolError
from records.issues import Severity
from records.parts import READINGS_PREFIX

_SCAN = 0.8
"""Part of the page that a picture covers if the page is a scan, and the text over it what a scanner read."""
_DUST_SCALE = 0.5
_DUST_LEVEL = 48
"""Grey levels by which ink differs from its page; anti-aliasing of nothing stays below."""
_DUST = 0.0005
"""Part of a page's pixels that may be dust."""
_SETTINGS = (SegmentKind.HOTLIST_CONFIGURATION, SegmentKind.TICK_BOX_FORM)


class OtherPages:
    """Reads pages of one document. *said_kind* is what release.toml says the file is; *mark_layer* opens the PDF for
    its form fields and drawn marks, None for picture files."""

    def __init__(
        self,
        document: Document,
        document_id: str,
        parts_dir: Path,
        said_kind: str | None,
        mark_layer: Callable[[], MarkLayer] | None,
    ) -> None:
        self._document = document
        self._document_id = document_id
        self._readings = parts_dir / f"{READINGS_PREFIX}{reading_fingerprint()}"
        self._said_kind = SegmentKind(said_kind) if said_kind is not None else None
        self._open_marks = mark_layer
        self._marks: MarkLayer | None = None

    def read(self, pages: Sequence[ReadPage], taken: frozenset[int], say: Callable[[], None]) -> dict[int, Found]:
        """What *pages* hold, by page number; pages on which nothing is read are absent. *taken* are the pages of logs
        among them; *say* is called after each page. A page that is ink without text becomes one of class picture."""
        if self._said_kind is not None and self._said_kind not in READ_KINDS:
            return {}
        found = self._lists(pages, taken) if self._said_kind in (None, SegmentKind.SHARING_LIST) else {}
        for page in pages:
            if page.page_number not in found and page.width > 0:
                one = self._read(page)
                if one is not None:
                    found[page.page_number] = one
            say()
        if self._marks is not None:
            self._marks.close()
            self._marks = None
        return found

    def _lists(self, pages: Sequence[ReadPage], taken: frozenset[int]) -> dict[int, Found]:
        """The sharing lists among the pages with text."""
        numbers = [page.page_number for page in pages if page.page_class in (PageClass.TEXT, PageClass.MIXED)]
        if not numbers:
            return {}
        first, last = numbers[0], numbers[-1]
        others = taken | (frozenset(range(first, last + 1)) - frozenset(numbers))
        planned = plan_sharing(self._document, first, last, others)
        read = read_sharing(self._document, planned, first, last, others)
        if not read or not isinstance(self._document.engine, PdfiumDocument):
            return {}
        contents = [self._document.read(page.page_number) for page in read[:3]]
        verdict = check_layer(self._document.engine, contents, self._document_id)
        if verdict is not None and verdict.is_lie:
            said = f"OCR of the rendered page finds {verdict.share or 0:.0%} of the text layer. Nothing of it is used."
            of_page = {page.page_number: page for page in pages}
            issue = FoundIssue("text_layer_lies", Severity.ERROR, said)
            page = of_page[verdict.page_number]
            return {page.page_number: _left(page, SegmentKind.UNKNOWN, "its text layer lies", [issue])}
        return {page.page_number: page.found() for page in read}

    def _read(self, page: ReadPage) -> Found | None:
        if page.page_class is PageClass.BLANK:
            if not self._has_ink(page.page_number):
                return None
            page.page_class = PageClass.PICTURE
            page.class_reason += ", but something is drawn on it"
        if page.page_class is PageClass.MIXED and self._is_scanned_prose(page):
            return None
        if page.page_class is PageClass.TEXT and not self._may_be_settings(page.page_number):
            return None
        try:
            return self._read_picture(page)
        except ToolError as error:
            issue = FoundIssue("no_picture_reader", Severity.ERROR, str(error))
            return _left(page, SegmentKind.PICTURE, "no reader for pictures can be loaded", [issue])

    def _has_ink(self, page_number: int) -> bool:
        """Whether a page without text and pictures shows something: drawn letters, for one."""
        grey = np.asarray(self._engine.render(page_number, _DUST_SCALE).convert("L"), np.int16)
        return bool((np.abs(grey - np.median(grey)) > _DUST_LEVEL).mean() > _DUST)

    def _is_scanned_prose(self, page: ReadPage) -> bool:
        content = self._document.read(page.page_number)
        return content.image_share >= _SCAN and page.kind is SegmentKind.LETTER and self._said_kind is None

    def _may_be_settings(self, page_number: int) -> bool:
        if self._said_kind in _SETTINGS or may_be_settings(self._document.read(page_number)):
            return True
        return self._mark_layer is not None and self._mark_layer.has_buttons(page_number)

    def _read_picture(self, page: ReadPage) -> Found:
        """The page as a picture; on a page of text, with the layer as a third reader and marks told without pixels."""
        is_text = page.page_class is PageClass.TEXT
        read = self._recognized(page, is_text)
        vector: list[VectorMark] = []
        if is_text and self._mark_layer is not None:
            vector = in_pixels(self._mark_layer.marks(self._document.read(page.page_number)), read.picture)
        marked = find_marks(read, vector)
        listed = find_organizations(read) if self._said_kind not in _SETTINGS else None
        if marked.kind in _SETTINGS and self._said_kind is not SegmentKind.SHARING_LIST:
            found = found_marks(read, marked)
        elif listed is not None:
            found = listed.found(read.picture, read.readers)
        else:
            kind = SegmentKind.LETTER if is_prose([line.text for line in read.lines]) else SegmentKind.PICTURE
            # What a page of text lacks to be a log says more than what it lacks to be a picture of settings.
            why = "running text" if kind is SegmentKind.LETTER else "" if is_text else "no marks, no list"
            found = found_text(read, kind, why)
        return with_layer_account(found, page) if is_text else found

    def _recognized(self, page: ReadPage, is_text: bool) -> ReadPicture:
        """What the readers saw, now or in an earlier extraction, with the page's pixels."""
        number = page.page_number
        image, _ = page_picture(self._engine, number)
        path = self._readings / f"page-{number:05d}.parquet"
        if path.exists():
            try:
                return load(path)[0].with_pixels(image)
            except DamagedError:
                path.unlink()  # read anew
        picture = turn_upright(image, number, page.width, page.height)
        read = read_picture(picture, layer_lines(self._document.read(number), picture) if is_text else ())
        self._readings.mkdir(parents=True, exist_ok=True)
        save([read], path)
        return read

    @property
    def _engine(self) -> PdfiumDocument | PictureDocument:
        engine = self._document.engine
        if not isinstance(engine, PdfiumDocument | PictureDocument):
            raise TypeError("pages are shown by pdfium or as picture files")
        return engine

    @property
    def _mark_layer(self) -> MarkLayer | None:
        if self._marks is None and self._open_marks is not None:
            self._marks = self._open_marks()
        return self._marks


def _left(page: ReadPage, kind: SegmentKind, reason: str, issues: list[FoundIssue]) -> Found:
    """A page of which nothing is used: its text account stays as it was."""
    return Found(
        kind, reason, page.engine, issues=issues, outside=page.outside, seen=page.glyphs_seen, used=page.glyphs_used
    )
