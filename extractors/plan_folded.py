"""The plan of a document whose records are printed over several lines: cards, and rows of two lines or more."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from extractors.delimited import SIGNS, find_delimited
from extractors.document import Document
from extractors.folded import LEAST, PLACE, Fold, find_fold, may_name_lines
from extractors.glyphs import PageContent
from extractors.header import find_headers
from extractors.labels import Header, Label
from extractors.page_text import page_lines
from extractors.plan import PlannedModel, plan_pages
from extractors.sample import SamplePage, sample_page
from extractors.search_log import tells_searches
from extractors.two_line_records import TwoLines
from extractors.two_lines import find_two_lines
from extractors.unfold import unfold, unfolded_headers
from extractors.unfold_delimited import flowing_model

_MANY = 20
"""Signs of a page of delimited text, at least."""
_PAGES = 12
"""Pages of delimited text that are looked at."""
_HALF = 3
"""Known labels of one of a header's two lines."""
_HEADED = 3
"""Pages on one of which a log with records of two lines prints its header."""


def plan_folded(
    document: Document, first: int, last: int, planned: list[PlannedModel], sample: Sequence[SamplePage] = ()
) -> tuple[Fold, list[PlannedModel]] | None:
    """How the records of the pages are printed over several lines, and the table models of the unfolded pages; None
    where they are no such records. *planned* is what was told of the pages as they are, *sample* these with the headers
    that they print."""
    contents = [c for c in document.kept if first <= c.page_number <= last]
    fold = _delimited(contents) if not planned else None
    if fold is None and (not planned or len(planned) >= LEAST):  # cards may look like tables of one row each
        fold = find_fold(contents, frozenset())
    if fold is None:
        fold = _two_lines(contents, planned, sample)
    if fold is None and len(planned) < 2:
        printed = [c.label for m in planned for c in m.model.columns if c.label] or _first_labels(contents)
        fields = frozenset(label.field for label in printed if label.field)
        if not fields or not any(may_name_lines(c, fields) for c in contents[:2]):
            return None
        fold = find_fold(contents, fields)
    if fold is None:
        return None
    known: list[Header] = []
    pages, is_begun = [sample_page(c, known) for c in contents if c.page_number < fold.from_page], False
    for content in (c for c in contents if c.page_number >= fold.from_page):
        unfolded = unfold(content, fold)
        headers = unfolded_headers(unfolded, content, fold) if unfolded is not content else []
        if fold.is_card and is_begun:
            headers = []
        if fold.lines is not None and unfolded is content and is_begun:
            headers = find_headers(content)  # of a log behind it
        is_begun |= bool(headers)
        if headers or unfolded is not content or abs(content.width - fold.width) <= PLACE:
            pages.append(SamplePage(unfolded, headers))  # else one of another log, which does not print its header
    models = plan_pages(pages, first, last)
    if fold.delimited is not None:  # text that flows: the rest of a record may begin fields of its own
        models = [replace(m, model=flowing_model(m.model, fold.delimited, fold.width)) for m in models]
    return (fold, models) if models and models[0].model.header_page else None


def _delimited(contents: list[PageContent]) -> Fold | None:
    """Delimited text, on pages from the first one on that may print its header."""
    first = next((k for k, c in enumerate(contents) if any(c.glyphs.text.count(sign) >= _MANY for sign in SIGNS)), None)
    if first is None:
        return None
    told = find_delimited([page_lines(content) for content in contents[first : first + _PAGES]])
    return Fold(contents[first].width, (), False, delimited=told) if told else None


def _two_lines(
    contents: list[PageContent], planned: list[PlannedModel], sample: Sequence[SamplePage] = ()
) -> Fold | None:
    """Records of two lines under a header of two, on the first page that prints a header of searches; or, behind a log
    without such, on one where another log begins, or that prints headers of no log that could be told."""
    looked = contents[:_HEADED]
    labels = [c.label for m in planned[:1] for c in m.model.columns if c.label]
    is_told = bool(labels) and any(c.page_number == planned[0].model.header_page for c in looked)
    for content in looked:
        if is_told and planned[0].model.header_page != content.page_number:
            continue
        if not is_told:
            labels = _first_labels([content]) or _half_of_labels(content)
        lines = _two_lines_around(content, labels)
        if lines is not None:
            return Fold(content.width, (), False, lines)
    for later in planned[1:]:
        labels = [c.label for c in later.model.columns if c.label]
        for content in (c for c in contents if c.page_number == later.model.header_page):
            lines = _two_lines_around(content, labels)
            if lines is not None:
                return Fold(content.width, (), False, lines, from_page=content.page_number)
    told = {m.model.header_key for m in planned}
    for page in sample:
        content = page.content
        if not told or not page.headers or any(header.key in told for header in page.headers):
            continue
        lines = _two_lines_around(content, page.headers[0].labels)
        if lines is not None:
            return Fold(content.width, (), False, lines, from_page=content.page_number)
    return None


def _two_lines_around(content: PageContent, labels: Sequence[Label]) -> TwoLines | None:
    """How records of two lines are printed below the header of the *labels*; None without."""
    if not labels:
        return None
    top, bottom = min(label.box.top for label in labels), max(label.box.bottom for label in labels)
    return find_two_lines(content, top, bottom, labels)


def _first_labels(contents: list[PageContent]) -> list[Label]:
    """The labels of the first header that is one of searches, though no rows could be told below it."""
    headers = (header for content in contents for header in find_headers(content))
    return list(next((header.labels for header in headers if tells_searches(header)), ()))


def _half_of_labels(content: PageContent) -> list[Label]:
    """The labels of the first header of the page, which may tell searches only together with those of a second line."""
    known = ([label for label in header.labels if label.field] for header in find_headers(content))
    return next((labels for labels in known if len(labels) >= _HALF), [])
