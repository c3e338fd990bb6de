"""Reading a sample of a document to decide what its pages are, before any page is read for good."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from extractors.again import begins_again, fit_again, is_alike, part_of_page
from extractors.document import Document
from extractors.fit_log import fit_from, is_other_print
from extractors.headerless import fit_headerless, timed_pages
from extractors.labels import Header
from extractors.model import TableModel
from extractors.sample import SamplePage, sample_page
from extractors.stacked import rows_above
from extractors.typed_model import typed_model
from records.errors import DamagedError

FIRST_PAGES = 12
"""Read for the sample from the start on: headers, letters and titles stand there."""
SPREAD_PAGES = 36
"""Read for the sample besides, evenly over the rest."""
_MOST_PRINTS = 4
"""Prints without a header in one file; where sizes change more often they tell nothing."""
_ABOVE = 1.0
"""Points above a header at which the log before it ends."""


@dataclass(frozen=True, slots=True)
class PlannedModel:
    """A table model and the page from which it holds."""

    from_page: int
    model: TableModel


def sample_numbers(first: int, last: int) -> list[int]:
    """The pages of the sample, the same for the same document always."""
    pages = set(range(first, min(first + FIRST_PAGES, last + 1)))
    rest = last - (first + FIRST_PAGES) + 1
    if rest > 0:
        step = max(1.0, rest / SPREAD_PAGES)
        pages |= {first + FIRST_PAGES + int(k * step) for k in range(SPREAD_PAGES) if int(k * step) < rest}
    return sorted(pages)


def plan_models(document: Document, first: int, last: int, names: tuple[str, ...] = ()) -> list[PlannedModel]:
    """The table models of pages *first* to *last*, in page order; empty when no page holds an audit log.

    *names* are column names from ``release.toml``, for logs that print no header.
    """
    return plan_pages(sample_pages(document, first, last), first, last, names)


def sample_pages(document: Document, first: int, last: int) -> list[SamplePage]:
    """The pages of the sample that can be read, with the headers printed on them."""
    known: list[Header] = []
    pages = []
    for number in sample_numbers(first, last):
        try:
            pages.append(sample_page(document.read(number, keep=True), known))
        except DamagedError:
            continue  # the page loop tells of it
    return pages


def plan_pages(pages: list[SamplePage], first: int, last: int, names: tuple[str, ...] = ()) -> list[PlannedModel]:
    """The table models of sample *pages*; see :func:`plan_models`."""
    opened: list[tuple[Header, int]] = []
    for page in pages:
        for header in page.headers:
            if not opened or opened[-1][0].key != header.key:
                opened.append((header, page.content.page_number))
    planned: list[PlannedModel] = []
    if not opened:
        pages = pages if names else timed_pages(pages)
        runs = _prints(pages)
        planned = [one for run in runs for one in _headerless(run, names)] if 1 < len(runs) <= _MOST_PRINTS else []
        if len(planned) < len(runs):
            planned = _headerless(pages, names)
        return [replace(planned[0], from_page=first), *planned[1:]] if planned and names else planned
    if opened[0][1] > first and not names:
        planned = _before(opened[0][1], pages)
    for k, (header, start) in enumerate(opened):
        until = opened[k + 1][1] if k + 1 < len(opened) else last + 1
        mine = [p for p in pages if start <= p.content.page_number <= max(start, until - 1)]
        top = 0.0
        if planned and rows_above(mine[0].content, planned[-1].model, header.top):
            top = header.top
        if top or until == start:
            end = opened[k + 1][0].top - _ABOVE if until == start else np.inf
            mine[0] = part_of_page(mine[0], top - _ABOVE, end)
        model = fit_from(header, start, mine)
        if model is not None:
            models = _twice(header, start, model, mine)
            planned += [replace(models[0], model=replace(models[0].model, top=top)), *models[1:]]
    return planned


def _before(start: int, pages: list[SamplePage]) -> list[PlannedModel]:
    """The table model of a log without a header before page *start*, with which the first that has one begins."""
    timed = timed_pages([page for page in pages if page.content.page_number < start])
    return _headerless(timed, ()) if timed else []


def _headerless(pages: list[SamplePage], names: tuple[str, ...]) -> list[PlannedModel]:
    """The table model of *pages* that print no header; none where they do not read like a log."""
    bare = fit_headerless(pages, names)
    typed = bare and typed_model(bare, pages)
    return [PlannedModel(pages[0].content.page_number, typed)] if typed else []


def _prints(pages: list[SamplePage]) -> list[list[SamplePage]]:
    """The *pages* parted where one of another size begins, or one set in another size: another print."""
    runs: list[list[SamplePage]] = []
    for page in pages:
        if runs and (not len(page.content.glyphs) or not is_other_print(page, runs[-1][0])):
            runs[-1].append(page)
        else:
            runs.append([page])
    return runs


def _behind(model: TableModel, pages: list[SamplePage]) -> TableModel | None:
    """The table model of what stands on *pages* behind the log of the *model*, in columns elsewhere: the same table
    once more, or another log without a header; None where it is neither."""
    again = fit_again(model, pages)
    typed = again and typed_model(again, pages)
    if typed and is_alike(model, typed):
        return typed
    timed = timed_pages(pages)
    other = fit_headerless(timed, ()) if timed and timed[0] is pages[0] else None
    return typed_model(other, timed) if other else None


def _twice(header: Header, start: int, model: TableModel, pages: list[SamplePage]) -> list[PlannedModel]:
    """The table models of the log that *header* opens: the *model*, and another one where a table is printed without a
    header below or after its rows."""
    if all(begins_again(model, page) is None for page in pages[-2:]):
        return [PlannedModel(start, model)]  # such a table would go on to the end
    for k, page in enumerate(pages):
        top = begins_again(model, page)
        if top is None or any(later.headers for later in pages[k + 1 :]):
            continue
        own = [*pages[:k], part_of_page(page, -np.inf, top)] if np.isfinite(top) else pages[:k]
        rest = [part_of_page(page, top, np.inf), *pages[k + 1 :]]
        first = fit_from(header, start, own) if own else None
        second = first and _behind(first, rest)
        if first and second:
            found = PlannedModel(page.content.page_number, replace(second, top=max(top, 0.0)))
            return [PlannedModel(start, first), found]
        break
    return [PlannedModel(start, model)]
