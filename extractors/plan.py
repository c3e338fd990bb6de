"""Reading a sample of a document to decide what its pages are, before any page is read for good."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from extractors.again import begins_again, fit_again, is_alike, part_of_page
from extractors.clipped import clip_edge
from extractors.columns import stand_on_rulings
from extractors.document import Document
from extractors.early_breaks import breaks_often, is_watched
from extractors.fit import fit_model, type_columns
from extractors.folded import Fold, find_fold, may_name_lines
from extractors.glyphs import PageContent
from extractors.header import find_headers
from extractors.headerless import fit_headerless, timed_pages
from extractors.joined import cuts_words, one_word_lines, parts_words
from extractors.labels import Header, Label
from extractors.layout import CUT, layout_page
from extractors.model import TableModel
from extractors.sample import SamplePage, sample_page
from extractors.search_log import is_doubled, tells_searches
from extractors.stacked import rows_above
from extractors.two_lines import find_two_lines
from extractors.unfold import unfold, unfolded_headers
from extractors.usual import is_cut_label
from records.errors import DamagedError

FIRST_PAGES = 12
"""Read for the sample from the start on: headers, letters and titles stand there."""
SPREAD_PAGES = 36
"""Read for the sample besides, evenly over the rest."""
FIT_PAGES = 24
"""Pages that a table model is fitted on."""
_USUAL = 0.9
"""Share of the rows that fill a cell which rows usually fill."""
_OFTEN_CUT = 0.1
"""Share of cut lines on a page from which on it is asked whether its columns stand elsewhere: edges fitted on pages of
two tables may cut few lines of either."""
_HEADED = 3
"""Pages on one of which a log with records of two lines prints its header."""
_ABOVE = 1.0
"""Points above a header at which the log before it ends."""
_SEVERAL = 2
"""Usual cells that a row must lack to be a part of one."""


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
    return plan_pages(_sample(document, first, last), first, last, names)


def _sample(document: Document, first: int, last: int) -> list[SamplePage]:
    known: list[Header] = []
    pages = []
    for number in sample_numbers(first, last):
        try:
            pages.append(sample_page(document.read(number, keep=True), known))
        except DamagedError:
            continue  # the page loop tells of it
    return pages


def plan_folded(
    document: Document, first: int, last: int, planned: list[PlannedModel]
) -> tuple[Fold, list[PlannedModel]] | None:
    """How the records of the pages are printed over several lines, and the table models of the unfolded pages; None
    where they are no such records. *planned* is what was told of the pages as they are."""
    contents = [c for c in document.kept if first <= c.page_number <= last]
    fold = find_fold(contents, frozenset()) if not planned else None
    if fold is None:
        fold = _two_lines(contents, planned)
    if fold is None and len(planned) < 2:
        printed = [c.label for m in planned for c in m.model.columns if c.label] or _first_labels(contents)
        fields = frozenset(label.field for label in printed if label.field)
        if not fields or not any(may_name_lines(c, fields) for c in contents[:2]):
            return None
        fold = find_fold(contents, fields)
    if fold is None:
        return None
    pages, is_begun = [], False
    for content in contents:
        unfolded = unfold(content, fold)
        headers = unfolded_headers(unfolded, content, fold) if unfolded is not content else []
        if fold.is_card and is_begun:
            headers = []
        is_begun |= bool(headers)
        pages.append(SamplePage(unfolded, headers))
    models = plan_pages(pages, first, last)
    return (fold, models) if models and models[0].model.header_page else None


def _two_lines(contents: list[PageContent], planned: list[PlannedModel]) -> Fold | None:
    """Records of two lines under a header of two, on the first page that prints a header of searches."""
    for content in contents[:_HEADED]:
        boxes = [c.label.box for m in planned[:1] for c in m.model.columns if c.label]
        if planned and (not boxes or planned[0].model.header_page != content.page_number):
            continue
        if not planned:
            boxes = [label.box for label in _first_labels([content])]
        lines = find_two_lines(content, min(b.top for b in boxes), max(b.bottom for b in boxes)) if boxes else None
        if lines is not None:
            return Fold(content.width, (), False, lines)
    return None


def _first_labels(contents: list[PageContent]) -> list[Label]:
    """The labels of the first header that is one of searches, though no rows could be told below it."""
    headers = (header for content in contents for header in find_headers(content))
    return list(next((header.labels for header in headers if tells_searches(header)), ()))


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
        bare = fit_headerless(pages, names)
        typed = bare and _typed(bare, pages)
        return [PlannedModel(first if names else pages[0].content.page_number, typed)] if typed else []
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


def _twice(header: Header, start: int, model: TableModel, pages: list[SamplePage]) -> list[PlannedModel]:
    """The table models of the log that *header* opens: the *model*, and another one where the same table is printed
    once more, without its header, below or after its rows."""
    if all(begins_again(model, page) is None for page in pages[-2:]):
        return [PlannedModel(start, model)]  # such a table would go on to the end
    for k, page in enumerate(pages):
        top = begins_again(model, page)
        if top is None or any(later.headers for later in pages[k + 1 :]):
            continue
        own = [*pages[:k], part_of_page(page, -np.inf, top)] if np.isfinite(top) else pages[:k]
        rest = [part_of_page(page, top, np.inf), *pages[k + 1 :]]
        first = fit_from(header, start, own) if own else None
        again = first and fit_again(first, rest)
        typed = again and _typed(again, rest)
        if first and typed and is_alike(first, typed):
            second = PlannedModel(page.content.page_number, replace(typed, top=max(top, 0.0)))
            return [PlannedModel(start, first), second]
        break
    return [PlannedModel(start, model)]


def fit_from(header: Header, start: int, pages: list[SamplePage]) -> TableModel | None:
    """A typed table model for the log that *header* opens on page *start*; None where it opens none."""
    if not tells_searches(header) or is_doubled(header):
        return None
    step = max(1, len(pages) // FIT_PAGES)
    chosen = pages[: FIT_PAGES // 2] + pages[FIT_PAGES // 2 :: step]
    model = fit_model(header, start, chosen)
    if model is None or any(_is_cut(model, page, _OFTEN_CUT) for page in chosen):
        chosen = _of_one_table(header, start, chosen)
        model = fit_model(header, start, chosen)
    return _typed(model, chosen) if model else None


def _of_one_table(header: Header, start: int, pages: list[SamplePage]) -> list[SamplePage]:
    """The pages up to the first from which on the columns stand elsewhere: another sheet without a header. One page
    alone may show too little of its columns, so this is asked only where no model holds on all pages."""
    trial = fit_model(header, start, pages[:1])
    if trial is None:
        return pages
    whole = len(pages)
    while whole > 1 and _is_cut(trial, pages[whole - 1]):
        whole -= 1
    return pages[:whole]


def _is_cut(model: TableModel, page: SamplePage, share: float = CUT) -> bool:
    """Whether the column edges cut so many lines of the page, a *share* of them, that its columns stand elsewhere."""
    if stand_on_rulings(model.edges, page.content.rulings.vertical):
        return False
    lines = page.lines(model)
    return bool(np.count_nonzero(lines.crossed) > share * len(lines))


def _typed(model: TableModel, pages: list[SamplePage]) -> TableModel | None:
    """The model with what its own rows on *pages* show of its columns; None where they are no rows of a log."""
    rows: list[list[str | None]] = []
    is_first: list[bool] = []
    widest, padding = [0.0] * len(model.columns), [1e9] * len(model.columns)
    heights: list[list[int]] = [[] for _ in model.columns]
    ends: dict[str, tuple[float, float]] = {}
    words: list[list[tuple[str, float]]] = [[] for _ in model.columns]
    broken: list[list[tuple[list[str], list[float]]]] = [[] for _ in model.columns]
    printed: list[list[list[str]]] = [[] for _ in model.columns]
    for page in pages:
        laid_out = layout_page(page.content, model, page.headers, page.lines(model)).rows
        for row in laid_out:
            if row.piece != "whole":
                continue
            for j, cell in enumerate(row.cells):
                if cell and cell.texts:
                    # The last row of a page may have taken in what stands below the table.
                    if row is not laid_out[-1]:
                        heights[j].append(len(cell.texts))
                    widest[j] = max(widest[j], *cell.widths)
                    padding[j] = min(padding[j], cell.x0 - model.columns[j].left)
                    printed[j].append(cell.texts)
                    words[j] += one_word_lines(cell.texts, cell.widths, cell.first_widths)
                    if len(cell.texts) > 1:
                        broken[j].append((cell.texts, cell.widths))
            rows.append([(" ".join(cell.texts) if cell else None) or None for cell in row.cells])
            is_first.append(row is laid_out[0])
            last = row.cells[-1]
            if last and len(last.texts) == 1:
                ends[last.texts[0]] = last.x0, last.x0 + last.widths[0]
    if not rows:
        return None
    # A line may be as wide as its column less the padding, which is the same on both sides.
    columns = tuple(
        replace(
            c,
            room=max(w, c.right - c.left - 2 * p),
            widest=w,
            cuts=cuts_words(f, w),
            most_lines=n,
            parts_words=parts_words(told),
            breaks=not is_watched(c, n, len(rows)) or breaks_often(b, len(rows), w, model.height),
            rows_seen=len(rows),
        )
        for c, w, p, f, b, n, told in zip(
            model.columns, widest, padding, words, broken, map(_usual_height, heights), printed, strict=True
        )
    )
    typed = type_columns(replace(model, columns=columns), rows, _unbroken(rows, is_first))
    last_label = typed.columns[-1].label
    if last_label and is_cut_label(last_label.text):
        typed = replace(typed, clip=last_label.box.x0)  # every text of the column reaches further
    elif typed.columns[-1].value_type is None:
        left = model.columns[0].left + min(padding[0], columns[0].right)
        typed = replace(typed, clip=clip_edge(ends, left, pages[0].content.width, model.height))
    return typed if _is_log(typed, rows) else None


def _unbroken(rows: list[list[str | None]], is_first: list[bool]) -> list[list[str | None]]:
    """The *rows* without those that are the first of a page and lack several of the cells that rows usually fill: the
    page before ends with these."""
    usual = [j for j, cells in enumerate(zip(*rows, strict=True)) if sum(map(bool, cells)) >= _USUAL * len(rows)]
    lacks = (sum(row[j] is None for j in usual) for row in rows)
    return [row for row, first, n in zip(rows, is_first, lacks, strict=True) if not first or n < _SEVERAL]


def _usual_height(heights: list[int]) -> int:
    """Lines that a cell of the column takes at most, but for one in fifty: a damaged row must not hide the rule."""
    return sorted(heights)[int(0.98 * (len(heights) - 1))] if heights else 1


def _is_log(model: TableModel, rows: list[list[str | None]]) -> bool:
    """Whether the rows below the header really are rows: most start with a value of the anchor's type."""
    starts = sum(1 for row in rows if row[model.anchor] and model.anchor_type.start.match(row[model.anchor] or ""))
    return starts * 2 >= len(rows)
