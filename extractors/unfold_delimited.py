"""Unfolding a page of delimited text (:mod:`extractors.delimited`): every field gets a page width of its own, signs and
quotes leave the text, and what is of no record stands beyond the last field."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import numpy as np

from extractors.delimited_records import records
from extractors.delimited_told import Delimited, Record
from extractors.glyphs import PageContent, Rulings
from extractors.labels import Header, Label
from extractors.model import TableModel
from extractors.page_text import PageWord
from extractors.slanted import pick
from records.places import BBox

_EDGE = 1.0
"""Points to the page's edge that a line which ends before it leaves."""
_RIM = 0.2
"""Points above the first line of a record at which it begins."""


def unfold_delimited(page: PageContent, lines: list[list[PageWord]], told: Delimited) -> PageContent:
    """The page with its fields side by side; the page itself where it has no record."""
    told_records = list(records(lines, told))
    found = [record for record in told_records if not record.is_header and _is_on_page(page, lines, record)]
    heads = [record for record in told_records if record.is_header]
    if not found:
        return page
    count = len(told.labels)
    part = np.full(len(page.glyphs), count)
    is_sign, is_label = np.zeros(len(part), np.bool_), np.zeros(len(part), np.bool_)
    for record in found:
        is_sign[record.parsed.signs] = True
        for number, glyphs in enumerate(record.parsed.glyphs, record.before):
            part[glyphs] = number
    for record in heads:
        is_label[[i for line in lines[record.first : record.end] for word in line for i in word.glyphs]] = True
    at = sorted({edge for record in found for edge in _edges(lines, record)})
    wide = page.width * (count + 1)
    across = np.array([(0.0, wide, y) for y in at])
    upright = np.array([(0.0, page.height, k * page.width) for k in range(count + 1)])
    moved = replace(page.glyphs, x0=page.glyphs.x0 + part * page.width, x1=page.glyphs.x1 + part * page.width)
    keep = ~(is_sign | is_label)
    return replace(
        page,
        width=wide,
        glyphs=pick(moved, keep),
        covered=None if page.covered is None else page.covered[keep],
        rulings=Rulings(across, upright),
        labels=pick(page.glyphs, is_label),
        typed_rules=pick(page.glyphs, is_sign),
    )


def _is_on_page(page: PageContent, lines: list[list[PageWord]], record: Record) -> bool:
    """Whether all of the record's lines end before the page's edge, which would have cut them."""
    return all(line[0].x0 >= 0 and line[-1].x1 < page.width - _EDGE for line in lines[record.first : record.end])


def _edges(lines: list[list[PageWord]], record: Record) -> Iterator[float]:
    """Where the record begins and ends; not where a page's end cut it."""
    if not (record.is_piece and record.before):
        yield min(w.top for w in lines[record.first]) - _RIM
    if not (record.is_piece and not record.before):
        yield max(w.bottom for w in lines[record.end - 1]) + _RIM


def delimited_headers(page: PageContent, lines: list[list[PageWord]], told: Delimited) -> list[Header]:
    """The headers of the unfolded *page*, which is given as it was."""
    found = []
    for record in records(lines, told):
        if not record.is_header:
            continue
        below = max(w.bottom for w in lines[record.end - 1])
        labels = []
        for number, glyphs in enumerate(record.parsed.glyphs):
            x0, x1 = page.glyphs.x0[glyphs].min(), page.glyphs.x1[glyphs].max()
            top, bottom = page.glyphs.top[glyphs].min(), page.glyphs.bottom[glyphs].max()
            dx = number * page.width
            labels.append(Label(told.labels[number], BBox(float(x0 + dx), float(top), float(x1 + dx), float(bottom))))
        found.append(Header(tuple(labels), below, below))
    return found


def flowing_model(model: TableModel, told: Delimited, width: float) -> TableModel:
    """The *model* of delimited text unfolded, on pages of this *width*; with where its lines are cut, if they are."""
    flow = told.flow
    if flow is None or not flow.is_cut:
        return replace(model, alignment="bottom")
    at = [int((c.left + c.right) / 2 // width) for c in model.columns]
    columns = [
        replace(c, cut=(flow.left + k * width, flow.right + k * width)) for c, k in zip(model.columns, at, strict=True)
    ]
    return replace(model, alignment="bottom", columns=tuple(columns))
