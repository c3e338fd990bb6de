"""Sharing lists of text pages: one organization a row, who shares with whom, and where it is printed.

    lists = plan_sharing(document, first, last)     where lists begin, and their table models
    pages = read_sharing(document, lists, first, last)      laid out, rows joined over page breaks

Both take the pages of a document that hold no audit log. Lists are short, so all of one is read at once.
"""

from __future__ import annotations

from collections.abc import Container, Iterator, Sequence
from dataclasses import dataclass

from extractors.cells import Row
from extractors.document import Document
from extractors.fit_log import FIT_PAGES
from extractors.found import FoundIssue
from extractors.glyphs import PageContent
from extractors.sharing_fit import fit_sharing
from extractors.sharing_header import SharingHeader, find_sharing_headers
from extractors.sharing_model import SharingModel
from extractors.sharing_page import SharingPage, add_row, leave_piece, tell_row
from extractors.sharing_rows import SharingLayout, lay_out_sharing
from records.errors import DamagedError
from records.issues import Severity
from records.organization_names import is_whole_organization


@dataclass(frozen=True, slots=True)
class PlannedList:
    """A table model and the page from which it holds."""

    from_page: int
    model: SharingModel


def plan_sharing(document: Document, first: int, last: int, taken: Container[int] = ()) -> list[PlannedList]:
    """The lists that begin on pages *first* to *last*, in page order; *taken* pages hold something else."""
    planned: list[PlannedList] = []
    for number in range(first, last + 1):
        if number in taken:
            continue
        content = _read(document, number)
        headers = find_sharing_headers(content) if content else []
        if content is None or not headers or (planned and _holds(content, headers[0], planned[-1].model)):
            continue
        pages = _following(document, content, headers[0], last, taken)
        model = fit_sharing(headers[0], number, pages)
        layout = lay_out_sharing(content, model) if model else None
        if model and layout and layout.fits and _is_list(layout, model):
            planned.append(PlannedList(number, model))
    return planned


def _read(document: Document, number: int) -> PageContent | None:
    try:
        return document.read(number)
    except DamagedError:
        return None  # the page loop tells of it


def _holds(content: PageContent, header: SharingHeader, model: SharingModel) -> bool:
    """Whether *header* is that of the list before, printed again with its columns at the same place."""
    if header.header.key != model.table.header_key:
        return False
    labels = [c.label for c in model.table.columns if c.label]
    return all(abs(a.box.x0 - b.box.x0) < 2.0 for a, b in zip(header.header.labels, labels, strict=True))


def _following(
    document: Document, content: PageContent, header: SharingHeader, last: int, taken: Container[int]
) -> list[PageContent]:
    """The page and those after it that may be of the same list, up to another header."""
    pages = [content]
    for number in range(content.page_number + 1, min(last, content.page_number + FIT_PAGES - 1) + 1):
        page = None if number in taken else _read(document, number)
        if page is None or any(
            h.direction is None and h.header.key != header.header.key for h in find_sharing_headers(page)
        ):
            break
        pages.append(page)
    return pages


def _is_list(layout: SharingLayout, model: SharingModel) -> bool:
    """Whether most rows have a name, and, in a table, something beside it."""
    named = [row for row in layout.rows if row.piece == "whole"]
    if model.is_list:
        return len(named) > 0
    beside = [row for row in named if sum(cell is not None for cell in row.cells) > 1]
    return len(named) > 0 and 2 * len(beside) >= len(named) and 2 * len(named) >= len(layout.rows)


def read_sharing(
    document: Document, planned: Sequence[PlannedList], first: int, last: int, taken: Container[int] = ()
) -> list[SharingPage]:
    """The pages of the *planned* lists, in order. A list ends where a page does not fit its columns."""
    pages: list[SharingPage] = []
    for k, begun in enumerate(planned):
        until = planned[k + 1].from_page - 1 if k + 1 < len(planned) else last
        laid_out: list[tuple[PageContent, SharingLayout]] = []
        for number in range(max(first, begun.from_page), until + 1):
            content = None if number in taken else _read(document, number)
            layout = lay_out_sharing(content, begun.model) if content else None
            if content is None or layout is None or not layout.fits or not _is_list(layout, begun.model):
                break
            laid_out.append((content, layout))
        pages += list(_joined(laid_out, begun.model, document.name))
    return pages


