"""The page loop of a chunk: read, lay out, join rows over page breaks, judge values. Memory does not grow with pages.

Every chunk also looks at the page before and the page after it, so that a row over the chunk's border is whole
without a second pass: the piece belongs to the chunk that holds the row's anchor.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace

from extractors.bars import lines_apart, with_typed_rules
from extractors.cells import outside_lines
from extractors.compare import Difference, glyph_differences
from extractors.covers import carry_covered
from extractors.document import Document, Engine
from extractors.drawing_order import in_lines
from extractors.find_lines import find_lines
from extractors.fit_log import FIT_PAGES, fit_from
from extractors.folded import Fold
from extractors.glyphs import PageContent
from extractors.labels import Header
from extractors.layout import PageLayout, layout_page
from extractors.merged import merged_issues
from extractors.model import TableModel
from extractors.page_breaks import join_pieces
from extractors.page_kind import page_class, page_kind
from extractors.pdfium import PdfiumDocument
from extractors.plan import PlannedModel
from extractors.read_page import PageIssue, ReadPage
from extractors.sample import sample_page
from extractors.slanted import slanted_lines
from extractors.stacked import lay_out_stack
from extractors.unfold import unfold
from records.documents import PageClass, SegmentKind
from records.errors import DamagedError, DocumentError
from records.issues import Severity


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
        fold: Fold | None = None,
    ) -> None:
        self._document = document
        self._models = models
        self._reference = reference
        self._seer = seer
        self._checked = checked
        self._last_page = last_page
        self._fold = fold
        self._tried: dict[tuple[str, ...], TableModel | None] = {}
        self.opened: list[PlannedModel] = []
        """Table models that the plan did not know."""

    def read(self, page_number: int) -> ReadPage:
        """The page, laid out by the model that holds there."""
        issues: list[PageIssue] = []
        try:
            content = self._document.read(page_number)
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

    def _models_on(self, page_number: int) -> list[TableModel]:
        """The table models that the plan, or opened headers, say hold on the page, downwards."""
        planned = [m for m in self._models if m.from_page <= page_number]
        planned.sort(key=lambda m: (m.from_page, m.model.top))
        below = [m.model for m in planned if m.from_page == page_number and m.model.top > 0]
        return [m.model for m in planned[: len(planned) - len(below)][-1:]] + below

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
            if reference.page_count != self._document.page_count:
                return None
            return with_typed_rules(in_lines(reference.read(page_number)))
        except DocumentError:
            return None

    def _lay_out(self, content: PageContent, engine: str, issues: list[PageIssue]) -> ReadPage:
        number = content.page_number
        page_type, reason = page_class(content)
        if page_type is PageClass.MIXED:
            said = "The page is a picture with a text layer over it: the text is a claim, not what is printed."
            issues.append(PageIssue("text_over_picture", Severity.DOUBT, said))
        if self._fold is not None:
            content = unfold(content, self._fold)
        models = self._models_on(number)
        stack = self._lay_out_stack(content, models, engine, issues) if len(models) > 1 else None
        if stack is not None:
            return stack
        model = models[0] if len(models) == 1 else None  # a stack that does not hold is read by nothing
        layout = layout_page(content, model) if model else None
        others = layout.other_headers if layout else []
        if others and any(planned.model.top > 0 for planned in self._models):
            model = None  # logs share pages, but nobody looked at this one: which columns hold where is not known
        elif others and not (layout and layout.rows and layout.outside == []):
            opened = self._open(others[0].key, content)
            if opened is not None:
                self.opened.append(PlannedModel(number, opened))
                self._models.append(self.opened[-1])
                model, layout = opened, layout_page(content, opened)
        if model is None or layout is None or not layout.fits:
            lines = find_lines(content.glyphs, covered=content.covered)
            left = outside_lines(lines, ~lines.covered, "left", "no_table")
            left += outside_lines(lines, lines.covered, "left", "blacked_out")
            return ReadPage(
                number, content.width, content.height, content.rotation, page_type, reason,
                page_kind(page_type, lines), engine, content.glyph_count, None, [], left + lines_apart(content)
                + slanted_lines(content), issues,
            )  # fmt: skip
        return _log_page(content, model, layout, engine, issues)

    def _lay_out_stack(
        self, content: PageContent, models: list[TableModel], engine: str, issues: list[PageIssue]
    ) -> ReadPage | None:
        """The page in parts, each laid out by one of the *models*; None where they do not hold."""
        parts = lay_out_stack(content, models)
        if parts is None:
            return None
        page: ReadPage | None = None
        for model, (part, layout) in reversed(list(zip(models, parts, strict=True))):
            page = replace(_log_page(part, model, layout, engine, []), below=page)
        if page is not None:
            page.issues += issues
        return page

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
            # Where a third log begins on the page, what follows is not of this one.
            is_last = header is not None and all(h.top <= header.top for h in pages[0].headers)
            self._tried[key] = fit_from(header, content.page_number, pages) if header and is_last else None
        return self._tried[key]


def _log_page(
    content: PageContent, model: TableModel, layout: PageLayout, engine: str, issues: list[PageIssue]
) -> ReadPage:
    """A page of a log, or a part of one, as its *layout* by the *model* says."""
    page_type, reason = page_class(content)
    return ReadPage(
        content.page_number, content.width, content.height, content.rotation, page_type, reason,
        SegmentKind.AUDIT_LOG, engine, content.glyph_count, model, layout.rows,
        layout.outside + lines_apart(content) + slanted_lines(content, model), issues,
        glyphs_used=layout.used, unread=content.unread, grid=layout.grid,
    )  # fmt: skip


def read_pages(reader: PageReader, first: int, last: int, begin: int, end: int) -> Iterator[ReadPage]:
    """Pages *first* to *last* with their rows whole, those with several logs part by part; looks one page beyond either
    end, within *begin* to *end*."""
    before = reader.read(first - 1).parts[-1] if first > begin else None
    page = reader.read(first)
    for number in range(first, last + 1):
        after = reader.read(number + 1) if number < end else None
        for part in page.parts:
            join_pieces(before, part, part.below or after, reader.read, end)
            part.issues += merged_issues(part)
            if part.below is not None:
                part.below.rows_above = part.row_count
            yield part
            before = part
        page = after if after is not None else page


def _difference_text(differences: list[Difference]) -> str:
    return "The two PDF engines see the page differently: " + "; ".join(str(d) for d in differences) + "."
