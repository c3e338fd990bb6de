"""The page loop of a chunk: read, lay out, join rows over page breaks, judge values. Memory does not grow with pages.

Every chunk also looks at the page before and the page after it, so that a row over the chunk's border is whole
without a second pass: the piece belongs to the chunk that holds the row's anchor.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace

from extractors.cells import OutsideLine, Row, outside_lines
from extractors.compare import Difference, glyph_differences
from extractors.covers import carry_covered
from extractors.glyphs import Floats, PageContent, Unread
from extractors.header import Header
from extractors.layout import layout_page
from extractors.lines import find_lines
from extractors.model import TableModel
from extractors.page_kind import page_class, page_kind
from extractors.pdfium import PdfiumDocument
from extractors.plan import FIT_PAGES, Document, Engine, PlannedModel, fit_from
from extractors.sample import sample_page
from extractors.slanted import slanted_lines
from extractors.values import VALUE_TYPES, is_marker, is_type
from records.documents import PageClass, SegmentKind
from records.errors import DamagedError, DocumentError
from records.issues import Severity


@dataclass(slots=True)
class PageIssue:
    """An issue on a page; ``row`` is an index into the page's rows, ``column`` a column ordinal."""

    code: str
    severity: Severity
    message: str
    row: int | None = None
    column: int | None = None
    seen_text: str | None = None


@dataclass(slots=True)
class ReadPage:
    """One page, laid out. ``model`` is None where no table model fits."""

    page_number: int
    width: float
    height: float
    rotation: int
    page_class: PageClass
    class_reason: str
    kind: SegmentKind
    engine: str
    glyphs_seen: int
    model: TableModel | None
    rows: list[Row]
    outside: list[OutsideLine]
    issues: list[PageIssue] = field(default_factory=list)
    continued: dict[int, list[tuple[int, Row]]] = field(default_factory=dict)
    """Row index -> pieces of it on other pages, (page number, piece)."""
    glyphs_used: int = 0
    unread: tuple[Unread, ...] = ()
    """What a page of a log shows besides its text layer."""