def _joined(
    laid_out: list[tuple[PageContent, SharingLayout]], model: SharingModel, engine: str
) -> Iterator[SharingPage]:
    """The pages with the pieces of rows joined to the rows they belong to."""
    torn = {k for k in range(1, len(laid_out)) if _goes_on(laid_out[k - 1][1], laid_out[k][1], model)}
    for k in torn:
        laid_out[k][1].rows[0].piece = "loose"
    pieces: dict[tuple[int, int], list[tuple[int, Row]]] = {}
    for k, (_, layout) in enumerate(laid_out):
        whole = [i for i, row in enumerate(layout.rows) if row.piece == "whole"]
        for i, row in enumerate(layout.rows):
            if row.piece != "loose":
                continue
            owner = _owner(laid_out, k, i, whole)
            if owner is not None:
                row.piece = "rest" if owner < (k, i) else "start"
                pieces.setdefault(owner, []).append((k, row))
    for k, (content, layout) in enumerate(laid_out):
        page = SharingPage(content.page_number, [], layout.outside, [], len(content.glyphs), layout.used, model, engine)
        for i, row in enumerate(layout.rows):
            if row.piece == "whole":
                add_row(page, row, [(laid_out[p][0].page_number, r) for p, r in pieces.get((k, i), [])], model)
                tell_row(page, row, layout, i, pieces.get((k, i), []), k)
            elif row.piece == "loose":
                leave_piece(page, row)
        if k + 1 in torn and page.rows:
            _doubt(page, len(page.rows), "The organization's name goes on at the top of the next page, it seems.")
        elif k + 1 < len(laid_out) and page.rows and _begins_odd(laid_out[k + 1][1], model):
            _doubt(page, len(page.rows), "The organization's name may go on at the top of the next page.")
        if k and k not in torn and page.rows and _begins_odd(layout, model):
            _doubt(page, 1, "The organization's name may be the rest of the last one of the page before.")
        yield page


def _owner(
    laid_out: list[tuple[PageContent, SharingLayout]], page: int, index: int, whole: list[int]
) -> tuple[int, int] | None:
    """The row (page, index) that a piece without a name belongs to: above the page's first name the last row of the
    page before, below its last name the first row of the next page; between two names the row above."""
    if whole and whole[0] < index < whole[-1]:
        return page, max(i for i in whole if i < index)
    if whole and index > whole[-1]:
        after = laid_out[page + 1][1].rows if page + 1 < len(laid_out) else []
        starts = [i for i, row in enumerate(after) if row.piece == "whole"]
        return (page + 1, starts[0]) if starts and starts[0] == 0 else None
    before = laid_out[page - 1][1].rows if page else []
    ends = [i for i, row in enumerate(before) if row.piece == "whole"]
    return (page - 1, ends[-1]) if ends and ends[-1] == len(before) - 1 else None


def _doubt(page: SharingPage, row_number: int, said: str) -> None:
    seen = page.rows[row_number - 1].organization
    page.issues.append(FoundIssue("sharing_row_unclear", Severity.DOUBT, said, row_number=row_number, seen_text=seen))


def _begins_odd(layout: SharingLayout, model: SharingModel) -> bool:
    """Whether the page's first name is a single word, as the rest of one is, where rows may go over page breaks."""
    if model.is_list or not (model.table.is_ruled or model.is_spaced) or not layout.rows:
        return False
    name = layout.rows[0].cells[model.table.anchor]
    return name is not None and len(" ".join(name.texts).split()) == 1


def _goes_on(layout: SharingLayout, after: SharingLayout, model: SharingModel) -> bool:
    """Whether the page's last name goes on at the top of the next page: rows are parted by rulings or steps, and there
    stands nothing beside the name, or only both parts together are a whole name."""
    if model.is_list or not (model.table.is_ruled or model.is_spaced) or not layout.rows or not after.rows:
        return False
    last, first = layout.rows[-1], after.rows[0]
    name, rest = last.cells[model.table.anchor], first.cells[model.table.anchor]
    if last.piece != "whole" or first.piece != "whole" or not name or not rest or not name.texts or not rest.texts:
        return False
    if sum(cell is not None for cell in first.cells) == 1 and len(first.cells) > 1:
        return True
    texts = " ".join(name.texts), " ".join(rest.texts)
    return is_whole_organization(" ".join(texts)) and not any(map(is_whole_organization, texts))