class PageReader:
    """Reads pages of one document with the fast engine, and with the reference where a page or the plan asks for it.

    *seer* is the engine that tells what can be seen on a page: pdfium, whichever engine reads.
    """

    def __init__(
        self,
        document: Document,
        models: list[PlannedModel],
        reference: Callable[[], Engine],
        seer: Document,
        checked: frozenset[int],
        last_page: int,
    ) -> None:
        self._document = document
        self._models = models
        self._reference = reference
        self._seer = seer
        self._checked = checked
        self._last_page = last_page
        self._tried: dict[tuple[str, ...], TableModel | None] = {}
        self.opened: list[PlannedModel] = []
        """Table models that the plan did not know."""

    def read(self, page_number: int) -> ReadPage:
        """The page, laid out by the model that holds there."""
        issues: list[PageIssue] = []
        try:
            content = self._document.read(page_number, edges=self._edges(page_number))
            if self._seer is not self._document:
                seen = self._seer.read(page_number)
                content = replace(content, covered=carry_covered(seen, content), unread=seen.unread)
        except DamagedError as error:
            issues.append(PageIssue("page_unreadable", Severity.ERROR, str(error)))
            return ReadPage(
                page_number, 0.0, 0.0, 0, PageClass.BLANK, "could not be loaded", SegmentKind.UNKNOWN,
                self._document.name, 0, None, [], [], issues,
            )  # fmt: skip
        content, engine = self._check(content, issues)
        return self._lay_out(content, engine, issues)

    def _model(self, page_number: int) -> TableModel | None:
        """The table model that the plan, or an opened header, says holds on the page."""
        planned = [m for m in self._models if m.from_page <= page_number]
        return max(planned, key=lambda m: m.from_page).model if planned else None

    def _edges(self, page_number: int) -> Floats | None:
        """The edges that the page is going to be laid out by; None where its glyphs are looked at one by one."""
        model = self._model(page_number)
        return None if model is None or page_number in self._checked else model.edges

    def _check(self, content: PageContent, issues: list[PageIssue]) -> tuple[PageContent, str]:
        """Ask the reference engine about sampled and suspicious pages; the rule of choice is in docs/decisions.md."""
        engine = self._document.name
        unmapped = content.glyphs.unmapped
        wanted = unmapped > 0 or content.page_number in self._checked
        reference = self._ask_reference(content.page_number) if wanted else None
        if reference is not None:
            differences = glyph_differences(content, reference)
            if differences:
                issues.append(PageIssue("engines_differ", Severity.DOUBT, _difference_text(differences)))
            better = reference.glyphs.unmapped < unmapped and len(reference.glyphs) >= len(content.glyphs)
            if better:
                unmapped = reference.glyphs.unmapped
                covered, unread = carry_covered(content, reference), content.unread
                content, engine = replace(reference, covered=covered, unread=unread), "pdfplumber"
        if unmapped:
            issues.append(
                PageIssue("unmapped_glyphs", Severity.ERROR, f"{unmapped} glyphs have no Unicode value in the file.")
            )
        return content, engine

    def _ask_reference(self, page_number: int) -> PageContent | None:
        """The page as the reference engine sees it; None where that engine is the one in use, cannot read the page, or
        counts other pages than we do (it leaves out what it cannot parse)."""
        if self._document.name != PdfiumDocument.name:
            return None
        try:
            reference = self._reference()
            return reference.read(page_number) if reference.page_count == self._document.page_count else None
        except DocumentError:
            return None

    def _lay_out(self, content: PageContent, engine: str, issues: list[PageIssue]) -> ReadPage:
        number = content.page_number
        model = self._model(number)
        layout = layout_page(content, model) if model else None
        others = layout.other_headers if layout else []
        if others and not (layout and layout.rows and layout.outside == []):
            opened = self._open(others[0].key, content)
            if opened is not None:
                if engine == PdfiumDocument.name == self._document.name:
                    content = self._document.read(number)  # without the edges of the log before
                self.opened.append(PlannedModel(number, opened))
                self._models.append(self.opened[-1])
                model, layout = opened, layout_page(content, opened)
        page_type, reason = page_class(content)
        if page_type is PageClass.MIXED:
            said = "The page is a picture with a text layer over it: the text is a claim, not what is printed."
            issues.append(PageIssue("text_over_picture", Severity.DOUBT, said))
        if model is None or layout is None or not layout.fits:
            lines = find_lines(content.glyphs, covered=content.covered)
            left = outside_lines(lines, ~lines.covered, "left", "no_table")
            left += outside_lines(lines, lines.covered, "left", "blacked_out")
            return ReadPage(
                number, content.width, content.height, content.rotation, page_type, reason,
                page_kind(page_type, lines), engine, content.glyph_count, None, [], left + slanted_lines(content),
                issues,
            )  # fmt: skip
        return ReadPage(
            number, content.width, content.height, content.rotation, page_type, reason, SegmentKind.AUDIT_LOG,
            engine, content.glyph_count, model, layout.rows, layout.outside + slanted_lines(content), issues,
            glyphs_used=layout.used, unread=content.unread,
        )  # fmt: skip

    def _open(self, key: tuple[str, ...], content: PageContent) -> TableModel | None:
        """A model for a header the plan did not meet, fitted on this page and the next ones."""
        if key not in self._tried:
            until = min(self._last_page, content.page_number + FIT_PAGES // 2)
            known: list[Header] = []
            pages = [sample_page(content, known)]
            for number in range(content.page_number + 1, until + 1):
                try:
                    page = sample_page(self._document.read(number), known)
                except DamagedError:
                    break
                if any(header.key != key for header in page.headers):
                    break  # the next log begins
                pages.append(page)
            header = next((h for h in pages[0].headers if h.key == key), None)
            self._tried[key] = fit_from(header, content.page_number, pages) if header else None
        return self._tried[key]


def read_pages(reader: PageReader, first: int, last: int, begin: int, end: int) -> Iterator[ReadPage]:
    """Pages *first* to *last* with their rows whole; looks one page beyond either end, within *begin* to *end*."""
    before = reader.read(first - 1) if first > begin else None
    page = reader.read(first)
    for number in range(first, last + 1):
        after = reader.read(number + 1) if number < end else None
        join_pieces(before, page, after, reader, end)
        yield page
        before, page = page, after if after is not None else page


def join_pieces(before: ReadPage | None, page: ReadPage, after: ReadPage | None, reader: PageReader, end: int) -> None:
    """Give the pieces on the borders of *page* to the rows they belong to; a piece without a row is left over.

    *before* has been in the middle already, *after* has not: what is taken from it here, it finds again as the rest
    of a row of this page when its own turn comes.
    """
    if page.model is None:
        return
    starts = before is not None and begins_next(before, page)
    kept: list[Row] = []
    for i, row in enumerate(page.rows):
        if row.piece == "loose":
            if i == 0 and before is not None and continues(before, page):
                row.piece = "rest"
            elif i == len(page.rows) - 1 and after is not None and begins_next(page, after):
                row.piece = "start"
            elif _is_full(row, page.model):
                row.piece = "whole"
                said = "The row lacks the value that starts rows."
                page.issues.append(PageIssue("row_without_anchor", Severity.DOUBT, said, len(kept)))
            else:
                _leave(row, page)
                continue
        kept.append(row)
    page.rows[:] = kept
    whole = [i for i, row in enumerate(kept) if row.piece == "whole"]
    if not whole:
        return
    if starts and before is not None:
        page.continued.setdefault(whole[0], []).append((before.page_number, before.rows[-1]))
    if kept[-1].piece == "whole":
        _take_rest(page, whole[-1], after, reader, end)


def continues(before: ReadPage, page: ReadPage) -> bool:
    """Whether *page* begins with the rest of the last row of *before*."""
    if page.model is None or before.model is not page.model or not before.rows or not page.rows:
        return False
    rest, begun = page.rows[0], before.rows[-1]
    if rest.piece not in ("loose", "rest") or _is_full(rest, page.model):
        return False
    # A top-aligned cell goes on only where it began: text in another column is a total or a remark.
    in_place = all(begun.cells[j] is not None for j, cell in enumerate(rest.cells) if cell is not None)
    return in_place or page.model.alignment != "top" or len(before.rows) == 1


def begins_next(page: ReadPage, after: ReadPage) -> bool:
    """Whether *page* ends with the beginning of the row whose anchor is the first on *after*.

    Only where cells are not top-aligned: else the anchor is in a row's first piece.
    """
    if page.model is None or after.model is not page.model or page.model.alignment == "top":
        return False
    if len(page.rows) < 2 or not after.rows or after.rows[0].piece != "whole":
        return False
    return page.rows[-1].piece in ("loose", "start") and not _is_full(page.rows[-1], page.model)


def _take_rest(page: ReadPage, index: int, after: ReadPage | None, reader: PageReader, end: int) -> None:
    """The rest of the page's last row: on the next page, and on further ones while a page holds nothing else."""
    before, at = page, after
    while at is not None and continues(before, at):
        page.continued.setdefault(index, []).append((at.page_number, at.rows[0]))
        alone = len(at.rows) == 1
        before, at = at, (reader.read(at.page_number + 1) if alone and at.page_number < end else None)


def _is_full(row: Row, model: TableModel) -> bool:
    """Whether the row is one of its own: it fills most columns that every row fills, and what it prints in columns of
    ids, times and counts is whole. The rest of a row ends in broken-off values."""
    always = [j for j, c in enumerate(model.columns) if c.is_always_filled]
    filled = sum(1 for j in always if row.cells[j])
    if filled * 2 < len(always) or filled <= 1:
        return False
    for column, cell in zip(model.columns, row.cells, strict=True):
        if column.value_type and cell and cell.texts:
            text = " ".join(cell.texts)
            if not is_type(VALUE_TYPES[column.value_type], text) and not is_marker(text):
                return False
    return True


def _leave(row: Row, page: ReadPage) -> None:
    for cell in row.cells:
        if cell and cell.texts:
            count = sum(len("".join(text.split())) for text in cell.texts)
            page.outside.append(
                OutsideLine("left", "not_a_row", " ".join(cell.texts), count, cell.x0, cell.top, cell.x1, cell.bottom)
            )
            page.glyphs_used -= count


def _difference_text(differences: list[Difference]) -> str:
    return "The two PDF engines see the page differently: " + "; ".join(str(d) for d in differences) + "."
